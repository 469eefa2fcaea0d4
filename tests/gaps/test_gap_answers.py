"""What people say of a missing pair: written down one line at a time, read strictly, followed when things merge."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import polars as pl
import pytest

from graph.columns import Columns
from graph.generation import DataFolder
from graph.identities import CLUSTERS, MOVED, Identities
from ingest.deciding import DecisionError
from ingest.gap_answers import Answers, answer, by_nodes, read, take_back
from ingest.problem import InputError
from tests.gaps.maps import Actor, map_of

AT = "2026-11-26T09:30:00+00:00"


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


def line(number: int, what: str = "useful", one: str = "a", other: str = "b", **more: object) -> Mapping[str, object]:
    said = {"id": f"id{number}", "at": AT, "by": "anna", "one": one, "other": other, "answer": what}
    return said | more


def write(data: DataFolder, *lines: object) -> None:
    path = data.folder("decisions") / "gaps.jsonl"
    path.write_text("".join((one if isinstance(one, str) else json.dumps(one)) + "\n" for one in lines), "utf-8")


def test_an_answer_is_one_line_that_reads_back(data: DataFolder) -> None:
    assert read(data) == Answers()
    said = answer(data, "scania", "kth", "already-together", by="anna", note=" since 2019\n")
    assert (said.one, said.other, said.note) == ("kth", "scania", "since 2019")
    assert read(data.path).standing == {("kth", "scania"): said}
    (written,) = (data.path / "decisions" / "gaps.jsonl").read_text("utf-8").splitlines()
    assert json.loads(written)["answer"] == "already-together"
    assert (data.path / "decisions" / ".gitattributes").read_text("ascii") == "*.jsonl merge=union\n"


def test_the_newest_counts_and_taking_it_back_brings_back_the_one_before(data: DataFolder) -> None:
    first = answer(data, "a", "b", "useful")
    second = answer(data, "b", "a", "competitors")
    assert read(data).standing["a", "b"] == second
    taken = take_back(data, second.id, by="bo")
    assert read(data).standing["a", "b"] == first
    for name, reason in ((second.id, "done"), (taken.id, "wrong"), ("nothing", "missing")):
        with pytest.raises(DecisionError) as caught:
            take_back(data, name)
        assert caught.value.reason == reason


@pytest.mark.parametrize(
    ("one", "other", "what", "expected"),
    [
        ("a", "a", "useful", "paired with itself"),
        ("a b", "c", "useful", "no key"),
        ("a", "c", "maybe", "write one of already-together, competitors, useful, not-useful"),
    ],
)
def test_what_makes_no_sense_is_not_written(data: DataFolder, one: str, other: str, what: str, expected: str) -> None:
    with pytest.raises(DecisionError, match=expected):
        answer(data, one, other, what)
    assert not (data.path / "decisions" / "gaps.jsonl").exists()


BAD: Mapping[str, tuple[object, str]] = {
    "conflict": ("<<<<<<< HEAD", "conflict marker"),
    "answer": (line(9, "yes"), "no answer"),
    "order": (line(9, one="c"), "must come before"),
    "unknown": (line(9, why="x"), "there is no such part"),
    "id": (line(1, "competitors"), "another line has the id id1"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_named_by_file_and_line(data: DataFolder, name: str) -> None:
    said, expected = BAD[name]
    write(data, line(1), "", said)
    with pytest.raises(InputError) as caught:
        read(data)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("decisions/gaps.jsonl", 3)
    assert expected in str(problem)


def test_neither_order_nor_doubles_matter(data: DataFolder) -> None:
    write(data, line(2, "competitors"), line(1), line(2, "competitors"))
    once = read(data)
    write(data, line(1), line(2, "competitors"))
    assert read(data) == once
    assert once.standing["a", "b"].answer == "competitors"


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    return map_of(tmp_path_factory.mktemp("answers"), {key: Actor() for key in "abc"}, {})


def identities(moved: Mapping[str, str | None], records: Mapping[str, str]) -> Identities:
    clusters = pl.DataFrame([(key, "x", to, "f") for key, to in records.items()], schema=CLUSTERS, orient="row")
    leads = pl.DataFrame(list(moved.items()), schema=MOVED, orient="row")
    return Identities(clusters, leads, Identities.none().candidates)


def test_an_answer_survives_a_merge(data: DataFolder, columns: Columns) -> None:
    answer(data, "org/old", "cordis:org/1", "useful")
    answer(data, "a", "c", "not-useful")
    answer(data, "a", "gone", "useful")
    answer(data, "org/old", "a", "useful")
    known = identities({"org/old": "org/newer", "org/newer": "a"}, {"cordis:org/1": "b"})
    at = columns.node_of
    assert by_nodes(columns, known, read(data)) == {(at["a"], at["b"]): "useful", (at["a"], at["c"]): "not-useful"}
    assert by_nodes(columns, None, read(data)) == {(at["a"], at["c"]): "not-useful"}


def test_of_two_answers_that_meet_after_a_merge_the_newest_counts(data: DataFolder, columns: Columns) -> None:
    answer(data, "org/old", "c", "useful")
    answer(data, "a", "c", "competitors")
    answer(data, "org/old", "c", "not-useful")
    known = identities({"org/old": "a"}, {})
    assert by_nodes(columns, known, read(data)) == {(columns.node_of["a"], columns.node_of["c"]): "not-useful"}
