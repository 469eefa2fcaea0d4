"""What the filter of the gap finder offers: choices that lead to somebody, with how many organisations."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

import numpy as np
import polars as pl

from api.answers.gaps_shown import Shown
from api.models import YearCount
from api.models_gaps import Choice, ChoicesOut, OfferOut
from graph.columns import Columns
from graph.gaps.actors import TYPES
from graph.gaps.collaboration import Collaboration, Mask, collaboration
from graph.gaps.scope import Scope
from ontology.terms import SCHEMES


def every_year(columns: Columns, scope: Scope) -> Collaboration:
    """The network that the choices are counted in: the years that are offered do not depend on those that are chosen."""
    return collaboration(columns, replace(scope, year_from=None, year_to=None))


def choices_out(shown: Shown, net: Collaboration) -> ChoicesOut:
    """How many organisations each choice of a facet has, the choices of the other facets staying."""
    scope = net.scope
    working, here, kinds = net.working_on(scope.technologies), net.located_in(scope.regions), _of(net, scope)
    return ChoicesOut(
        actors=int((working & here & kinds).sum()),
        technology=list(_technologies(shown, net, here & kinds)),
        region=list(_regions(shown, net, working & kinds)),
        type=[_offer(shown.word("type", name), int((working & net.of_type(name)).sum())) for name in TYPES],
        years=list(_years(net, working & here)),
    )


def _of(net: Collaboration, scope: Scope) -> Mask:
    """Actors of one of the two types."""
    one, other = scope.types or (None, None)
    return net.of_type(one) | net.of_type(other)


def _technologies(shown: Shown, net: Collaboration, held: Mask) -> Iterator[OfferOut]:
    """In the order of the scheme's tree, with their depth in it."""
    rows = np.flatnonzero(held)
    counts = np.asarray(((net.stated[rows] + net.practised[rows]) > 0).sum(axis=0)).ravel()
    slugs = [net.columns.key_of[int(node)].removeprefix("tech/") for node in net.techs]
    count_of = dict(zip(slugs, map(int, counts), strict=True))
    for slug, depth in _walk(slugs):
        yield _offer(shown.technology_of(slug), count_of[slug], depth)


def _walk(slugs: Iterable[str]) -> Iterator[tuple[str, int]]:
    """Each technology below the first broader one that is known; those at the top by name."""
    known = set(slugs)
    terms = SCHEMES["tech"]
    below: dict[str | None, list[str]] = {}
    for slug in sorted(known, key=lambda one: terms[one].label_en):
        above = next((one for one in terms[slug].broader if one in known), None)
        below.setdefault(above, []).append(slug)
    waiting = [(slug, 0) for slug in reversed(below.get(None, []))]
    while waiting:
        slug, depth = waiting.pop()
        yield slug, depth
        waiting += [(one, depth + 1) for one in reversed(below.get(slug, []))]


def _regions(shown: Shown, net: Collaboration, held: Mask) -> Iterator[OfferOut]:
    """Counties, then countries, the largest first."""
    counties = net.columns.nodes["county"].gather(net.nodes).filter(pl.Series(held))
    countries = pl.Series(net.country, dtype=pl.String).filter(pl.Series(held))
    for values in (counties, countries):
        counted = (
            values.drop_nulls()
            .value_counts()
            .rename({values.name: "value"})
            .sort("count", "value", descending=[True, False])
        )
        for value, count in counted.select("value", "count").iter_rows():
            yield _offer(shown.region(value), count)


def _years(net: Collaboration, held: Mask) -> Iterator[YearCount]:
    """In how many occasions somebody was active, by year; undated ones in none."""
    touched = np.asarray(net.incidence[np.flatnonzero(held)].sum(axis=0)).ravel() > 0
    dated = net.occasions.filter(pl.Series(touched) & (pl.col("start") >= 0))
    start = dated["start"].to_numpy()
    end = np.minimum(np.maximum(dated["end"].to_numpy(), start), max(net.as_of, int(start.max(initial=0))))
    for year in range(int(start.min(initial=0)), int(end.max(initial=-1)) + 1):
        active = int(((start <= year) & (end >= year)).sum())
        if active:
            yield YearCount(year=year, count=active)


def _offer(choice: Choice, count: int, depth: int = 0) -> OfferOut:
    return OfferOut(**choice.model_dump(), count=count, depth=depth)
