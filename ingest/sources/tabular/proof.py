"""Evidence, dates, money and parties of a record."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from graph.node import Concept, Evidence, Money, Node, PartialDate, Ref
from ingest.contract import Record
from ingest.keys import relation_key
from ingest.sources.tabular.rows import MANY


def evidence(record: Record) -> Evidence:
    """The page that the table or the row names; the record is file:line, or file!sheet:line."""
    context = record.context
    return Evidence(
        document=context["document"],
        record=f"{record.table}:{record.line}",
        retrieved=date.fromisoformat(context["day"]),
    )


def when(record: Record, name: str) -> PartialDate | None:
    """A date of the row, or None."""
    text = record.values.get(name, "")
    return PartialDate.parse(text) if text else None


def money(record: Record, name: str, date_name: str = "start") -> Money | None:
    """A sum of the row with its currency and year, or None when the row has none."""
    if not record.values.get(name):
        return None
    day = when(record, date_name)
    return Money(Decimal(record.values[name]), record.context["currency"], day.year if day else None)


def refs(record: Record, name: str) -> list[str]:
    """The keys that a reference of the row leads to."""
    held = record.context.get(f"ref:{name}", "")
    return held.split(MANY) if held else []


def concept(record: Record, name: str, scheme: str, otherwise: str = "") -> Concept | None:
    """A concept of the row, or the one that stands for silence."""
    slug = record.values.get(name) or otherwise
    return Concept(scheme, slug) if slug else None


def relation(record: Record, kind: str, *parts: str, **parties: str) -> Node:
    """A relation of this kind between the parties (property = key of the thing), with dates and note of the row."""
    if len(set(parties.values())) < len(parties):
        names = " and ".join(parties)
        raise record.fault(next(iter(parties)), f"{names} are the same", "name the other party")
    node = Node(relation_key(kind, *parts, *parties.values()), kind, [evidence(record)])
    for name, key in parties.items():
        node.add(name, Ref(key))
    for name in ("start", "end"):
        node.add(name, when(record, name))
    return node.add("note", record.values.get("note"))
