"""The wheel: built from the sdist, with exactly our packages, and able to serve."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("dist")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(out), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    return next(out.glob("*.whl"))


@pytest.mark.slow
def test_the_wheel_holds_exactly_our_packages(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {
        "api",
        "graph",
        "ingest",
        "ontology",
        "visualisations",
    }


@pytest.mark.slow
def test_the_wheel_ships_ontology_demo_and_explorer_but_no_source_of_the_front_end(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {
        "ontology/ce.ttl",
        "ontology/rules/shortcuts.ru",
        "ontology/shapes/core.ttl",
        "ingest/sources/sweden/source.toml",
        "ingest/sources/sweden/data/organisations.csv",
        "visualisations/static/index.html",
    } <= names
    assert not any(name.startswith("visualisations/web/") or "node_modules" in name for name in names)
