"""Boolean columns of the map, made once for each generation, so that a filter is a few array operations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.columns import Columns
from graph.profile_scope import taking_part
from ontology.schema import is_a
from ontology.terms import CLASSES

Mask: TypeAlias = npt.NDArray[np.bool_]
Ids: TypeAlias = npt.NDArray[np.uint32]
Counts: TypeAlias = tuple[tuple[str, int], ...]

COLLABORATION = "collaboration"  # the tie of a collaboratesWith link in mode "actors"
_ALWAYS, _NEVER = np.int16(-32768), np.int16(32767)
_NO_ROW = np.iinfo(np.uint32).max
_MOMENTS = ("funding", "investment", "change")  # what happens once: without an end it does not last


@dataclass(frozen=True, slots=True)
class Coded:
    """A text column as small numbers: `values[code]`; -1 where there is none."""

    codes: npt.NDArray[np.int32]
    values: tuple[str, ...]

    def any_of(self, wanted: Sequence[str]) -> Mask:
        """Where the value is one of those wanted; everywhere when nothing is wanted."""
        if not wanted:
            return np.ones(len(self.codes), dtype=bool)
        return np.isin(self.codes, [code for code, value in enumerate(self.values) if value in set(wanted)])

    def count(self, mask: Mask) -> Counts:
        """How often each value stands where the mask is true."""
        held = self.codes[mask]
        return self.most_first(held[held >= 0])

    def most_first(self, codes: npt.NDArray[np.integer[Any]]) -> Counts:
        """How often each value stands in `codes`: most frequent first, then by value; none with zero."""
        return self.of_each(np.bincount(codes, minlength=len(self.values)))

    def of_each(self, counts: npt.NDArray[np.integer[Any]]) -> Counts:
        """The values with their counts: most frequent first, then by value; none with zero."""
        found = [(value, int(number)) for value, number in zip(self.values, counts, strict=True) if number]
        return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0])))

    def texts(self, mask: Mask) -> list[str | None]:
        """The values where the mask is true."""
        return [self.values[code] if code >= 0 else None for code in self.codes[mask].tolist()]

    @classmethod
    def of(cls, column: pl.Series) -> Coded:
        """Values in alphabetical order."""
        values = tuple(column.drop_nulls().unique().sort())
        codes = column.cast(pl.Enum(values)).to_physical().cast(pl.Int32).fill_null(-1).to_numpy()
        return cls(codes, values)


@dataclass(frozen=True, slots=True)
class Span:
    """First and last active year; what is not dated at all has `dated` false."""

    first: npt.NDArray[np.int16]
    last: npt.NDArray[np.int16]
    dated: Mask

    def within(self, year_from: int | None, year_to: int | None) -> Mask:
        """Where it is dated and active in some year of [year_from, year_to]."""
        low, high = int(_ALWAYS) if year_from is None else year_from, int(_NEVER) if year_to is None else year_to
        return self.dated & (self.first <= high) & (self.last >= low)

    def known_years(self, mask: Mask) -> range:
        """From the first to the last year in which something that the mask keeps begins."""
        first = self.first[mask & self.dated]
        return range(int(first.min()), int(first.max()) + 1) if len(first) else range(0)

    @classmethod
    def of(cls, first: pl.Series, last: pl.Series, moment: Mask, newest: int) -> Span:
        """Without an end it lasts until `newest`, the last year that the data knows of; a moment, and what has an end
        without a start, has one year."""
        dated = (first.is_not_null() | last.is_not_null()).to_numpy()
        start = first.fill_null(last).fill_null(int(_ALWAYS)).to_numpy()
        open_end = np.where(moment, start, np.maximum(start, np.int16(newest)))
        end = np.where(last.is_not_null().to_numpy(), last.fill_null(0).to_numpy(), open_end)
        return cls(start, end, dated)

    def or_else(self, ids: Ids, other: Span, usable: Mask) -> Span:
        """Where it is not dated, the span of the thing `ids` if that is usable."""
        take = ~self.dated & usable[ids] & other.dated[ids]
        return Span(
            np.where(take, other.first[ids], self.first), np.where(take, other.last[ids], self.last), self.dated | take
        )


@dataclass(frozen=True, slots=True)
class Edges:
    """The lines of one mode; `row` is the row of `relations`, or none for a collaboration."""

    a: Ids
    b: Ids
    row: Ids
    tie: Coded
    role: Coded
    span: Span

    def frame(self, mask: Mask) -> pl.DataFrame:
        """The edges where the mask is true: a, b, relation, tie, role, year."""
        kept = pl.DataFrame(
            {
                "a": self.a[mask],
                "b": self.b[mask],
                "relation": self.row[mask],
                "tie": self.tie.texts(mask),
                "role": self.role.texts(mask),
                "year": self.span.first[mask],
            },
            schema_overrides={"tie": pl.String, "role": pl.String},
        )
        return kept.with_columns(
            pl.when(pl.col("relation") != _NO_ROW).then("relation").alias("relation"),
            pl.when(pl.col("year") != int(_ALWAYS)).then("year").alias("year"),
        )


@dataclass(frozen=True, slots=True)
class Masks:
    """Everything that a filter looks at, by node id or by edge."""

    on_map: Mapping[str, Mask]  # by mode
    effort: Mask
    kind: Coded
    county: Coded
    country: Coded
    span: Span
    works_on: Mapping[str, Ids]  # by technology slug, closed: the nodes, and who takes part in them
    edges: Mapping[str, Edges]  # by mode


@lru_cache(maxsize=4)
def masks(columns: Columns) -> Masks:
    """The masks of these columns, kept for the last few generations."""
    nodes = columns.nodes
    organisation = (nodes["group"] == "organisation").to_numpy()
    effort = (nodes["group"] == "effort").to_numpy()
    on_map = {"all": organisation | effort, "actors": organisation}
    events = [kind for kind in CLASSES if is_a(kind, "Event")]
    span = Span.of(nodes["start_year"], nodes["end_year"], nodes["kind"].is_in(events).to_numpy(), _newest(columns))
    working = _working(columns).group_by("tech", maintain_order=True)
    return Masks(
        on_map=on_map,
        effort=effort,
        kind=Coded.of(nodes["kind"]),
        county=Coded.of(nodes["county"]),
        country=Coded.of(nodes["country"]),
        span=span,
        works_on={columns.key_of[int(str(tech))].removeprefix("tech/"): r["node"].to_numpy() for (tech,), r in working},
        edges={mode: _edges(columns, mode, mask, span, effort) for mode, mask in on_map.items()},
    )


def _working(columns: Columns) -> pl.DataFrame:
    """node, tech: what has to do with a technology, and who takes part in an effort about it (who only pays does not)."""
    told = columns.technology.select("node", "tech")
    taking = taking_part(columns).select("effort", node="actor")
    return pl.concat([told, taking.join(told, left_on="effort", right_on="node").select("node", "tech")]).unique(
        maintain_order=True
    )


def _newest(columns: Columns) -> int:
    """The last year in which anything begins: what has no end is known to last until then."""
    years = pl.concat([columns.nodes["start_year"], columns.relations["start_year"]]).drop_nulls()
    return int(str(years.max())) if len(years) else int(_ALWAYS)


def _edges(columns: Columns, mode: str, on_map: Mask, things: Span, effort: Mask) -> Edges:
    wanted = ["relation", "a", "b", "tie", "role", "start_year", "end_year"]
    rows = columns.relations.filter(pl.col("b").is_not_null(), pl.col("a") != pl.col("b")).select(wanted)
    if mode == "actors":
        linked = columns.links.filter(pl.col("property") == "collaboratesWith", pl.col("a") < pl.col("b"))
        no_row, tie = pl.lit(_NO_ROW).cast(pl.UInt32).alias("relation"), pl.lit(COLLABORATION).alias("tie")
        rows = pl.concat([rows, linked.select(no_row, "a", "b", tie)], how="diagonal")
    rows = rows.filter(pl.Series(on_map[rows["a"].to_numpy()] & on_map[rows["b"].to_numpy()], dtype=pl.Boolean))
    a, b = rows["a"].to_numpy(), rows["b"].to_numpy()
    moments = rows["tie"].is_in(_MOMENTS).to_numpy()
    span = Span.of(rows["start_year"], rows["end_year"], moments, _newest(columns))
    return Edges(
        a=a,
        b=b,
        row=rows["relation"].to_numpy(),
        tie=Coded.of(rows["tie"]),
        role=Coded.of(rows["role"]),
        span=span.or_else(b, things, effort).or_else(a, things, effort),
    )
