"""The terms of a store as numbers: one blob of bytes that forks share, sorted so that order of numbers is order of terms.

A term is kept as its *key*: `<iri`, `_label`, or a literal as its header, a zero byte and its value. The header is `"`
for a plain string, `"@tag` for text in a language and `"^datatype` for the rest. Keys sort as bytes, so that literals
of one type stand together, and IRIs, strings and dates among themselves in the order that SPARQL gives them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final, TypeAlias

import numpy as np
import numpy.typing as npt

from graph.rdf import XSD

Ids: TypeAlias = npt.NDArray[np.int32]
Numbers: TypeAlias = npt.NDArray[np.int64]
Mask: TypeAlias = npt.NDArray[np.bool_]

IRI, BLANK, STRING, INTEGER, DECIMAL, DATE, OTHER = range(7)  # kinds; texts in a language and other types come after
SCALE: Final = 6  # digits behind the point of the numbers that are kept as such
NO_NUMBER: Final = np.iinfo(np.int64).min
_NUMBER: Final = re.compile(rb"-?\d+(\.\d+)?")
_DATE: Final = re.compile(rb"\d{4}-\d\d-\d\d")
_MOST: Final = 10**18  # above this, scaled, a number is left to the engine
INTEGERS: Final = f'"^{XSD}integer'.encode()
DECIMALS: Final = f'"^{XSD}decimal'.encode()
DATES: Final = f'"^{XSD}date'.encode()
HEADERS: Final = (b"<", b"_", b'"', INTEGERS, DECIMALS, DATES)


def header(key: bytes) -> bytes:
    """What says of which kind the term is."""
    return key.partition(b"\0")[0] if key[:1] == b'"' else key[:1]


def value(key: bytes) -> bytes:
    """What STR gives, in UTF-8; the label of a blank node."""
    return key.partition(b"\0")[2] if key[:1] == b'"' else key[1:]


def scaled(key_value: bytes) -> int:
    """A canonical integer or decimal times 10**SCALE; NO_NUMBER when that is not whole or too great."""
    whole, _, rest = key_value.partition(b".")
    if len(rest) > SCALE or len(whole) > 13 or not _NUMBER.fullmatch(key_value):
        return NO_NUMBER
    number = int(whole + rest.ljust(SCALE, b"0"))
    return number if abs(number) < _MOST else NO_NUMBER


def simple_date(key_value: bytes) -> bool:
    """Whether the date has four digits of year and no zone: such dates compare as text."""
    if not _DATE.fullmatch(key_value):
        return False
    try:
        return bool(date.fromisoformat(key_value.decode()))
    except ValueError:
        return False


@dataclass(frozen=True, slots=True)
class Dictionary:
    """`ends[n]` is where the key of term `n` ends in `blob`. `headers` by kind; `numbers` are those of numeric terms, scaled.

    `simple_dates`: whether all dates are; `plain_case`: no character but a letter of ASCII becomes one in another case.
    """

    blob: bytes
    ends: Numbers
    kinds: npt.NDArray[np.int16]
    headers: Sequence[bytes]
    numbers: Numbers
    simple_dates: bool
    plain_case: bool

    def __len__(self) -> int:
        return len(self.kinds)

    def __getitem__(self, number: int) -> bytes:
        """The key of a term."""
        return self.blob[self.ends.item(number - 1) if number else 0 : self.ends.item(number)]

    def several(self, ids: Ids) -> list[bytes]:
        """The keys of many terms."""
        starts = np.where(ids > 0, self.ends[ids - 1], 0)
        return [self.blob[start:end] for start, end in zip(starts.tolist(), self.ends[ids].tolist(), strict=True)]

    def find(self, key: bytes) -> tuple[int, bool]:
        """Where the key stands or would stand, and whether it does."""
        place = bisect_left(self, key)
        return place, place < len(self) and self[place] == key

    def size(self) -> int:
        """Its bytes."""
        return len(self.blob) + self.ends.nbytes + self.kinds.nbytes + self.numbers.nbytes


@dataclass(slots=True)
class Terms:
    """The dictionary and, behind it, the terms that one query brings along."""

    base: Dictionary
    extra: list[bytes] = field(default_factory=list)
    _places: dict[bytes, int] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.base) + len(self.extra)

    def key(self, number: int) -> bytes:
        """The key of a term."""
        return self.base[number] if number < len(self.base) else self.extra[number - len(self.base)]

    def several(self, ids: Ids) -> list[bytes]:
        """The keys of many terms, given in order; b"" for what is unbound."""
        first, last = np.searchsorted(ids, [0, len(self.base)]).tolist()
        own = [self.extra[number - len(self.base)] for number in ids[last:].tolist()]
        return [b""] * first + self.base.several(ids[first:last]) + own

    def number(self, key: bytes) -> int:
        """The number of a term, a new one if need be."""
        held = self._places.get(key)
        if held is None:
            place, found = self.base.find(key)
            held = place if found else len(self)
            if not found:
                self.extra.append(key)
            self._places[key] = held
        return held

    def kinds(self, ids: Ids) -> set[int]:
        """The kinds of the terms; unbound ones do not count."""
        size = len(self.base)
        held = ids[(ids >= 0) & (ids < size)]
        found = set(np.flatnonzero(np.bincount(self.base.kinds[held])).tolist()) if len(held) else set()
        if self.extra:
            found |= {self._kind(self.extra[number - size]) for number in np.unique(ids[ids >= size]).tolist()}
        if DATE in found and not self._dates_are_simple(ids):
            found = (found - {DATE}) | {OTHER}
        return found

    def numbers(self, ids: Ids) -> Numbers:
        """The scaled numbers of numeric terms; NO_NUMBER for what has none here."""
        if not self.extra:
            return self.base.numbers[ids]
        extra = np.array([self._scaled(key) for key in self.extra], np.int64)
        if len(ids) * 4 > len(self.base):
            return np.concatenate([self.base.numbers, extra])[ids]
        own = ids >= len(self.base)
        found = self.base.numbers[np.where(own, 0, ids)] if len(self.base) else np.zeros(len(ids), np.int64)
        found[own] = extra[ids[own] - len(self.base)]
        return found

    def ranks(self, ids: Ids) -> npt.NDArray[np.float64]:
        """Numbers in the order of the keys."""
        order = sorted(self.extra)
        share = {key: (place + 1) / (len(order) + 1) for place, key in enumerate(order)}
        ranks = [self.base.find(key)[0] - 1 + share[key] for key in self.extra]
        if not ranks:
            return ids.astype(np.float64)
        found = ids.astype(np.float64)
        own = ids >= len(self.base)
        found[own] = np.array(ranks)[ids[own] - len(self.base)]
        return found

    def _scaled(self, key: bytes) -> int:
        return scaled(value(key)) if header(key) in {INTEGERS, DECIMALS} else NO_NUMBER

    def _kind(self, key: bytes) -> int:
        """The kind of a term of the query; one that the store has no kind for is given the number after the last."""
        start = header(key)
        return self.base.headers.index(start) if start in self.base.headers else len(self.base.headers)

    def _dates_are_simple(self, ids: Ids) -> bool:
        mine = [self.extra[n - len(self.base)] for n in np.unique(ids[ids >= len(self.base)]).tolist()]
        return self.base.simple_dates and all(simple_date(value(key)) for key in mine if header(key) == DATES)
