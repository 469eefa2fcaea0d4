from __future__ import annotations

import re
from pathlib import Path

import pytest

from ontology.terms import CLASSES
from visualisations.palette import FAMILIES, family

EXPLORER = Path(__file__).parents[2] / "visualisations" / "web" / "src" / "core" / "kinds.ts"


def test_pictures_and_explorer_use_the_same_colours() -> None:
    told = re.findall(r"(\w+): '(#[0-9a-f]{6})'", EXPLORER.read_text("utf-8").partition("TIE_COLOURS")[0])
    ours = [(one.name, colour) for one in FAMILIES for colour in (one.light, one.dark)]
    assert told
    assert set(told) <= set(ours)


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("StartUp", "startup"),
        ("SME", "company"),
        ("ResearchGroup", "research"),
        ("TestBed", "research"),
        ("FundingAgency", "money"),
        ("Municipality", "public"),
        ("SciencePark", "support"),
        ("TradeAssociation", "network"),
        ("VentureDay", "effort"),
        ("Organization", "other"),
    ],
)
def test_a_kind_takes_the_family_above_it(kind: str, name: str) -> None:
    assert family(kind).name == name


def test_every_class_has_a_family() -> None:
    assert all(family(kind) in FAMILIES for kind in CLASSES)
