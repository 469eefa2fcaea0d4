"""The back-test sees nothing of what it foretells, ranks every pair, and treats ties fairly."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.sparse import csr_array

from graph.columns import Columns
from graph.gaps.backtest import backtest
from graph.gaps.backtest_measures import Block, measured
from graph.gaps.backtest_methods import OURS, methods
from graph.gaps.backtest_split import Split, split
from graph.gaps.collaboration import Ints
from graph.gaps.scope import Scope
from tests.gaps.maps import Actor, Project, map_of

SCOPE = Scope(ties=("project",))
ACTORS = {f"o{n:02}": Actor("Company" if n % 2 else "ResearchInstitute", "SE" if n < 15 else "DK") for n in range(30)}
WORDS = ("electrolyte cathode graphite lithium separator", "turbine blades offshore mooring foundation")


def _projects() -> dict[str, Project]:
    """Two fields with a ring of pairs each, before 2018; then each meets the one after the next in its field."""
    found = {}
    for n in range(30):
        field, base = divmod(n, 15)
        nearest, next_but_one = field * 15 + (base + 1) % 15, field * 15 + (base + 2) % 15
        found[f"a{n}"] = Project([f"o{n:02}", f"o{nearest:02}"], "2016", "2020", name=f"{WORDS[field]} {n}")
        found[f"b{n}"] = Project([f"o{n:02}", f"o{next_but_one:02}"], "2018", "2020", name=f"{WORDS[field]} next {n}")
    found["late"] = Project(["o00", "o20"], "2021")
    return found


@pytest.fixture(scope="module")
def rings(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    return map_of(tmp_path_factory.mktemp("rings"), ACTORS, _projects())


def test_what_is_split_where(rings: Columns) -> None:
    held = split(rings, 2018, window=2, things=None, scope=SCOPE, least=1)
    assert len(held.known) == 30
    assert held.linked.nnz == 2 * 30
    assert held.first.nnz == held.small.nnz == 2 * 30
    assert not held.first.multiply(held.linked).nnz
    assert held.net.as_of == 2017


def test_methods_see_nothing_of_the_years_after(rings: Columns, tmp_path: Path) -> None:
    before = {key: one for key, one in _projects().items() if one.start == "2016"}
    blind = map_of(tmp_path / "blind", ACTORS, before)
    both = [split(columns, 2018, window=2, things=None, scope=SCOPE, least=1) for columns in (rings, blind)]
    places = np.arange(30)
    keys = [[held.net.columns.key_of[node] for node in held.net.nodes[held.known]] for held in both]
    assert keys[0] == keys[1]
    seen, unseen = (methods(held) for held in both)
    for name, method in seen.items():
        assert method(places) == pytest.approx(unseen[name](places), abs=1e-4), name


def test_every_method_is_measured_and_ours_knows_the_field(rings: Columns) -> None:
    found = backtest(rings, 2018)
    assert (found.known, found.first, found.small) == (30, 30, 30)
    by_name = {row.method: row for row in found.rows}
    assert list(by_name)[-1] == OURS
    assert len(by_name) == 9
    ours, popular = by_name[OURS], by_name["popularity"]
    assert ours.auc is not None
    assert ours.recall is not None
    assert popular.auc == pytest.approx(0.5)
    assert ours.auc > 0.7
    assert ours.recall > (popular.recall or 0)
    assert by_name["common neighbours"].recall == pytest.approx(1.0)
    assert backtest(rings, 2018) == found


def test_only_some_methods_and_things(rings: Columns) -> None:
    things = [rings.node_of[f"{kind}{n}"] for kind in "ab" for n in range(15)]
    found = backtest(rings, 2018, things=things, only=[OURS])
    assert found.known == 15
    assert [row.method for row in found.rows] == [OURS]


def test_nothing_before_or_after_the_cut(rings: Columns) -> None:
    early = backtest(rings, 2000)
    assert (early.known, early.first) == (0, 0)
    assert all(row.recall is row.precision is row.auc is None for row in early.rows)
    late = backtest(rings, 2030)
    assert late.first == 0
    assert all(row.recall is None and row.matched_auc is None for row in late.rows)


def _split_of(rings: Columns, first: Block) -> Split:
    held = split(rings, 2018, window=2, things=None, scope=SCOPE, least=1)
    nobody = csr_array((30, 30), dtype=bool)
    return replace(held, linked=nobody, first=csr_array(first), small=nobody)


def test_ties_count_as_what_is_expected_of_them(rings: Columns) -> None:
    first = np.zeros((30, 30), dtype=bool)
    first[0, 1] = first[1, 0] = True
    flat = measured("flat", lambda places: np.zeros((len(places), 30), dtype=np.float32), _split_of(rings, first))
    assert flat.recall == pytest.approx(10 / 29)
    assert flat.precision == pytest.approx(1 / 435)
    assert flat.auc == pytest.approx(0.5)
    assert flat.small_recall is None


def test_a_score_that_knows_all_is_right_in_all(rings: Columns) -> None:
    first = np.zeros((30, 30), dtype=bool)
    for a, b in ((0, 1), (2, 9), (5, 20)):
        first[a, b] = first[b, a] = True

    def knows(places: Ints) -> Block:
        return first[places].astype(np.float32)

    found = measured("all", knows, _split_of(rings, first))
    assert (found.recall, found.auc, found.matched_auc) == (1.0, 1.0, 1.0)
    assert found.precision == pytest.approx(3 / 435)
