"""What people decided: written down one line at a time, read strictly, safe to merge, moved with the records."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.generation import DataFolder
from ingest.deciding import DecisionError, decide, suppress, undo, unsuppress
from ingest.decision_lines import Decision, Undo, decision_of
from ingest.decisions import Decisions, pair_of
from ingest.decisions_moved import moved
from ingest.problem import InputError
from ingest.resolve.names import named
from ingest.resolve.records import Record

AT = "2026-11-26T09:30:00+00:00"


@pytest.fixture
def data(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path)


def line(number: int, at: str = AT, **said: object) -> Mapping[str, object]:
    return {"id": f"id{number}", "at": at, "by": "anna"} | said


def verdict(
    number: int, said: str, at: str = AT, one: str = "a", other: str = "b", **more: object
) -> Mapping[str, object]:
    return line(number, at, one=one, other=other, verdict=said, **more)


def write(data: DataFolder, *lines: object, file: str = "review.jsonl", end: str = "\n") -> Path:
    path = data.folder("decisions") / file
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines) + end, "utf-8")
    return path


def test_nothing_is_decided_in_an_empty_folder(data: DataFolder) -> None:
    held = Decisions.read(data)
    assert (held.same, held.different, held.unsure, held.suppressed) == (frozenset(), frozenset(), frozenset(), {})
    assert list(data.path.iterdir()) == []


def test_a_decision_is_one_line_that_reads_back(data: DataFolder) -> None:
    said = decide(
        data,
        "ror:05p3hyp82",
        "cordis:org/999990946",
        "same",
        by="anna",
        note=" Åäö\n",
        fingerprints={"ror:05p3hyp82": "f0"},
    )
    assert (said.one, said.other, said.note) == ("cordis:org/999990946", "ror:05p3hyp82", "Åäö")
    (written,) = (data.path / "decisions" / "review.jsonl").read_text("utf-8").splitlines()
    assert json.loads(written)["fingerprints"] == {"other": "f0"}
    assert json.loads(written)["at"].endswith("+00:00")
    assert Decisions.read(data.path).standing == {said.pair: said}
    assert (data.path / "decisions" / ".gitattributes").read_text("ascii") == "*.jsonl merge=union\n"


def test_the_newest_counts_and_an_undo_brings_back_the_one_before(data: DataFolder) -> None:
    decide(data, "a", "b", "same")
    second = decide(data, "b", "a", "different")
    assert Decisions.read(data).different == {("a", "b")}
    taken = undo(data, second.id, by="bo")
    held = Decisions.read(data)
    assert held.same == {("a", "b")}
    assert not held.different
    assert held.undone == {second.id: taken}
    decide(data, "a", "b", "unsure")
    assert Decisions.read(data).unsure == {("a", "b")}


def test_a_new_decision_is_newer_than_a_line_of_the_future(data: DataFolder) -> None:
    write(data, verdict(1, "same", "2126-01-01T00:00:00+00:00"))
    decide(data, "a", "b", "different")
    assert Decisions.read(data).different == {("a", "b")}


@pytest.mark.parametrize(
    ("one", "other", "said", "expected"),
    [
        ("a", "a", "same", "compared with itself"),
        ("a b", "c", "same", "no key"),
        ("", "c", "same", "no key"),
        ("a", "c", "maybe", "no verdict"),
    ],
)
def test_what_makes_no_sense_is_not_written(data: DataFolder, one: str, other: str, said: str, expected: str) -> None:
    with pytest.raises(DecisionError, match=expected):
        decide(data, one, other, said)  # type: ignore[arg-type]
    assert not (data.path / "decisions" / "review.jsonl").exists()


def test_an_undo_names_a_decision_that_stands(data: DataFolder) -> None:
    first = decide(data, "a", "b", "same")
    taken = undo(data, first.id)
    for name, reason in ((first.id, "done"), (taken.id, "wrong"), ("nothing", "missing")):
        with pytest.raises(DecisionError) as caught:
            undo(data, name)
        assert caught.value.reason == reason


def test_suppressions_stand_until_all_are_taken_back(data: DataFolder) -> None:
    suppress(data, "org/abcdefghij", "asked for", by="anna")
    again = suppress(data, "org/abcdefghij", "asked for twice")
    assert Decisions.read(data).suppressed["org/abcdefghij"] == again
    assert len(unsuppress(data, "org/abcdefghij")) == 2
    assert not Decisions.read(data).suppressed
    with pytest.raises(DecisionError, match="not suppressed"):
        unsuppress(data, "org/abcdefghij")
    with pytest.raises(DecisionError, match="reason"):
        suppress(data, "kth", "  ")


BAD: Mapping[str, tuple[object, str]] = {
    "conflict": ("<<<<<<< HEAD", "conflict marker"),
    "conflict-middle": ("=======", "conflict marker"),
    "conflict-base": ("||||||| 1f2e3d4", "conflict marker"),
    "conflict-end": (">>>>>>> theirs", "conflict marker"),
    "no json": ("{", "not JSON"),
    "deep": ("[" * 100_000, "not JSON"),
    "list": ([], "no JSON object"),
    "twice": ('{"id": "x", "id": "y"}', "twice"),
    "unknown": (verdict(9, "same", why="x"), "column why: there is no such part"),
    "missing": ({"id": "x", "at": AT, "by": "b", "one": "a", "other": "c"}, "column verdict: it is missing"),
    "verdict": (verdict(9, "yes"), "no verdict"),
    "order": (verdict(9, "same", one="c", other="b"), "must come before"),
    "key": (verdict(9, "same", one="a b"), "no key"),
    "time": (verdict(9, "same", "yesterday"), "no time"),
    "zone": (verdict(9, "same", "2026-11-26T09:30:00"), "not in UTC"),
    "zone-2": (verdict(9, "same", "2026-11-26T09:30:00+01:00"), "not in UTC"),
    "id": (verdict(1, "different"), "another line has the id id1"),
    "number": ({**verdict(9, "same"), "id": 7}, "column id"),
    "prints": (verdict(9, "same", fingerprints={"both": "x"}), "column fingerprints"),
    "undo": (line(9, undoes="id1", one="a"), "no such part"),
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_line_is_named_by_file_and_line(data: DataFolder, name: str) -> None:
    said, expected = BAD[name]
    write(data, verdict(1, "same"), "", said, verdict(2, "same", one="a", other="c"))
    with pytest.raises(InputError) as caught:
        Decisions.read(data)
    (problem,) = caught.value.problems
    assert (problem.file, problem.line) == ("decisions/review.jsonl", 3)
    assert expected in str(problem)


def test_all_bad_lines_are_told_at_once_and_nothing_is_appended_to_them(data: DataFolder) -> None:
    path = write(data, "<<<<<<< HEAD", verdict(1, "same"), "=======", verdict(2, "different"), ">>>>>>> theirs")
    before = path.read_bytes()
    with pytest.raises(InputError) as caught:
        decide(data, "a", "b", "same")
    assert [problem.line for problem in caught.value.problems] == [1, 3, 5]
    assert path.read_bytes() == before


def test_a_line_that_a_kill_cut_off_does_not_count(data: DataFolder) -> None:
    path = write(data, verdict(1, "same"), '{"id": "id2", "at": "2026', end="")
    assert Decisions.read(data).same == {("a", "b")}
    decide(data, "c", "d", "same")
    assert len(path.read_text("utf-8").splitlines()) == 2
    assert Decisions.read(data).same == {("a", "b"), ("c", "d")}


def test_a_last_line_without_its_end_counts_when_it_is_whole(data: DataFolder) -> None:
    write(data, verdict(1, "same"), end="")
    decide(data, "c", "d", "same")
    assert Decisions.read(data).same == {("a", "b"), ("c", "d")}


def test_a_mark_of_order_and_windows_ends_are_read(data: DataFolder) -> None:
    path = write(data, verdict(1, "same"))
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert Decisions.read(data).same == {("a", "b")}


def _told(held: Decisions) -> tuple[object, ...]:
    return held.same, held.different, held.unsure, dict(held.standing), list(held.history)


LINES = st.builds(
    lambda number, second, pair, said: verdict(
        number, said, f"2026-11-26T09:30:{second:02}+00:00", one=pair[0], other=pair[1]
    ),
    st.integers(0, 10**9),
    st.integers(0, 3),
    st.sampled_from([("a", "b"), ("a", "c"), ("b", "c")]),
    st.sampled_from(["same", "different", "unsure"]),
)


@settings(max_examples=60)
@given(
    st.lists(LINES, max_size=12, unique_by=lambda said: str(said["id"])), st.data(), st.randoms(use_true_random=False)
)
def test_neither_order_nor_doubles_matter(
    lines: list[Mapping[str, object]], more: st.DataObject, dice: random.Random
) -> None:
    """Two clones decide, git unites their lines: whoever merges what first, the same stands."""
    if lines:
        undone = more.draw(st.lists(st.sampled_from([str(said["id"]) for said in lines]), max_size=3, unique=True))
        lines = [*lines, *(line(2 * 10**9 + nr, undoes=name) for nr, name in enumerate(undone))]
    mixed = [*lines, *more.draw(st.lists(st.sampled_from(lines), max_size=4) if lines else st.just([]))]
    dice.shuffle(mixed)
    read = [decision_of(said) for said in lines]
    again: dict[str, Decision | Undo] = {one.id: one for one in (decision_of(said) for said in mixed)}
    assert _told(Decisions.of(read)) == _told(Decisions.of(again.values()))


def test_git_unites_what_two_clones_decided(tmp_path: Path) -> None:
    base = tmp_path / "base"
    folder = DataFolder(base)
    decide(folder, "a", "b", "same")
    _git(base, "init", "--quiet", "--initial-branch", "main")
    _commit(base, "first")
    _git(tmp_path, "clone", "--quiet", str(base), "clone")
    decide(folder, "a", "c", "same")
    _commit(base, "here")
    clone = DataFolder(tmp_path / "clone")
    decide(clone, "a", "c", "different")
    decide(clone, "b", "c", "unsure")
    _commit(clone.path, "there")
    _git(clone.path, "pull", "--quiet", "--no-rebase", "--no-edit")
    held = Decisions.read(clone)
    assert [set(held.same), set(held.different), set(held.unsure)] == [{("a", "b")}, {("a", "c")}, {("b", "c")}]


def _git(folder: Path, *arguments: str) -> None:
    settled = ("-c", "user.name=anna", "-c", "user.email=anna@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *settled, *arguments], cwd=folder, check=True, capture_output=True)


def _commit(folder: Path, words: str) -> None:
    _git(folder, "add", "decisions")
    _git(folder, "commit", "--quiet", "-m", words)


DECIDER = """
import sys
from graph.generation import DataFolder
from ingest.deciding import decide
for number in range(20):
    decide(DataFolder(sys.argv[1]), f"{sys.argv[2]}{number}", "x", "same")
