"""The selection as a table for a spreadsheet."""

from __future__ import annotations

from typing import Literal

from api.models import Pair
from api.served import Snapshot
from graph.selection import Filter, select
from ontology.schema import label
from visualisations.plain import csv_text

_HEADERS = {
    "key": Pair(en="key", sv="nyckel"),
    "name": Pair(en="name", sv="namn"),
    "kind": Pair(en="kind", sv="typ"),
    "county": Pair(en="county", sv="län"),
    "municipality": Pair(en="municipality", sv="kommun"),
    "country": Pair(en="country", sv="land"),
    "start": Pair(en="founded or begun", sv="grundad eller påbörjad"),
    "end": Pair(en="ended", sv="avslutad"),
    "degree": Pair(en="links", sv="länkar"),
    "homepage": Pair(en="home page", sv="webbplats"),
    "description": Pair(en="description", sv="beskrivning"),
}


def table(snapshot: Snapshot, chosen: Filter, lang: Literal["en", "sv"]) -> bytes:
    """UTF-8 without a mark, RFC 4180; cells that look like formulas begin with an apostrophe."""
    selection = select(snapshot.columns, snapshot.search, chosen)
    lines: list[list[object]] = []
    for row in snapshot.columns.nodes[selection.nodes].iter_rows(named=True):
        shown = row | {
            "name": row[f"name_{lang}"],
            "description": row[f"description_{lang}"] or row["description_en"] or row["description_sv"],
            "kind": label(row["kind"], lang),
            "county": _named(snapshot, row["county"], lang),
            "municipality": _named(snapshot, row["municipality"], lang),
        }
        lines.append([shown[name] for name in _HEADERS])
    return csv_text((getattr(pair, lang) for pair in _HEADERS.values()), lines).encode()


def _named(snapshot: Snapshot, key: str | None, lang: str) -> str | None:
    if key is None:
        return None
    node = snapshot.columns.node_of.get(key)
    return key if node is None else str(getattr(snapshot.things.name(node), lang))
