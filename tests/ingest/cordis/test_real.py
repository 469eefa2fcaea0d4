"""The real exports, read in place; skipped where they are not at hand."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph

from graph.build import build_generation
from graph.generation import DataFolder
from graph.node import Node, RunRecord, SourceNodes
from ingest.contract import Extraction, Record
from ingest.problem import Problem
from ingest.registry import load
from ingest.standing import standing
from ontology import schema
from ontology.terms import BASE
from tests.ingest.cordis.sample import said

REAL = Path(__file__).parents[4] / "shared" / "data" / "cordis"
EACH = 500  # project of the five years is tried against the shapes
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not REAL.is_dir(), reason="the real data is not beside the project, in ../shared/data/cordis"),
]


@dataclass(frozen=True)
class Read:
    """What one input gives."""

    nodes: dict[str, Node]
    records: int
    rejects: list[Problem]


def read(name: str) -> Read:
    rejects: list[Problem] = []
    path = REAL / name
    source = load("cordis", [path])
    task = Extraction((path,), rejects.append, lambda _: None, Path.read_bytes, options=source.card.options)
    records = [one for one in source.extract(task, {}) if isinstance(one, Record)]
    return Read({node.key: node for record in records for node in source.map(record)}, len(records), rejects)


@pytest.fixture(scope="module")
def years() -> Read:
    """All of Horizon 2020 that began 2014 to 2019."""
    return read("h2020-2014-2019.zip")


def test_all_participations_of_the_five_years(years: Read) -> None:
    kinds = Counter(node.kind for node in years.nodes.values())
    assert years.rejects == []
    assert years.records == 179_095
    assert (kinds["Project"], kinds["Participation"], kinds["Grant"]) == (25_620, 116_241, 25_620)
    assert sum(key.startswith("cordis:org/") for key in years.nodes) == 32_012 + 1, "and the Commission"


def test_nine_towns_of_ten_are_found(years: Read) -> None:
    places = [said(node, "place")[0] for node in years.nodes.values() if node.kind == "Site"]
    towns = sum(re.fullmatch(r"place/[a-z]{2}", place) is None for place in places)
    assert len(places) == 32_004
    assert towns > 15_900, "of the 17,429 organisations that have a town"


def test_kth_is_one_organisation_with_its_numbers(years: Read) -> None:
    kth = years.nodes["cordis:org/999990946"]
    assert kth.kind == "HigherEducationInstitution"
    assert said(kth, "orgNumber") == ["202100-3054"]
    assert said(years.nodes["cordis:site/999990946"], "place") == ["place/stockholm"]


def test_the_layout_of_2017_to_2020() -> None:
    old = read("cordis-h2020projects-generation2.csv")
    assert old.rejects == []
    assert sum(node.kind == "Project" for node in old.nodes.values()) == 1_715


def test_the_real_data_conforms_to_the_shapes(years: Read, tmp_path: Path) -> None:
    projects = {key for key in list(years.nodes) if key.startswith("cordis:project/")}
    wanted = set(sorted(projects)[::EACH])
    links = (node for node in years.nodes.values() if node.kind in ("Participation", "Grant"))
    kept = {node.key: node for node in links if wanted & {key for _, key in node.refs()}}
    sites = {f"cordis:site/{key.removeprefix('cordis:org/')}" for node in kept.values() for _, key in node.refs()}
    kept |= {key: years.nodes[key] for key in sites if key in years.nodes}
    while more := {key for node in kept.values() for _, key in node.refs()} - kept.keys():
        kept |= {key: years.nodes[key] for key in more}
    nodes, lost = standing(sorted(kept.values(), key=lambda node: node.key), {})
    assert lost == []
    run = RunRecord("2026-11-26T00:00:00+00:00", {}, len(nodes), 0, "2026-11-23")
    source = SourceNodes(load("cordis").card, run, nodes)
    generation = build_generation(DataFolder(tmp_path), [source], BASE, built="2026-11-26T00:00:00+00:00")
    store = ox.Store.read_only(str(Path(generation.path) / "store"))
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in store}
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b""
    shapes = Graph().parse(schema.shapes_path())
    conforms, _, why = pyshacl.validate(Graph().parse(data=text, format="nt"), shacl_graph=shapes, inference="none")
    assert conforms, str(why)[:2000]
