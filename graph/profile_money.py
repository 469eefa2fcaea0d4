"""What was paid to a thing, by it or within it: each payment once, by year, by who pays and who receives."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal, TypeAlias

import polars as pl

from graph.columns import Columns
from graph.profile_scope import things_of
from graph.shortcuts import below

Way: TypeAlias = Literal["in", "out"]
By: TypeAlias = Literal["payer", "recipient", "effort", "programme", "technology", "region"]
BYS: Final[tuple[By, ...]] = ("payer", "recipient", "programme", "effort", "technology", "region")

INVESTED: Final = (*below("Investment"), *below("InvestmentRound"))
_MONEY: Final = ("funding", "investment")
_ROLE: Final = {
    "funder": "payer",
    "investor": "payer",
    "recipient": "recipient",
    "participant": "recipient",
    "fundedEffort": "effort",
    "inEffort": "effort",
}


@dataclass(frozen=True, eq=False)
class Payments:
    """`rows`: one for each payment: key, relation (its first row), kind, tie, amount, currency, eur, part_of, year (its own,
    else that of the effort; null), start, end. `parties`: key, role (payer, recipient, effort), node."""

    rows: pl.DataFrame
    parties: pl.DataFrame

    def where(self, role: str, nodes: pl.Series) -> pl.Series:
        """Keys of the payments in which one of the nodes has the role."""
        return self.parties.filter(pl.col("role") == role, pl.col("node").is_in(nodes.implode()))["key"].unique()

    def of(self, keys: pl.Series) -> pl.DataFrame:
        """The rows with these keys, the newest first."""
        order = ["year", "eur", "key"]
        kept = self.rows.filter(pl.col("key").is_in(keys.implode()))
        return kept.sort(order, descending=[True, True, False], nulls_last=True)


@lru_cache(maxsize=4)
def payments(columns: Columns) -> Payments:
    """Funding, investments and rounds, and the part of each participant where a source says it."""
    own_part = (
        (pl.col("tie") == "participation") & (pl.col("a_property") == "participant") & pl.col("amount").is_not_null()
    )
    held = columns.relations.filter(pl.col("tie").is_in(_MONEY) | own_part)
    ends = [held.select("key", pl.col(f"{end}_property").alias("role"), pl.col(end).alias("node")) for end in "ab"]
    parties = pl.concat(ends).drop_nulls().with_columns(pl.col("role").replace_strict(_ROLE, default=None))
    parties = parties.drop_nulls().unique(maintain_order=True)
    begun = columns.nodes.select("node", pl.col("start_year").alias("begun"))
    efforts = parties.filter(pl.col("role") == "effort").join(begun, on="node").group_by("key").agg(pl.min("begun"))
    rows = held.unique("key", keep="first", maintain_order=True).join(efforts, on="key", how="left")
    told = rows.select(
        "key",
        "relation",
        "kind",
        "tie",
        "amount",
        "currency",
        pl.col("amount_eur").alias("eur"),
        "part_of",
        pl.coalesce("start_year", "begun").alias("year"),
        "start",
        "end",
    )
    return Payments(told, parties)


def paid(columns: Columns, node: int, way: Way) -> pl.DataFrame:
    """The payments to (`in`) or by (`out`) an organisation, to an effort, about a technology or to those in a place.

    As `Payments.rows`, with `counts`: false where a sum must leave it out, because a round holds it already.
    """
    held, group = payments(columns), columns.nodes["group"][node]
    if way == "out":
        rows = held.of(held.where("payer", pl.Series([node], dtype=pl.UInt32)))
        return rows.with_columns(pl.lit(value=True).alias("counts"))
    rows = held.of(_received(columns, held, node, group))
    rounds = rows["key"].implode()
    return rows.with_columns((pl.col("part_of").is_null() | ~pl.col("part_of").is_in(rounds)).alias("counts"))


def _received(columns: Columns, held: Payments, node: int, group: str) -> pl.Series:
    if group == "effort":
        return _of_effort(held, pl.Series([node], dtype=pl.UInt32))
    if group == "technology":
        things = things_of(columns, node)
        told = held.rows.filter(pl.col("tie") != "participation")["key"]
        about = held.where("effort", things)
        invested = held.rows.filter(pl.col("kind").is_in(INVESTED))["key"]
        given = held.where("recipient", things)
        kept = pl.concat([about.filter(about.is_in(told.implode())), given.filter(given.is_in(invested.implode()))])
        return kept.unique()
    things = things_of(columns, node) if group == "place" else pl.Series([node], dtype=pl.UInt32)
    return _without_doubles(held, held.where("recipient", things))


def _of_effort(held: Payments, node: pl.Series) -> pl.Series:
    """What was given to the effort; where nobody says that, the parts of its participants."""
    keys = held.where("effort", node)
    given = held.rows.filter(pl.col("key").is_in(keys.implode()), pl.col("tie") != "participation")["key"]
    return given if len(given) else keys


def _without_doubles(held: Payments, keys: pl.Series) -> pl.Series:
    """Leaves out the part in an effort of who is told to have been given money for the same effort."""
    mine = held.parties.filter(pl.col("key").is_in(keys.implode()))
    pairs = (
        mine.filter(pl.col("role") == "recipient")
        .rename({"node": "recipient"})
        .join(mine.filter(pl.col("role") == "effort").rename({"node": "effort"}), on="key")
        .join(held.rows.select("key", "tie"), on="key")
    )
    parts = pairs.filter(pl.col("tie") == "participation")
    given = pairs.filter(pl.col("tie") != "participation")
    doubled = parts.join(given, on=["recipient", "effort"], how="semi")["key"]
    return keys.filter(~keys.is_in(doubled.implode()))


def totals(rows: pl.DataFrame) -> dict[str, int | float | None]:
    """rows, eur (None when no amount is known in euro), unknown (rows without an amount), unconverted, held (in a round)."""
    counted = rows.filter("counts")
    euro = counted["eur"].drop_nulls()
    return {
        "rows": rows.height,
        "eur": float(euro.sum()) if len(euro) else None,
        "unknown": rows["amount"].null_count(),
        "unconverted": rows.filter(pl.col("amount").is_not_null(), pl.col("eur").is_null()).height,
        "held": rows.height - counted.height,
    }


def by_year(rows: pl.DataFrame) -> pl.DataFrame:
    """year (null last), rows, eur (null when none is known), unknown."""
    known = pl.when("counts").then("eur").drop_nulls()
    return (
        rows.group_by("year")
        .agg(
            pl.len().alias("rows"),
            pl.when(known.len() > 0).then(known.sum()).alias("eur"),
            pl.col("amount").null_count().alias("unknown"),
        )
        .sort("year", nulls_last=True)
    )


def by_party(columns: Columns, rows: pl.DataFrame, by: By, leave_out: int) -> pl.DataFrame:
    """node, rows, eur, unknown, with the greatest sums first. A payment counts for each of its technologies; one to an effort
    whose recipients nobody names counts, in the sums by recipient and region, with the parts of the participants."""
    parties = _parties(columns, rows, by).filter(pl.col("node") != leave_out)
    known = pl.when("counts").then("eur").drop_nulls()
    return (
        parties.group_by("node")
        .agg(
            pl.len().alias("rows"),
            pl.when(known.len() > 0).then(known.sum()).alias("eur"),
            pl.col("amount").null_count().alias("unknown"),
        )
        .sort(["eur", "rows", "node"], descending=[True, True, False], nulls_last=True)
    )


def _parties(columns: Columns, rows: pl.DataFrame, by: By) -> pl.DataFrame:
    """node, eur, amount, counts: one row for each payment and node."""
    held = payments(columns)
    kept = rows.select("key", "eur", "amount", "counts")
    parties = held.parties.join(kept, on="key")
    if by in ("recipient", "region"):
        found = pl.concat([parties.filter(pl.col("role") == "recipient"), _parts(held, parties)], how="diagonal")
        return found if by == "recipient" else _placed(columns, found)
    efforts = parties.filter(pl.col("role") == "effort")
    if by == "programme":
        above = columns.relations.filter(pl.col("a_property").is_in(["programme", "partOf"])).select("a", "b").unique()
        return efforts.join(above, left_on="node", right_on="a").with_columns(pl.col("b").alias("node"))
    if by == "technology":
        about = columns.technology.filter("direct").select("node", "tech").unique()
        return efforts.join(about, on="node").with_columns(pl.col("tech").alias("node"))
    return parties.filter(pl.col("role") == by)


def _parts(held: Payments, parties: pl.DataFrame) -> pl.DataFrame:
    """For payments without a recipient the parts of those who take part in their efforts."""
    named = parties.filter(pl.col("role") == "recipient")["key"]
    efforts = parties.filter(pl.col("role") == "effort", ~pl.col("key").is_in(named.implode()))["node"].unique()
    parts = held.rows.filter(pl.col("tie") == "participation").select("key", "eur", "amount")
    inside = held.where("effort", efforts)
    told = held.parties.filter(pl.col("role") == "recipient", pl.col("key").is_in(inside.implode()))
    return told.join(parts, on="key").with_columns(pl.lit(value=True).alias("counts"))


def _placed(columns: Columns, found: pl.DataFrame) -> pl.DataFrame:
    """The county of each node, else its country."""
    where = columns.nodes.select("node", "county", "country")
    ids = columns.nodes.filter(pl.col("group") == "place").select("key", pl.col("node").alias("at"))
    land = pl.lit("place/") + pl.col("country").str.to_lowercase()
    spots = found.join(where, on="node").with_columns(pl.coalesce("county", land).alias("spot"))
    return spots.join(ids, left_on="spot", right_on="key").with_columns(pl.col("at").alias("node"))
