"""What is said of which project, and why."""

from __future__ import annotations

import pytest

from ingest.technology import infer
from ontology.terms import SCHEMES

CASES: dict[str, tuple[str, str, list[tuple[str, str]], list[str], dict[str, float]]] = {
    "a strong phrase in the title": ("Cheaper offshore wind", "", [], [], {"offshore-wind": 0.9}),
    "plural and capitals": ("CHEAPER SOLAR CELLS", "", [], [], {"solar-pv": 0.9}),
    "a weak phrase in the title": ("Graphene for all", "", [], [], {"advanced-materials": 0.6}),
    "a weak acronym is not a word": ("My pv", "", [], [], {}),
    "one mention in the text is not enough": ("Bridges", "Useful for wind turbines, too.", [], [], {}),
    "three mentions are": ("Blades", "Wind turbine blades. A wind farm. Wind energy.", [], [], {"wind-power": 0.7}),
    "title and text strengthen each other": ("Heat pumps", "A heat pump.", [], [], {"heat-pumps": 0.94}),
    "the code of a topic": ("X", "", [("BBI-2016-D06", "")], [], {"biorefinery": 0.8}),
    "the title of a topic": ("X", "", [("EE-1", "Technology for district heating")], [], {"district-heating": 0.7}),
    "a path of EuroSciVoc": ("X", "", [], ["/engineering and technology/energy/wind power"], {"wind-power": 0.95}),
    "the narrower area alone": ("Wind power and floating wind", "", [], [], {"offshore-wind": 0.9}),
    "renewable is not energy": ("Renewable monomers", "", [], [], {}),
    "heat batteries are none": ("Heat batteries at home", "", [], [], {}),
    "nothing clean": ("A history of parliaments", "Voting in the 19th century.", [], [], {}),
    "American spelling": ("CO2 utilization at scale", "", [], [], {"carbon-use": 0.9}),
}


@pytest.mark.parametrize("case", CASES)
def test_what_is_inferred(case: str) -> None:
    title, objective, topics, paths, wanted = CASES[case]
    assert {area.slug: area.confidence for area in infer(title, objective, topics, paths)} == wanted


def test_a_find_is_quoted_with_its_place() -> None:
    objective = "We build. " * 30 + "Thermal energy storage, heat storage and a heat accumulator."
    [area] = infer("Storing", objective)
    assert area.quote is not None
    assert objective[area.quote.start : area.quote.end] == "Thermal energy storage"
    assert (area.quote.field, area.method) == ("objective", "pattern")
    assert "Thermal energy storage" in area.quote.text


def test_a_code_is_told() -> None:
    [area] = infer("X", "", [("NFRP-01-2014", "")])
    assert (area.slug, area.code, area.quote) == ("nuclear-energy", "NFRP-01-2014", None)


def test_every_area_has_a_rule_or_is_wider_than_one_that_has() -> None:
    named = {slug for slug in SCHEMES["tech"] if infer(f"{SCHEMES['tech'][slug].label_en}", "")}
    silent = {"cleantech", "enabling-methods", "digital-solutions", "food-farming-forestry"}
    assert len(SCHEMES["tech"].keys() - named - silent) <= 12
