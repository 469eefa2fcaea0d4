"""`cleantech sources`: list, begin something new, check an input."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.api.running import run

ROOT = Path(__file__).parents[2]


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A folder with the template in it."""
    folder = tmp_path / "own"
    told = run("sources", "new", "tabular", str(folder))
    assert told.returncode == 0, told.stderr
    assert sorted(Path(line).name for line in told.stdout.splitlines()) == sorted(p.name for p in folder.iterdir())
    assert f"cleantech sources check tabular --input {folder}" in told.stderr
    return folder


def spoil(own: Path, file: str, good: str, bad: str) -> None:
    path = own / file
    text = path.read_text("utf-8")
    assert good in text
    path.write_text(text.replace(good, bad), "utf-8")


def test_it_lists_alone_and_as_list(demo_data: Path) -> None:
    alone = run("sources", "--format", "json", "--data", str(demo_data)).stdout
    assert alone == run("sources", "list", "--format", "json", "--data", str(demo_data)).stdout
    assert {"sweden", "tabular"} <= {row["name"] for row in json.loads(alone)}


def test_own_tables_are_listed_when_they_are_in_the_map(own: Path, tmp_path: Path) -> None:
    data = ("--data", str(tmp_path / "var"))
    told = run("ingest", "tabular", "--input", str(own), *data)
    assert told.returncode == 0, told.stderr
    listed = {row["name"]: row for row in json.loads(run("sources", "--format", "json", *data).stdout)}
    assert listed["example-cluster"]["records"] == 12
    assert listed["tabular"]["last_run"] is None
    assert "example-cluster" in run("sources", *data).stdout
    again = run("ingest", "tabular", "--input", str(own), *data, "--format", "json")
    assert json.loads(again.stdout)["diff"] == {"added": [], "removed": [], "changed": []}


def test_the_template_is_never_written_over(own: Path) -> None:
    spoil(own, "members.csv", "Vindkraft AB", "Vattenkraft AB")
    told = run("sources", "new", "tabular", str(own))
    assert (told.returncode, told.stdout) == (1, "")
    assert "exists, and nothing was written" in told.stderr
    assert "Vattenkraft AB" in (own / "members.csv").read_text("utf-8")


def test_a_good_input_is_told_with_what_would_come_in(own: Path) -> None:
    before = {path: path.read_bytes() for path in own.iterdir()}
    told = run("sources", "check", "tabular", "--input", str(own))
    assert told.returncode == 0, told.stdout
    assert "example-cluster: 12 records would come in, 0 rows would not." in told.stdout
    assert "  3 Company" in told.stdout
    assert {path: path.read_bytes() for path in own.iterdir()} == before


def test_a_wrong_cell_is_told_in_words_json_and_csv(own: Path, tmp_path: Path) -> None:
    spoil(own, "members.csv", "Vindkraft;", "=Vindkrafft;")
    told = run("sources", "check", "tabular", "--input", str(own))
    assert told.returncode == 1
    assert "members.csv, line 4, column Teknik: '=Vindkrafft' is not among the scheme tech" in told.stdout
    assert "did you mean 'vindkraft'" in told.stdout
    held = json.loads(run("sources", "check", "tabular", "--input", str(own), "--format", "json").stdout)
    assert (held["good"], held["source"]) == (False, "example-cluster")
    first = held["problems"][0]
    assert {name: first[name] for name in ("file", "sheet", "line", "column", "value")} == {
        "file": "members.csv", "sheet": None, "line": 4, "column": "Teknik", "value": "=Vindkrafft",
    }  # fmt: skip
    out = tmp_path / "problems.csv"
    assert run("sources", "check", "tabular", "--input", str(own), "--out", str(out)).returncode == 1
    rows = list(csv.DictReader(io.StringIO(out.read_text("utf-8-sig"))))
    assert (rows[0]["line"], rows[0]["value"]) == ("4", "'=Vindkrafft")
    again = run("sources", "check", "tabular", "--input", str(own), "--out", str(out))
    assert "exists; add --force" in again.stderr
    printed = run("sources", "check", "tabular", "--input", str(own), "--out", "-").stdout
    assert printed.splitlines()[0].lstrip("\ufeff") == "file,sheet,line,column,value,message,advice"


def test_other_sources_are_checked_too() -> None:
    told = run("sources", "check", "sweden", "--format", "json")
    assert told.returncode == 0, told.stdout
    assert json.loads(told.stdout)["kinds"]["Company"] > 100


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["check", "nope"], "there is no source 'nope'"),
        (["check", "sweden", "--input", "no-such-folder"], "does not exist"),
        (["check", "sweden", "--set", "a=b"], "has no option 'a'"),
        (["check", "sweden", "--set", "a"], "takes NAME=VALUE"),
        (["new", "source", "Big Name"], "not a slug"),
        (["new", "source", "sweden"], "exists; choose another name"),
    ],
)
def test_what_cannot_be_done_is_one_line(arguments: list[str], words: str) -> None:
    told = run("sources", *arguments)
    assert (told.returncode, told.stdout) == (1, "")
    assert words in told.stderr.splitlines()[-1]


def test_a_source_of_ones_own_works_as_it_is_written(tmp_path: Path) -> None:
    """In a copy of the checkout: the skeleton is clean, and its test passes."""
    for part in ("api", "graph", "ingest", "ontology", "visualisations", "tests/ingest", "tests/__init__.py"):
        place = tmp_path / part
        place.parent.mkdir(parents=True, exist_ok=True)
        if (ROOT / part).is_dir():
            shutil.copytree(ROOT / part, place, ignore=shutil.ignore_patterns("node_modules", "__pycache__", "web"))
        else:
            shutil.copy(ROOT / part, place)
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    new = [sys.executable, "-m", "api.cli", "sources", "new", "source", "pilots"]
    told = subprocess.run(new, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert told.returncode == 0, told.stderr
    written = [Path(line) for line in told.stdout.splitlines()]
    assert tmp_path / "ingest" / "sources" / "pilots" / "map.py" in written
    scripts = Path(sys.executable).parent
    code = [str(path) for path in written if path.suffix == ".py"]
    for command in (
        [str(scripts / "ruff"), "format", "--check", *code],
        [str(scripts / "ruff"), "check", *code],
        [sys.executable, "-m", "pytest", "-q", "tests/ingest/test_pilots.py", "-p", "no:cacheprovider"],
    ):
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
