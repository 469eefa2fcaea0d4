"""Two names of one actor are told, and kept at the end of the list; two that are called alike are not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.doubles import doubles, doubles_of, plain_name
from graph.gaps.scoring import scored
from graph.node import Node
from tests.gaps.maps import PAGE, Actor, Project, map_of

NAMES = {
    "one": ("Västra Batterilaboratoriet AB", "SE"),
    "slip": ("Vastra Batterilaboratoriet", "SE"),
    "abroad": ("Västra Batterilaboratoriet AS", "NO"),
    "paris1": ("Université de Paris 1", "FR"),
    "paris2": ("Université de Paris 2", "FR"),
    "aalen": ("Hochschule Aalen", "DE"),
    "aachen": ("Hochschule Aachen", "DE"),
    "nordic": ("Nordic Wind", "DK"),
    "renamed": ("Ocean Blades", "DK"),
    "unknown1": ("Organisation whose name is not known (PIC 990000001)", "IT"),
    "unknown2": ("Organisation whose name is not known (PIC 990000002)", "IT"),
}


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Collaboration:
    actors = {key: Actor("Company", country, name=name) for key, (name, country) in NAMES.items()}
    numbers = [Node(key, "Company", [PAGE]).add("vatNumber", "DK12345678") for key in ("nordic", "renamed")]
    projects = {f"p{key}": Project([key, "aalen"]) for key in NAMES if key not in {"aalen", "aachen"}}
    return collaboration(map_of(tmp_path_factory.mktemp("doubles"), actors, projects, numbers))


def row(net: Collaboration, key: str) -> int:
    return int(net.row_of[net.columns.node_of[key]])


def twice(net: Collaboration, one: str, other: str) -> bool:
    a, b = np.array([row(net, one)]), np.array([row(net, other)])
    found, back = doubles(net, a, b), doubles(net, b, a)
    assert found.dtype == bool
    assert found.tolist() == back.tolist()
    return bool(found[0])


def test_the_same_name_but_for_accents_and_legal_form(net: Collaboration) -> None:
    assert twice(net, "one", "slip")


def test_the_same_number_under_another_name(net: Collaboration) -> None:
    assert twice(net, "nordic", "renamed")


@pytest.mark.parametrize(
    ("one", "other"), [("one", "abroad"), ("paris1", "paris2"), ("aalen", "aachen"), ("unknown1", "unknown2")]
)
def test_what_is_called_alike_is_not_one(net: Collaboration, one: str, other: str) -> None:
    assert not twice(net, one, other)


def test_no_others(net: Collaboration) -> None:
    assert doubles_of(net).nnz == 4
    assert not doubles_of(net).diagonal().any()


def test_a_double_is_at_the_end_of_the_list(net: Collaboration) -> None:
    table = scored(net)
    last = [sorted(pair) for pair in table.tail(2).select("a", "b").iter_rows()]
    wanted = [sorted((row(net, one), row(net, other))) for one, other in (("one", "slip"), ("nordic", "renamed"))]
    assert sorted(last) == sorted(wanted)


def test_no_pairs(net: Collaboration) -> None:
    nobody = np.zeros(0, dtype=np.int64)
    assert doubles(net, nobody, nobody).shape == (0,)


def test_a_name_is_compared_in_latin_letters_without_its_legal_form() -> None:
    assert plain_name("Söderströms Café, GmbH") == plain_name("soderstroms cafe")


def test_a_map_without_names_that_are_shared(tmp_path: Path) -> None:
    alone = collaboration(map_of(tmp_path / "one", {"a": Actor(), "b": Actor()}, {}))
    assert doubles_of(alone).nnz == 0
