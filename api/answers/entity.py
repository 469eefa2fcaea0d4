"""The profile of one thing, with the evidence of every fact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from api.answers.evidence import evidence_of, sources_of
from api.answers.facts import alternatives, facts_of
from api.models import CollaboratorOut, Entity, MoneyOut, Pair, Ref, RelationOut, TechnologyOf, Words
from api.served import Snapshot
from graph.profile import Link, Profile, profile

_UNNAMED = Pair(en="(not named by the source)", sv="(namnges inte av källan)")


def entity(snapshot: Snapshot, node: int) -> Entity:
    """All that is known about the node."""
    key = snapshot.columns.key_of[node]
    known = profile(snapshot.columns, key)
    if known is None:  # pragma: no cover - the node comes from the same columns
        raise KeyError(key)
    row = snapshot.columns.nodes.row(node, named=True)
    evidence = evidence_of(snapshot, known.evidence)
    return Entity(
        **_head(snapshot, row),
        iri=snapshot.names.thing(key).value,
        alt=alternatives(known.facts),
        facts=list(facts_of(snapshot, known.facts)),
        relations=_relations(snapshot, node, (*known.relations, *known.sites)),
        technologies=_technologies(snapshot, known),
        collaborators=_collaborators(snapshot, known),
        money=MoneyOut(in_=_relations(snapshot, node, known.money_in), out=_relations(snapshot, node, known.money_out)),
        own_evidence=list(known.own_evidence),
        evidence=evidence,
        sources=sources_of(snapshot, evidence.values()),
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


def _relations(snapshot: Snapshot, node: int, links: Iterable[Link]) -> list[RelationOut]:
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
            via=[place for node in one.via if (place := things.place(node))],
        )
        for one in known.collaborators
    ]
