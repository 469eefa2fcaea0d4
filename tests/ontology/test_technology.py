"""One scheme of technology areas, for the draft's areas and for those of the Swedish table."""

from __future__ import annotations

import csv
import re

import pytest

from ontology.model import ConceptTerm
from ontology.terms import SCHEMES
from ontology.vocabulary import HERE

TECH = SCHEMES["tech"]
TABLE = HERE.parent / "ingest" / "sources" / "sweden" / "data" / "technologies.csv"


def path_to_top(concept: ConceptTerm) -> list[str]:
    return [concept.slug, *(path_to_top(TECH[concept.broader[0]]) if concept.broader else [])]


@pytest.mark.parametrize("concept", TECH.values(), ids=list(TECH))
def test_an_area_is_ready_to_be_shown_and_searched(concept: ConceptTerm) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", concept.slug)
    assert concept.label_en[0].isupper()
    assert concept.label_sv[0].isupper()
    assert {lang for _, lang in concept.alt} == {"en", "sv"}
    assert path_to_top(concept)[-1] == "cleantech"
    assert len(path_to_top(concept)) <= 4
    assert all(re.fullmatch(r"Y0[24][A-Z]?( \d+/\d+)?", code) for code in concept.matches)


def test_slugs_stand_below_what_they_are_narrower_than_in_the_order_of_the_scheme() -> None:
    order = list(TECH)
    assert order[0] == "cleantech"
    assert all(order.index(parent) < order.index(slug) for slug, term in TECH.items() for parent in term.broader)


def test_no_label_names_two_areas() -> None:
    for lang in ("en", "sv"):
        labels = [term.label_en if lang == "en" else term.label_sv for term in TECH.values()]
        assert len({label.casefold() for label in labels}) == len(labels)


def test_notations_are_unique() -> None:
    assert len({term.notation for term in TECH.values()}) == len(TECH)


def test_each_code_of_the_swedish_table_is_exactly_one_area() -> None:
    by_code = {term.notation: term for term in TECH.values()}
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 68
    for row in rows:
        term = by_code[row["code"]]
        assert (term.label_en, term.label_sv) == (row["label_en"], row["label_sv"])
        assert [TECH[slug].notation for slug in term.broader] == [row["broader"] or "cleantech"]
        assert not row["cpc"] or row["cpc"] in term.matches
