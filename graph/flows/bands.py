"""Sums by level and between levels: the nodes and bands of a Sankey diagram, each level adding up to the same total."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import polars as pl

from graph.columns import Columns
from graph.flows.asked import Asked, Level, kept
from graph.flows.ledger import ledger

__all__ = ["OTHER", "UNKNOWN", "Band", "Flows", "Known", "Stop", "flows", "named", "picked"]

OTHER: Final = "*other"
UNKNOWN: Final = "*unknown"
_MOST: Final = 10  # named values a level; beside them what is not known and all others together
_NODES: Final = ("funder", "programme", "technology", "recipient")


@dataclass(frozen=True, slots=True)
class Known:
    """Money and its coverage: `eur` is null when none of the sums is known; `known` and `silent` count the sums with and
    without an amount in euro; `equal` is what of `eur` was split in equal parts because no source says how."""

    eur: float | None
    known: int
    silent: int
    equal: float


@dataclass(frozen=True, slots=True)
class Stop:
    """`value` is a key, a class, a code, OTHER or UNKNOWN; `count` how many values stand together in it."""

    level: Level
    value: str
    count: int
    money: Known


@dataclass(frozen=True, slots=True)
class Band:
    """From a value of a level to one of the next; `level` is the number of the first."""

    level: int
    source: str
    target: str
    money: Known


@dataclass(frozen=True, slots=True)
class Flows:
    """The greatest first. The bands of each pair of levels, and the stops of each level, add up to `total`."""

    total: Known
    undated: int
    years: tuple[int, int] | None
    stops: tuple[Stop, ...]
    bands: tuple[Band, ...]


def flows(columns: Columns, asked: Asked) -> Flows:
    """What flows through the levels of `asked.by`, two or more, each another."""
    frame, undated = kept(columns, ledger(columns), asked)
    coded, counts = named(columns, frame, asked.by)
    stops = [
        Stop(level, value, counts[level].get(value, 1), money)
        for level in asked.by
        for (value,), money in _sums(coded, [level])
    ]
    bands = [
        Band(at, source, target, money)
        for at, (one, other) in enumerate(zip(asked.by, asked.by[1:], strict=False))
        for (source, target), money in _sums(coded, [one, other])
    ]
    total = next(
        (money for _, money in _sums(coded.with_columns(pl.lit("").alias("all")), ["all"])), Known(None, 0, 0, 0.0)
    )
    years = frame["year"].drop_nulls()
    span = (int(str(years.min())), int(str(years.max()))) if len(years) else None
    return Flows(total, undated, span, tuple(stops), tuple(bands))


def named(
    columns: Columns, frame: pl.DataFrame, by: Sequence[Level]
) -> tuple[pl.DataFrame, Mapping[Level, Mapping[str, int]]]:
    """The parts with a text for each level, the small values as OTHER, and how many values each text stands for."""
    counts: dict[Level, Mapping[str, int]] = {}
    for level in by:
        order = ["eur", "units", level]
        values = (
            frame.filter(pl.col(level).is_not_null())
            .group_by(level)
            .agg(pl.col("eur").sum(), pl.col("unit").n_unique().alias("units"))
            .sort(order, descending=[True, True, False])
        )
        most = _MOST + 1 if len(values) == _MOST + 1 else _MOST  # one alone is no lot of others
        top = values[level][:most]
        texts = [columns.key_of[int(value)] for value in top] if level in _NODES else [str(value) for value in top]
        codes = pl.DataFrame({level: top, "text": pl.Series(texts, dtype=pl.String)})
        frame = (
            frame.join(codes, on=level, how="left")
            .with_columns(
                pl.when(pl.col(level).is_null())
                .then(pl.lit(UNKNOWN))
                .otherwise(pl.col("text").fill_null(OTHER))
                .alias(level)
            )
            .drop("text")
        )
        counts[level] = {OTHER: len(values) - most}
    return frame, counts


def picked(columns: Columns, asked: Asked, picks: Mapping[Level, str]) -> pl.DataFrame:
    """unit, eur (of the unit, within the picked values; null when not known), split (of it in equal parts), equal (whether any
    is); the greatest first."""
    frame, _ = kept(columns, ledger(columns), asked)
    coded, _ = named(columns, frame, asked.by)
    rows = coded.filter(pl.col(level) == value for level, value in picks.items()) if picks else coded
    known = pl.when(pl.col("eur").is_not_null().any()).then(pl.col("eur").sum())
    split = pl.col("eur").filter("equal").sum().alias("split")
    sums = rows.group_by("unit").agg(known.alias("eur"), split, pl.col("equal").any())
    return sums.sort(["eur", "unit"], descending=[True, False], nulls_last=True)


def _sums(frame: pl.DataFrame, by: list[str]) -> list[tuple[tuple[str, ...], Known]]:
    paid = pl.col("eur").is_not_null()
    sums = frame.group_by(by).agg(
        pl.col("eur").sum(),
        pl.col("unit").filter(paid).n_unique().alias("known"),
        pl.col("unit").filter(~paid).n_unique().alias("silent"),
        pl.col("eur").filter("equal").sum().alias("split"),
    )
    ordered = sums.sort(["eur", "silent", *by], descending=[True, True, *[False] * len(by)])
    return [
        (
            tuple(row[name] for name in by),
            Known(row["eur"] if row["known"] else None, row["known"], row["silent"], row["split"]),
        )
        for row in ordered.iter_rows(named=True)
    ]
