"""The rooms of the house: who may import whom, who owns which name, and what never stands in a file."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from importlib.metadata import distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("api", "graph", "ingest", "ontology", "visualisations")


def _tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True).stdout.split(
        "\n"
    )
    return [ROOT / name for name in listed if name and (ROOT / name).is_file()]


def test_the_ladder_holds() -> None:
    run = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("room", ROOMS)
def test_no_other_distribution_owns_the_name_of_a_room(room: str) -> None:
    owners = {
        dist.name
        for dist in distributions()
        for file in dist.files or ()
        if file.parts[0] == room and dist.name != "cleantech-kg"
    }
    assert owners == set()


@pytest.mark.parametrize("room", ROOMS)
def test_each_room_says_what_it_is(room: str) -> None:
    module = ast.parse((ROOT / room / "__init__.py").read_text("utf-8"))
    assert ast.get_docstring(module)


def test_only_one_module_of_ingest_and_the_remote_store_speak_to_a_network() -> None:
    clients = re.compile(
        r"^\s*(?:import|from) (?:httpx|requests|urllib\.request|http\.client|SPARQLWrapper)\b", re.MULTILINE
    )
    speakers = {
        str(path.relative_to(ROOT))
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        if clients.search(path.read_text("utf-8"))
    }
    asked_for = {"ingest/download.py", "graph/remote.py", "api/commands/query.py"}
    asked_for.add("ingest/sparql_client.py")  # endpoints that a source asks page by page, with pauses and waits
    # LOAD, from addresses that a setting lists; and the command line to the server of this machine.
    assert speakers <= asked_for | {"graph/writer_load.py", "api/commands/edits_drop.py"}


def test_no_absolute_path_of_a_machine_and_no_registry_address() -> None:
    forbidden = re.compile(
        r"(?<![A-Za-z0-9_.])/(?:work|farm|root)/|registry\.npmjs|pypi\.org/simple|files\.pythonhosted|deb\.debian\.org"
    )
    guilty = [
        str(path.relative_to(ROOT))
        for path in _tracked()
        if path != Path(__file__)
        and path.suffix not in {".png", ".lock", ".parquet", ".gz"}
        and forbidden.search(path.read_text("utf-8", errors="ignore"))
    ]
    assert guilty == []


def test_imports_stand_at_the_top_of_a_module() -> None:
    inside = [
        f"{path.relative_to(ROOT)}:{node.lineno}"
        for room in ROOMS
        for path in (ROOT / room).rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
        if isinstance(node, ast.Import | ast.ImportFrom)
    ]
    assert inside == []
