"""All that is known about one thing, with the evidence of each fact."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, TypeAlias

import polars as pl

from graph.columns import Columns
from graph.inside import inside
from graph.neighbourhood import Edge, Neighbourhood, neighbourhood

__all__ = [
    "Collaborator",
    "Edge",
    "Fact",
    "Link",
    "Neighbourhood",
    "Profile",
    "TechnologyOf",
    "neighbourhood",
    "profile",
]


Direction: TypeAlias = Literal["out", "in"]


@dataclass(frozen=True, slots=True)
class Fact:
    """One value of one property, as in the table `facts`; `evidence` are row numbers of `evidence`."""

    property: str
    value: str
    lang: str | None
    datatype: str
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One row of `relations` seen from the thing: `out` when the thing is its `a`. `other` is a node id or None."""

    relation: int
    key: str
    kind: str
    tie: str
    role: str | None
    scheme: str | None
    direction: Direction
    property: str
    other: int | None
    other_property: str | None
    start: str | None
    end: str | None
    amount: str | None
    currency: str | None
    amount_eur: float | None
    part_of: str | None
    share: float | None
    note: str | None
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class TechnologyOf:
    """`tech` is a node id; `evidence` is empty when it only follows from a narrower technology."""

    tech: int
    direct: bool
    evidence: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Collaborator:
    """`node` works with the thing; `via` are the efforts and organisations in which they meet (may be empty)."""

    node: int
    via: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """`relations` holds all but its own sites and technologies, by tie, those who lead it first, then the newest. For a
    technology or a place these are who works on it, or on a narrower one, or sits in it, each thing once; money lists them again by direction, each relation once; `sites` are
    its places; `own_evidence` describes the thing itself; `evidence` are all row numbers used in the profile."""

    node: int
    facts: tuple[Fact, ...]
    relations: tuple[Link, ...]
    sites: tuple[Link, ...]
    technologies: tuple[TechnologyOf, ...]
    collaborators: tuple[Collaborator, ...]
    money_in: tuple[Link, ...]
    money_out: tuple[Link, ...]
    own_evidence: tuple[int, ...]
    evidence: tuple[int, ...]


_MONEY = ("funding", "investment")
_BESIDE = ("site", "technology")
_LEADS = {"principal": 0, "initiator": 1, "coordinator": 2, "organizer": 3, "host": 4, "partner": 5}


@lru_cache(maxsize=8)
def profile(columns: Columns, key: str) -> Profile | None:
    """The profile of an organisation, effort, technology, place ...; None when there is no such thing.
    Kept for whoever pages through it."""
    node = columns.node_of.get(key)
    if node is None:
        return None
    facts = tuple(_facts(columns, node))
    links = tuple(_links(columns, node))
    technologies = tuple(_technologies(columns, node, links, facts))
    relations = tuple(link for link in links if link.tie not in _BESIDE or link.direction == "in")
    own = tuple(columns.nodes["evidence"][node])
    proofs = [*(fact.evidence for fact in facts), *(link.evidence for link in links)]
    used = {row for evidence in proofs for row in evidence}
    return Profile(
        node=node,
        facts=facts,
        relations=relations,
        sites=tuple(link for link in links if link.tie == "site" and link.direction == "out"),
        technologies=technologies,
        collaborators=tuple(_collaborators(columns, node)),
        money_in=_once(link for link in relations if _is_receiver(link)),
        money_out=_once(link for link in relations if link.tie in _MONEY and _is_giver(link)),
        own_evidence=own,
        evidence=tuple(sorted(used.union(own))),
    )


def _facts(columns: Columns, node: int) -> Iterator[Fact]:
    start = columns.facts["node"].search_sorted(node, "left")
    end = columns.facts["node"].search_sorted(node, "right")
    for row in columns.facts[int(start) : int(end)].iter_rows(named=True):
        yield Fact(row["property"], row["value"], row["lang"], row["datatype"], tuple(row["evidence"]))


