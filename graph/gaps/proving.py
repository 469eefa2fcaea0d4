"""The records behind what an actor does: its own statement on a technology, and the occasions in which it took part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

import numpy as np
import polars as pl

from graph.columns import Columns
from graph.gaps.answer import Proof
from graph.gaps.collaboration import Collaboration
from graph.gaps.meetings import proof
from graph.inside import inside

__all__ = ["members", "of_meeting", "of_occasion", "of_relations", "of_work", "work_of"]


def members(net: Collaboration, row: int) -> tuple[int, ...]:
    """Node ids that stand for an actor: its own, and with roll-up those of its group."""
    rows = np.flatnonzero(net.owner == row) if net.scope.rollup else np.array([row])
    return tuple(int(node) for node in net.nodes[rows]) or (int(net.nodes[row]),)


def of_work(net: Collaboration, row: int, column: int, most: int = 2) -> tuple[Proof, ...]:
    """That the actor works on the technology of a column of `net.techs`: what it states, then its newest occasions."""
    tech = int(net.techs[column])
    stated = _stated(net.columns)
    area = {tech, *inside(net.columns, tech)}
    proofs = [
        Proof(node, evidence)
        for node in members(net, row)
        if (evidence := _union(stated.get((node, one), ()) for one in area))
    ]
    held = net.incidence[[row]].indices
    about = held[net.covers[held][:, [column]].toarray().ravel()]
    newest = sorted(about.tolist(), key=lambda one: (-net.occasions["start"][one], one))
    proofs += [of_occasion(net, one, [row]) for one in newest[:most]]
    return tuple(proofs[:most])


def work_of(net: Collaboration, rows: Iterable[int], column: int, most: int) -> tuple[Proof, ...]:
    """One record for each of the first actors of a group."""
    found = [one for row in list(rows)[:most] for one in of_work(net, int(row), column, 1)]
    return tuple(dict.fromkeys(found))


def of_meeting(net: Collaboration, one: int, other: int, most: int = 1) -> tuple[Proof, ...]:
    """Occasions of the scope in which both took part, the newest first."""
    both = np.intersect1d(net.incidence[[one]].indices, net.incidence[[other]].indices)
    newest = sorted(both.tolist(), key=lambda held: (-net.occasions["start"][held], held))
    return tuple(of_occasion(net, held, [one, other]) for held in newest[:most])


def of_occasion(net: Collaboration, column: int, rows: Iterable[int]) -> Proof:
    """That the actors took part in the occasion of a column of `net.incidence`."""
    took = tuple(rows)
    told, thing = proof(net, column, took), net.occasions["thing"][column]
    if thing is None:
        return Proof(members(net, took[0])[0], told.evidence)
    return Proof(told.thing, _union((told.evidence, *_topics(net.columns).get(int(thing), ()))))


def of_relations(columns: Columns, thing: int, relations: Iterable[int]) -> Proof:
    """The records of rows of `columns.relations`, on the page of a thing."""
    return Proof(thing, _union(columns.relations["evidence"][relation].to_list() for relation in relations))


def _union(held: Iterable[Iterable[int]]) -> tuple[int, ...]:
    return tuple(sorted({int(one) for evidence in held for one in evidence}))


@lru_cache(maxsize=4)
def _stated(columns: Columns) -> Mapping[tuple[int, int], tuple[int, ...]]:
    """Evidence by thing and technology, as the source says it."""
    rows = columns.relations.filter(pl.col("tie") == "technology", pl.col("b").is_not_null())
    found: dict[tuple[int, int], tuple[int, ...]] = {}
    for one, tech, evidence in rows.select("a", "b", "evidence").iter_rows():
        found[one, tech] = _union((found.get((one, tech), ()), evidence))
    return found


@lru_cache(maxsize=4)
def _topics(columns: Columns) -> Mapping[int, list[tuple[int, ...]]]:
    """Evidence of all that is said of the technologies of a thing."""
    found: dict[int, list[tuple[int, ...]]] = {}
    for (thing, _), held in _stated(columns).items():
        found.setdefault(thing, []).append(held)
    return found
