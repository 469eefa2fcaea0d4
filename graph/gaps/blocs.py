"""Groups of actors of a field: by type, and by region where regions are asked for."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import product
from typing import Literal

import numpy as np
import polars as pl

from graph.gaps.actors import TYPES
from graph.gaps.collaboration import Floats, Ints
from graph.gaps.field import Field
from graph.gaps.grouping import heads_of
from graph.gaps.rows import Group

By = Literal["type", "region"]
_TypeCode = int


@dataclass(frozen=True, eq=False)
class Blocs:
    """Disjoint groups. `of` has the number of each actor's group (-1: none), `keys` (region, type) by number."""

    held: Field
    of: Ints
    keys: tuple[tuple[str | None, _TypeCode], ...]
    inside: tuple[bool, ...]  # whether the group lies in the regions of the scope

    @cached_property
    def sizes(self) -> Ints:
        """Actors of each group."""
        return np.bincount(self.of[self.of >= 0], minlength=len(self.keys)).astype(np.int64)

    @cached_property
    def heads(self) -> Ints:
        """The same when a corporate group, or a university with its own groups, is one."""
        return heads_of(self.held.net.owner[self.held.rows], self.of, len(self.keys))

    @cached_property
    def indicator(self) -> Floats:
        """Actors x groups: one where the actor is of the group."""
        found = np.zeros((len(self.of), len(self.keys)))
        places = np.flatnonzero(self.of >= 0)
        found[places, self.of[places]] = 1.0
        return found

    def members(self, number: int) -> Ints:
        """Places of a group's actors in the field."""
        return np.flatnonzero(self.of == number).astype(np.int64)

    def group(self, number: int) -> Group:
        """The group as a row names it."""
        region, code = self.keys[number]
        return Group(region, TYPES[code], int(self.sizes[number]), heads=int(self.heads[number]))

    def number(self, group: Group) -> int:
        """The number of a group that `group` gave."""
        return next(place for place in range(len(self.keys)) if self.group(place) == group)

    def pairs(self) -> list[tuple[int, int]]:
        """Pairs of groups that the scope asks about, each once; of the two types, in their order, when it names them."""
        scope = self.held.net.scope
        return [
            (a, b)
            for a, b in product(range(len(self.keys)), repeat=2)
            if self._in_reach(a, b) and (a <= b if scope.types is None else self._of_types(a, b))
        ]

    def _in_reach(self, a: int, b: int) -> bool:
        both = self.held.net.scope.reach == "within"
        return self.inside[a] and self.inside[b] if both else self.inside[a] or self.inside[b]

    def _of_types(self, a: int, b: int) -> bool:
        one, other = (TYPES.index(name) for name in self.held.net.scope.types or ("other", "other"))
        types = self.keys[a][1], self.keys[b][1]
        return types == (one, other) and (one != other or a <= b)


def blocs(held: Field, by: By = "type") -> Blocs:
    """The groups of a field: the types, in each region that the scope names and in all others together (region None);
    by region: in each county, or country where no county is known."""
    labels = regions_of(held) if by == "region" else _named(held)
    inside = _named(held) if held.net.scope.regions else None
    types = held.types
    table = pl.DataFrame({"region": pl.Series(labels, dtype=pl.String), "type": types}).with_row_index("place")
    within = np.ones(len(types), dtype=bool) if inside is None else np.array([name is not None for name in inside])
    table = table.with_columns(pl.Series("inside", within, dtype=pl.Boolean))
    if by == "region":
        table = table.filter(pl.col("region").is_not_null())
    order = ["inside", "region", "type"]
    keys = table.select(order).unique().sort(order, descending=[True, False, False], nulls_last=True)
    numbered = table.join(keys.with_row_index("number"), on=order, nulls_equal=True, maintain_order="left")
    of = np.full(len(types), -1, dtype=np.int64)
    of[numbered["place"].to_numpy()] = numbered["number"].to_numpy()
    return Blocs(held, of, tuple(zip(keys["region"], keys["type"], strict=True)), tuple(keys["inside"]))


def regions_of(held: Field) -> list[str | None]:
    """The county of each actor, else its country."""
    counties = held.net.columns.nodes["county"].gather(held.nodes).to_list()
    countries = (held.net.country[row] for row in held.rows)
    return [county if county is not None else country for county, country in zip(counties, countries, strict=True)]


def _named(held: Field) -> list[str | None]:
    """The first region of the scope that each actor lies in."""
    found = np.full(len(held.rows), -1, dtype=np.int64)
    names = held.net.scope.regions
    for number, name in reversed(list(enumerate(names))):
        found[held.net.located_in((name,))[held.rows]] = number
    return [names[number] if number >= 0 else None for number in found]
