"""The profile of one thing, with the evidence of every fact."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from api.answers.evidence import evidence_of, sources_of
from api.answers.facts import alternatives, facts_of
from api.answers.profile_sparql import Queries
from api.models import (
    CollaboratorOut,
    Entity,
    EntityCounts,
    FactOut,
    MoneyOut,
    Pair,
    Ref,
    RelationCount,
    RelationOut,
    TechnologyOf,
    Words,
)
from api.served import Snapshot
from graph.profile import Link, Profile, profile

_UNNAMED = Pair(en="(not named by the source)", sv="(namnges inte av källan)")


FIRST = 25  # of each list
_VIA = 3


def entity(snapshot: Snapshot, node: int) -> Entity:
    """What is known about the node: of long lists the beginning, with the evidence of what is shown."""
    key = snapshot.columns.key_of[node]
    known = profile(snapshot.columns, key)
    if known is None:  # pragma: no cover - the node comes from the same columns
        raise KeyError(key)
    row = snapshot.columns.nodes.row(node, named=True)
    relations = list(_first_of_each((*known.relations, *known.sites)))
    money_in, money_out = known.money_in[:FIRST], known.money_out[:FIRST]
    facts = list(facts_of(snapshot, known.facts))
    evidence = evidence_of(snapshot, _used(known, [*relations, *money_in, *money_out]))
    return Entity(
        **_head(snapshot, row),
        iri=snapshot.names.thing(key).value,
        alt=alternatives(known.facts),
        facts=facts,
        relations=relations_of(snapshot, node, relations),
        technologies=_technologies(snapshot, known),
        collaborators=_collaborators(snapshot, known),
        money=MoneyOut(in_=relations_of(snapshot, node, money_in), out=relations_of(snapshot, node, money_out)),
        counts=_counts(known),
        sparql=_sparql(snapshot, node, facts),
        own_evidence=list(known.own_evidence),
        evidence=evidence,
        sources=sources_of(snapshot, evidence.values()),
    )


def _sparql(snapshot: Snapshot, node: int, facts: Iterable[FactOut]) -> dict[str, str]:
    """The queries behind facts and relations; those of a technology stand in the ontology, not in the map."""
    queries = Queries(snapshot, node)
    found = {"relations": queries.relations()}
    properties = {fact.property for fact in facts}
    if properties and snapshot.things.groups[node] != "technology":
        found["facts"] = queries.facts(properties)
    return found


def _first_of_each(links: Iterable[Link]) -> Iterator[Link]:
    seen: Counter[tuple[str, str]] = Counter()
    for link in links:
        seen[link.tie, link.direction] += 1
        if seen[link.tie, link.direction] <= FIRST:
            yield link


def _used(known: Profile, shown: Iterable[Link]) -> set[int]:
    """Evidence of the facts, of the relations that are shown and of the technologies."""
    used = {row for fact in known.facts for row in fact.evidence}
    used |= {row for link in shown for row in link.evidence}
    used |= {row for one in known.technologies for row in one.evidence}
    return used.union(known.own_evidence)


def _counts(known: Profile) -> EntityCounts:
    held = Counter((link.tie, link.direction) for link in (*known.relations, *known.sites))
    return EntityCounts(
        relations=[RelationCount(tie=tie, direction=way, total=total) for (tie, way), total in held.items()],
        collaborators=len(known.collaborators),
        money_in=len(known.money_in),
        money_out=len(known.money_out),
    )


def _head(snapshot: Snapshot, row: dict[str, Any]) -> dict[str, Any]:
    things = snapshot.things
    county = row["county"]
    described = row["description_en"] is not None or row["description_sv"] is not None
    words = Words(en=row["description_en"], sv=row["description_sv"])
    own = row["place"] == row["node"]
    return {
        **things.ref(row["node"]).model_dump(include={"key", "group", "kind", "name"}),
        "description": words if described else None,
        "place": None if own else things.place(row["place"]),
        "county": None if county in (None, row["key"]) else things.place(snapshot.columns.node_of[county]),
        "country": row["country"],
        "start": row["start"],
        "end": row["end"],
        "homepage": row["homepage"],
    }


def relations_of(snapshot: Snapshot, node: int, links: Iterable[Link]) -> list[RelationOut]:
    """Relations as JSON, seen from the node."""
    return [
        RelationOut(
            key=link.key,
            kind=link.kind,
            tie=link.tie,
            role=link.role,
            direction=link.direction,
            other=_unnamed(snapshot, node) if link.other is None else snapshot.things.ref(link.other),
            start=link.start,
            end=link.end,
            amount=link.amount,
            currency=link.currency,
            amount_eur=link.amount_eur,
            part_of=link.part_of,
            share=link.share,
            note=link.note,
            evidence=list(link.evidence),
        )
        for link in links
    ]


def _unnamed(snapshot: Snapshot, node: int) -> Ref:
    """Stands for the party that nobody names; it leads back to the page itself."""
    return snapshot.things.ref(node).model_copy(update={"key": "", "name": _UNNAMED})


def _technologies(snapshot: Snapshot, known: Profile) -> list[TechnologyOf]:
    things = snapshot.things
    return [
        TechnologyOf(
            key=snapshot.columns.key_of[one.tech],
            name=things.name(one.tech),
            path=things.path(one.tech),
            direct=one.direct,
            evidence=list(one.evidence),
        )
        for one in known.technologies
    ]


def _collaborators(snapshot: Snapshot, known: Profile) -> list[CollaboratorOut]:
    things = snapshot.things
    return [
        CollaboratorOut(
            **things.ref(one.node).model_dump(include={"key", "name", "kind", "path"}),
            via=[place for node in one.via[:_VIA] if (place := things.place(node))],
        )
        for one in known.collaborators[:FIRST]
    ]
