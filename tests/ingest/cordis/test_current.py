"""The layout of today, from a folder, a zip and JSON: one node for each thing, with all that its rows say."""

from __future__ import annotations

import csv
import json
import zipfile
from pathlib import Path

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import Graph

from ingest.contract import Extraction, Record
from ingest.identifiers import ror
from ingest.registry import load
from ontology import schema
from tests.ingest.cordis.sample import Sample, said

SUN, COLD, RCN = "cordis:project/101900001", "cordis:project/890002", "cordis:project/rcn-219003"
COMPANY, UNIVERSITY = "cordis:org/999900011", "cordis:org/999900022"


def test_an_organisation_is_one_node_over_all_rows(sample: Sample) -> None:
    report = sample.ingest(sample.current)
    nodes = sample.nodes()
    assert report.rejects == []
    company = nodes[COMPANY]
    assert company.kind == "Company"
    assert said(company, "name") == said(company, "legalName") == ["PÅHITTADE SOLBOLAGET AB"]
    assert said(company, "altName") == ["PÅHITTADE SOL"]
    assert said(company, "acronym") == ["SOLBOLAGET"]
    assert said(company, "sizeClass") == ["sme"]
    assert said(company, "cordisPic") == ["999900011"]
    assert said(company, "vatNumber") == ["SE556000000101"]
    assert said(company, "orgNumber") == ["556000-0001"]
    assert said(company, "homepage") == ["http://www.solbolaget.example"]
    assert [proof.record for proof in company.evidence] == ["organization.csv:2"]
    assert [proof.document for proof in company.evidence] == ["https://cordis.europa.eu/project/id/101900001"]


def test_a_place_is_that_of_the_map_and_uk_el_xk_are_countries(sample: Sample) -> None:
    report = sample.ingest(sample.current)
    nodes = sample.nodes()
    places = {key.removeprefix("cordis:site/"): said(node, "place") for key, node in nodes.items() if ":site/" in key}
    assert places["999900011"] == ["place/goteborg"]
    assert places["999900022"] == ["place/gr-athens"]
    assert places["999900033"] == ["place/gb-london"]
    assert places["999900044"][0].startswith("place/xk")
    assert ["place/se"] in places.values(), "of a town that is not known the country is kept"
    assert any("1 towns are unknown" in warning for warning in report.warnings)
    assert said(nodes["place/gr"], "countryCode") == ["GR"]


def test_a_project_says_what_it_is_and_who_pays(sample: Sample) -> None:
    sample.ingest(sample.current)
    nodes = sample.nodes()
    project = nodes[SUN]
    assert said(project, "name") == ["Solar roofs for invented barns"]
    assert said(project, "acronym") == ["SUNBARN"]
    assert said(project, "description") == ['The project tries solar cells on "old" barns; at three farms.']
    assert (said(project, "start"), said(project, "end")) == (["2023-01-01"], ["2026-12-31"])
    assert said(project, "status") == ["current"]
    assert said(project, "totalCost") == ["4000000.5 EUR committed"], "a decimal comma"
    assert said(project, "grantNumber") == ["101900001"]
    assert said(project, "sameRecord") == ["https://doi.org/10.3030/101900001"]
    assert said(project, "subject") == ["engineering and technology/invented engineering/solar barns"]
    assert said(project, "programme") == ["cordis:programme/horizon-2-5", "cordis:programme/horizon-2-5-2"]
    assert said(nodes["cordis:programme/horizon-2-5"], "name") == ["Climate, Energy and Mobility"]
    assert said(nodes["cordis:programme/horizon-2-5"], "partOf") == ["cordis:programme/horizon"]
    calls = said(project, "call")
    assert [said(nodes[call], "name") for call in calls] == [["Invented sunlight"], ["HORIZON-CL5-2022-D3-01"]]
    grant = nodes["cordis:grant/101900001"]
    assert said(grant, "funder") == ["cordis:org/ec"]
    assert said(grant, "fundedEffort") == [SUN]
    assert said(grant, "amount") == ["3500000.25 EUR committed"]
    assert said(nodes["cordis:org/ec"], "ror") == [ror("00k4n6c32")]


def test_an_empty_contribution_is_unknown_and_a_zero_is_zero(sample: Sample) -> None:
    sample.ingest(sample.current)
    nodes = sample.nodes()

    def amount(key: str) -> list[list[str]]:
        node = nodes[f"cordis:participation/{key}"]
        return [list(said(node, name)) for name in ("amount", "netAmount")]

    assert amount("101900001/999900011") == [["2000000.25 EUR committed"], ["1500000.25 EUR committed"]]
    assert amount("101900001/999900033") == [[], []]
    assert amount("890002/999900011") == [["0 EUR committed"], ["0 EUR committed"]]
    assert said(nodes["cordis:grant/890002"], "amount") == ["0 EUR committed"]
    assert amount("rcn-219003/999900022") == [["250000 EUR committed"], []]


