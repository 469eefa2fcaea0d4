"""Nodes for money on small maps."""

from __future__ import annotations

from decimal import Decimal

from graph.node import Concept, Money, Node, PartialDate, Ref
from tests.gaps.maps import PAGE


def grant(
    key: str,
    recipient: str,
    amount: str | None,
    *,
    effort: str | None = None,
    funder: str | None = "funder",
    currency: str = "EUR",
    year: int | None = 2018,
) -> Node:
    """A grant to an organisation; without an amount nobody says how much."""
    node = Node(f"rel/grant-{key}", "Grant", [PAGE]).add("recipient", Ref(recipient))
    node.add("instrument", Concept("instrument", "grant"))
    if funder is not None:
        node.add("funder", Ref(funder))
    if effort is not None:
        node.add("fundedEffort", Ref(effort))
    if amount is not None:
        node.add("amount", Money(Decimal(amount), currency, year))
    return node.add("start", PartialDate.parse("2018"))


def share(key: str, who: str, effort: str, amount: str) -> Node:
    """A participation that states what the participant got."""
    node = Node(f"rel/share-{key}", "Participation", [PAGE]).add("participant", Ref(who)).add("inEffort", Ref(effort))
    return node.add("role", Concept("role", "partner")).add("amount", Money(Decimal(amount), "EUR", 2018))


def round_(key: str, recipient: str, amount: str | None) -> Node:
    node = Node(f"rel/round-{key}", "InvestmentRound", [PAGE]).add("recipient", Ref(recipient))
    node.add("announced", PartialDate.parse("2020"))
    return node if amount is None else node.add("amount", Money(Decimal(amount), "EUR", 2020))


def invested(key: str, investor: str, in_round: str | None, recipient: str | None, amount: str | None) -> Node:
    node = Node(f"rel/invested-{key}", "Investment", [PAGE]).add("investor", Ref(investor))
    if in_round is not None:
        node.add("round", Ref(f"rel/round-{in_round}"))
    if recipient is not None:
        node.add("recipient", Ref(recipient))
    return node if amount is None else node.add("amount", Money(Decimal(amount), "EUR", 2020))
