"""Groups of actors by type, by region, or by both."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Final, Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.gaps.actors import TYPES, ActorType
from graph.gaps.collaboration import Collaboration
from graph.gaps.rows import Group
from graph.inside import inside

By = Literal["type", "region", "region-type"]
BY: Final[tuple[By, ...]] = ("type", "region", "region-type")

Label = tuple[str | None, bool]  # region, outside
Ints = npt.NDArray[np.int64]
Mask = npt.NDArray[np.bool_]

_SPLIT: Final = 0.25  # of a country's actors whose county is known
ANYWHERE: Final[Label] = (None, False)
OUTSIDE: Final[Label] = (None, True)


class Grouping:
    """Which group every actor is in: `code` by row, -1 for none, of `kinds` (label and type), sorted.

    By type, everybody is in; with regions in the scope those in each region, and those outside, apart. By region an actor
    is in its own one (see `regions`); a region of the scope that lies inside a county stands for itself. `other` is no group
    unless the scope names it.
    """

    def __init__(self, net: Collaboration, by: By) -> None:
        labels = _named(net) if by == "type" else _own(net)
        split = by != "region" or net.scope.types is not None
        wanted = net.scope.types or TYPES[:-1]
        self.by = by
        self.named = by == "type" and net.scope.types is not None
        self.here = net.located_in(net.scope.regions)
        pairs: list[tuple[Label, ActorType | None] | None] = [
            None if label is None or (split and TYPES[kind] not in wanted) else (label, TYPES[kind] if split else None)
            for label, kind in zip(labels, net.types, strict=True)
        ]
        self.placeless = np.array([label is None for label in labels], dtype=bool)
        absent = _asked(net) if self.named else set()
        self.kinds = sorted({pair for pair in pairs if pair is not None} | absent, key=_order)
        number: Mapping[tuple[Label, ActorType | None] | None, int] = {kind: at for at, kind in enumerate(self.kinds)}
        self.code: Ints = np.array([number.get(pair, -1) for pair in pairs], dtype=np.int64)
        self.code[_below(net)] = -1

    def group(self, number: int, actors: int, heads: int) -> Group:
        """The group of a number of `kinds`, with so many actors."""
        (region, outside), kind = self.kinds[number]
        return Group(region, kind, actors, outside, heads)

    @cached_property
    def within_scope(self) -> Mask:
        """Which groups lie in the regions of the scope: those that it names, and those of anybody there."""
        found = np.array(
            [self.by == "type" and label not in (ANYWHERE, OUTSIDE) for label, _ in self.kinds], dtype=bool
        )
        found[self.code[(self.code >= 0) & self.here]] = True
        return found

    @cached_property
    def asked(self) -> Mask:
        """Which groups the scope names by their type, so that they are shown even when nobody is in them."""
        return np.array([self.named and label != OUTSIDE for label, _ in self.kinds], dtype=bool)


def regions(net: Collaboration) -> list[str | None]:
    """County of each actor where counties are known, else its country, else None.

    In a country of which the county of a quarter of the actors is known, the others are in no region: together they would be
    one that is nowhere.
    """
    places = pl.DataFrame(
        {"county": net.columns.nodes["county"].gather(net.nodes), "country": pl.Series(net.country, dtype=pl.String)}
    )
    known = pl.col("county").is_not_null().mean().over("country")
    region = pl.coalesce(pl.when(known < _SPLIT).then("country"), "county")
    return places.select(region.alias("region"))["region"].to_list()


def heads(net: Collaboration, mask: Mask) -> int:
    """How many actors stand in a mask when a corporate group, or a university with its own groups, is one."""
    return len(np.unique(net.owner[mask]))


def heads_of(owner: Ints, code: Ints, count: int) -> Ints:
    """The same for each of so many groups: `code` by actor, -1 for none."""
    kept = code >= 0
    both = np.unique(np.stack([code[kept], owner[kept]]), axis=1)
    return np.bincount(both[0], minlength=count).astype(np.int64)


def _named(net: Collaboration) -> list[Label | None]:
    if not net.scope.regions:
        return [ANYWHERE] * len(net.nodes)
    labels: list[Label | None] = [OUTSIDE] * len(net.nodes)
    for region in reversed(net.scope.regions):
        for row in np.flatnonzero(net.located_in((region,))):
            labels[row] = (region, False)
    return labels


def _own(net: Collaboration) -> list[Label | None]:
    labels: list[Label | None] = [None if region is None else (region, False) for region in regions(net)]
    node_of = net.columns.node_of
    county_of = dict(net.columns.nodes.filter(pl.col("group") == "place").select("node", "county").iter_rows())
    for region in net.scope.regions:
        county = county_of.get(node_of.get(region, -1))
        if county is not None and node_of[region] in inside(net.columns, node_of[county]):
            for row in np.flatnonzero(net.located_in((region,))):
                labels[row] = (region, False)
    return labels


def _asked(net: Collaboration) -> set[tuple[Label, ActorType | None]]:
    """Groups that the scope names, which stand there even when nobody is in them."""
    places: list[Label] = [(region, False) for region in net.scope.regions] or [ANYWHERE]
    return {(place, kind) for place in places for kind in net.scope.types or ()}


def _below(net: Collaboration) -> Mask:
    """Actors that count as another one."""
    return np.asarray((net.owner != np.arange(len(net.nodes))) & net.scope.rollup)


def _order(kind: tuple[Label, ActorType | None]) -> tuple[bool, str, int]:
    (region, outside), name = kind
    return outside, region or "", -1 if name is None else TYPES.index(name)
