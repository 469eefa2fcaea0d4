"""Sources, coverage and method."""

from __future__ import annotations

import re

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.browser


def test_sources_coverage_and_how_to_cite(visitor: Visitor) -> None:
    visitor.open("/about")
    page = visitor.page
    page.get_by_role("link", name="Sources, coverage").click()
    visitor.settle()
    told = httpx.get(f"{visitor.server}/api/v1/sources").json()
    card = page.get_by_role("article", name="The Swedish cleantech ecosystem")
    expect(card).to_contain_text("No record was rejected.")
    expect(card.get_by_role("link", name="CC BY 4.0")).to_have_attribute("href", told["sources"][0]["licence"])
    expect(card).to_contain_text(re.compile(rf"{told['whole']['organisations']}\s*organisations"))
    bibtex = page.get_by_role("region", name="BibTeX").inner_text()
    assert re.fullmatch(r"@misc\{cleantech-kg-1,\n(  \w+ += \{.*\},?\n)+\}", bibtex)
    for link in (
        page.get_by_role("region", name="Download")
        .get_by_role("link")
        .evaluate_all("links => links.map(a => a.getAttribute('href'))")
    ):
        assert httpx.get(visitor.server + link).status_code == 200
    page.get_by_role("link", name="How the map is made").click()
    expect(page.get_by_role("main")).to_contain_text("Sharing an arena does not count")
    page.get_by_role("link", name="The method of the gap finder").click()
    expect(page.get_by_role("heading", name="How this is computed")).to_be_visible()
