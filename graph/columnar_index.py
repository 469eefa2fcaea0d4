"""The triples of one predicate as sorted columns, in both directions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Self

import numpy as np

from graph.columnar_terms import Dictionary, Ids, Mask


@dataclass(frozen=True, slots=True)
class Direction:
    """From each of the sorted `keys` to `values[starts[n]:starts[n + 1]]`, which are sorted, too."""

    keys: Ids
    starts: Ids
    values: Ids

    @classmethod
    def of(cls, ends: Ids, others: Ids) -> Self:
        """`ends` and `others` are sorted by the first, then the second."""
        first = np.flatnonzero(np.diff(ends, prepend=-1))
        return cls(ends[first], np.append(first, len(ends)).astype(np.int32), others)

    def find(self, wanted: Ids) -> tuple[Ids, Ids]:
        """For each wanted key where its values begin and how many there are."""
        if not len(self.keys):
            return np.zeros(len(wanted), np.int32), np.zeros(len(wanted), np.int32)
        places = np.searchsorted(self.keys, wanted)
        places[places == len(self.keys)] = 0
        counts = np.where(self.keys[places] == wanted, self.starts[places + 1] - self.starts[places], 0)
        return self.starts[places], counts.astype(np.int32)

    def of_one(self, key: int) -> Ids:
        """The values of one key."""
        place = int(self.keys.searchsorted(np.int32(key)))  # a plain number would make a copy of all keys
        if place == len(self.keys) or self.keys[place] != key:
            return self.values[:0]
        return self.values[self.starts[place] : self.starts[place + 1]]

    def all_keys(self) -> Ids:
        """The key of each value."""
        return np.repeat(self.keys, np.diff(self.starts))

    @property
    def degree(self) -> float:
        """How many values a key has on average."""
        return len(self.values) / max(len(self.keys), 1)

    def size(self) -> int:
        """Its bytes."""
        return self.keys.nbytes + self.starts.nbytes + self.values.nbytes


@dataclass(frozen=True, slots=True)
class Predicate:
    """Subjects to objects and back."""

    forward: Direction
    backward: Direction

    @classmethod
    def of(cls, subjects: Ids, objects: Ids) -> Self:
        """Of pairs that are all different, in any order."""
        there, back = np.lexsort((objects, subjects)), np.lexsort((subjects, objects))
        return cls(
            Direction.of(subjects[there], objects[there]),
            Direction.of(objects[back], subjects[back]),
        )

    def __len__(self) -> int:
        return len(self.forward.values)


@dataclass(frozen=True, slots=True)
class Columns:
    """A default graph: its terms, which of them are subjects or objects, and its predicates by their keys."""

    terms: Dictionary
    nodes: Mask
    predicates: Mapping[bytes, Predicate]

    def size(self) -> int:
        """The bytes of all columns."""
        held = [side for one in self.predicates.values() for side in (one.forward, one.backward)]
        return self.terms.size() + self.nodes.nbytes + sum(side.size() for side in held)


NOTHING = Predicate.of(np.zeros(0, np.int32), np.zeros(0, np.int32))
