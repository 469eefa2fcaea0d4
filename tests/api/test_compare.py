"""Two things side by side: what the store says of both, and clear refusals."""

from __future__ import annotations

import csv
import io
from typing import Any

import httpx
import pytest

from api.answers.compare_models import CompareOut, ProposalsOut

PREFIXES = "PREFIX ce: <https://w3id.org/cleantech-kg/ns#> PREFIX id: <https://w3id.org/cleantech-kg/id/> "


def _get(server: str, path: str = "compare", **asked: Any) -> httpx.Response:  # noqa: ANN401 - as httpx takes it
    return httpx.get(f"{server}/api/v1/{path}", params=asked, timeout=60)


def _compare(server: str, a: str, b: str) -> CompareOut:
    answer = _get(server, a=a, b=b)
    assert answer.status_code == 200, answer.text
    return CompareOut.model_validate_json(answer.content)


def _count(server: str, pattern: str) -> int:
    query = f"{PREFIXES} SELECT (COUNT(DISTINCT ?x) AS ?n) WHERE {{ {pattern} }}"
    headers = {"accept": "application/sparql-results+json"}
    answer = httpx.post(f"{server}/sparql", data={"query": query}, headers=headers, timeout=60)
    assert answer.status_code == 200, answer.text
    return int(answer.json()["results"]["bindings"][0]["n"]["value"])


def _facet(found: CompareOut, name: str) -> list[int]:
    return next(facet.counts for facet in found.facets if facet.id == name)


def test_two_universities_share_what_the_store_says(server: str) -> None:
    found = _compare(server, "kth", "chalmers")
    assert found.sort == "organisation"
    kth, chalmers = "id:kth ce:collaboratesWith ?x .", "id:chalmers ce:collaboratesWith ?x ."
    others = "FILTER (?x NOT IN (id:kth, id:chalmers))"
    assert _facet(found, "partners") == [
        _count(server, f"{kth} {chalmers} {others}"),
        _count(server, f"{kth} {others} FILTER NOT EXISTS {{ {chalmers} }}"),
        _count(server, f"{chalmers} {others} FILTER NOT EXISTS {{ {kth} }}"),
    ]
    joint = (
        "?p1 ce:participant id:kth ; ce:inEffort ?x . ?p2 ce:participant id:chalmers ; ce:inEffort ?x . ?x a ce:Project"
    )
    assert found.between.total == _count(server, joint) > 0
    assert sum(year.count for year in found.between.years) == found.between.total
    assert all(set(one.evidence) <= set(found.evidence) for one in found.between.projects)


def test_two_counties_have_the_organisations_of_the_map(server: str) -> None:
    found = _compare(server, "place/se-ab", "place/se-o")
    figure = next(figure for figure in found.figures if figure.id == "organisations")
    for value, county in ((figure.a, "place/se-ab"), (figure.b, "place/se-o")):
        assert value == _get(server, "facets", county=county, mode="actors").json()["total"]["nodes"]
    assert 0 < (figure.share_b or 0) < (figure.share_a or 0) < 1


def test_turned_round_it_says_the_same(server: str) -> None:
    one, other = _compare(server, "place/se-ab", "place/se-o"), _compare(server, "place/se-o", "place/se-ab")
    assert [(figure.id, figure.a, figure.b) for figure in one.figures] == [
        (figure.id, figure.b, figure.a) for figure in other.figures
    ]
    for facet, turned in zip(one.facets, other.facets, strict=True):
        both, a, b = facet.counts
        assert turned.counts == [both, b, a]
    assert (one.between.pairs, one.between.a_to_b) == (other.between.pairs, other.between.b_to_a)
    assert [(bar.year, bar.a) for bar in one.years] == [(bar.year, bar.b) for bar in other.years]


def test_to_share_an_arena_is_not_to_work_together(server: str) -> None:
    """Members of one network who do no project together are no pair."""
    found = _compare(server, "northvolt", "vattenfall")
    assert {facet.id for facet in found.facets} >= {"arenas", "partners"}
    pair = "VALUES ?x { id:vattenfall } id:northvolt ce:collaboratesWith ?x"
    assert found.between.pairs == _count(server, pair)


def test_each_proposal_is_a_comparison(server: str) -> None:
    held = ProposalsOut.model_validate_json(_get(server, "compare/proposals").content)
    assert {one.sort for one in held.proposals} == {"region", "organisation", "network", "technology"}
    for one in held.proposals:
        found = _compare(server, one.a.key, one.b.key)
        assert found.sort == one.sort
        assert httpx.post(f"{server}/sparql", data={"query": found.sparql}, timeout=60).status_code == 200
        for figure in found.figures:
            assert figure.unit != "eur" or figure.a is None or figure.a > 0  # not known is not 0


def test_the_table_has_a_line_for_each_thing(server: str) -> None:
    found = _compare(server, "kth", "chalmers")
    for lang, both in (("en", "both"), ("sv", "båda")):
        lines = list(csv.reader(io.StringIO(_get(server, "compare.csv", a="kth", b="chalmers", lang=lang).text)))
        assert len(lines) == sum(sum(facet.counts) for facet in found.facets) + 1
        assert sum(line[1] == both for line in lines) == sum(facet.counts[0] for facet in found.facets)


def test_a_place_within_the_other_is_told(server: str) -> None:
    assert _compare(server, "place/se-ab", "place/se").notes == ["a-in-b"]


@pytest.mark.parametrize(
    ("a", "b", "parameter", "said"),
    [
        ("kth", "kth", "b", "same"),
        ("kth", "batteries", "b", "is an organisation and Batteries is a technology"),
        ("place/se-ab", "kth", "b", "is a region"),
        ("kthh", "chalmers", "a", "Did you mean"),
        ("kth", "nowhere-at-all", "b", "nothing under the key"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_a_reason(
    server: str, a: str, b: str, parameter: str, said: str
) -> None:
    answer = _get(server, a=a, b=b)
    assert answer.status_code == 400
    assert answer.json()["parameter"] == parameter
    assert said in answer.json()["detail"]


def test_what_cannot_be_compared_tells_the_sorts_of_both(server: str) -> None:
    assert _get(server, a="kth", b="batteries").json()["sorts"] == ["organisation", "technology"]
    assert "sorts" not in _get(server, a="kth", b="kth").json()


def test_both_sides_must_be_named(server: str) -> None:
    assert _get(server, a="kth").json()["parameter"] == "b"
