"""Answers that are kept to be given again. The key holds generation and edit number, so none is ever stale."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kept:
    """A body as it was sent, with all its headers."""

    body: bytes
    headers: dict[str, str]


class Answers:
    """The most recent ones, of at most `size` bytes in all; one that takes more than an eighth of that is not kept."""

    def __init__(self, size: int) -> None:
        self._size = size
        self._held: OrderedDict[Hashable, Kept] = OrderedDict()
        self.bytes = 0
        self.hits = 0
        self.misses = 0

    def get(self, key: Hashable) -> Kept | None:
        """The answer under the key; it is the most recent from now on."""
        kept = self._held.get(key)
        if kept is None:
            self.misses += 1
            return None
        self.hits += 1
        self._held.move_to_end(key)
        return kept

    def put(self, key: Hashable, kept: Kept) -> None:
        """Keep an answer, and let go of the oldest ones that no longer fit."""
        if len(kept.body) > self._size // 8:
            return
        before = self._held.pop(key, None)
        self.bytes += len(kept.body) - (len(before.body) if before else 0)
        self._held[key] = kept
        while self.bytes > self._size:
            _, oldest = self._held.popitem(last=False)
            self.bytes -= len(oldest.body)
