"""The words of exported pictures, and names of kinds, roles and ties, in both languages."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from graph.ties import TIES
from ontology.schema import label
from ontology.terms import CLASSES, SCHEMES
from visualisations.caption import Lang

# Which schemes a relation's `role` may come from, the most common first.
_ROLE_SCHEMES = ("role", "partnership", "change", "instrument")


@cache
def words(lang: Lang) -> Mapping[str, str]:
    """All words of the exported page in one language."""
    held: dict[str, dict[str, str]] = tomllib.loads(
        files("visualisations").joinpath("page/words.toml").read_text("utf-8")
    )
    return held[lang]


def kind_name(kind: str, lang: Lang) -> str:
    """The label of a class; its own name when the ontology has none."""
    return label(kind, lang) if kind in CLASSES else kind


@cache
def role_name(role: str, lang: Lang) -> str:
    """The label of a role, or of the sort of partnership, change or instrument that stands in its place."""
    for scheme in _ROLE_SCHEMES:
        if role in SCHEMES.get(scheme, {}):
            concept = SCHEMES[scheme][role]
            return concept.label_sv if lang == "sv" else concept.label_en
    return role


def tie_name(tie: str, lang: Lang) -> str:
    """The label of a tie of the map."""
    held = TIES.get(tie)
    return tie if held is None else held.sv if lang == "sv" else held.en