def _links(columns: Columns, node: int) -> Iterator[Link]:
    """By tie, those who lead it first, then the newest."""
    parts = inside(columns, node)
    mine = (pl.col("a") == node) | (pl.col("b") == node)
    within = pl.col("tie").is_in(_BESIDE) & pl.col("b").is_in(sorted(parts))
    rows = columns.relations.filter(mine | within)
    if parts:
        rows = rows.sort(pl.col("b") != node, maintain_order=True).unique(("a", "tie"), keep="first")
    rank = pl.when(pl.col("b") == node).then(pl.col("role").replace_strict(_LEADS, default=len(_LEADS)))
    ordered = rows.with_columns(rank.alias("rank")).sort(
        "tie", "rank", "start", "relation", descending=[False, False, True, False], nulls_last=True
    )
    for row in ordered.iter_rows(named=True):
        if row["a"] == node:
            yield _link(row, "out", row["a_property"], row["b"], row["b_property"])
        else:
            yield _link(row, "in", row["b_property"] or row["a_property"], row["a"], row["a_property"])


_COPIED = (
    "relation",
    "key",
    "kind",
    "tie",
    "role",
    "scheme",
    "start",
    "end",
    "amount",
    "currency",
    "amount_eur",
    "part_of",
    "share",
)


def _link(row: dict[str, Any], direction: Direction, name: str, other: int | None, other_name: str | None) -> Link:
    copied = {column: row[column] for column in _COPIED}
    return Link(
        **copied,
        note=row["note"],
        direction=direction,
        property=name,
        other=other,
        other_property=other_name,
        evidence=tuple(row["evidence"]),
    )


def _is_receiver(link: Link) -> bool:
    """Given to it, or its own part of the money of an effort, as CORDIS tells of each participant."""
    part = link.tie == "participation" and link.property == "participant" and link.amount is not None
    return part or (link.tie in _MONEY and link.property in ("recipient", "fundedEffort"))


def _is_giver(link: Link) -> bool:
    return link.property in ("funder", "investor")


def _once(links: Iterable[Link]) -> tuple[Link, ...]:
    """One row of each relation, that with the giver if there is one."""
    held = list(links)
    kept: dict[str, Link] = {}
    for link in [*(link for link in held if link.other_property in ("funder", "investor")), *held]:
        kept.setdefault(link.key, link)
    return tuple(kept.values())


def _technologies(columns: Columns, node: int, links: Iterable[Link], facts: Iterable[Fact]) -> Iterator[TechnologyOf]:
    """What it works on, as said and as it follows; evidence from the activities and topics that say it."""
    proofs: dict[int, set[int]] = {}
    for link in links:
        if link.tie == "technology" and link.direction == "out" and link.other is not None:
            proofs.setdefault(link.other, set()).update(link.evidence)
    for fact in facts:
        if fact.property == "topic" and fact.value in columns.node_of:
            proofs.setdefault(columns.node_of[fact.value], set()).update(fact.evidence)
    rows = columns.technology.filter(pl.col("node") == node).sort(~pl.col("direct"), "tech")
    for tech, direct in rows.select("tech", "direct").iter_rows():
        yield TechnologyOf(tech, direct, tuple(sorted(proofs.get(tech, ()))))


def _collaborators(columns: Columns, node: int) -> Iterator[Collaborator]:
    """Those linked by collaboratesWith, with what both of them take part in or own, the most of it first."""
    linked = columns.links.filter(pl.col("property") == "collaboratesWith", pl.col("a") == node)["b"].to_list()
    met = _meetings(columns)
    own = met.get(node, frozenset())
    found = [Collaborator(other, tuple(sorted(own & met.get(other, frozenset())))) for other in linked]
    yield from sorted(found, key=lambda one: (-len(one.via), one.node))


@lru_cache(maxsize=4)
def _meetings(columns: Columns) -> dict[int, frozenset[int]]:
    """For each thing what it takes part in or owns with others; memberships and visits to events do not count."""
    rows = columns.relations.filter(
        pl.col("b_property").is_in(["inEffort", "owned"]),
        pl.col("kind") != "Membership",
        pl.col("role").is_null() | (pl.col("role") != "attendee"),
    )
    met: dict[int, set[int]] = {}
    for a, b in rows.select("a", "b").iter_rows():
        met.setdefault(a, set()).add(b)
    return {node: frozenset(held) for node, held in met.items()}
