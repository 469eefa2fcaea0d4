"""The gap finder on the command line."""

from __future__ import annotations

import csv
import io
import json
import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from typer.testing import CliRunner

from api.answers.gaps_findings import FINDINGS
from api.cli import build
from tests.api.running import run

NAMES = sorted(FINDINGS)


@dataclass(frozen=True)
class Done:
    """What a command printed."""

    returncode: int
    stdout: str
    stderr: str


def gaps(*arguments: str) -> Done:
    """`cleantech gaps` in this process, which has imported everything already: some forty runs, not forty starts."""
    found = CliRunner().invoke(build(("gaps",)), ["gaps", *arguments])
    assert found.exception is None or isinstance(found.exception, SystemExit), found.exception
    return Done(found.exit_code, found.stdout, found.stderr)


@pytest.mark.parametrize("name", NAMES)
def test_each_finding_prints_rows_and_below_what_they_rest_on(demo_data: Path, name: str) -> None:
    for lang, sources in (("en", "Sources: sweden."), ("sv", "Källor: sweden.")):
        done = gaps(name, "--data", str(demo_data), "--limit", "3", "--lang", lang)
        assert (done.returncode, bool(done.stdout)) == (0, True), done.stderr
        assert sources in done.stderr
        assert "https://w3id.org" not in done.stdout


@pytest.mark.parametrize("name", NAMES)
def test_json_is_what_the_server_gives_and_csv_has_its_rows(demo_data: Path, name: str) -> None:
    narrow = ("--data", str(demo_data), "--technology", "batteries", "--limit", "5")
    told = gaps(name, *narrow, "--format", "json")
    body = json.loads(told.stdout)
    assert body["scope"]["query"] == "technology=batteries"
    table = list(csv.reader(io.StringIO(gaps(name, *narrow, "--format", "csv").stdout)))
    assert len(table) == 1 + len(body["rows"])


def test_a_file_is_written_whole_and_overwritten_only_by_force(demo_data: Path, tmp_path: Path) -> None:
    out = tmp_path / "matrix.csv"
    command = ("matrix", "--data", str(demo_data), "--out", str(out))
    assert gaps(*command).returncode == 0
    assert out.read_text("utf-8").startswith("technology,")
    again = gaps(*command)
    assert (again.returncode, again.stdout) == (1, "")
    assert "--force" in again.stderr
    assert gaps(*command, "--force").returncode == 0
    body = tmp_path / "matrix.json"
    gaps("matrix", "--data", str(demo_data), "--out", str(body))
    assert json.loads(body.read_text("utf-8"))["rows"]
    other = gaps("matrix", "--data", str(demo_data), "--out", str(tmp_path / "matrix.txt"))
    assert other.returncode == 2
    assert not (tmp_path / "matrix.txt").exists()
    lost = gaps("matrix", "--data", str(demo_data), "--out", str(tmp_path / "no" / "matrix.csv"))
    assert lost.returncode == 1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--technology", "batery"), "--technology: there is no 'batery'; did you mean"),
        (("--region", "SE999"), "--region: there is no 'SE999' on this map"),
        (("--type", "company"), "--type: 'company' is not two types"),
        (("--reach", "near"), "--reach: there is no 'near'"),
        (("--tie", "projects"), "did you mean project?"),
        (("--from", "2020", "--to", "2010"), "--from: 2020 is after to=2010"),
        (("--max-partners", "1"), "--max-partners: a project has"),
        (("--half-life", "-1"), "--half-life: give 0"),
        (("--by", "colour"), "--by: there is no 'colour'"),
    ],
)
def test_what_was_typed_wrong_is_one_line_and_exit_code_2(
    demo_data: Path, options: tuple[str, ...], words: str
) -> None:
    done = gaps("matrix", "--data", str(demo_data), *options)
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.count("\n") == 1
    assert words in done.stderr
    assert done.stderr.startswith("cleantech gaps matrix: ")


def test_the_command_as_people_start_it(demo_data: Path) -> None:
    done = run("gaps", "matrix", "--data", str(demo_data), "--technology", "batteries")
    assert (done.returncode, "Batteries" in done.stdout) == (0, True)
    assert "Sources: sweden." in done.stderr
    wrong = run("gaps", "matrix", "--data", str(demo_data), "--region", "SE999")
    assert (wrong.returncode, wrong.stdout, wrong.stderr.count("\n")) == (2, "", 1)


def test_a_folder_without_a_map_is_exit_code_1(tmp_path: Path) -> None:
    done = gaps("matrix", "--data", str(tmp_path / "none"))
    assert (done.returncode, done.stdout) == (1, "")
    assert "cleantech ingest" in done.stderr


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_answer_says_why(demo_data: Path, name: str) -> None:
    done = gaps(name, "--data", str(demo_data), "--region", "FO", "--technology", "batteries")
    assert done.returncode == 0, done.stderr
    assert done.stdout == "" or name in ("matrix", "deserts"), done.stdout
    assert len(done.stderr.splitlines()) >= 3


def test_ways_between_two_organisations(demo_data: Path) -> None:
    done = gaps("paths", "kth", "northvolt", "--data", str(demo_data), "--lang", "sv", "--ways", "2")
    assert done.returncode == 0
    assert "Kungliga Tekniska högskolan" in done.stdout
    assert "/effort/" in done.stdout
    body = json.loads(
        run(
            "gaps", "paths", "kth", "northvolt", "--data", str(demo_data), "--format", "json", "--by", "strongest"
        ).stdout
    )
    assert (body["a"]["key"], body["b"]["key"], body["by"]) == ("kth", "northvolt", "strongest")


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (("kth", "nortvolt"), "did you mean northvolt"),
        (("kth", "kth"), "name two"),
        (("kth", "tech/batteries"), "is no organisation"),
    ],
)
def test_ways_between_what_is_no_two_organisations(demo_data: Path, ends: tuple[str, str], words: str) -> None:
    done = gaps("paths", *ends, "--data", str(demo_data))
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


