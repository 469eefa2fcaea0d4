from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from pkgutil import iter_modules

import pytest

from tests.benchmarks import measures
from tests.benchmarks.sparql.generator import generated


def _bench(*arguments: str, path: str | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({} if path is None else {"PATH": path})
    command = [sys.executable, "-m", "tests.benchmarks", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment)


def test_an_unknown_benchmark_names_those_that_are_there() -> None:
    result = _bench("--only", "nothing")
    assert result.returncode == 2
    assert all(module.name in result.stderr for module in iter_modules(measures.__path__))


def test_without_a_browser_it_says_so_and_goes_on() -> None:
    result = _bench("--only", "first_picture", "--format", "json", path="")
    assert result.returncode == 0
    assert json.loads(result.stdout)["missing"]["first_picture"].startswith("skipped: no Chromium")


@pytest.mark.slow
def test_numbers_come_with_the_machine() -> None:
    result = _bench("--only", "export_html", "--runs", "1", "--format", "json")
    assert result.returncode == 0, result.stdout
    told = json.loads(result.stdout)
    assert {row["what"] for row in told["rows"]} == {"export html", "export html, size"}
    assert all(row["value"] > 0 for row in told["rows"])
    assert {"cores", "memory", "python"} <= told["machine"].keys()


def test_the_generator_gives_the_same_nodes_for_the_same_seed() -> None:
    one, again, other = generated(0.002), generated(0.002), generated(0.002, seed=7)
    assert one == again
    assert one != other


@pytest.mark.slow
def test_other_stores_give_the_same_answers(tmp_path: Path) -> None:
    page = tmp_path / "table.md"
    peers = ("--peer", "ours", "--peer", "oxigraph serve")
    result = _bench(
        "--only", "sparql", "--runs", "1", "--scale", "0.002", *peers, "--format", "json", "--markdown", str(page)
    )
    assert result.returncode == 0, result.stdout + result.stderr
    told = json.loads(result.stdout)["sparql"]
    assert len(told["questions"]) >= 20
    for question in told["questions"]:
        assert question["rows"] > 0, f"{question['name']} finds nothing"
        for name, peer in question["peers"].items():
            assert (peer["trouble"], peer["verdict"]) == ("", "same"), f"{question['name']} at {name}"
    assert {aim["met"] for aim in told["aims"]} <= {True, False}
    assert "| point |" in page.read_text("utf-8")
