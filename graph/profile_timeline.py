"""What happened to a thing and when: its own beginning and end, and every dated relation, each once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from graph.columns import Columns
from graph.profile_money import INVESTED, paid, payments
from graph.profile_scope import things_of

# The sorts of events, in the order in which they are drawn. `money` is funding, `investment` a round or a part of one.
EVENTS: Final = (
    "founded",
    "project",
    "effort",
    "partnership",
    "membership",
    "money",
    "investment",
    "ownership",
    "support",
    "change",
    "closed",
)
_OF_TIE: Final = {
    "participation": "effort",
    "membership": "membership",
    "partnership": "partnership",
    "funding": "money",
    "investment": "investment",
    "ownership": "ownership",
    "support": "support",
    "change": "change",
}
_EFFORTS: Final = ("inEffort", "fundedEffort")
_EVENT: Final = pl.Schema(
    {
        "key": pl.String,
        "event": pl.String,
        "node": pl.UInt32,
        "relation": pl.UInt32,
        "role": pl.String,
        "start": pl.String,
        "end": pl.String,
        "year": pl.Int16,
        "year_to": pl.Int16,
        "amount": pl.String,
        "currency": pl.String,
    }
)


@dataclass(frozen=True, eq=False)
class Timeline:
    """`events`, the newest first: key (of the relation; of the thing for its own dates), event (see EVENTS), node (the other
    thing; null), relation (row; null), role, start, end, year, year_to, amount, currency. `undated`: relations without a date."""

    events: pl.DataFrame
    undated: int


def timeline(columns: Columns, node: int) -> Timeline:
    """Of an organisation or effort its own dates and its relations; of a technology or a place the organisations founded, the
    efforts and the payments there."""
    if columns.nodes["group"][node] in ("technology", "place"):
        return _of_area(columns, node)
    rows = _related(columns, node)
    dated = rows.filter(pl.col("year").is_not_null())
    held = pl.concat([_own(columns, node), dated.select(list(_EVENT))])
    return Timeline(_newest_first(held), rows.height - dated.height)


def _newest_first(events: pl.DataFrame) -> pl.DataFrame:
    return events.sort(["start", "key"], descending=[True, False], nulls_last=True)


def _own(columns: Columns, node: int) -> pl.DataFrame:
    """Founded and closed, or begun and ended."""
    row = columns.nodes.row(node, named=True)
    found = []
    for event, at, year in (("founded", "start", "start_year"), ("closed", "end", "end_year")):
        if row[at] is not None:
            found.append({"key": row["key"], "event": event, "start": row[at], "year": row[year]})
    return pl.DataFrame(found, schema_overrides=_EVENT).pipe(_whole)


def _whole(frame: pl.DataFrame) -> pl.DataFrame:
    """With all columns of an event."""
    missing = [pl.lit(None, dtype=kind).alias(name) for name, kind in _EVENT.items() if name not in frame.columns]
    return frame.with_columns(missing).select(list(_EVENT)).cast(_EVENT)


def _related(columns: Columns, node: int) -> pl.DataFrame:
    """One row for each relation of the thing; dates are its own, else those of the effort that it is about."""
    rows = columns.relations.filter(
        (pl.col("a") == node) | (pl.col("b") == node), pl.col("tie").is_in(list(_OF_TIE))
    ).with_columns(
        pl.when(pl.col("a") == node).then("b").otherwise("a").alias("node"),
        pl.when(pl.col("a") == node).then("b_property").otherwise("a_property").alias("at"),
    )
    theirs = columns.nodes.select(
        "node", "kind", pl.col("start").alias("s"), pl.col("end").alias("e"), "start_year", "end_year"
    ).rename({"kind": "what", "start_year": "sy", "end_year": "ey"})
    joined = rows.join(theirs, on="node", how="left", maintain_order="left")
    borrowed = pl.col("at").is_in(_EFFORTS) & pl.col("start").is_null() & pl.col("end").is_null()
    project = (pl.col("tie") == "participation") & (pl.col("what") == "Project")
    told = joined.with_columns(
        pl.when(project)
        .then(pl.lit("project"))
        .when(pl.col("kind").is_in(INVESTED))
        .then(pl.lit("investment"))
        .otherwise(pl.col("tie").replace_strict(_OF_TIE))
        .alias("event"),
        *(
            pl.when(borrowed).then(other).otherwise(own).alias(own)
            for own, other in (("start", "s"), ("end", "e"), ("start_year", "sy"), ("end_year", "ey"))
        ),
    )
    years = told.with_columns(
        pl.coalesce("start_year", "end_year").alias("year"), pl.col("end_year").alias("year_to")
    ).with_columns(pl.coalesce("start", "end").alias("start"))
    # of a payment to an effort the row with the effort, of several roles the first
    best = years.sort(~pl.col("at").is_in(_EFFORTS), pl.col("year").is_null(), maintain_order=True)
    return _whole(best.unique("key", keep="first", maintain_order=True))


def _of_area(columns: Columns, node: int) -> Timeline:
    things = things_of(columns, node)
    held = columns.nodes.filter(pl.col("node").is_in(things.implode()))
    when = [pl.coalesce("start", "end").alias("start"), "end", pl.coalesce("start_year", "end_year").alias("year")]
    named = [pl.lit("project").alias("event"), "node", "key", pl.col("end_year").alias("year_to"), *when]
    efforts = (
        held.filter(pl.col("group") == "effort")
        .select(named)
        .with_columns(
            pl.when(columns.nodes["kind"].gather(held.filter(pl.col("group") == "effort")["node"]) == "Project")
            .then(pl.lit("project"))
            .otherwise(pl.lit("effort"))
            .alias("event")
        )
    )
    organisations = held.filter(pl.col("group") == "organisation")
    ends = [
        organisations.filter(pl.col(at).is_not_null()).select(
            "key", "node", pl.lit(event).alias("event"), pl.col(at).alias("start"), pl.col(f"{at}_year").alias("year")
        )
        for event, at in (("founded", "start"), ("closed", "end"))
    ]
    money = _of_payments(columns, node)
    parts = [_whole(part) for part in (efforts, *ends, money)]
    everything = pl.concat(parts)
    dated = everything.filter(pl.col("year").is_not_null())
    return Timeline(_newest_first(dated), everything.height - dated.height)


def _of_payments(columns: Columns, node: int) -> pl.DataFrame:
    held = payments(columns)
    rows = paid(columns, node, "in").filter(pl.col("tie") != "participation")
    others = held.parties.filter(pl.col("key").is_in(rows["key"].implode()), pl.col("role") != "payer")
    first = others.unique("key", keep="first", maintain_order=True).select("key", "node")
    event = pl.when(pl.col("kind").is_in(INVESTED)).then(pl.lit("investment")).otherwise(pl.lit("money"))
    year = pl.col("year").cast(pl.String).str.zfill(4)
    return rows.join(first, on="key", how="left").with_columns(
        event.alias("event"), pl.coalesce("start", year).alias("start")
    )
