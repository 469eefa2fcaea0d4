from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from graph.build import build_generation
from graph.columns import Columns
from graph.generation import DataFolder
from ontology.terms import BASE
from tests.benchmarks.explorer.clustered import Size, clustered
from tests.benchmarks.explorer.loads import Load
from tests.benchmarks.explorer.report import report
from tests.benchmarks.row import Row

SIZE = Size(organisations=160, projects=60, participations=300)


def test_the_network_has_the_size_that_was_asked_for(tmp_path: Path) -> None:
    generation = build_generation(DataFolder(tmp_path), [clustered(SIZE)], BASE, built="2026-11-25T00:00:00Z")
    columns = Columns.load(generation.columns)
    groups = Counter(columns.nodes["group"])
    assert (groups["organisation"], groups["effort"]) == (SIZE.organisations, SIZE.projects)
    assert columns.relations.filter(kind="Participation").height == SIZE.participations


def test_the_same_seed_gives_the_same_network() -> None:
    assert clustered(SIZE) == clustered(SIZE)
    assert clustered(SIZE) != clustered(SIZE, seed=7)


@pytest.mark.parametrize(("found", "told"), [(149.0, "| met |"), (151.0, "| **missed** |")])
def test_the_table_says_which_aim_is_missed(found: float, told: str) -> None:
    page = report([Load("/map", 3, 1000, 400, 401, 350)], [Row("code of /map, gzip", found, "kB")], "skipped: absent")
    assert told in page
    assert "| `/map` | 3 | 1.0 | 0.4 | 0.4 | 0.3 |" in page
    assert page.endswith("CORDIS: skipped: absent\n")
