from __future__ import annotations

import csv
import sys
import zipfile
from pathlib import Path

import polars as pl
import pytest

from graph.identities import CANDIDATES, CLUSTERS, MOVED, Identities
from graph.node import Node, Text
from ingest.sources.cordis.layouts import LAYOUTS
from tests.benchmarks.resolution.baselines import Said, baselines, folded
from tests.benchmarks.resolution.pairs import Pair
from tests.benchmarks.resolution.queue import places
from tests.benchmarks.resolution.scoring import score
from tests.benchmarks.rig import FailedError
from tests.benchmarks.scale.cut import cut, tables
from tests.benchmarks.scale.mapping import triples
from tests.benchmarks.scale.report import Aim
from tests.benchmarks.watch import watched


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A zip with 200 invented projects, two participations each, one title with a quotation mark and a line break."""
    path = tmp_path / "whole.zip"
    projects = [f'"{number}";"Solar ""{number}"";\nand wind"' for number in range(100000, 100200)]
    parts = [f'"{number}";"90000000{place}"' for number in range(100000, 100200) for place in (1, 2)]
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("project.csv", "\n".join(['"id";"title"', *projects, ""]))
        made.writestr("organization.csv", "\n".join(['"projectID";"organisationID"', *parts, ""]))
        made.writestr("topics.csv", '"projectID";"topic"\n')
    return path


def _rows(archive: Path, name: str, folder: Path) -> list[list[str]]:
    folder.mkdir(exist_ok=True)
    with (tables(archive, folder) / name).open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def test_a_part_of_the_projects_has_all_their_rows(archive: Path, tmp_path: Path) -> None:
    less, more = (cut(archive, share, tmp_path / f"{share}.zip") for share in (0.1, 0.3))
    kept = {share: _rows(path, "project.csv", tmp_path / path.stem) for share, path in (("less", less), ("more", more))}
    assert 10 <= len(kept["less"]) - 1 <= 30 < len(kept["more"]) - 1 <= 90
    assert all(row in kept["more"] for row in kept["less"])
    assert kept["less"][1][1].startswith('Solar "1')
    members = _rows(less, "organization.csv", tmp_path / "members")
    assert sorted({row[0] for row in members[1:]}) == sorted(row[0] for row in kept["less"][1:])
    assert len(members) - 1 == 2 * (len(kept["less"]) - 1)


def test_the_mapping_for_morph_kgc_names_columns_that_cordis_has() -> None:
    mapping = (Path(__file__).parent / "scale" / "cordis.rml.ttl").read_text("utf-8")
    known = {column for layout in LAYOUTS for column in layout.columns}
    named = {part.split('"')[1] for part in mapping.split("rml:reference ")[1:]}
    named |= {part.partition("}")[0] for line in mapping.splitlines() for part in line.split("{")[1:]}
    assert named - known == set()


def test_a_watched_command_tells_time_and_memory_and_its_words(tmp_path: Path) -> None:
    busy = "import time; held = bytearray(60_000_000); print('done'); time.sleep(0.3)"
    run = watched([sys.executable, "-c", busy], tmp_path / "log.txt")
    assert run.words == "done\n"
    assert run.peak_mb > 60
    assert run.seconds >= 0.3


def test_a_watched_command_that_fails_says_why(tmp_path: Path) -> None:
    with pytest.raises(FailedError, match="no such luck"):
        watched([sys.executable, "-c", "raise SystemExit('no such luck')"], tmp_path / "log.txt")


def test_values_count_as_triples() -> None:
    assert triples(Node("a", "Company").add("name", Text("A", "en")).add("cordisPic", "900000001")) == 3


@pytest.mark.parametrize(
    ("found", "most", "least", "met"), [(3, 3, None, True), (3.1, 3, None, False), (1, None, 2, False)]
)
def test_an_aim_is_met_or_missed(found: float, most: float | None, least: float | None, met: bool) -> None:
    assert Aim("ratio", found, "x", most, least).met is met


PAIRS = [
    Pair("a", "b", True, "easy", "tune"),
    Pair("a", "c", True, "acronym", "tune"),
    Pair("b", "d", False, "homonym", "tune"),
    Pair("c", "d", False, "homonym", "tune"),
]


def test_scores_count_rightly_and_wrongly_joined_pairs() -> None:
    found = score(PAIRS, lambda pair: pair.other == "b" or pair.one == "b")
    assert (found.right, found.wrong, found.missed, found.apart) == (1, 1, 1, 1)
    assert (found.precision, found.recall, found.f1) == (0.5, 0.5, 0.5)
    assert score([], bool).f1 is None


def test_baselines_join_by_name_number_and_likeness() -> None:
    said = {
        "a": Said({folded("Kungliga Tekniska Högskolan")}, {("cordisPic", "900000001")}),
        "b": Said({folded("KUNGLIGA TEKNISKA HOGSKOLAN")}, set()),
        "c": Said({"kth"}, {("cordisPic", "900000001")}),
        "d": Said({"kungliga konsthogskolan"}, set()),
    }
    exact, number, alike = (score(PAIRS, joins) for joins in baselines(said, PAIRS).values())
    assert (exact.right, exact.wrong) == (1, 0)
    assert (number.right, number.wrong) == (1, 0)
    assert (alike.right, alike.wrong) == (1, 0)


def test_the_place_of_a_pair_is_that_in_the_queue() -> None:
    rows = [(key, "s", key, "") for key in "abcd"]
    queued = [("x", "y", "x", "y", 0.9, 9.0, ["name 0.9"]), ("a", "c", "a", "c", 0.5, 2.0, ["acronym"])]
    identities = Identities(
        clusters=pl.DataFrame(rows, schema=CLUSTERS, orient="row"),
        moved=pl.DataFrame(schema=MOVED),
        candidates=pl.DataFrame(queued, schema=CANDIDATES, orient="row"),
    )
    found = places(identities, PAIRS, "weight")
    assert (found.ranks, found.wanted, found.length, found.median) == ([2], 2, 2, 2)
    assert (found.share(), found.share(1)) == (0.5, 0.0)
