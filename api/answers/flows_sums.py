"""The sums behind a stop or a band, with who pays, who gets, and the records that say so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import polars as pl

from api.answers.evidence import evidence_of, sources_of
from api.answers.flows_models import MoneyKnown, SumOut, SumsOut
from api.answers.flows_names import instrument
from api.models import Pair, Ref
from api.served import Snapshot
from graph.flows.asked import Asked, Level
from graph.flows.bands import picked
from graph.flows.ledger import ledger
from visualisations.plain import csv_text

_FEW = 3  # recipients shown of a sum; the rest is counted
_HEADERS = (
    *(Pair(en="key", sv="nyckel"), Pair(en="kind", sv="typ"), Pair(en="date", sv="datum")),
    *(Pair(en="amount", sv="belopp"), Pair(en="currency", sv="valuta"), Pair(en="euro", sv="euro")),
    *(Pair(en="euro of this part", sv="euro av denna del"), Pair(en="split in equal parts", sv="delat lika")),
    *(Pair(en="payers", sv="betalare"), Pair(en="for", sv="för"), Pair(en="recipients", sv="mottagare")),
    Pair(en="sources", sv="källor"),
)


def sums_of(snapshot: Snapshot, asked: Asked, picks: Mapping[Level, str], offset: int, limit: int) -> SumsOut:
    """Those within the picked values of levels, all when nothing is picked."""
    found = picked(snapshot.columns, asked, picks)
    rows = _rows(snapshot, found.slice(offset, limit))
    evidence = evidence_of(snapshot, {number for row in rows for number in row.evidence})
    known = found.filter(pl.col("eur").is_not_null())
    return SumsOut(
        total=len(found),
        money=MoneyKnown(
            eur=round(float(known["eur"].sum()), 2) if len(known) else None,
            known=len(known),
            silent=len(found) - len(known),
            equal=round(float(known["split"].sum()), 2),
        ),
        rows=rows,
        evidence=evidence,
        sources=sources_of(snapshot, evidence.values()),
    )


@dataclass(frozen=True)
class Table:
    """A part of the rows as bytes: `rows` from `first` on (counted from 1), of `total`."""

    body: bytes
    first: int
    rows: int
    total: int


def sums_csv(
    snapshot: Snapshot, asked: Asked, picks: Mapping[Level, str], lang: Literal["en", "sv"], offset: int, most: int
) -> Table:
    """The same as a table, at most so many lines."""
    held = sums_of(snapshot, asked, picks, offset, most)

    def names(refs: list[Ref]) -> str:
        return " | ".join(str(getattr(ref.name, lang)) for ref in refs)

    lines: list[list[object]] = [
        [
            *(row.key, getattr(row.kind, lang), row.start, row.amount, row.currency, row.eur, row.part),
            None if row.part is None else row.equal,
            names(row.funders),
            names([row.effort] if row.effort else []),
            names(row.recipients) + (f" (+{more})" if (more := row.recipient_count - len(row.recipients)) else ""),
            " | ".join(dict.fromkeys(held.evidence[number].document or "" for number in row.evidence)),
        ]
        for row in held.rows
    ]
    body = csv_text((getattr(pair, lang) for pair in _HEADERS), lines).encode()
    return Table(body, offset + 1, len(lines), held.total)


def _rows(snapshot: Snapshot, found: pl.DataFrame) -> list[SumOut]:
    held = ledger(snapshot.columns)
    of_these = held.parts.filter(pl.col("unit").is_in(found["unit"].implode()))
    parties = {name: dict(_by_unit(of_these, name).iter_rows()) for name in ("funder", "recipient")}
    units = found.rename({"eur": "part"}).join(held.units, on="unit", how="left", maintain_order="left")
    return [_row(snapshot, row, parties) for row in units.iter_rows(named=True)]


def _by_unit(parts: pl.DataFrame, name: str) -> pl.DataFrame:
    """unit, nodes: those with the greatest share first"""
    shares = parts.filter(pl.col(name).is_not_null()).group_by("unit", name).agg(pl.col("share").sum())
    return shares.sort(["share", name], descending=[True, False]).group_by("unit", maintain_order=True).agg(name)


def _row(snapshot: Snapshot, row: dict[str, Any], parties: Mapping[str, Mapping[int, list[int]]]) -> SumOut:
    ref, unit = snapshot.things.ref, row["unit"]
    recipients = parties["recipient"].get(unit, [])
    return SumOut(
        key=row["key"],
        kind=instrument(row["instrument"] or row["kind"]),
        start=row["start"] or (None if row["year"] is None else str(row["year"])),
        amount=row["amount"],
        currency=row["currency"],
        eur=None if row["eur"] is None else round(row["eur"], 2),
        part=None if row["part"] is None else round(row["part"], 2),
        equal=row["equal"],
        funders=[ref(node) for node in parties["funder"].get(unit, [])],
        effort=None if row["effort"] is None else ref(row["effort"]),
        recipients=[ref(node) for node in recipients[:_FEW]],
        recipient_count=len(recipients),
        evidence=row["evidence"] or [],
    )
