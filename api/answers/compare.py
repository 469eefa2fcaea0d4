"""Two things side by side, as the page and spreadsheets take it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import polars as pl

from api.answers.compare_figures import figures
from api.answers.compare_models import (
    BetweenOut,
    CompareOut,
    FacetOut,
    ItemOut,
    JointProject,
    ProposalOut,
    ProposalsOut,
    TechnologyBar,
    YearBar,
    YearJoint,
)
from api.answers.compare_sparql import sparql
from api.answers.evidence import evidence_of, sources_of
from api.answers.flows import money
from api.models import Pair, PlaceRef
from api.served import Snapshot
from graph.compared.answer import Between, Facet, bars_by_technology, bars_by_year, between, facets
from graph.compared.proposals import proposals
from graph.compared.sides import Side
from graph.inside import inside
from visualisations.plain import csv_text

_FIRST = 12  # things of a list
_JOINT = 25  # projects
_EURO: frozenset[str] = frozenset({"funders"})
_HEADERS = (
    *(Pair(en="what", sv="vad"), Pair(en="who has it", sv="vem har det"), Pair(en="key", sv="nyckel")),
    *(Pair(en="name", sv="namn"), Pair(en="A", sv="A"), Pair(en="B", sv="B"), Pair(en="unit", sv="enhet")),
)
_FACET_NAMES = {
    "organisations": Pair(en="organisation", sv="organisation"),
    "partners": Pair(en="partner", sv="samarbetspartner"),
    "technologies": Pair(en="technology", sv="teknik"),
    "funders": Pair(en="payer", sv="betalare"),
    "projects": Pair(en="project", sv="projekt"),
    "arenas": Pair(en="network or event", sv="nätverk eller evenemang"),
}
_BOTH = Pair(en="both", sv="båda")


def compare(snapshot: Snapshot, a: Side, b: Side) -> CompareOut:
    """Both sides must be of one sort."""
    joint = _between(snapshot, between(a, b))
    evidence = evidence_of(snapshot, {number for one in joint.projects for number in one.evidence})
    return CompareOut(
        sort=a.sort,
        a=snapshot.things.ref(a.node),
        b=snapshot.things.ref(b.node),
        notes=list(_notes(a, b)),
        figures=figures(a, b),
        facets=[_facet(snapshot, facet) for facet in facets(a, b)],
        technologies=[
            TechnologyBar(
                technology=_place(snapshot, bar.of), a=bar.a, b=bar.b, a_eur=_cents(bar.a_eur), b_eur=_cents(bar.b_eur)
            )
            for bar in bars_by_technology(a, b)
        ],
        years=[
            YearBar(year=bar.of, a=bar.a, b=bar.b, a_eur=_cents(bar.a_eur), b_eur=_cents(bar.b_eur))
            for bar in bars_by_year(a, b)
        ],
        between=joint,
        sparql=sparql(snapshot, a, b),
        evidence=evidence,
        sources=sources_of(snapshot, evidence.values()),
    )


def compare_csv(snapshot: Snapshot, a: Side, b: Side, lang: Literal["en", "sv"]) -> bytes:
    """One line a thing that one or both have."""
    names = {end: getattr(snapshot.things.name(side.node), lang) for end, side in (("a", a), ("b", b))}
    return csv_text(
        (_head(pair, lang, names) for pair in _HEADERS), _lines(snapshot, facets(a, b), names, lang)
    ).encode()


def _head(pair: Pair, lang: str, names: dict[str, str]) -> str:
    text = str(getattr(pair, lang))
    return f"{text}: {names[text.lower()]}" if text in ("A", "B") else text


def _lines(
    snapshot: Snapshot, found: tuple[Facet, ...], names: dict[str, str], lang: Literal["en", "sv"]
) -> Iterator[list[object]]:
    for facet in found:
        unit = "EUR" if facet.name in _EURO else ""
        for node, x, y, in_a, in_b in facet.rows.select("node", "a", "b", "in_a", "in_b").iter_rows():
            who = getattr(_BOTH, lang) if in_a and in_b else names["a" if in_a else "b"]
            name = getattr(snapshot.things.name(node), lang)
            key = snapshot.columns.key_of[node]
            yield [getattr(_FACET_NAMES[facet.name], lang), who, key, name, _cents(x), _cents(y), unit]


def proposals_of(snapshot: Snapshot) -> ProposalsOut:
    """Comparisons to begin with."""
    ref = snapshot.things.ref
    return ProposalsOut(
        proposals=[ProposalOut(sort=sort, a=ref(one), b=ref(other)) for sort, one, other in proposals(snapshot.columns)]
    )


def _notes(a: Side, b: Side) -> Iterator[str]:
    if a.node in inside(a.columns, b.node):
        yield "a-in-b"
    if b.node in inside(b.columns, a.node):
        yield "b-in-a"


def _facet(snapshot: Snapshot, facet: Facet) -> FacetOut:
    in_a, in_b = pl.col("in_a"), pl.col("in_b")
    parts = [facet.rows.filter(which) for which in (in_a & in_b, in_a & ~in_b, ~in_a & in_b)]
    both, only_a, only_b = (_items(snapshot, part.head(_FIRST)) for part in parts)
    unit = "eur" if facet.name in _EURO else "count"
    return FacetOut(id=facet.name, unit=unit, counts=[len(part) for part in parts], both=both, a=only_a, b=only_b)


def _items(snapshot: Snapshot, rows: pl.DataFrame) -> list[ItemOut]:
    return [
        ItemOut(thing=snapshot.things.ref(node), a=_cents(a), b=_cents(b))
        for node, a, b in rows.select("node", "a", "b").iter_rows()
    ]


def _between(snapshot: Snapshot, found: Between) -> BetweenOut:
    counted = found.projects.group_by("year").len().sort("year", nulls_last=True)
    first = found.projects.head(_JOINT)
    evidence = snapshot.columns.nodes["evidence"]
    return BetweenOut(
        pairs=found.pairs,
        total=len(found.projects),
        years=[YearJoint(year=year, count=count) for year, count in counted.iter_rows()],
        projects=[
            JointProject(thing=snapshot.things.ref(node), year=year, evidence=list(evidence[node]))
            for node, year in first.iter_rows()
        ],
        a_to_b=money(found.a_to_b),
        b_to_a=money(found.b_to_a),
    )


def _place(snapshot: Snapshot, node: int) -> PlaceRef:
    things = snapshot.things
    return PlaceRef(key=snapshot.columns.key_of[node], name=things.name(node), path=things.path(node))


def _cents(value: float | None) -> float | None:
    return None if value is None else round(value, 2)
