"""The collaboration network as NetworkX has it: every number again from the occasions, and whole after an export."""

from __future__ import annotations

import csv
from io import BytesIO, TextIOWrapper
from itertools import combinations
from pathlib import Path
from zipfile import ZipFile

import networkx as nx
import pytest
from typer.testing import CliRunner, Result

from api.commands.export import export_app
from graph.collaboration_graph import ACTOR_ATTRIBUTES, TIE_ATTRIBUTES, collaboration_graph, two_mode_graph
from graph.columns import Columns
from graph.gaps.collaboration import collaboration
from graph.gaps.scope import Scope
from graph.node import Node, Ref
from tests.gaps.maps import PAGE, Actor, Project, map_of

ACTORS = {
    "kth": Actor("HigherEducationInstitution", "place/se-ab", ["batteries"]),
    "cells": Actor("Company", "place/se-m", ["batteries"]),
    "grid": Actor("Company", "NO", ["batteries"]),
    "wind": Actor("Company", "place/se-m", ["wind-power"]),
    "alone": Actor("Company", "place/se-ab", ["batteries"]),
}
PROJECTS = {
    "p1": Project(["kth:coordinator", "cells", "wind"], "2015", "2018"),
    "p2": Project(["kth", "cells"], "2019"),
    "p3": Project(["cells", "grid"], None),
}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    deal = Node("rel/deal", "Partnership", [PAGE]).add("party", Ref("kth")).add("party", Ref("grid"))
    return map_of(tmp_path_factory.mktemp("graph"), ACTORS, PROJECTS, [deal])


def test_each_tie_says_what_stands_behind_it(small: Columns) -> None:
    graph = collaboration_graph(collaboration(small, Scope(half_life=0)))
    assert set(graph) == set(ACTORS)
    assert graph.edges["kth", "cells"] == {
        "weight": pytest.approx(1.5),
        "ties": ["project"],
        "occasions": 2,
        "start": "2015",
        "end": "2019",
        "efforts": ["p1", "p2"],
        "documents": ["https://example.org/map"],
    }
    assert graph.edges["kth", "grid"]["ties"] == ["partnership"]
    assert graph.edges["kth", "grid"]["efforts"] == []
    assert graph.edges["cells", "grid"]["start"] is None
    assert graph.nodes["kth"]["type"] == "research"
    assert (graph.nodes["kth"]["region"], graph.nodes["grid"]["region"]) == ("place/se-ab", "NO")
    assert "tech/energy-storage" in graph.nodes["kth"]["technologies"]
    assert graph.nodes["kth"]["strength"] == pytest.approx(1.5 + 0.5 + 1)
    assert graph.nodes["kth"]["partners"] == 3


def test_a_technology_leaves_its_actors_and_a_region_those_with_a_tie_to_it(small: Columns) -> None:
    graph = collaboration_graph(collaboration(small, Scope(technologies=("batteries",))))
    assert set(graph) == {"kth", "cells", "grid", "alone"}
    assert {frozenset(pair) for pair in graph.edges} == {
        frozenset(pair) for pair in [("kth", "cells"), ("kth", "grid"), ("cells", "grid")]
    }
    scope = Scope(technologies=("batteries",), regions=("place/se-ab",))
    touching = collaboration_graph(collaboration(small, scope))
    assert set(touching) == {"kth", "alone", "cells", "grid"}
    assert not touching.has_edge("cells", "grid")
    within = collaboration_graph(collaboration(small, Scope(regions=("place/se-ab",), reach="within")))
    assert set(within) == {"kth", "alone"}


def test_who_takes_part_in_what_gives_the_same_ties(demo_columns: Columns) -> None:
    net = collaboration(demo_columns)
    both = two_mode_graph(net)
    graph = collaboration_graph(net)
    occasions = [node for node, held in both.nodes(data=True) if held["bipartite"] == 1]
    assert len(occasions) == net.occasions.height
    pairs = {frozenset(pair) for node in occasions for pair in combinations(both[node], 2)}
    assert pairs == {frozenset(pair) for pair in graph.edges}
    for one, other, held in list(graph.edges(data=True))[:200]:
        shared = set(both[one]) & set(both[other])
        assert held["occasions"] == len(shared)
        assert held["weight"] == pytest.approx(sum(both.edges[one, node]["weight"] for node in shared))
        assert held["documents"]


def test_an_empty_scope_is_an_empty_graph(small: Columns) -> None:
    net = collaboration(small, Scope(regions=("XX",)))
    assert (len(collaboration_graph(net)), len(two_mode_graph(net))) == (0, 0)


def export(data: Path, *arguments: str) -> Result:
    return CliRunner().invoke(export_app, ["collaboration", *arguments, "--data", str(data), "--out", "-"])


def test_gexf_and_graphml_are_read_back_whole(demo_data: Path, demo_columns: Columns) -> None:
    chosen = ("--technology", "batteries", "--half-life", "0")
    graph = collaboration_graph(collaboration(demo_columns, Scope(technologies=("batteries",), half_life=0.0)))
    for form, read in (("gexf", nx.read_gexf), ("graphml", nx.read_graphml)):
        result = export(demo_data, "--format", form, *chosen)
        assert result.exit_code == 0, result.stderr
        found = read(BytesIO(result.stdout_bytes))
        assert set(found) == set(graph)
        assert {frozenset(pair[:2]) for pair in found.edges} == {frozenset(pair) for pair in graph.edges}
        for one, other, held in found.edges(data=True):
            assert held["weight"] == pytest.approx(graph.edges[one, other]["weight"])
            assert held["occasions"] == graph.edges[one, other]["occasions"]
        assert export(demo_data, "--format", form, *chosen).stdout_bytes == result.stdout_bytes


def test_csv_has_the_columns_of_the_network(demo_data: Path, demo_columns: Columns) -> None:
    result = export(demo_data, "--format", "csv", "--technology", "batteries")
    with ZipFile(BytesIO(result.stdout_bytes)) as archive:
        tables = {
            name: list(csv.reader(TextIOWrapper(archive.open(name), "utf-8", newline="")))
            for name in archive.namelist()
        }
    assert tables["nodes.csv"][0] == list(ACTOR_ATTRIBUTES)
    assert tables["edges.csv"][0] == ["source", "target", *TIE_ATTRIBUTES]
    net = collaboration(demo_columns, Scope(technologies=("batteries",)))
    assert len(tables["edges.csv"]) - 1 == collaboration_graph(net).number_of_edges()


@pytest.mark.parametrize("form", ["gexf", "graphml", "csv"])
def test_the_two_mode_network_is_exported_too(demo_data: Path, form: str) -> None:
    result = export(demo_data, "--format", form, "--two-mode", "--technology", "batteries", "--lang", "sv")
    assert result.exit_code == 0, result.stderr
    assert result.stdout_bytes


@pytest.mark.parametrize(
    ("arguments", "code", "told"),
    [
        (("--technology", "bateries"), 2, "--technology: there is no 'bateries'; did you mean batteries"),
        (("--region", "SE111"), 2, "--region"),
        (("--from", "2020", "--to", "2010"), 2, "2020 is after"),
        (("--to", "1900"), 1, "none has worked with another one within what was asked (to 1900)"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(
    demo_data: Path, arguments: tuple[str, ...], code: int, told: str
) -> None:
    result = export(demo_data, *arguments)
    assert result.exit_code == code
    assert told in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1