def test_roles_and_those_who_left(sample: Sample) -> None:
    sample.ingest(sample.current)
    nodes = sample.nodes()
    parts = {key.removeprefix("cordis:participation/"): node for key, node in nodes.items() if "participation/" in key}
    assert said(parts["101900001/999900011"], "role") == ["coordinator"]
    assert said(parts["101900001/999900033"], "role") == ["associated-partner"]
    assert said(parts["890002/999900044"], "role") == ["third-party"]
    assert said(parts["101900001/999900022"], "status") == ["ended"]
    assert len(parts) == 8


def test_what_has_no_name_or_number_is_kept(sample: Sample) -> None:
    report = sample.ingest(sample.current)
    nodes = sample.nodes()
    assert said(nodes["cordis:org/999900044"], "name")[0] == "Organisation whose name is not known (PIC 999900044)"
    unnumbered = [node for key, node in nodes.items() if key.startswith("cordis:org/name-")]
    assert [said(node, "name") for node in unnumbered] == [["Föreningen utan nummer"]]
    assert said(nodes[RCN], "name") == ["Project 219003 of CORDIS"]
    assert said(nodes["cordis:project/777777"], "name") == ["ORPHAN"]
    assert "1 projects are known from their participations alone" in report.warnings
    assert any(warning.startswith("webLink.csv") for warning in report.warnings)


def test_a_zip_of_csv_and_one_of_json_say_the_same(sample: Sample) -> None:
    sample.ingest(sample.current)
    folder = dict(sample.nodes())
    sample.ingest(sample.zipped())
    assert sample.nodes() == folder
    report = sample.ingest(_as_json(sample))
    assert report.rejects == []
    assert {key: node.values for key, node in sample.nodes().items()} == {k: n.values for k, n in folder.items()}
    assert "organization.json:1" in {proof.record for node in sample.nodes().values() for proof in node.evidence}


def _as_json(sample: Sample) -> Path:
    with zipfile.ZipFile(sample.path / "json.zip", "w") as archive:
        for file in sorted(sample.current.iterdir()):
            with file.open(encoding="utf-8", newline="") as stream:
                rows = list(csv.DictReader(stream, delimiter=";"))
            typed = [{key: _typed(cell) for key, cell in row.items()} for row in rows]
            archive.writestr(f"json/{file.stem}.json", json.dumps(typed, ensure_ascii=False))
    return sample.path / "json.zip"


def _typed(cell: str) -> str | bool | float | None:
    if cell in ("true", "false"):
        return cell == "true"
    return float(cell) if cell.endswith(".25") else cell or None


def test_one_programme_alone(sample: Sample) -> None:
    report = sample.ingest(sample.current, programme="horizon")
    projects = {key for key in sample.nodes() if ":project/" in key}
    assert projects == {SUN, "cordis:project/777777"}, "nothing tells the programme of the second"
    assert "2 projects of other programmes than horizon were left out" in report.warnings
    assert "cordis:org/999900044" not in sample.nodes()


@pytest.mark.parametrize(
    ("programme", "names"), [("all", ["h2020", "horizon"]), ("h2020", ["h2020"]), ("horizon", ["horizon"])]
)
def test_without_a_file_it_is_downloaded(sample: Sample, programme: str, names: list[str]) -> None:
    asked: list[str] = []

    def fetch(address: str) -> Path:
        asked.append(address)
        return sample.zipped()

    source = load("cordis")
    task = Extraction((), lambda _: None, lambda _: None, lambda _: b"", fetch=fetch, options={"programme": programme})
    assert any(isinstance(one, Record) and one.table.endswith("organization.csv") for one in source.extract(task, {}))
    assert asked == [source.card.addresses[name] for name in names]


def test_a_second_run_is_an_empty_diff_and_the_same_bytes(sample: Sample) -> None:
    sample.ingest(sample.zipped())
    folder = sample.data.path / "nodes" / "cordis"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    report = sample.ingest(sample.zipped())
    assert (report.diff.added, report.diff.removed, report.diff.changed) == ((), (), ())
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_the_sample_conforms_to_the_shapes(sample: Sample) -> None:
    sample.ingest(sample.current)
    generation = sample.data.current()
    assert generation is not None
    store = ox.Store.read_only(str(Path(generation.path) / "store"))
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in store}
    data = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    conforms, _, text = pyshacl.validate(data, shacl_graph=Graph().parse(schema.shapes_path()), inference="none")
    assert conforms, str(text)[:2000]
