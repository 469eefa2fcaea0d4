"""The figures of two sides, beside each other, with their share of the whole map."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from api.answers.compare_models import FigureOut
from graph.columns import Columns
from graph.compared.answer import known_of
from graph.compared.parts import seats
from graph.compared.sides import Side
from graph.flows.bands import Known
from graph.flows.ledger import ledger
from graph.once import once

__all__ = ["figures"]


def figures(a: Side, b: Side) -> list[FigureOut]:
    """Those that make sense for the sort of both."""
    return list(_figures(a, b))


def _figures(a: Side, b: Side) -> Iterator[FigureOut]:
    organisations, projects, eur = _whole(a.columns)
    if a.sort != "organisation":
        yield _count("organisations", len(a.actors), len(b.actors), organisations)
    if a.sort in ("region", "organisation"):
        yield _count("partners", len(a.partners), len(b.partners))
    yield _count("projects", len(a.projects), len(b.projects), projects)
    if a.sort != "organisation":
        yield _ratio("projectsEach", _each(len(a.projects), a), _each(len(b.projects), b))
    if a.sort != "technology":
        yield _count("technologies", len(a.technologies), len(b.technologies))
    got = known_of(a.got), known_of(b.got)
    yield _money("got", *got, eur)
    if a.sort != "organisation":
        yield _ratio("gotEach", _paid_each(a), _paid_each(b), "eur")
    if a.sort != "technology":
        yield _money("gave", known_of(a.gave), known_of(b.gave), eur)


@once(2)
def _whole(columns: Columns) -> tuple[int, int, float]:
    """Organisations, efforts with participants, and euro of the whole map."""
    organisations = int((columns.nodes["group"] == "organisation").sum())
    return organisations, seats(columns)["thing"].n_unique(), float(ledger(columns).units["eur"].sum())


def _count(name: str, a: int, b: int, whole: float = 0) -> FigureOut:
    return _figure(name, "count", a, b, whole)


def _money(name: str, a: Known, b: Known, whole: float) -> FigureOut:
    return _figure(name, "eur", a.eur, b.eur, whole, a.silent, b.silent)


def _ratio(name: str, a: float | None, b: float | None, unit: str = "ratio") -> FigureOut:
    return _figure(name, unit, a, b)


def _figure(
    name: str, unit: str, a: float | None, b: float | None, whole: float = 0, silent_a: int = 0, silent_b: int = 0
) -> FigureOut:
    return FigureOut(
        id=name,
        unit=unit,
        a=None if a is None else round(a, 2),
        b=None if b is None else round(b, 2),
        share_a=round(a / whole, 5) if whole and a is not None else None,
        share_b=round(b / whole, 5) if whole and b is not None else None,
        silent_a=silent_a,
        silent_b=silent_b,
    )


def _each(count: int, side: Side) -> float | None:
    return count / len(side.actors) if len(side.actors) else None


def _paid_each(side: Side) -> float | None:
    """Euro an organisation of which any amount is known: the others are not taken for having got nothing."""
    paid = side.got.filter(pl.col("eur").is_not_null(), pl.col("recipient").is_not_null())
    heads = paid["recipient"].n_unique()
    return float(paid["eur"].sum()) / heads if heads else None
