"""What happened when, as tables for a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import polars as pl

from api.answers.time import NAMES, By, periods
from api.models import Pair
from api.served import Snapshot
from graph.timeline import KINDS
from graph.timeline_choice import Choice, chosen, within
from ontology.schema import label
from visualisations.plain import csv_text

Lang = Literal["en", "sv"]

_PERIOD = {"year": Pair(en="year", sv="år"), "month": Pair(en="month", sv="månad")}
_MONEY = (Pair(en="known money (EUR)", sv="känt belopp (EUR)"), Pair(en="amounts known", sv="kända belopp"))
_EVENT = (
    Pair(en="event", sv="händelse"),
    Pair(en="date", sv="datum"),
    Pair(en="key", sv="nyckel"),
    Pair(en="name", sv="namn"),
    Pair(en="kind", sv="typ"),
    Pair(en="payer or other side", sv="givare eller motpart"),
    Pair(en="amount", sv="belopp"),
    Pair(en="currency", sv="valuta"),
    Pair(en="amount (EUR)", sv="belopp (EUR)"),
    Pair(en="sources", sv="källor"),
)


def counts_table(snapshot: Snapshot, choice: Choice, by: By, lang: Lang) -> bytes:
    """One row for each period in which something happened."""
    kinds = choice.kinds or KINDS
    kept = within(chosen(snapshot.columns, choice), choice).drop_nulls("year")
    head = [getattr(pair, lang) for pair in (_PERIOD[by], *(NAMES[kind] for kind in kinds), *_MONEY)]
    rows = (
        [row.period, *(row.counts.get(kind, 0) for kind in kinds), row.eur, row.stated] for row in periods(kept, by)
    )
    return csv_text(head, rows).encode()


def events_table(snapshot: Snapshot, choice: Choice, lang: Lang) -> bytes:
    """One row for each event."""
    events = within(chosen(snapshot.columns, choice), choice)
    return csv_text([getattr(pair, lang) for pair in _EVENT], _events(snapshot, events, lang)).encode()


def _events(snapshot: Snapshot, events: pl.DataFrame, lang: Lang) -> Iterator[list[object]]:
    things, documents = snapshot.things, snapshot.columns.evidence["document"]
    for row in events.iter_rows(named=True):
        node, other = row["node"], row["other"]
        pages = dict.fromkeys(page for number in row["evidence"] if (page := documents[number]))
        yield [
            getattr(NAMES[row["kind"]], lang),
            row["date"],
            snapshot.columns.key_of[node],
            getattr(things.name(node), lang),
            label(things.kinds[node], lang),
            None if other is None else getattr(things.name(other), lang),
            row["amount"],
            row["currency"],
            row["amount_eur"],
            " ".join(pages),
        ]
