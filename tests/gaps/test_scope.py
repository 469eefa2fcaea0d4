"""What is typed is checked; the error says which parameter, what is wrong, and what comes near."""

from __future__ import annotations

import pytest

from graph.columns import Columns
from graph.gaps.scope import Scope, ScopeError, scope_of


def test_a_region_is_a_key_its_end_a_code_of_nuts_or_of_a_country(demo_columns: Columns) -> None:
    said = ["place/se-ab", "se-ab", "SE110", "se110", "SE-AB"]
    assert scope_of(demo_columns, region=said).regions == ("place/se-ab",)
    assert scope_of(demo_columns, region=["SE", "no", "place/se"]).regions == ("SE", "NO")


def test_all_that_can_be_said(demo_columns: Columns) -> None:
    scope = scope_of(demo_columns, technology=["tech/batteries"], type="company-research", tie=["lead"], year_from=2015)
    assert scope == Scope(technologies=("batteries",), types=("company", "research"), ties=("lead",), year_from=2015)
    assert scope_of(demo_columns) == Scope()


@pytest.mark.parametrize(
    ("said", "parameter", "words"),
    [
        ({"technology": ["bateries"]}, "technology", "batteries"),
        ({"technology": ["xyzzy"]}, "technology", "xyzzy"),
        ({"region": ["SE111"]}, "region", "se110"),
        ({"region": ["xyzzy"]}, "region", "NUTS"),
        ({"type": "company"}, "type", "company-research"),
        ({"type": "company-reserch"}, "type", "research"),
        ({"tie": ["projects"]}, "tie", "project"),
        ({"reach": "inside"}, "reach", "touching"),
        ({"year_from": 2020, "year_to": 2010}, "from", "2010"),
        ({"max_partners": 1}, "max-partners", "2"),
        ({"half_life": -1.0}, "half-life", "0"),
        ({"half_life": float("nan")}, "half-life", "0"),
    ],
)
def test_what_is_wrong_is_named(demo_columns: Columns, said: dict[str, object], parameter: str, words: str) -> None:
    with pytest.raises(ScopeError) as caught:
        scope_of(demo_columns, **said)  # type: ignore[arg-type]
    assert caught.value.parameter == parameter
    assert words in str(caught.value)
