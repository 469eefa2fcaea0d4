"""The file of scores: outside numbers, every candidate once, the same bytes each time, whole or not at all."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.score_file import Written, write_scores
from graph.node import Node
from tests.gaps.maps import PAGE, Actor, Project, map_of


@pytest.fixture(scope="module")
def net(tmp_path_factory: pytest.TempPathFactory) -> Collaboration:
    keys = [f"o{n}" for n in range(6)]
    numbers = [Node(key, "Company", [PAGE]).add("cordisPic", f"90000000{n}") for n, key in enumerate(keys[:5])]
    numbers.append(Node("o0", "Company", [PAGE]).add("cordisPic", "800000000"))
    projects = {"p": Project(["o0", "o1", "o5"]), "q": Project(["o1", "o2"]), "r": Project(["o3", "o4"])}
    return collaboration(map_of(tmp_path_factory.mktemp("numbered"), {key: Actor() for key in keys}, projects, numbers))


def test_each_pair_that_never_met_once_by_the_first_number(net: Collaboration, tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"
    assert write_scores(net, "cordisPic", out) == Written(pairs=7, organisations=5, without_id=1)
    table = pl.read_csv(out, schema={"org_a": pl.String, "org_b": pl.String, "score": pl.Float64})
    pairs = {frozenset(pair) for pair in table.select("org_a", "org_b").iter_rows()}
    assert len(pairs) == table.height == 7
    assert frozenset({"800000000", "900000002"}) in pairs
    assert frozenset({"800000000", "900000001"}) not in pairs
    assert table["score"].is_sorted(descending=True)


def test_the_same_bytes_again_and_nothing_beside_it(net: Collaboration, tmp_path: Path) -> None:
    for name in ("one.csv", "two.csv"):
        write_scores(net, "cordisPic", tmp_path / name)
    assert (tmp_path / "one.csv").read_bytes() == (tmp_path / "two.csv").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one.csv", "two.csv"]


def test_a_number_that_nobody_has_gives_the_head_alone(net: Collaboration, tmp_path: Path) -> None:
    out = tmp_path / "scores.csv"
    assert write_scores(net, "ror", out) == Written(0, 0, 6)
    assert out.read_text() == "org_a,org_b,score\n"


def test_a_folder_that_is_not_there_is_an_error(net: Collaboration, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        write_scores(net, "cordisPic", tmp_path / "none" / "scores.csv")
