"""The template is a working example: it comes in whole, keeps the shapes, and a second run changes no byte."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph

from graph.generation import DataFolder
from graph.node import Concept, Money, Node, PartialDate, Ref, Text
from ingest.lastrun import read_last
from ingest.problem import IngestError
from ingest.run import ingest
from ingest.skeleton import new_tables
from ontology import schema


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    folder = tmp_path_factory.mktemp("own")
    new_tables(folder)
    data = DataFolder(tmp_path_factory.mktemp("var"))
    report = ingest(data, "tabular", folder)
    assert (report.source, report.rejected, report.warnings) == ("example-cluster", 0, [])
    before = _bytes(data)
    assert not ingest(data, "tabular", folder).diff
    assert _bytes(data) == before
    return data


def _bytes(data: DataFolder) -> dict[str, bytes]:
    folder = data.path / "nodes" / "example-cluster"
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def nodes(published: DataFolder) -> dict[str, Node]:
    last = read_last(published, "example-cluster")
    assert last is not None
    assert last.said.run.data_date == "2026-11-26"
    assert "tabular.toml" in last.said.run.inputs
    return {node.key: node for node in last.said.nodes}


def test_it_conforms_to_the_shapes(published: DataFolder) -> None:
    generation = published.current()
    assert generation is not None
    store = ox.Store.read_only(str(Path(generation.path) / "store"))
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in store}
    data = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    conforms, _, text = pyshacl.validate(data, shacl_graph=Graph().parse(schema.shapes_path()), inference="none")
    assert conforms, str(text)[:2000]


def test_an_organisation_has_its_names_identifiers_and_evidence(nodes: dict[str, Node]) -> None:
    maker = nodes["example-cluster:org/k-2"]
    assert (maker.kind, maker.values["name"]) == ("Company", [Text("Påhittade Batterier AB", "sv")])
    assert maker.values["orgNumber"] == ["559999-0008"]
    assert maker.values["founded"] == [PartialDate("2016-05-31")]
    (proof,) = maker.evidence
    assert (proof.document, proof.record) == ("https://example.org/members", "members.csv:3")
    school = nodes["example-cluster:org/k-4"]
    assert school.kind == "HigherEducationInstitution"
    assert Text("Example City University", "en") in school.values["name"]


def test_technologies_places_and_memberships_hang_on_it(nodes: dict[str, Node]) -> None:
    key = Ref("example-cluster:org/k-2")
    areas = {n.values["area"][0] for n in nodes.values() if n.values.get("actor") == [key]}
    assert areas == {Concept("tech", "batteries"), Concept("tech", "energy-storage")}
    (site,) = [n for n in nodes.values() if n.values.get("siteOf") == [key]]
    assert site.values["place"] == [Ref("place/vasteras")]
    members = [n for n in nodes.values() if n.kind == "Membership"]
    assert {n.values["inEffort"][0] for n in members} == {Ref("example-cluster:org/k-1")}
    assert len(members) == 5


def test_sums_dates_and_references_of_swedish_tables_are_read(nodes: dict[str, Node]) -> None:
    project = nodes["example-cluster:effort/kalla-celler"]
    assert project.values["totalCost"] == [Money(Decimal("12500000.50"), "SEK", 2024)]
    assert (project.values["start"], project.values["end"]) == (
        [PartialDate("2024-02-01")],
        [PartialDate("2026-12-31")],
    )
    parts = [n for n in nodes.values() if n.values.get("inEffort") == [Ref(project.key)]]
    assert sorted(str(n.values["role"][0]) for n in parts) == sorted(
        str(Concept("role", role)) for role in ("coordinator", "partner", "partner")
    )
    (grant,) = [n for n in nodes.values() if n.kind == "Grant"]
    assert grant.values["amount"] == [Money(Decimal(2_500_000), "SEK", 2024)]
    (loan,) = [n for n in nodes.values() if n.kind == "Loan"]
    assert loan.values["amount"] == [Money(Decimal(120_500), "EUR", 2025)]


def test_each_partnership_has_the_page_of_its_row(nodes: dict[str, Node]) -> None:
    found = {n.evidence[0].document for n in nodes.values() if n.kind == "Partnership"}
    assert found == {"https://example.org/news/pilot", "https://example.org/news/agreement"}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    (tmp_path / "projects.csv").write_text("mine", "utf-8")
    with pytest.raises(IngestError, match=r"projects\.csv exists, and nothing was written"):
        new_tables(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["projects.csv"]


def test_two_clusters_live_side_by_side(published: DataFolder, tmp_path: Path) -> None:
    new_tables(tmp_path)
    mapping = tmp_path / "tabular.toml"
    mapping.write_text(mapping.read_text("utf-8").replace('"example-cluster"', '"another"'), "utf-8")
    report = ingest(published, "tabular", tmp_path, dry_run=True)
    assert (report.source, report.rejected) == ("another", 0)
    assert "another:org/k-2" in report.diff.added
    assert not report.diff.removed
