"""What the filter of the gap finder offers leads to somebody."""

from __future__ import annotations

import httpx
import pytest

from api.models_gaps import ChoicesOut


def _choices(server: str, **asked: str | list[str]) -> ChoicesOut:
    answer = httpx.get(f"{server}/api/v1/gaps/choices", params=asked, timeout=60)
    assert answer.status_code == 200, answer.text
    return ChoicesOut.model_validate_json(answer.content)


def test_without_a_filter_everything_is_offered(server: str) -> None:
    held = _choices(server)
    assert held.actors > 500
    assert {one.value for one in held.type} == {
        "research",
        "company",
        "investor",
        "funder",
        "support",
        "public",
        "other",
    }
    assert sum(one.count for one in held.type) == held.actors
    assert {one.sort for one in held.region} == {"place", "country"}
    depths = {one.value: one.depth for one in held.technology}
    assert depths["cleantech"] == 0
    assert depths["batteries"] > depths["energy-storage"]
    assert all(row.count > 0 for row in held.years)


@pytest.mark.parametrize("facet", ["technology", "region"])
def test_each_count_is_what_choosing_it_leaves(server: str, facet: str) -> None:
    held = _choices(server, type="company-research")
    offered = getattr(held, facet)
    for one in [*offered[:3], *offered[-2:]]:
        assert _choices(server, type="company-research", **{facet: one.value}).actors == one.count


def test_the_kinds_stay_open_to_both_sides_of_a_pair(server: str) -> None:
    """A partner may sit outside the region, so kinds are counted in the technology alone."""
    inside, everywhere = (
        _choices(server, region="place/se-ab", technology="batteries"),
        _choices(server, technology="batteries"),
    )
    assert inside.type == everywhere.type


def test_the_years_on_offer_do_not_depend_on_the_years_chosen(server: str) -> None:
    held = _choices(server, technology="batteries", **{"from": "2015", "to": "2016"})
    assert held.years == _choices(server, technology="batteries").years


def test_an_unknown_choice_is_refused_by_name(server: str) -> None:
    answer = httpx.get(f"{server}/api/v1/gaps/choices", params={"technology": "bateries"})
    assert answer.status_code == 400
    assert answer.json()["parameter"] == "technology"
    assert "batteries" in answer.json()["near"]
