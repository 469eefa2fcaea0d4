"""Participations: who takes part in which effort, in which role."""

from __future__ import annotations

from collections.abc import Iterator

from graph.node import Concept, Node
from ingest.contract import Record
from ingest.keys import relation_key
from ingest.sources.sweden.money import investment
from ingest.sources.sweden.proof import evidence, money, relation, role
from ingest.sources.sweden.things import round_key
from ontology.schema import is_a

ROLES = {"founder": "initiator"}
EVENT_ROLES = {"participant": "attendee", "principal": "organizer", "coordinator": "organizer", "founder": "initiator"}


def participation(record: Record) -> Iterator[Node]:
    """A funder gives Funding, a member is a Membership, an investor in a round an Investment, all else Participation.

    Who takes part in himself, his own round or his own closing adds evidence to it.
    """
    cells, context = record.values, record.context
    who = cells["organisation"]
    if "closed" in context:
        key = relation_key("ChangeEvent", "closing", cells["activity"], context["closed"])
        yield Node(key, "ChangeEvent", [evidence(record)])
    elif "round" in context:
        yield from _in_round(record)
    elif cells["role"] == "funder":
        yield funding(record)
    elif who == context["effort"]:
        yield Node(who, context["effort_kind"], [evidence(record)])
    else:
        yield taking_part(record, who, context["effort"], effort_role(record))


def effort_role(record: Record) -> str:
    """The slug of the ontology's role."""
    said = record.values["role"]
    event = is_a(record.context["effort_kind"], "Event") and "plain" not in record.context
    return (EVENT_ROLES if event else ROLES).get(said, said)


def taking_part(record: Record, who: str, effort: str, as_role: str) -> Node:
    """A Participation, or a Membership when the role is member; the amount is the participant's share of the money."""
    kind = "Membership" if as_role == "member" else "Participation"
    node = relation(record, kind, as_role, participant=who, inEffort=effort).add("role", role(as_role))
    return node.add("amount", money(record, "amount", record.values["start"]))


def funding(record: Record) -> Node:
    """What a participation in the role of funder says: money for the effort, of no stated kind."""
    cells, context = record.values, record.context
    target = context.get("company") or context["effort"]
    name = "recipient" if "company" in context else "fundedEffort"
    node = relation(
        record, "Funding", cells["amount"], cells["currency"], funder=cells["organisation"], **{name: target}
    )
    node.add("instrument", Concept("instrument", "unspecified"))
    return node.add("amount", money(record, "amount", cells["start"]))


def _in_round(record: Record) -> Iterator[Node]:
    cells, context = record.values, record.context
    if cells["role"] == "funder":
        yield funding(record)
    elif cells["organisation"] == context["company"]:
        yield Node(round_key(context["round"]), "InvestmentRound", [evidence(record)])
    else:
        yield from investment(
            record, cells["organisation"], context["company"], cells["start"], lead=cells["role"] == "principal"
        )
