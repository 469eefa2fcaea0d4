"""Checkpoints on the way through records whose order is the same each time, and going on at one of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from ingest.contract import Checkpoint, Extraction, Record, State
from ingest.problem import Problem

EVERY = 5_000  # records between two checkpoints


def fingerprint(*parts: str) -> str:
    """Sixteen hex digits of what a run reads and how; a state with another one is of no use to it."""
    return hashlib.sha256("\0".join(parts).encode("utf-8")).hexdigest()[:16]


def resuming(
    task: Extraction, state: State, said: Iterable[Record | Problem], read: str, kept: Mapping[str, str]
) -> Iterator[Record | Checkpoint]:
    """The records that come after the checkpoint of `state`, and new checkpoints; problems are rejected on the way.

    `read` is the `fingerprint` of the input; `kept` stands in each state, and alone in the last one.
    """
    done = int(state["done"]) if state.get("read") == read else 0
    for number, one in enumerate(said, 1):
        if number <= done:
            continue
        if isinstance(one, Problem):
            task.reject(one)
        else:
            yield one
        if number % EVERY == 0:
            yield Checkpoint({"read": read, "done": str(number), **kept})
    yield Checkpoint(kept)
