"""Money of a thing as JSON: by year, and by who pays and who receives."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from api.answers.profile_parts import BASE
from api.answers.profile_sparql import Queries
from api.models_profile import MoneyGroup, MoneyPartOut, MoneyParty, MoneyTotal, MoneyYear
from api.served import Snapshot
from graph.profile_money import BYS, Way, by_party, by_year, paid, totals

_SHOWN = 12
_NOTHING: dict[str, Any] = {"rows": 0, "eur": None, "unknown": 0}


def money_part(snapshot: Snapshot, node: int) -> MoneyPartOut:
    """Of an organisation, effort, technology or place."""
    columns, key = snapshot.columns, snapshot.columns.key_of[node]
    rows: dict[Way, pl.DataFrame] = {way: paid(columns, node, way) for way in ("in", "out")}
    queries = Queries(snapshot, node)
    parts = rows["in"].height > 0 and bool((rows["in"]["tie"] == "participation").all())
    return MoneyPartOut(
        key=key,
        received=MoneyTotal.model_validate(totals(rows["in"])),
        paid=MoneyTotal.model_validate(totals(rows["out"])),
        years=list(_years(rows)),
        groups=[group for way in rows for group in _groups(snapshot, node, rows[way], way)],
        sparql={way: queries.money(way, parts=parts) for way in rows if rows[way].height},
        csv=f"{BASE}/{key}/money.csv",
    )


def _years(rows: dict[Way, pl.DataFrame]) -> Iterator[MoneyYear]:
    """Ascending, without gaps between them; what nobody dates comes last."""
    held = {way: {row["year"]: row for row in by_year(rows[way]).iter_rows(named=True)} for way in rows}
    known = sorted({year for years in held.values() for year in years if year is not None})
    spans: list[int | None] = list(range(known[0], known[-1] + 1)) if known else []
    if any(None in years for years in held.values()):
        spans.append(None)
    for year in spans:
        told = {
            f"{way}_{name}": held[way].get(year, _NOTHING)[name] for way in rows for name in ("rows", "eur", "unknown")
        }
        yield MoneyYear(year=year, **told)


def _groups(snapshot: Snapshot, node: int, rows: pl.DataFrame, way: Way) -> Iterator[MoneyGroup]:
    for by in BYS:
        found = by_party(snapshot.columns, rows, by, node)
        if not found.height:
            continue
        shown = [
            MoneyParty(other=snapshot.things.ref(row.pop("node")), **row)
            for row in found.head(_SHOWN).iter_rows(named=True)
        ]
        yield MoneyGroup(by=by, direction=way, total=found.height, rows=shown)
