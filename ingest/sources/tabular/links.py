"""Rows that join two things: parts, memberships, partnerships, money, ownership, support, technologies."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from graph.node import Concept, Node, Ref
from ingest.contract import Record
from ingest.keys import relation_key
from ingest.sources.tabular.proof import concept, evidence, money, refs, relation, when
from ingest.sources.tabular.things import technologies

_KINDS = {"grant": "Grant", "loan": "Loan", "prize": "Prize"}


def participation(record: Record) -> Iterator[Node]:
    """Who takes part in what, in which role; the amount is the participant's share of the money."""
    yield _part(record, record.values["role"])


def membership(record: Record) -> Iterator[Node]:
    """Who is a member of what."""
    yield _part(record, "member")


def _part(record: Record, role: str) -> Node:
    kind = "Membership" if role == "member" else "Participation"
    (who,), (effort,) = refs(record, "participant"), refs(record, "effort")
    node = relation(record, kind, role, participant=who, inEffort=effort)
    return node.add("role", Concept("role", role)).add("amount", money(record, "amount"))


def partnership(record: Record) -> Iterator[Node]:
    """Two or more parties, or a customer and a supplier."""
    sides = {name: key for name in ("customer", "supplier") for key in refs(record, name)}
    parties = sorted({*refs(record, "party"), *sides.values()})
    if len(parties) < 2:
        raise record.fault("party", "a partnership needs two parties", "name both, in two columns or with a separator")
    kind = record.values.get("partnershipKind") or ("customer" if len(sides) == 2 else "collaboration")
    node = Node(relation_key("Partnership", kind, *sides, *parties), "Partnership", [evidence(record)])
    for name, key in sides.items():
        node.add(name, Ref(key))
    for key in parties:
        if key not in sides.values():
            node.add("party", Ref(key))
    node.add("start", when(record, "start")).add("end", when(record, "end")).add("note", record.values.get("note"))
    yield node.add("partnershipKind", Concept("partnership", kind)).add("amount", money(record, "amount"))


def funding(record: Record) -> Iterator[Node]:
    """A Grant, Loan, Prize or other Funding; equity is an Investment in a round of its own."""
    instrument = record.values.get("instrument") or "unspecified"
    day = "start" if record.values.get("start") else "announced"
    parties = {"funder": "funder", "recipient": "recipient", "fundedEffort": "effort"}
    named = {name: key for name, ref in parties.items() for key in refs(record, ref)}
    if instrument == "equity":
        yield from _investment(record, named, day)
        return
    parts = (record.values.get("amount", ""), record.context.get("currency", ""), record.values.get(day, ""))
    node = relation(record, _KINDS.get(instrument, "Funding"), *parts, *named, **named)
    node.add("announced", when(record, "announced")).add("instrument", Concept("instrument", instrument))
    yield node.add("amount", money(record, "amount", day))


def _investment(record: Record, named: dict[str, str], day: str) -> Iterator[Node]:
    if "recipient" not in named:
        raise record.fault("recipient", "equity without a recipient", "say which company took it in")
    investor, company = named["funder"], named["recipient"]
    if investor == company:
        raise record.fault("recipient", "funder and recipient are the same", "name the other party")
    key = relation_key("InvestmentRound", company, record.values.get(day) or record.context["document"])
    around = Node(key, "InvestmentRound", [evidence(record)]).add("recipient", Ref(company))
    around.add("start", when(record, "start")).add("announced", when(record, "announced"))
    yield around.add("fundedEffort", Ref(named["fundedEffort"]) if "fundedEffort" in named else None)
    sums = (record.values.get("amount", ""), record.values.get(day, ""))
    node = Node(relation_key("Investment", *sums, investor, key), "Investment", [evidence(record)])
    node.add("investor", Ref(investor)).add("round", Ref(key)).add("recipient", Ref(company))
    node.add("start", when(record, "start")).add("announced", when(record, "announced"))
    yield node.add("note", record.values.get("note")).add("amount", money(record, "amount", day))


def ownership(record: Record) -> Iterator[Node]:
    """Who owns whom, and how much of it."""
    (owner,), (owned,) = refs(record, "owner"), refs(record, "owned")
    node = relation(record, "Ownership", record.values.get("role", ""), owner=owner, owned=owned)
    share = record.values.get("share")
    yield node.add("role", concept(record, "role", "role")).add("share", Decimal(share) if share else None)


def support(record: Record) -> Iterator[Node]:
    """Who helps whom, without money."""
    (supporter,), (supported,) = refs(record, "supporter"), refs(record, "supported")
    node = relation(record, "Support", record.values.get("role", ""), supporter=supporter, supported=supported)
    yield node.add("role", concept(record, "role", "role"))


def technology(record: Record) -> Iterator[Node]:
    """What a thing works on."""
    (actor,) = refs(record, "actor")
    yield from technologies(record, actor)
