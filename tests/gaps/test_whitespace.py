"""White space is where a plain reckoning finds it: few actors for what is related."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import numpy as np
import pytest

from graph.columns import Columns
from graph.gaps.areas import areas
from graph.gaps.collaboration import collaboration
from graph.gaps.relatedness import related
from graph.gaps.scope import Scope, scope_of
from graph.gaps.whitespace import white_space
from ontology.terms import SCHEMES
from tests.gaps.maps import Actor, Project, map_of

# In Skåne and in Norway who makes vehicles makes batteries; in Stockholm they make vehicles and chargers, and no batteries.
ACTORS = {
    **{f"a{n}": Actor("Company", "place/se-ab", ["electric-vehicles", "charging"]) for n in range(30)},
    **{f"b{n}": Actor("Company", "place/se-m", ["electric-vehicles", "batteries", "charging"]) for n in range(10)},
    **{f"c{n}": Actor("Company", "NO", ["electric-vehicles", "batteries"]) for n in range(40)},
    **{f"d{n}": Actor("Company", "FI", ["biogas", "wastewater-treatment"]) for n in range(40)},
}


@pytest.fixture(scope="module")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    return map_of(tmp_path_factory.mktemp("white"), ACTORS, {})


def above(slug: str) -> set[str]:
    found = {slug}
    for up in SCHEMES["tech"][slug].broader:
        found |= above(up)
    return found - {"cleantech"}


def plain_advantage(region: str, slug: str) -> float:
    held = [
        (actor.at, tech)
        for actor in ACTORS.values()
        if (actor.at or "").startswith("place/") == region.startswith("place/")  # counties among counties
        for tech in {up for said in actor.techs for up in above(said)}
    ]
    both, places, techs = Counter(held), Counter(at for at, _ in held), Counter(tech for _, tech in held)
    if not techs[slug]:
        return np.nan
    return both[region, slug] * len(held) / (places[region] * techs[slug])


def test_advantage_and_proximity_are_those_of_a_plain_reckoning(planted: Columns) -> None:
    net = collaboration(planted)
    held = areas(net)
    found = related(net, held, held.all_columns)
    column = {planted.key_of[int(net.techs[one])].removeprefix("tech/"): n for n, one in enumerate(held.all_columns)}
    for region in ("place/se-ab", "place/se-m", "NO", "FI"):
        for slug in ("batteries", "charging", "electric-vehicles", "biogas"):
            got = found.advantage[held.regions.index(region), column[slug]]
            assert got == pytest.approx(plain_advantage(region, slug), nan_ok=True)
    near = found.proximity
    assert near[column["batteries"], column["electric-vehicles"]] == pytest.approx(50 / 80)
    assert near[column["charging"], column["electric-vehicles"]] == pytest.approx(40 / 80)
    assert near[column["batteries"], column["biogas"]] == 0
    assert near[column["batteries"], column["energy-storage"]] == 0  # what is broader is not near, it is the same
    assert np.allclose(near, near.T)


def test_the_planted_white_space_is_found(planted: Columns) -> None:
    answer = white_space(collaboration(planted, scope_of(planted, technology=["batteries"])))
    (row,) = answer.rows
    assert (planted.key_of[row.technology], row.region, row.actors) == ("tech/batteries", "place/se-ab", 0)
    assert row.advantage == 0
    assert {"tech/electric-vehicles", "tech/charging"} >= {planted.key_of[node] for node in row.related}
    assert row.proofs
    assert all(proof.evidence for proof in row.proofs)


def test_a_scope_shows_less_but_reckons_with_the_whole_map(planted: Columns) -> None:
    one = white_space(collaboration(planted, scope_of(planted, technology=["batteries"]))).rows
    assert (
        white_space(collaboration(planted, scope_of(planted, region=["SE110"], technology=["batteries"]))).rows == one
    )
    elsewhere = white_space(collaboration(planted, scope_of(planted, region=["NO"], technology=["batteries"])))
    assert elsewhere.rows == ()
    assert elsewhere.empty is not None
    assert elsewhere.empty.code == "whitespace-none"


def test_a_small_map_says_that_it_is_small(tmp_path: Path) -> None:
    columns = map_of(tmp_path, {"a": Actor("Company", "SE", ["biogas"])}, {"p": Project(["a"])})
    answer = white_space(collaboration(columns))
    assert answer.empty is not None
    assert answer.empty.code == "whitespace-alone"
    bare = map_of(tmp_path / "bare", {"a": Actor("Company", "SE")}, {})
    answer = white_space(collaboration(bare))
    assert answer.empty is not None
    assert answer.empty.code == "areas-no-technology"


def test_the_demo_gives_white_space_with_records(demo_columns: Columns) -> None:
    answer = white_space(collaboration(demo_columns, Scope()))
    assert answer.rows == white_space(collaboration(demo_columns, Scope())).rows
    assert answer.rows
    for row in answer.rows:
        assert row.advantage < 1
        assert row.related
        assert row.proofs
