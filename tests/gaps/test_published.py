"""The back-test that is published is that of the page."""

from __future__ import annotations

from pathlib import Path

from graph.gaps.published import published

PAGE = Path(__file__).parents[2] / "docs" / "explanation" / "gaps.md"


def test_the_page_shows_the_figures_of_the_file() -> None:
    text = PAGE.read_text("utf-8")
    tests = published()
    assert {(test.network, test.cut) for test in tests} == {
        (network, cut) for network in ("clean-tech", "five-projects") for cut in (2016, 2017, 2018)
    }
    for test in tests:
        assert f"before {test.cut}, tested on {test.cut}–{test.cut + test.window - 1}**: {test.known:,} org" in text
        for row in test.rows:
            figures = (row.recall_at_10, row.precision_at_1000, row.list_coverage, row.auc, row.matched_auc)
            assert f"| {row.method} | {' | '.join(f'{figure:.3f}' for figure in figures)} |" in text