"""


def test_processes_that_decide_at_the_same_time_lose_nothing(data: DataFolder) -> None:
    started = [subprocess.Popen([sys.executable, "-c", DECIDER, str(data.path), name]) for name in ("a", "b", "c")]
    assert [one.wait() for one in started] == [0, 0, 0]
    assert Decisions.read(data).same == {pair_of(f"{name}{number}", "x") for name in "abc" for number in range(20)}


def record(key: str, name: str, country: str = "SE", pic: str = "") -> Record:
    return Record(key, "Organization", (), False, {named(name)}, countries={country}, codes={"cordisPic": {pic} - {""}})


def test_a_fingerprint_is_what_a_record_says_of_itself() -> None:
    first = record("cordis:org/1", "Solar  Works")
    assert first.fingerprint == record("cordis:org/2", "SOLAR works").fingerprint
    assert first.fingerprint != record("cordis:org/1", "Solar Works", "NO").fingerprint
    assert first.fingerprint != record("cordis:org/1", "Solar Works", pic="999990946").fingerprint


def test_an_identifier_that_the_key_is_made_of_goes_with_it() -> None:
    old, new = (record(f"cordis:org/{pic}", "Solar", pic=pic) for pic in ("999990946", "999984059"))
    assert old.fingerprint == new.fingerprint


def test_a_decision_moves_to_the_one_record_of_its_source_with_its_fingerprint(data: DataFolder) -> None:
    said = decide(data, "cordis:org/1", "ror:x", "same", fingerprints={"cordis:org/1": "f1", "ror:x": "f2"})
    held = moved(Decisions.read(data), {"cordis:org/9": "f1", "ror:x": "f2", "swecris:org/1": "f1"})
    assert held.decisions.same == {("cordis:org/9", "ror:x")}
    (move,) = held.moves
    assert (move.id, move.keys) == (said.id, {"cordis:org/1": "cordis:org/9"})
    assert not held.waiting


@pytest.mark.parametrize(
    "records",
    [
        {"ror:x": "f2"},
        {"ror:x": "f2", "cordis:org/8": "f1", "cordis:org/9": "f1"},
        {"ror:x": "f2", "cordis:org/9": "f3"},
    ],
    ids=["nowhere", "two of them", "another"],
)
def test_a_decision_about_a_key_that_is_nowhere_waits(data: DataFolder, records: Mapping[str, str]) -> None:
    said = decide(data, "cordis:org/1", "ror:x", "same", fingerprints={"cordis:org/1": "f1", "ror:x": "f2"})
    held = moved(Decisions.read(data), records)
    assert held.waiting == (said,)
    assert held.decisions.same == {said.pair}
    assert not held.moves


def test_what_was_said_of_the_new_keys_goes_before_what_moves_there(data: DataFolder) -> None:
    decide(data, "cordis:org/9", "ror:x", "different")
    decide(data, "cordis:org/1", "ror:x", "same", fingerprints={"cordis:org/1": "f1"})
    held = moved(Decisions.read(data), {"cordis:org/9": "f1", "ror:x": "f2"})
    assert held.decisions.different == {("cordis:org/9", "ror:x")}
    assert not held.decisions.same


def test_a_suppression_follows_its_record_and_knows_things(data: DataFolder) -> None:
    suppress(data, "cordis:org/1", "asked for", fingerprint="f1")
    suppress(data, "org/abcdefghij", "asked for")
    suppress(data, "cordis:org/3", "asked for")
    held = moved(Decisions.read(data), {"cordis:org/9": "f1"}, {"org/abcdefghij"})
    assert set(held.decisions.suppressed) == {"cordis:org/9", "org/abcdefghij", "cordis:org/3"}
    assert [getattr(one, "key", None) for one in held.waiting] == ["cordis:org/3"]
