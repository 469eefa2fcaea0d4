"""The source against our own endpoint over loopback: what comes of the data, page by page, again and after a kill."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

from graph.generation import DataFolder
from graph.node import Concept, Iri, Node, PartialDate, Ref, Text
from ingest.contract import Checkpoint, Extraction, Record
from ingest.lastrun import read_last
from ingest.problem import InputError, Problem
from ingest.registry import FOLDER, load
from ingest.report import Report
from ingest.run import ingest, run
from ingest.sources.wikidata.ask import ENTITY
from ingest.sources.wikidata.lists import lists
from ingest.sources.wikidata.map import Wikidata
from ingest.sparql_client import EndpointError
from ontology.terms import CLASSES, SCHEMES
from tests.ingest.test_run import files
from tests.ingest.wikidata.proxy import JSON, Handler, Proxy, Spoiler


def source(waits: list[float] | None = None) -> Wikidata:
    return Wikidata(load("wikidata").card, sleep=(waits if waits is not None else []).append)


def asked(data: DataFolder, endpoint: str, checkpoint: float = 15, **options: str) -> Report:
    held = {"endpoint": endpoint, "pause": "0", "page_size": "2", **options}
    return run(source(), data, options=held, checkpoint=checkpoint)


@pytest.fixture(scope="module")
def said(wikidata_endpoint: str, tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Node]:
    data = DataFolder(tmp_path_factory.mktemp("asked"))
    report = asked(data, wikidata_endpoint)
    assert (report.records, report.rejected) == (4, 1)
    last = read_last(data, "wikidata")
    assert last is not None
    assert last.said.run.data_date == "2026-11-20"
    return {node.key: node for node in last.said.nodes}


def of_kind(said: Mapping[str, Node], kind: str) -> list[Node]:
    return [node for node in said.values() if node.kind == kind]


def test_an_organisation_with_all_that_is_said_of_it(said: Mapping[str, Node]) -> None:
    node = said["wikidata:Q900100"]
    assert node.kind == "Company"
    assert node.evidence[0].document == "https://www.wikidata.org/wiki/Q900100"
    expected = {
        "name": [Text("Nordvind", "sv"), Text("Northwind", "en")],
        "altName": [Text("NV AB", "sv")],
        "wikidata": ["Q900100"],
        "ror": ["05p3hyp14"],
        "orgNumber": ["556016-0680"],
        "cordisPic": ["999123456"],
        "homepage": [Iri("https://nordvind.example/")],
        "founded": [PartialDate("1998-05")],
        "employees": [150],
    }
    assert {name: node.values[name] for name in expected} == expected
    assert Iri("https://isni.org/isni/0000000123456789") in node.values["sameRecord"]
    assert "lei" not in node.values  # its check digits are wrong


def test_places_come_from_the_gazetteer_and_else_from_wikidata(said: Mapping[str, Node]) -> None:
    sites = {str(node.values["siteOf"][0]): node for node in of_kind(said, "Site")}
    head = sites[str(Ref("wikidata:Q900100"))]
    assert head.values["place"] == [Ref("place/stockholm")]
    assert head.values["siteKind"] == [Concept("site", "head-office")]
    assert said["place/stockholm"].values["within"] == [Ref("place/se-ab")]
    assert sites[str(Ref("wikidata:Q900101"))].values["place"] == [Ref("wikidata:Q900001")]
    assert str(said["wikidata:Q900001"].values["lat"][0]) == "57.25"
    assert sites[str(Ref("wikidata:Q900102"))].values["place"] == [Ref("place/no")]


def test_who_owns_whom_is_told_once_and_only_between_those_that_are_here(said: Mapping[str, Node]) -> None:
    (owning,) = of_kind(said, "Ownership")
    assert owning.values["owner"] == [Ref("wikidata:Q900100")]
    assert owning.values["owned"] == [Ref("wikidata:Q900101")]
    assert owning.values["start"] == [PartialDate("2011")]
    assert str(owning.values["share"][0]) == "0.8"
    assert {proof.record for proof in owning.evidence} == {"Q900100 P355", "Q900101 P749"}
    assert said["wikidata:Q900103"].values["unitOf"] == [Ref("wikidata:Q900100")]  # a university is not owned


def test_what_they_work_on_is_in_the_words_of_our_scheme(said: Mapping[str, Node]) -> None:
    found = {
        (str(node.values["actor"][0]), str(node.values["area"][0]), str(node.values["activityKind"][0]))
        for node in of_kind(said, "TechnologyActivity")
    }
    wanted = {
        ("Q900100", "wind-power", "focus"),
        ("Q900100", "wind-power", "production"),
        ("Q900101", "solar-energy", "focus"),
        ("Q900102", "power-grids", "focus"),
        ("Q900103", "energy-generation", "focus"),
    }
    assert found == {
        (str(Ref(f"wikidata:{who}")), str(Concept("tech", area)), str(Concept("activity", doing)))
        for who, area, doing in wanted
    }


def test_no_person_and_no_product_comes_in(said: Mapping[str, Node]) -> None:
    assert {node.key for node in of_kind(said, "Person")} == set()
    assert not said.keys() & {"wikidata:Q900105", "wikidata:Q900106", "wikidata:Q900199"}
    assert said["wikidata:Q900102"].values["name"] == [Text("Statnettet", "sv")]  # the name for all languages


def test_what_was_left_out_is_counted_and_who_has_no_name_is_rejected(wikidata_endpoint: str, tmp_path: Path) -> None:
    report = asked(DataFolder(tmp_path), wikidata_endpoint)
    told = "\n".join(report.warnings)
    assert "1 left out: P6460: the check digit of a value is wrong (at Q900102)" in told
    assert "1 left out: P571: a time that is vaguer than a year or out of range (at Q900101)" in told
    (problem,) = report.rejects
    assert str(problem).startswith("wikidata:900104: column label: Q900104 has no name in the languages asked for")


@pytest.mark.parametrize("size", ["1", "3", "1000"])
def test_the_size_of_a_page_changes_nothing_but_the_number_of_questions(
    wikidata_endpoint: str, tmp_path: Path, said: Mapping[str, Node], size: str
) -> None:
    data = DataFolder(tmp_path)
    asked(data, wikidata_endpoint, page_size=size)
    last = read_last(data, "wikidata")
    assert last is not None
    assert {node.key: node for node in last.said.nodes} == said


def test_a_second_run_is_an_empty_diff_and_the_same_bytes(front: Proxy, tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    asked(data, front.url)
    before = files(data.path / "nodes")
    questions = len(front.asked)
    report = asked(data, front.url)
    assert not report.diff
    assert files(data.path / "nodes") == before
    assert len(front.asked) == 2 * questions  # it began anew, and asked everything again
    assert len(list((data.path / "raw").rglob("*"))) > questions  # each answer is kept


def answering(**cells: str) -> Spoiler:
    row = {name: {"type": "uri", "value": value} for name, value in cells.items()}
    body = json.dumps({"head": {"vars": list(cells)}, "results": {"bindings": [row]}}).encode()
    return lambda handler: handler.say(200, body, JSON)


@pytest.mark.parametrize(
    ("answers", "message"),
    [
        ([answering(item="http://www.wikidata.org/entity/Q1> <x")], "no items of Wikidata"),
        ([answering(other="http://www.wikidata.org/entity/Q1")], "no items of Wikidata"),
        ([answering(item=f"{ENTITY}Q1"), answering(item=f"{ENTITY}Q2", what="P31", value="x")], "facts that were not asked"),
        ([answering(item=f"{ENTITY}Q1"), answering(item=f"{ENTITY}Q1", what="label", value="x"), answering(item=f"{ENTITY}Q1")],
         "the same page again"),
    ],
)  # fmt: skip
def test_an_endpoint_that_answers_something_else_is_told(
    front: Proxy, tmp_path: Path, answers: list[Spoiler], message: str
) -> None:
    front.spoilers = [None, *answers]
    with pytest.raises(EndpointError, match=message):
        asked(DataFolder(tmp_path), front.url)


def test_countries_and_languages_can_be_chosen(wikidata_endpoint: str, tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    report = asked(data, wikidata_endpoint, countries="NO", languages="en")
    assert report.records == 1
    last = read_last(data, "wikidata")
    assert last is not None
    (grid,) = [node for node in last.said.nodes if node.key.startswith("wikidata:")]
    assert grid.values["name"] == [Text("Statnettet", "en")]


def extraction(endpoint: str, **options: str) -> tuple[Extraction, list[Problem]]:
    held = {**load("wikidata").card.options, "endpoint": endpoint, "page_size": "2", "pause": "0", **options}
    rejected: list[Problem] = []
    warned: list[str] = []
    return Extraction((), rejected.append, warned.append, Path.read_bytes, options=held), rejected


def test_a_run_that_is_broken_off_goes_on_at_its_last_checkpoint(front: Proxy) -> None:
    def items(found: Iterator[Record | Checkpoint]) -> list[str]:
        return [record.values["item"] for record in found if isinstance(record, Record)]

    task, _ = extraction(front.url)
    first: list[str] = []
    state: Mapping[str, str] = {}
    for one in source().extract(task, {}):
        if isinstance(one, Checkpoint):
            state = one.state
            break
        first.append(one.values["item"])
    assert first == ["Q900100", "Q900101"]
    before = len(front.asked)
    rest = items(source().extract(task, state))
    assert rest == ["Q900102", "Q900103", "Q900104"]
    assert not any("Q900101 " in query for query in front.asked[before:])
    other, _ = extraction(front.url, languages="en")
    assert len(items(source().extract(other, state))) == 5  # asked for something else: it starts anew


KILLED = """
import sys
from pathlib import Path
from graph.generation import DataFolder
from ingest.registry import load
from ingest.run import run

