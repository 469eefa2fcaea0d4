"""Evidence, dates and money of a row."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from graph.node import Concept, Evidence, Money, Node, PartialDate, Ref
from ingest.contract import Record
from ingest.keys import relation_key

CURATED = date(2026, 11, 23)


def evidence(record: Record, column: str = "source_url") -> Evidence:
    """The page that the row names, read by a person on the day of curation."""
    name = record.values.get("slug") or str(record.line)
    own = column == "source_url"
    published = (record.values.get("source_date") or record.context.get("published", "")) if own else ""
    return Evidence(
        document=record.values[column],
        record=f"{record.table}:{name}",
        published=when(published),
        retrieved=CURATED,
        method="person",
    )


def when(text: str) -> PartialDate | None:
    """A date that was parsed before; None for an empty cell."""
    return PartialDate.parse(text) if text else None


def money(record: Record, column: str, date_text: str) -> Money | None:
    """The amount with its currency and year; None when there is none, or when the sum is not the giver's own."""
    if not record.values[column] or "not_own" in record.context:
        return None
    return Money(Decimal(record.values[column]), record.values["currency"], int(date_text[:4]) if date_text else None)


def relation(record: Record, kind: str, *parts: str, **parties: str) -> Node:
    """A relation of this kind between the parties (property = key of the thing), with the dates and note of the row."""
    node = Node(relation_key(kind, *parts, *parties.values()), kind, [evidence(record)])
    for name, key in parties.items():
        node.add(name, Ref(key))
    for name in ("start", "end"):
        node.add(name, when(record.values.get(name, "")))
    return node.add("note", note(record))


def note(record: Record) -> str:
    """The note of the row, and the sum that is not the giver's own."""
    said = [record.values.get("note", "")]
    if "not_own" in record.context:
        what = {
            "total": "a total of several sums",
            "round": "the size of the round",
            "elsewhere": "counted at another effort",
        }
        sum_of_row = f"{record.values['amount']} {record.values['currency']}"
        said.append(f"{sum_of_row} is {what[record.context['not_own']]}")
    return "; ".join(part for part in said if part)


def role(slug: str) -> Concept:
    """A concept of the scheme of roles."""
    return Concept("role", slug)
