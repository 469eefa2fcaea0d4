"""What stands around one thing: the nearest and best connected first, no more than can be drawn."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import polars as pl

from graph.columns import Columns


@dataclass(frozen=True, slots=True)
class Edge:
    """A drawn line of a neighbourhood; `a` and `b` are node ids."""

    a: int
    b: int
    tie: str
    role: str | None
    start: str | None
    end: str | None


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """`nodes`: the focus first, then by distance and degree; `truncated`: how many more there would have been."""

    focus: int
    nodes: tuple[int, ...]
    edges: tuple[Edge, ...]
    truncated: int


def neighbourhood(columns: Columns, key: str, depth: int = 1, cap: int = 60) -> Neighbourhood | None:
    """Things within `depth` steps, at most `cap` with the focus, and all lines among them; None = no such thing.

    Organisations, efforts and persons are walked through; technologies and places only when one of them is the focus.
    """
    focus = columns.node_of.get(key)
    if focus is None:
        return None
    around = _around(columns)
    degree = columns.nodes["degree"]
    ordered = [focus]
    seen = {focus}
    ring = [focus]
    for _ in range(max(depth, 0)):
        reached = {node for one in ring for node in _walkable(columns, around.get(one, ()))} - seen
        ring = sorted(reached, key=lambda node: (-degree[node], node))
        ordered += ring
        seen |= reached
    kept = ordered[: max(cap, 1)]
    return Neighbourhood(focus, tuple(kept), tuple(_edges(columns, kept)), len(ordered) - len(kept))


def _walkable(columns: Columns, nodes: Iterable[int]) -> Iterator[int]:
    actors = _actors(columns)
    return (node for node in nodes if actors[node])


@lru_cache(maxsize=4)
def _actors(columns: Columns) -> list[bool]:
    return columns.nodes["group"].is_in(["organisation", "effort", "person"]).to_list()


@lru_cache(maxsize=4)
def _around(columns: Columns) -> dict[int, list[int]]:
    both: dict[int, list[int]] = {}
    for a, b in columns.relations.filter(pl.col("b").is_not_null()).select("a", "b").unique().iter_rows():
        both.setdefault(a, []).append(b)
        both.setdefault(b, []).append(a)
    return both


def _edges(columns: Columns, kept: list[int]) -> Iterator[Edge]:
    inside = columns.relations.filter(
        pl.col("a").is_in(kept), pl.col("b").is_in(kept), pl.col("a") != pl.col("b")
    ).select("a", "b", "tie", "role", "start", "end")
    return (Edge(*row) for row in inside.unique(maintain_order=True).iter_rows())
