"""The wheel: built from the sdist, with exactly our packages, and able to serve."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import sysconfig
import urllib.request
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


@pytest.mark.slow
def test_the_wheel_alone_serves_the_demo(wheel: Path, tmp_path: Path) -> None:
    """Installed in an environment of its own; the packages that it needs come from this one."""
    home = tmp_path / "venv"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(home)], check=True)
    site = next(home.glob("lib/python*/site-packages"))
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(site)
    (site / "needs.pth").write_text(sysconfig.get_paths()["purelib"] + "\n", "utf-8")
    command = [str(home / "bin" / "python"), "-c", "from api.cli import main; main()"]
    serve = subprocess.Popen(
        [*command, "serve", "--port", "0", "--data", str(tmp_path / "var")],
        cwd=tmp_path,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert serve.stdout is not None
        address = next(found[0] for line in serve.stdout if (found := re.search(r"http://[0-9.:]+", line)))
        with urllib.request.urlopen(f"{address}/api/v1/stats", timeout=60) as answer:
            assert json.load(answer)["counts"]["organisations"] > 500
        with urllib.request.urlopen(f"{address}/map", timeout=60) as answer:
            assert b"<div id=" in answer.read()
    finally:
        serve.terminate()
        serve.communicate(timeout=30)
    assert serve.returncode in (0, -15, 143), serve.returncode
