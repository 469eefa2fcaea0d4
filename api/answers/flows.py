"""Money from level to level, as the page of flows and spreadsheets take it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

import polars as pl

from api.answers.facets import depth
from api.answers.flows_models import BandOut, FlowChoice, FlowChoices, FlowsOut, MoneyKnown, StopOut
from api.answers.flows_names import LEVEL_NAMES, name_of, path_of
from api.answers.flows_sparql import sparql
from api.models import Pair
from api.served import Snapshot
from graph.columns import Columns
from graph.flows.asked import Asked
from graph.flows.bands import Known, flows
from graph.flows.ledger import ledger
from graph.inside import inside
from graph.once import once
from ontology.terms import SCHEMES
from visualisations.plain import csv_text

_CENTS = 2
_HEADERS = (
    Pair(en="from level", sv="från nivå"),
    Pair(en="from", sv="från"),
    Pair(en="from key", sv="från nyckel"),
    Pair(en="to level", sv="till nivå"),
    Pair(en="to", sv="till"),
    Pair(en="to key", sv="till nyckel"),
    Pair(en="euro", sv="euro"),
    Pair(en="of it split in equal parts", sv="varav delat lika"),
    Pair(en="payments with a known amount", sv="betalningar med känt belopp"),
    Pair(en="payments without a known amount", sv="betalningar utan känt belopp"),
)


def money(known: Known) -> MoneyKnown:
    """In whole cents."""
    return MoneyKnown(
        eur=None if known.eur is None else round(known.eur, _CENTS),
        known=known.known,
        silent=known.silent,
        equal=round(known.equal, _CENTS),
    )


def flows_of(snapshot: Snapshot, asked: Asked) -> FlowsOut:
    """Stops and bands, the greatest first."""
    found = flows(snapshot.columns, asked)
    return FlowsOut(
        by=list(asked.by),
        total=money(found.total),
        undated=found.undated,
        years=None if found.years is None else list(found.years),
        stops=[
            StopOut(
                id=f"{stop.level}:{stop.value}",
                level=stop.level,
                value=stop.value,
                name=name_of(snapshot, stop.level, stop.value, stop.count),
                path=path_of(snapshot, stop.level, stop.value),
                count=stop.count,
                **money(stop.money).model_dump(),
            )
            for stop in found.stops
        ],
        bands=[
            BandOut(
                source=f"{asked.by[band.level]}:{band.source}",
                target=f"{asked.by[band.level + 1]}:{band.target}",
                **money(band.money).model_dump(),
            )
            for band in found.bands
        ],
        sparql=sparql(snapshot, asked),
    )


def flows_csv(snapshot: Snapshot, asked: Asked, lang: Literal["en", "sv"]) -> bytes:
    """One line a band. UTF-8 without a mark, RFC 4180; cells that look like formulas begin with an apostrophe."""
    answer = flows_of(snapshot, asked)
    stops = {stop.id: stop for stop in answer.stops}
    lines: list[list[object]] = []
    for band in answer.bands:
        ends = [
            part
            for stop in (stops[band.source], stops[band.target])
            for part in (getattr(LEVEL_NAMES[stop.level], lang), getattr(stop.name, lang), stop.value)
        ]
        lines.append([*ends, band.eur, band.equal if band.eur is not None else None, band.known, band.silent])
    return csv_text((getattr(pair, lang) for pair in _HEADERS), lines).encode()


def choices_of(snapshot: Snapshot) -> FlowChoices:
    """What leads to any sum."""
    found = _counted(snapshot.columns)
    techs = found["technology"]
    years = ledger(snapshot.columns).units["year"].drop_nulls()

    def listed(level: str, counts: Mapping[str, int]) -> list[FlowChoice]:
        made = [FlowChoice(value=v, name=name_of(snapshot, level, v), count=n, depth=0) for v, n in counts.items()]
        return sorted(made, key=lambda one: (-one.count, one.value))

    return FlowChoices(
        technology=[
            FlowChoice(value=slug, name=Pair(en=term.label_en, sv=term.label_sv), count=techs[slug], depth=depth(slug))
            for slug, term in SCHEMES["tech"].items()
            if techs.get(slug)
        ],
        region=[*listed("region", found["county"]), *listed("region", found["country"])],
        kind=listed("kind", found["kind"]),
        years=[int(str(years.min())), int(str(years.max()))] if len(years) else None,
    )


@once(2)
def _counted(columns: Columns) -> Mapping[str, Mapping[str, int]]:
    """Sums by value of each filter; a sum of a narrower technology is one of the broader, too."""
    parts = ledger(columns).parts
    found: dict[str, dict[str, int]] = {}
    for level in ("county", "country", "kind"):
        counted = parts.filter(pl.col(level).is_not_null()).group_by(level).agg(pl.col("unit").n_unique())
        found[level] = dict(counted.iter_rows())
    pairs = parts.select("technology", "unit").drop_nulls().unique()
    techs: dict[str, int] = {}
    for slug in SCHEMES["tech"]:
        node = columns.node_of.get(f"tech/{slug}")
        if node is None:
            continue
        techs[slug] = pairs.filter(pl.col("technology").is_in({node, *inside(columns, node)}))["unit"].n_unique()
    found["technology"] = techs
    return found
