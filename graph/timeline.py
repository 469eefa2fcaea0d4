"""What happened when: foundings and closings, efforts that begin and end, money, partnerships; one row an event.

    founded, closed     an organisation begins or ends, by its own dates or by a recorded closing
    begun, ended        the same of a project or other joint effort; an event of a day or two only begins
    funded              a grant, a loan, a round, each once however many take part; what is part of a round is not counted
                        beside it; without a date of its own it counts when the effort begins that it pays
    partnered, parted   a partnership begins or ends

What has no date stays in the table, with a null year, where the date must exist (not for ends: what has none may go on).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import polars as pl

from graph.columns import Columns
from graph.once import once
from graph.timeline_money import money
from ontology.schema import is_a
from ontology.terms import CLASSES

KINDS: Final = ("founded", "begun", "funded", "partnered", "ended", "parted", "closed")

# `event` is the row number; `node` is what it happened to, `other` who paid or the other side; `evidence` are row numbers.
EVENTS: Final = pl.Schema(
    {
        "kind": pl.String(),
        "date": pl.String(),
        "node": pl.UInt32(),
        "other": pl.UInt32(),
        "amount": pl.String(),
        "currency": pl.String(),
        "amount_eur": pl.Float64(),
        "evidence": pl.List(pl.UInt32()),
        "nodes": pl.List(pl.UInt32()),  # all that it concerns but those who take part in its effort
        "effort": pl.UInt32(),  # the effort whose participants it concerns as well
    }
)


@dataclass(frozen=True, eq=False)
class Timeline:
    """`events`: as above, with `event`, `year`, `month` ("2020-05"; null without one), oldest first, the undated last.
    `parties`: (event, node) for all whom an event concerns; `topics`: (event, node) for those whose technology is its own.
    """

    events: pl.DataFrame
    parties: pl.DataFrame
    topics: pl.DataFrame


@once(4)
def timeline(columns: Columns) -> Timeline:
    """Every event of the map, made once for each generation."""
    parts = [_lives(columns), *_closings(columns), money(columns), _partnerships(columns)]
    held = pl.concat([part.select(pl.col(name).cast(kind) for name, kind in EVENTS.items()) for part in parts])
    order = pl.col("kind").cast(pl.Enum(KINDS))
    events = (
        held.with_columns(
            pl.col("date").str.slice(0, 4).cast(pl.Int16, strict=False).alias("year"),
            pl.when(pl.col("date").str.len_chars() >= 7).then(pl.col("date").str.slice(0, 7)).alias("month"),
        )
        .sort("date", order, "node", nulls_last=True, maintain_order=True)
        .with_row_index("event")
    )
    named = events.select("event", pl.col("nodes").alias("node")).explode("node").drop_nulls()
    crowd = events.select("event", "effort").drop_nulls().join(_participants(columns), on="effort")
    parties = pl.concat([named, crowd.select("event", "node")]).unique(maintain_order=True)
    topics = pl.concat(
        [
            events.filter(pl.col("effort").is_not_null()).select("event", pl.col("effort").alias("node")),
            named.join(events.filter(pl.col("effort").is_null()).select("event"), on="event"),
        ]
    )
    return Timeline(events.drop("nodes", "effort"), parties, topics)


def _participants(columns: Columns) -> pl.DataFrame:
    """(effort, node): who takes part; who only attends does not."""
    takes_part = (pl.col("tie") == "participation") & (pl.col("role").is_null() | (pl.col("role") != "attendee"))
    rows = columns.relations.filter(takes_part & pl.col("b").is_not_null())
    return rows.select(pl.col("b").alias("effort"), pl.col("a").alias("node")).unique(maintain_order=True)


def _lives(columns: Columns) -> pl.DataFrame:
    """Beginnings and ends of organisations and efforts, with the evidence of the date where the source gives one."""
    moments = [name for name in CLASSES if is_a(name, "Event")]
    nodes = columns.nodes.filter(pl.col("group").is_in(["organisation", "effort"]))
    organisation = pl.col("group") == "organisation"
    begins = nodes.with_columns(
        pl.when(organisation).then(pl.lit("founded")).otherwise(pl.lit("begun")).alias("happened"),
        pl.col("start").alias("date"),
    )
    ends = nodes.filter(pl.col("end").is_not_null() & ~pl.col("kind").is_in(moments)).with_columns(
        pl.when(organisation).then(pl.lit("closed")).otherwise(pl.lit("ended")).alias("happened"),
        pl.col("end").alias("date"),
    )
    parts = [(begins, ["founded", "start"]), (ends, ["dissolved", "end"])]
    return pl.concat([_life(columns, rows, names) for rows, names in parts])


def _life(columns: Columns, rows: pl.DataFrame, properties: list[str]) -> pl.DataFrame:
    said = columns.facts.filter(pl.col("property").is_in(properties)).unique("node", keep="first", maintain_order=True)
    proofs = said.select("node", pl.col("evidence").alias("proof"))
    nothing = pl.lit(None)
    return rows.join(proofs, on="node", how="left", maintain_order="left").select(
        pl.col("happened").alias("kind"),
        "date",
        "node",
        *(nothing.alias(name) for name in ("other", "amount", "currency", "amount_eur")),
        pl.coalesce("proof", "evidence").alias("evidence"),
        pl.concat_list("node").alias("nodes"),
        pl.when(pl.col("group") == "effort").then("node").alias("effort"),
    )


def _closings(columns: Columns) -> list[pl.DataFrame]:
    """Recorded closings of what has no end of its own."""
    ended = columns.nodes.filter(pl.col("end").is_not_null())["node"]
    closing = (pl.col("tie") == "change") & (pl.col("role") == "closing") & ~pl.col("a").is_in(ended.implode())
    rows = columns.relations.filter(closing).unique("key", keep="first", maintain_order=True)
    return [_event(rows, "closed", "start")]


def _partnerships(columns: Columns) -> pl.DataFrame:
    """Each once, with all of its parties."""
    rows = columns.relations.filter(pl.col("tie") == "partnership")
    parties = rows.group_by("key").agg(pl.concat_list("a", "b").explode().drop_nulls().unique().alias("nodes"))
    first = rows.unique("key", keep="first", maintain_order=True).join(parties, on="key", maintain_order="left")
    ends = first.filter(pl.col("end").is_not_null())
    return pl.concat([_event(first, "partnered", "start"), _event(ends, "parted", "end")])


def _event(rows: pl.DataFrame, kind: str, date: str) -> pl.DataFrame:
    nodes = pl.col("nodes") if "nodes" in rows.columns else pl.concat_list("a")
    return rows.select(
        pl.lit(kind).alias("kind"),
        pl.col(date).alias("date"),
        pl.col("a").alias("node"),
        pl.col("b").alias("other"),
        *(pl.lit(None).alias(name) for name in ("amount", "currency", "amount_eur")),
        "evidence",
        nodes.alias("nodes"),
        pl.lit(None).alias("effort"),
    )
