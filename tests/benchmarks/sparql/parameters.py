"""What the questions ask about: things of chosen ranks, from the greatest hub to the middle of the crowd."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from pyoxigraph import QuerySolutions, Store

from ontology.terms import CE

_RANKS: Final = (0.001, 0.01, 0.05, 0.2, 0.5)  # share of all that stand before the chosen one
_MANY: Final = 50
_COUNTED: Final[Mapping[str, str]] = {
    "organisation": "?x ce:participatesIn ?y",
    "project": "?y ce:participatesIn ?x",
    "technology": "?y ce:worksOn ?x",
    "field": "?y ce:inField ?x . FILTER EXISTS { ?below skos:broader ?x }",
    "country": "?y ce:inRegion ?x . ?x ce:kind ce:AdministrativeArea",
    "funder": "?y ce:fundedBy ?x",
    "relation": "?x ce:kind ce:Participation ; ce:about ?y",
}


def parameters(store: Path) -> Mapping[str, Sequence[str]]:
    """By the name of a stand-in its values, ready to be put into a query; as many as there are ranks."""
    opened = Store.read_only(str(store))
    ranked = {name: _ranked(opened, pattern) for name, pattern in _COUNTED.items()}
    chosen = {name: _chosen(held) for name, held in ranked.items()}
    organisations = ranked["organisation"]
    step = max(len(organisations) // (_MANY * len(_RANKS)), 1)
    chosen["other-organisation"] = chosen["organisation"][1:] + chosen["organisation"][:1]
    chosen["organisations"] = [
        " ".join(organisations[turn :: step * len(_RANKS)][:_MANY]) for turn in range(len(_RANKS))
    ]
    return chosen


def _chosen(ranked: Sequence[str]) -> list[str]:
    """One for each rank, all different where there are enough."""
    places: list[int] = []
    for rank in _RANKS:
        places.append(max(int(len(ranked) * rank), places[-1] + 1 if places else 0))
    return [ranked[min(place, len(ranked) - 1)] for place in places]


def _ranked(store: Store, pattern: str) -> list[str]:
    """All `?x` of the pattern, those with most `?y` first."""
    prefixes = f"PREFIX ce: <{CE}> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>"
    found = store.query(f"{prefixes} SELECT ?x (COUNT(?y) AS ?n) {{ {pattern} }} GROUP BY ?x")
    if not isinstance(found, QuerySolutions):
        raise TypeError("a table was expected")
    counted = [(int(row["n"].value), str(row["x"])) for row in found]
    return [name for _, name in sorted(counted, key=lambda one: (-one[0], one[1]))]