def test_the_pairs_of_one_organisation(demo_data: Path) -> None:
    told = json.loads(gaps("pairs", "--of", "northvolt", "--data", str(demo_data), "--format", "json").stdout)
    assert {row["a"]["key"] for row in told["rows"]} == {"northvolt"}
    wrong = gaps("pairs", "--of", "nortvolt", "--data", str(demo_data))
    assert (wrong.returncode, "did you mean northvolt" in wrong.stderr) == (2, True)
    wrong = gaps("pairs", "--history", "once", "--data", str(demo_data))
    assert (wrong.returncode, "never, lapsed" in wrong.stderr) == (2, True)


def test_pairs_show_reasons_with_numbers_and_the_pages_and_documents_behind_them(demo_data: Path) -> None:
    narrow = ("--technology", "batteries", "--type", "company-research", "--limit", "2", "--data", str(demo_data))
    shown = gaps("pairs", *narrow).stdout
    for part in ("1. ", "2. ", "Why:", "/org/", "https://"):
        assert part in shown
    assert max(map(len, (line for line in shown.splitlines() if "/" not in line))) <= 120
    assert "Varför:" in gaps("pairs", *narrow, "--lang", "sv").stdout


def test_what_is_known_of_two_organisations(demo_data: Path) -> None:
    linked = gaps("explain", "kth", "northvolt", "--data", str(demo_data))
    assert (linked.returncode, "Met in:" in linked.stdout) == (0, True), linked.stderr
    told = json.loads(gaps("pairs", "--of", "northvolt", "--data", str(demo_data), "--format", "json").stdout)
    other = told["rows"][0]["b"]["key"]
    missing = gaps("explain", "northvolt", other, "--data", str(demo_data), "--lang", "sv")
    assert "Varför:" in missing.stdout
    assert json.loads(gaps("explain", "kth", "northvolt", "--data", str(demo_data), "--format", "json").stdout)["ties"]
    assert gaps("explain", "kth", "kth", "--data", str(demo_data)).returncode == 2


def test_what_people_say_is_kept_listed_and_taken_back(demo_data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(demo_data, folder)
    data = ("--data", str(folder))
    narrow = ("--technology", "batteries", "--format", "json", *data)
    first = json.loads(gaps("pairs", *narrow).stdout)["rows"][0]
    ends = (first["a"]["key"], first["b"]["key"])
    said = gaps("feedback", *ends, "competitors", "--note", "Both make cells", *data)
    assert said.returncode == 0, said.stderr
    left = json.loads(gaps("pairs", *narrow).stdout)["rows"]
    assert all({row["a"]["key"], row["b"]["key"]} != set(ends) for row in left)
    listed = gaps("feedback", "--list", *data)
    assert "Both make cells" in listed.stdout
    line = said.stdout.partition(":")[0]
    assert gaps("feedback", "--undo", line, *data).returncode == 0
    again = json.loads(gaps("pairs", *narrow).stdout)["rows"][0]
    assert (again["a"]["key"], again["b"]["key"]) == ends
    for wrong in (
        (*ends, "perhaps"),
        (ends[0], ends[0], "useful"),
        ("nobody-at-all", ends[0], "useful"),
        (*ends,),
        (),
        ("--list", "--undo", line),
        ("--undo", line),
        ("--undo", "nothing"),
    ):
        refused = gaps("feedback", *wrong, *data)
        assert (refused.returncode, refused.stdout, refused.stderr.count("\n")) == (2, "", 1), wrong


def test_scores_are_written_by_an_outside_number(demo_data: Path, tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"
    done = gaps("score", "--id-scheme", "orgNumber", "--out", str(out), "--data", str(demo_data))
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
    head, *rows = out.read_text("utf-8").splitlines()
    assert head == "org_a,org_b,score"
    assert rows
    again = gaps("score", "--id-scheme", "orgNumber", "--out", str(out), "--data", str(demo_data))
    assert (again.returncode, "--force" in again.stderr) == (1, True)
    wrong = gaps("score", "--id-scheme", "orgNumbr", "--out", str(tmp_path / "no.csv"), "--data", str(demo_data))
    assert (wrong.returncode, "orgNumber" in wrong.stderr) == (2, True)
    assert gaps("score", "--id-scheme", "orgNumber", "--out", "-", "--data", str(demo_data)).returncode == 2


def test_the_track_record_is_told_for_a_cut(demo_data: Path) -> None:
    done = gaps("backtest", "--cut", "2020", "--data", str(demo_data))
    assert (done.returncode, "popularity" in done.stdout) == (0, True), done.stderr
    assert "2020–2021" in done.stderr
    told = json.loads(gaps("backtest", "--cut", "2020", "--data", str(demo_data), "--format", "json").stdout)
    assert (told["cut"], told["window"]) == (2020, 2)
    early = gaps("backtest", "--cut", "1900", "--data", str(demo_data))
    assert early.returncode == 0, early.stderr
    assert gaps("backtest", "--cut", "0", "--data", str(demo_data)).returncode == 2
