"""What somebody asks of the money: the levels that it flows through, and which part of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

import polars as pl

from graph.columns import Columns
from graph.flows.ledger import Ledger
from graph.inside import inside
from ontology.schema import is_a
from ontology.terms import CLASSES, SCHEMES

__all__ = ["LEVELS", "Asked", "Level", "kept", "shown_technology"]

Level = Literal["funder", "programme", "technology", "kind", "region", "country", "recipient", "instrument"]
LEVELS: Final[tuple[Level, ...]] = (
    "funder",
    "programme",
    "technology",
    "kind",
    "region",
    "country",
    "recipient",
    "instrument",
)
_ROOT: Final = "cleantech"


@dataclass(frozen=True, slots=True)
class Asked:
    """`technology` are slugs, `region` keys of counties and ISO codes of countries, `funder` and `programme` keys of things,
    `kind` classes of recipients; any of the values of each. Years are those in which a sum, else its effort, began."""

    by: tuple[Level, ...] = ("funder", "programme", "technology", "kind")
    technology: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    funder: tuple[str, ...] = ()
    programme: tuple[str, ...] = ()
    kind: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None


def kept(columns: Columns, held: Ledger, asked: Asked) -> tuple[pl.DataFrame, int]:
    """The parts of sums that pass, with the levels `region` and shown technology, and how many sums were left out because
    nobody says when they began."""
    region = pl.coalesce("county", "country").alias("region")
    frame = held.parts.filter(*_conditions(columns, asked)).with_columns(
        region, shown_technology(columns, asked.technology).alias("technology")
    )
    if asked.year_from is None and asked.year_to is None:
        return frame, 0
    undated = frame.filter(pl.col("year").is_null())["unit"].n_unique()
    low, high = asked.year_from or 0, asked.year_to or 9999
    return frame.filter(pl.col("year").is_between(low, high)), undated


def _conditions(columns: Columns, asked: Asked) -> list[pl.Expr]:
    made: list[pl.Expr] = []
    if asked.technology:
        tops = columns.technologies(asked.technology)
        made.append(pl.col("technology").is_in({*tops, *(part for top in tops for part in inside(columns, top))}))
    if asked.region:
        made.append(pl.col("county").is_in(asked.region) | pl.col("country").is_in(asked.region))
    for name, keys in (("funder", asked.funder), ("programme", asked.programme)):
        if keys:
            made.append(pl.col(name).is_in([columns.node_of[key] for key in keys]))
    if asked.kind:
        made.append(pl.col("kind").is_in([name for name in CLASSES if any(is_a(name, top) for top in asked.kind)]))
    return made


def shown_technology(columns: Columns, chosen: tuple[str, ...]) -> pl.Expr:
    """The technology as the area below the top that it belongs to; of a chosen technology the one right below it."""
    stops = {*chosen, _ROOT}
    slugs = [slug for slug in SCHEMES["tech"] if f"tech/{slug}" in columns.node_of]
    below = columns.technologies(_below(slug, stops) for slug in slugs)
    return pl.col("technology").replace(dict(zip(columns.technologies(slugs), below, strict=True)))


def _below(slug: str, stops: set[str]) -> str:
    here = slug
    while here not in stops:
        above = SCHEMES["tech"][here].broader
        if not above or above[0] in stops:
            break
        here = above[0]
    return here
