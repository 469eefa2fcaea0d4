"""The ties of a selection as a table: who, with whom, in what, since when, for how much, by which documents."""

from __future__ import annotations

from typing import Literal

from api.models import Pair
from api.served import Snapshot
from graph.selection import Selection
from ontology.schema import label
from visualisations.plain import csv_text
from visualisations.words import role_name, tie_name

_HEADERS = {
    "source": Pair(en="from (key)", sv="från (nyckel)"),
    "source_name": Pair(en="from", sv="från"),
    "target": Pair(en="to (key)", sv="till (nyckel)"),
    "target_name": Pair(en="to", sv="till"),
    "tie": Pair(en="tie", sv="band"),
    "kind": Pair(en="kind", sv="typ"),
    "role": Pair(en="role", sv="roll"),
    "start": Pair(en="begun", sv="påbörjad"),
    "end": Pair(en="ended", sv="avslutad"),
    "amount": Pair(en="amount", sv="belopp"),
    "currency": Pair(en="currency", sv="valuta"),
    "note": Pair(en="note", sv="anmärkning"),
    "relation": Pair(en="relation", sv="relation"),
    "documents": Pair(en="sources", sv="källor"),
}
_COLLABORATION = Pair(en="collaboration", sv="samarbete")


def ties(snapshot: Snapshot, selection: Selection, lang: Literal["en", "sv"]) -> bytes:
    """UTF-8, RFC 4180, one row for each pair that a relation joins; safe to open in a spreadsheet."""
    columns = snapshot.columns
    names = columns.nodes[f"name_{lang}"].to_list()
    document = dict(columns.evidence.select("evidence", "document").iter_rows())
    told = columns.relations.select("relation", "key", "kind", "start", "end", "amount", "currency", "note", "evidence")
    lines: list[list[object]] = []
    edges = selection.edges.select("a", "b", "relation", "tie", "role").join(
        told, "relation", "left", maintain_order="left"
    )
    for row in edges.iter_rows(named=True):
        shown = row | {
            "source": columns.key_of[row["a"]],
            "source_name": names[row["a"]],
            "target": columns.key_of[row["b"]],
            "target_name": names[row["b"]],
            "tie": getattr(_COLLABORATION, lang) if row["key"] is None else tie_name(row["tie"], lang),
            "kind": label(row["kind"], lang) if row["kind"] else None,
            "role": role_name(row["role"], lang) if row["role"] else None,
            "relation": row["key"],
            "documents": list(dict.fromkeys(document[proof] for proof in row["evidence"] or () if document[proof])),
        }
        lines.append([shown[name] for name in _HEADERS])
    return csv_text((getattr(pair, lang) for pair in _HEADERS.values()), lines).encode()
