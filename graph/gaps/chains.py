"""One-sided chains: from research to the market, and where it first breaks."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from graph.gaps.answer import Answer, Note, Proof
from graph.gaps.areas import FEW_ACTORS, Areas, areas, astray, nothing_here, shown_actors
from graph.gaps.collaboration import Collaboration
from graph.gaps.coverage import absence, coverage
from graph.gaps.narrower import narrowest
from graph.gaps.proving import of_work
from graph.gaps.rows import STAGES, Chain, Link, Stage
from graph.gaps.stages import stages
from graph.gaps.walk import neighbours, walk

__all__ = ["chains"]

_PROVED = 2  # actors of each stage whose records are shown


@dataclass(frozen=True, slots=True)
class _Square:
    technology: int
    region: int
    actors: int
    links: tuple[Link, ...]  # with rows in place of node ids
    breaks: Stage | None
    why: str

    @property
    def goes_on(self) -> bool:
        """Somebody stands at the stage of the break or after it."""
        after = STAGES.index(self.breaks) if self.breaks else len(STAGES)
        return any(link.actors for link in self.links[after:])


def chains(net: Collaboration, *, limit: int = 50) -> Answer[Chain]:
    """Technologies in regions with 5 organisations or more: broken chains first: those that go on after the break, then those that end; the largest before the
    others.

    The stages are those of `graph.gaps.stages`. A stage breaks the chain when nobody of the region stands there, or nobody
    with a tie (any kind, any year; same group and same organisation count) to the last stage before it where somebody stands. Customers
    may be anywhere. A stage that the sources hardly show in a country is unknown there and is passed over.
    """
    held = areas(net)
    seen = coverage(net, shown_actors(net, held))
    empty = nothing_here(net, held)
    squares = [] if empty else _squares(net, held)
    squares = narrowest(net, squares, lambda one: (one.region, one.breaks, one.why, one.links))
    squares.sort(key=lambda one: (one.breaks is None, not one.goes_on, -one.actors, one.technology, one.region))
    rows = tuple(_chain(net, held, one) for one in squares[:limit])
    notes = [absence(seen), *astray(held)]
    if squares:
        notes.append(
            Note("chains-counts", {"broken": sum(one.breaks is not None for one in squares), "all": len(squares)})
        )
    unsaid = {stage: len({one.region for one in squares if not _link(one, stage).known}) for stage in STAGES}
    if any(unsaid.values()):
        notes.append(Note("chains-unsaid", {stage: unsaid[stage] for stage in ("development", "pilot", "market")}))
    return Answer(
        net.scope, seen, rows, len(squares), tuple(notes), empty or (None if squares else Note("chains-none"))
    )


def _link(one: _Square, stage: Stage) -> Link:
    return one.links[STAGES.index(stage)]


def _squares(net: Collaboration, held: Areas) -> list[_Square]:
    found = stages(net, held)
    known = found.known(net, held)
    near = neighbours(net, held)
    told = bool(net.ever.nnz)
    counts = held.heads(np.ones(len(net.nodes), dtype=bool))
    squares = []
    for column in held.columns.tolist():
        asked = held.shown & (counts[:, column] >= FEW_ACTORS)
        for region, links in walk(net, held, found, known, near, column, np.flatnonzero(asked)).items():
            breaks, why = _break(links, told)
            squares.append(_Square(column, region, int(counts[region, column]), links, breaks, why))
    return squares


def _break(links: tuple[Link, ...], told: bool) -> tuple[Stage | None, str]:
    """Where the chain first breaks, and in which words. Not `told`: the sources know of no tie at all, so none can be missed."""
    for link in links:
        if link.known and not link.actors:
            return link.stage, f"chains-no-{link.stage}"
        if link.known and not link.tied and told:
            return link.stage, f"chains-untied-{link.stage}"
    return None, "chains-whole" if told else "chains-untold"


def _chain(net: Collaboration, held: Areas, one: _Square) -> Chain:
    links = tuple(
        Link(link.stage, tuple(int(net.nodes[row]) for row in link.actors), link.tied, link.known) for link in one.links
    )
    return Chain(
        technology=int(net.techs[one.technology]),
        region=held.regions[one.region],
        links=links,
        breaks=one.breaks,
        why=Note(one.why),
        proofs=_proofs(net, one),
    )


def _proofs(net: Collaboration, one: _Square) -> tuple[Proof, ...]:
    """For the first actors of each stage."""
    rows = dict.fromkeys(row for link in one.links for row in link.actors[:_PROVED])
    return tuple(dict.fromkeys(proof for row in rows for proof in of_work(net, row, one.technology, 1)))
