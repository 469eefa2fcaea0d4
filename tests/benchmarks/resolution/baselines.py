"""Simple ways to join records, for comparison: equal names, equal identifiers, names that look alike."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from rapidfuzz import fuzz

from graph.node import SourceNodes, Text, Value
from ontology.schema import is_a
from tests.benchmarks.resolution.pairs import Pair
from tests.benchmarks.resolution.scoring import Joins, score

_NAMES: Final = ("name", "legalName", "altName", "formerName")
_CODES: Final = ("vatNumber", "orgNumber", "lei", "cordisPic", "ror", "wikidata")
_OTHER: Final = re.compile(r"[\W_]+")
_BOUNDS: Final = range(70, 101)


@dataclass(slots=True)
class Said:
    """What the record of a key says of itself: folded names, and identifiers with their scheme."""

    names: set[str] = field(default_factory=set)
    codes: set[tuple[str, str]] = field(default_factory=set)


def said_of(sources: Iterable[SourceNodes], keys: Iterable[str]) -> Mapping[str, Said]:
    """By key, for the wanted keys alone; a record that no source gives says nothing."""
    found = {key: Said() for key in keys}
    for node in (node for source in sources for node in source.nodes if node.key in found):
        if is_a(node.kind, "Organization"):
            held = found[node.key]
            held.names |= {folded(text) for name in _NAMES for text in _texts(node.values.get(name, ()))} - {""}
            held.codes |= {(name, text) for name in _CODES for text in _texts(node.values.get(name, ()))}
    return found


def folded(name: str) -> str:
    """Small letters without accents and punctuation."""
    plain = unicodedata.normalize("NFKD", name.casefold())
    return _OTHER.sub(" ", "".join(letter for letter in plain if not unicodedata.combining(letter))).strip()


def baselines(said: Mapping[str, Said], pairs: Sequence[Pair]) -> Mapping[str, Joins]:
    """The ways by their names. The bound of likeness is the one that does best on the half for tuning."""
    alike = {pair: _likeness(said[pair.one], said[pair.other]) for pair in pairs}
    tuning = [pair for pair in pairs if pair.half == "tune"]
    bound = max(_BOUNDS, key=lambda bound: score(tuning, lambda pair: alike[pair] >= bound).f1 or 0)
    return {
        "exact name": lambda pair: not said[pair.one].names.isdisjoint(said[pair.other].names),
        "identifiers alone": lambda pair: not said[pair.one].codes.isdisjoint(said[pair.other].codes),
        f"names alike, {bound} of 100": lambda pair: alike[pair] >= bound,
    }


def _likeness(one: Said, other: Said) -> float:
    return max((fuzz.token_sort_ratio(a, b) for a in one.names for b in other.names), default=0.0)


def _texts(values: Iterable[Value]) -> Iterable[str]:
    return (value.value if isinstance(value, Text) else str(value) for value in values)
