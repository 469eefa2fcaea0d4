"""From the words of a table to those of the ontology: by slug, label or synonym, in Swedish and English."""

from __future__ import annotations

import tomllib
import unicodedata
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import ingest.places
from ingest.places import countries
from ingest.problem import CellError
from ingest.sources.tabular.near import did_you_mean
from ontology.schema import is_a
from ontology.terms import CLASSES, SCHEMES

START_UP = "StartUp"  # said of a company; the ontology makes the class of the stage, see `things.organisation`
_DERIVED = frozenset({"SME", "Funder", "Investor", "Person", "Agent"})
_CUSTOM = {"UK": "GB", "EL": "GR"}  # as the European Union writes them


def folded(word: str) -> str:
    """The word for comparing: one space between words, no capitals, composed letters."""
    return " ".join(unicodedata.normalize("NFC", word).casefold().split())


def concept(scheme: str, cell: str) -> str:
    """The slug of a concept of the scheme."""
    return _found(_concepts(scheme), cell, f"the scheme {scheme}")


def kind(above: str, cell: str) -> str:
    """The name of a class at or below `above`."""
    found = _found(_classes(above), cell, "the kinds of the ontology")
    if found in _DERIVED:
        raise CellError(f"the kind {cell!r} is derived, no source gives it", "write a kind such as Company")
    return found


def country(cell: str) -> str:
    """The two letters of ISO 3166-1, from them or from the name in Swedish or English."""
    return _found(_countries(), cell, "the countries")


def _found(known: Mapping[str, str], cell: str, where: str) -> str:
    word = known.get(folded(cell))
    if word is None:
        otherwise = "write one of docs/reference/ontology.md"
        advice = f"{did_you_mean(cell[:80], known, otherwise)} (or say in `values` what it means)"
        raise CellError(f"{cell[:80]!r} is not among {where}", advice)
    return word


@cache
def _concepts(scheme: str) -> Mapping[str, str]:
    said = {
        folded(word): slug
        for slug, term in SCHEMES[scheme].items()
        for word in (term.notation, *(alt for alt, _ in term.alt))
        if word
    }
    labels = {folded(label): slug for slug, term in SCHEMES[scheme].items() for label in (term.label_sv, term.label_en)}
    return {**said, **labels, **{slug: slug for slug in SCHEMES[scheme]}}


@cache
def _classes(above: str) -> Mapping[str, str]:
    return {
        folded(word): name
        for name, term in CLASSES.items()
        if is_a(name, above)
        for word in (term.label_sv, term.label_en, name)
    }


@cache
def _countries() -> Mapping[str, str]:
    swedish = tomllib.loads(Path(ingest.places.__file__).with_name("places.toml").read_text("utf-8"))["country_sv"]
    english = {folded(name): code for code, (name, _) in countries().items()}
    return {
        **english,
        **{folded(name): code for code, name in swedish.items()},
        **{folded(code): code for code in countries()},
        **{folded(custom): code for custom, code in _CUSTOM.items()},
    }
