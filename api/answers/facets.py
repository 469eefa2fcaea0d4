"""How much each choice of a filter would give."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from api.models import Count, FacetsOut, TechnologyCount, Total, YearCount
from api.served import Snapshot
from graph.selection import Filter, facets
from ontology.terms import SCHEMES


def facets_of(snapshot: Snapshot, chosen: Filter) -> FacetsOut:
    """Counts of every facet under all other choices."""
    found = facets(snapshot.columns, snapshot.search, chosen)
    return FacetsOut(
        total=Total(nodes=found.nodes, edges=found.edges, undated=found.undated),
        kinds=_counts(found.kinds),
        technologies=[
            TechnologyCount(value=slug, count=count, depth=depth(slug), broader=list(SCHEMES["tech"][slug].broader))
            for slug, count in found.techs
        ],
        counties=_counts(found.counties),
        countries=_counts(found.countries),
        roles=_counts(found.roles),
        ties=_counts(found.ties),
        years=[YearCount(year=year, count=count) for year, count in found.years],
    )


def _counts(pairs: Iterable[tuple[str, int]]) -> list[Count]:
    return [Count(value=value, count=count) for value, count in pairs]


@cache
def depth(slug: str) -> int:
    """Steps from the root of the technology scheme, by the shortest way."""
    above = SCHEMES["tech"][slug].broader
    return 0 if not above else 1 + min(depth(one) for one in above)
