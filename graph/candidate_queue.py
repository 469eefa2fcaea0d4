"""The pairs that people should look at: filtered, in order, with what each choice of a filter would give."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

import polars as pl

from graph.columns import Columns
from graph.identities import Identities
from ontology.schema import is_a
from ontology.terms import CLASSES

Order = Literal["weight", "score", "name"]
DIMENSIONS = ("kind", "country", "source", "reason")
_NUMBER = re.compile(r"\s+[\d.,]+\s*%?$")
_PAIR = pl.Schema({"one": pl.String(), "other": pl.String()})


@dataclass(frozen=True, slots=True)
class Wish:
    """What to look at: values of one filter widen, filters narrow; either record of a pair may fit.

    `kind` finds what is below a class, too; `reason` is a word of a reason without its number (`name`, `same town`).
    """

    kind: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    reason: tuple[str, ...] = ()
    order: Order = "weight"


def reason_word(reason: str) -> str:
    """`name 0.97` -> `name`."""
    return _NUMBER.sub("", reason)


def open_pairs(
    columns: Columns, identities: Identities, decided: Collection[tuple[str, str]], wish: Wish
) -> pl.DataFrame:
    """The candidates that nobody decided, in the order that was asked for, then by keys.

    Those of the table `candidates` with `a_node`, `b_node` (rows of `nodes`), `name`, and lists `kind`, `country`,
    `source`, `reason`. `decided` are sorted pairs of keys of records. Pairs of things that are not on the map are left out.
    """
    found = _filtered(_undecided(columns, identities, decided), wish)
    by = {"weight": ("weight", "score"), "score": ("score", "weight"), "name": ("name", "weight")}[wish.order]
    down = [name != "name" for name in by]
    return found.sort(*by, "a_key", "b_key", descending=[*down, False, False], nulls_last=True)


def values(columns: Columns, identities: Identities) -> Mapping[str, frozenset[str]]:
    """For each dimension but `kind` the values that a filter may ask for: what the candidates have, decided or not,
    with every country on the map and every source of a record."""
    rows = _described(columns, identities)
    return {
        "country": frozenset(columns.nodes["country"].drop_nulls()),
        "source": frozenset(identities.clusters["source"]),
        "reason": frozenset(rows["reason"].explode().drop_nulls()),
    }


def choices(
    columns: Columns, identities: Identities, decided: Collection[tuple[str, str]], wish: Wish
) -> Mapping[str, Sequence[tuple[str, int]]]:
    """For each dimension its values and how many pairs each would give, all other filters staying; most first."""
    rest = _undecided(columns, identities, decided)
    found = {}
    for name in DIMENSIONS:
        left = _filtered(rest, wish, but=name)
        counted = left.select(pl.col(name).list.unique()).explode(name).drop_nulls().group_by(name).len()
        found[name] = tuple(counted.sort(pl.col("len"), name, descending=[True, False]).iter_rows())
    return found


def _undecided(columns: Columns, identities: Identities, decided: Collection[tuple[str, str]]) -> pl.DataFrame:
    said = pl.DataFrame(sorted(decided), schema=_PAIR, orient="row")
    return _described(columns, identities).join(said, on=["one", "other"], how="anti")


def _filtered(rows: pl.DataFrame, wish: Wish, but: str = "") -> pl.DataFrame:
    wanted = {
        "kind": tuple(kind for kind in CLASSES if any(is_a(kind, above) for above in wish.kind)),
        "country": wish.country,
        "source": wish.source,
        "reason": wish.reason,
    }
    for name, values in wanted.items():
        if name != but and getattr(wish, name):
            rows = rows.filter(pl.col(name).list.eval(pl.element().is_in(values)).list.any())
    return rows


@lru_cache(maxsize=2)
def _described(columns: Columns, identities: Identities) -> pl.DataFrame:
    """All candidates with what the filters ask about, once a generation."""
    nodes = columns.nodes.select("key", "node", "kind", "country", "name_en")
    sources = identities.clusters.group_by("key").agg("source")
    rows = identities.candidates
    for side in ("a", "b"):
        rows = rows.join(
            nodes.rename({name: side if name == "key" else f"{side}_{name}" for name in nodes.columns}), on=side
        )
        renamed = sources.rename({"key": f"{side}_key", "source": f"{side}_source"})
        rows = rows.join(renamed, on=f"{side}_key", how="left")
    lists = [pl.concat_list(f"a_{name}", f"b_{name}").list.drop_nulls().alias(name) for name in ("kind", "country")]
    none = pl.lit([], dtype=pl.List(pl.String()))
    return rows.with_columns(
        *lists,
        pl.concat_list(pl.col("a_source").fill_null(none), pl.col("b_source").fill_null(none)).alias("source"),
        pl.col("a_name_en").str.to_lowercase().alias("name"),
        pl.min_horizontal("a_key", "b_key").alias("one"),
        pl.max_horizontal("a_key", "b_key").alias("other"),
        pl.col("reasons").list.eval(pl.element().str.replace(_NUMBER.pattern, "")).alias("reason"),
    )
