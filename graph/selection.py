"""A filter and what it leaves of the map; the facets count each choice under all other choices.

    kinds       any of the classes as shown on the map (`Company` and `StartUp` are two choices)
    techs       any of the technology slugs, closed over narrower ones; the thing itself works on it, or takes part in an
                effort that does
    counties    any of the county keys
    countries   any of the ISO 3166 codes of two letters
    roles, ties keep what has a relation with any of the roles and any of the ties, whoever stands at its other end
    years       keep what is active in [from, to]: relations by their own time, else by that of the effort; efforts also by
                their own time; organisations by their relations. A start without an end lasts until the last year in which
                anything begins, except for money, changes and events; an end without a start is one year. What has no date at all is left out and counted in `undated`
    text        what the search finds for it
    ego, steps  what stands at most `steps` (1 or 2) lines of the map from the thing under this key, whatever the sort and time of
                the lines; in mode "actors" the steps of an effort, which is not there itself, are those of mode "all"
    mode        "all": organisations and efforts, joined by relations;
                "actors": organisations alone, joined by collaboration (tie `collaboration`) and by direct relations

A line is drawn when both of its ends are kept and it passes roles, ties and years itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.columns import Columns
from graph.masks import Coded, Counts, Edges, Mask, Masks, masks
from graph.search import Search
from graph.years import active

_MOST_FOUND = 100_000
_WHOLE_WORDS = 2.0

Mode = Literal["all", "actors"]


@dataclass(frozen=True, slots=True)
class Filter:
    """What to keep; empty = everything. Values that nothing has keep nothing, without an error."""

    kinds: tuple[str, ...] = ()
    techs: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    text: str = ""
    mode: Mode = "all"
    countries: tuple[str, ...] = ()
    ego: str = ""
    steps: int = 1
    hide: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Selection:
    """`nodes`: ids, ascending. `edges`: a, b (node ids), relation (row of relations; null for a collaboration), tie,
    role, year (i16, first active year) as a frame; every end of an edge is among `nodes`."""

    nodes: npt.NDArray[np.uint32]
    edges: pl.DataFrame
    undated: int


@dataclass(frozen=True, slots=True)
class Drawing:
    """The same as arrays, for a picture: `nodes` are ids, ascending; one entry of `a`, `b` and `tie` an edge, `ties[tie]`
    being its name."""

    nodes: npt.NDArray[np.uint32]
    a: npt.NDArray[np.uint32]
    b: npt.NDArray[np.uint32]
    tie: npt.NDArray[np.int32]
    ties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facets:
    """For each facet the values that still lead somewhere, with the number of things that would be left if the value
    were the only choice of its facet; most frequent first, years in the order of time. `techs` are slugs.
    """

    nodes: int
    edges: int
    undated: int
    kinds: Counts
    techs: Counts
    counties: Counts
    roles: Counts
    ties: Counts
    years: tuple[tuple[int, int], ...]
    countries: Counts


def select(columns: Columns, search: Search, chosen: Filter) -> Selection:
    """What the filter leaves of the map."""
    asked = _Asked(columns, search, chosen)
    nodes, edges = asked.kept()
    return Selection(np.flatnonzero(nodes).astype(np.uint32), asked.edges.frame(edges), asked.undated())


def drawing(columns: Columns, search: Search, chosen: Filter) -> Drawing:
    """What the filter leaves of the map, without a row for each edge."""
    asked = _Asked(columns, search, chosen)
    nodes, kept = asked.kept()
    edges = asked.edges
    return Drawing(
        np.flatnonzero(nodes).astype(np.uint32), edges.a[kept], edges.b[kept], edges.tie.codes[kept], edges.tie.values
    )


def facets(columns: Columns, search: Search, chosen: Filter) -> Facets:
    """Each choice with what it would give, all other choices staying as they are."""
    asked = _Asked(columns, search, chosen)
    nodes, edges = asked.kept()
    by_tech = asked.kept("techs")[0]
    techs = ((slug, int(by_tech[ids].sum())) for slug, ids in asked.masks.works_on.items())
    return Facets(
        nodes=int(nodes.sum()),
        edges=int(edges.sum()),
        undated=asked.undated(),
        kinds=asked.masks.kind.count(asked.kept("kinds")[0]),
        techs=tuple(sorted((pair for pair in techs if pair[1]), key=lambda pair: (-pair[1], pair[0]))),
        counties=asked.masks.county.count(asked.kept("counties")[0]),
        roles=asked.ends("roles", asked.edges.role),
        ties=asked.ends("ties", asked.edges.tie),
        years=asked.by_year(),
        countries=asked.masks.country.count(asked.kept("countries")[0]),
    )


class _Asked:
    """One filter on one map: each condition as a mask, put together with any one of them left out."""

    def __init__(self, columns: Columns, search: Search, chosen: Filter) -> None:
        self.masks: Masks = masks(columns)
        self.edges: Edges = self.masks.edges[chosen.mode]
        self._on_map = self.masks.on_map[chosen.mode]
        self._years = (chosen.year_from, chosen.year_to)
        self._has_years = self._years != (None, None)
        self._of_nodes = {
            "kinds": self.masks.kind.any_of(chosen.kinds),
            "techs": _working(self.masks, chosen.techs, len(self._on_map)),
            "counties": self.masks.county.any_of(chosen.counties),
            "countries": self.masks.country.any_of(chosen.countries),
            "text": _found(search, chosen.text, len(self._on_map)),
            "ego": _around(columns, self.masks, chosen),
            "hand": _shown(columns, chosen, len(self._on_map)),
        }
        self._of_edges = {"roles": self.edges.role.any_of(chosen.roles), "ties": self.edges.tie.any_of(chosen.ties)}
        self._wanted_edges = {"roles": bool(chosen.roles), "ties": bool(chosen.ties), "years": self._has_years}

    def kept(self, without: str = "") -> tuple[Mask, Mask]:
        """Nodes and edges that pass every condition but the one named."""
        nodes, edges = self._of_all(without)
        by_years = self._has_years and without != "years"
        if any(wanted and name != without for name, wanted in self._wanted_edges.items()):
            nodes &= self._touched(edges) | (
                self._dated_efforts() if by_years and not self._by_edges(without) else False
            )
        return nodes, edges & nodes[self.edges.a] & nodes[self.edges.b]

    def _of_all(self, without: str) -> tuple[Mask, Mask]:
        """Nodes by their own conditions, edges by theirs."""
        nodes = self._on_map.copy()
        for name, mask in self._of_nodes.items():
            if name != without:
                nodes &= mask
        edges = np.ones(len(self.edges.a), dtype=bool)
        for name, mask in self._of_edges.items():
            if name != without:
                edges &= mask
        if self._has_years and without != "years":
            edges &= self.edges.span.within(*self._years)
        return nodes, edges

    def ends(self, without: str, coded: Coded) -> Counts:
        """For each value of an edge column the things that have such an edge."""
        nodes, edges = self._of_all(without)
        codes = coded.codes[edges]
        seen = np.zeros((len(nodes), len(coded.values) + 1), dtype=bool)  # the last column: no value
        seen[self.edges.a[edges], codes] = True
        seen[self.edges.b[edges], codes] = True
        return coded.of_each(seen[nodes, :-1].sum(axis=0))

    def by_year(self) -> tuple[tuple[int, int], ...]:
        """For each year, up to the last in which something starts, the things that a filter by it would leave."""
        nodes, edges = self._of_all("years")
        span, things = self.edges.span, self.masks.span
        edges &= span.dated & (nodes[self.edges.a] | nodes[self.edges.b])
        years = span.known_years(edges)
        ids = [self.edges.a[edges], self.edges.b[edges]]
        first, last = [span.first[edges]] * 2, [span.last[edges]] * 2
        if not self._by_edges("years"):
            efforts = np.flatnonzero(nodes & self.masks.effort & things.dated).astype(np.uint32)
            ids, first, last = [*ids, efforts], [*first, things.first[efforts]], [*last, things.last[efforts]]
        node = np.concatenate(ids).astype(np.int64)
        counts = active(node, np.concatenate(first), np.concatenate(last), nodes[node], years)
        return tuple((year, count) for year, count in zip(years, counts, strict=True) if count)

    def undated(self) -> int:
        """How many edges and efforts a filter by years leaves out because nobody says when; 0 without such a filter."""
        if not self._has_years:
            return 0
        nodes, edges = self.kept("years")
        efforts = nodes & self.masks.effort & ~self.masks.span.dated & ~self.kept()[0]
        return int((edges & ~self.edges.span.dated).sum()) + int(efforts.sum())

    def _by_edges(self, without: str) -> bool:
        return any(self._wanted_edges[name] for name in ("roles", "ties") if name != without)

    def _touched(self, edges: Mask) -> Mask:
        touched = np.zeros(len(self._on_map), dtype=bool)
        touched[self.edges.a[edges]] = True
        touched[self.edges.b[edges]] = True
        return touched

    def _dated_efforts(self) -> Mask:
        return self.masks.effort & self.masks.span.within(*self._years)


def _working(held: Masks, techs: tuple[str, ...], count: int) -> Mask:
    if not techs:
        return np.ones(count, dtype=bool)
    mask = np.zeros(count, dtype=bool)
    for slug in techs:
        mask[held.works_on.get(slug, np.zeros(0, dtype=np.uint32))] = True
    return mask


def _around(columns: Columns, held: Masks, chosen: Filter) -> Mask:
    """The ego and what its steps reach; everything without an ego."""
    count = len(held.effort)
    if not chosen.ego:
        return np.ones(count, dtype=bool)
    near = np.zeros(count, dtype=bool)
    ego = columns.node_of.get(chosen.ego)
    if ego is None:
        return near
    near[ego] = True
    edges = held.edges[chosen.mode if held.on_map[chosen.mode][ego] else "all"]
    for _ in range(chosen.steps):
        from_a, from_b = edges.b[near[edges.a]], edges.a[near[edges.b]]
        near[from_a] = near[from_b] = True
    return near


def _shown(columns: Columns, chosen: Filter, count: int) -> Mask:
    """What was not hidden by hand; keys that nobody knows hide nothing, and alone in `only` leave nothing."""
    mask = np.full(count, not chosen.only)
    for keys, shown in ((chosen.only, True), (chosen.hide, False)):
        mask[[node for key in keys if (node := columns.node_of.get(key)) is not None]] = shown
    return mask


def _found(search: Search, text: str, count: int) -> Mask:
    """Whole words and beginnings of words; close spellings only when there is nothing else."""
    if not text.strip():
        return np.ones(count, dtype=bool)
    hits = search.find(text, limit=_MOST_FOUND)
    sure = [hit for hit in hits if hit.score >= _WHOLE_WORDS]
    mask = np.zeros(count, dtype=bool)
    mask[[hit.node for hit in sure or hits]] = True
    return mask