options = {"endpoint": sys.argv[2], "pause": "0", "page_size": "1"}
run(load("wikidata"), DataFolder(Path(sys.argv[1])), options=options, checkpoint=0)
"""


def test_kill_9_in_the_middle_and_the_next_run_asks_only_for_the_rest(
    front: Proxy, tmp_path: Path, said: Mapping[str, Node]
) -> None:
    data = DataFolder(tmp_path)

    def die(_handler: Handler) -> None:
        died.kill()
        died.wait()

    front.spoilers = [None, None, None, None, die]  # the date, the addresses, two pages; dead at the third
    died = subprocess.Popen([sys.executable, "-c", KILLED, str(tmp_path), front.url])
    assert died.wait() == -signal.SIGKILL
    assert data.current() is None
    before = len(front.asked)
    report = asked(data, front.url, page_size="1", checkpoint=0)
    assert "1 left out: P1278" in "\n".join(report.warnings)  # found before the kill
    rest = front.asked[before:]
    assert not any("wd:Q900100 " in query or "wd:Q900101 " in query for query in rest)
    assert len(rest) == 5  # addresses, three pages, and that there are no more
    last = read_last(data, "wikidata")
    assert last is not None
    assert {node.key: node for node in last.said.nodes} == said


def test_a_finished_run_leaves_no_place_to_go_on_from(front: Proxy) -> None:
    task, _ = extraction(front.url)
    last = [one for one in source().extract(task, {}) if isinstance(one, Checkpoint)][-1]
    assert last.state == {"data_date": "2026-11-20"}


def test_it_says_who_asks(front: Proxy, tmp_path: Path) -> None:
    asked(DataFolder(tmp_path), front.url, contact="kg@example.org")
    assert set(front.agents) == {"CleantechKG/0.1 (kg@example.org) SPARQLWrapper"}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("endpoint", "file:///etc/passwd"),
        ("page_size", "0"),
        ("page_size", "many"),
        ("countries", "Sweden"),
        ("languages", 'sv") || true'),
        ("languages", ""),
        ("contact", "a\r\nX-Header: b"),
        ("pause", "-1"),
        ("timeout", "0"),
    ],
)
def test_a_wrong_option_is_named_before_anything_is_asked(front: Proxy, tmp_path: Path, name: str, value: str) -> None:
    with pytest.raises(InputError, match=f"--set {name}"):
        run(source(), DataFolder(tmp_path), options={"endpoint": front.url, "pause": "0", name: value})
    assert front.asked == []


def test_it_takes_no_files(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="reads no files"):
        ingest(DataFolder(tmp_path / "var"), "wikidata", tmp_path)


def test_every_number_of_the_lists_leads_to_a_word_of_ours() -> None:
    assert set(lists().technologies.values()) <= set(SCHEMES["tech"])
    assert set(lists().kinds.values()) <= set(CLASSES)
    assert set(lists().classes) <= set(lists().kinds)
    assert (FOLDER / "wikidata" / "README.md").is_file()
