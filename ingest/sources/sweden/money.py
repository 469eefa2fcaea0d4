"""Grants, loans and investments."""

from __future__ import annotations

from collections.abc import Iterator

from graph.node import Concept, Node, Ref
from ingest.contract import Record
from ingest.sources.sweden.proof import evidence, money, relation, when
from ingest.sources.sweden.things import round_key

KINDS = {"grant": "Grant", "loan": "Loan", "prize": "Prize"}


def grant(record: Record) -> Iterator[Node]:
    """A row of funding.csv: a Grant, Loan, Prize or other Funding; equity, and any money in a round, is an Investment."""
    cells, context = record.values, record.context
    giver, recipient = cells["funder"], cells["recipient"] or context.get("company", "")
    if not recipient and not cells["activity"]:
        raise record.fault("recipient", "neither recipient nor activity is given", "say who got the money, or for what")
    if cells["instrument"] == "equity" and not recipient:
        raise record.fault("recipient", "equity without a recipient", "say which company took it in")
    if cells["instrument"] == "equity" or "company" in context:
        form = cells["instrument"] if cells["instrument"] != "equity" else ""
        yield from investment(record, giver, recipient, cells["date"], effort=context.get("effort", ""), form=form)
        return
    parties = {"recipient": recipient, "fundedEffort": context.get("effort", "")}
    named = {name: key for name, key in parties.items() if key and key != giver}
    kind = KINDS.get(cells["instrument"], "Funding")
    parts = (cells["amount"], cells["currency"], cells["date"])
    node = relation(record, kind, *parts, *named, funder=giver, **named)
    node.add("instrument", Concept("instrument", cells["instrument"] or "unspecified"))
    yield node.add("start", when(cells["date"])).add("amount", money(record, "amount", cells["date"]))


def investment(
    record: Record, investor: str, company: str, date: str, *, effort: str = "", lead: bool = False, form: str = ""
) -> Iterator[Node]:
    """The investor's part and the round that it is in.

    The round is the one the data names; else there is one for each company and date, or page where there is no date.
    `form` is an instrument other than equity, such as loan for a convertible note.
    """
    named = record.context.get("round", "")
    key = round_key(named) if named else round_key(company, date or record.values["source_url"])
    if not named:
        around = (
            Node(key, "InvestmentRound", [evidence(record)]).add("recipient", Ref(company)).add("start", when(date))
        )
        yield around.add("fundedEffort", Ref(effort) if effort else None)
    node = relation(record, "Investment", date, record.values["amount"], investor=investor, round=key)
    node.add("recipient", Ref(company)).add("start", when(date)).add("lead", True if lead else None)
    node.add("instrument", Concept("instrument", form) if form else None)
    yield node.add("amount", money(record, "amount", date))
