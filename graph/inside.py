"""What lies inside a place or under a technology."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

import polars as pl

from graph.columns import Columns
from ontology.terms import SCHEMES


def inside(columns: Columns, node: int) -> frozenset[int]:
    """The places within a place, or the technologies narrower than a technology, at any depth; empty for all else."""
    found: set[int] = set()
    waiting = [node]
    parts = _parts(columns)
    while waiting:
        for part in parts.get(waiting.pop(), ()):
            if part not in found:
                found.add(part)
                waiting.append(part)
    return frozenset(found)


@lru_cache(maxsize=4)
def _parts(columns: Columns) -> Mapping[int, tuple[int, ...]]:
    """For each place and technology those right below it."""
    parts: dict[int, list[int]] = {}
    stated = columns.facts.filter(pl.col("property") == "within").select("node", "value").iter_rows()
    pairs = [(columns.node_of.get(around), part) for part, around in stated]
    for slug, term in SCHEMES["tech"].items():
        pairs += [(columns.node_of.get(f"tech/{up}"), columns.node_of.get(f"tech/{slug}")) for up in term.broader]
    for whole, part in pairs:
        if whole is not None and part is not None:
            parts.setdefault(whole, []).append(part)
    return {whole: tuple(held) for whole, held in parts.items()}
