"""Profiles: every fact with its source, one click away."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.browser

RELEASE = "https://xn--miljinnovation-ypb.se/2008/11/12/stockholm-cleantech-business-network/"


def test_who_founded_the_network_is_found_in_three_clicks(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.search("stockholm cleantech business").first.click()  # 1: the suggestion
    visitor.page.wait_for_url("**/stockholm-cleantech-business-network")
    visitor.settle()
    main = visitor.page.get_by_role("main")
    for founder in (
        "KTH Royal Institute of Technology",
        "City of Stockholm",
        "Stockholm Business Region",
        "Kista Science City AB",
    ):
        expect(main).to_contain_text(founder)
    expect(main).to_contain_text("Founder or initiator")
    row = (
        main.get_by_role("listitem")
        .filter(has_text="KTH Royal Institute of Technology")
        .filter(has_text="Founder or initiator")
    )
    row.get_by_role("button", name="Source").first.click()  # 2: its source
    assert (
        row.get_by_role("link")
        .filter(has_text="miljöinnovation.se")
        .or_(row.locator(f'a[href="{RELEASE}"]'))
        .first.get_attribute("href")
        == RELEASE
    )  # 3 would open the page itself


def test_a_profile_says_what_is_known_and_from_where(visitor: Visitor) -> None:
    visitor.open("/org/kth")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("KTH Royal Institute of Technology")
    main = visitor.page.get_by_role("main")
    expect(main).to_contain_text("Stockholm")
    assert main.get_by_role("button", name="Source").count() >= 20
    assert main.locator("svg a, svg [role=link]").count() >= 10
    assert "https://w3id.org" not in main.inner_text()


def test_each_source_button_opens_a_page_of_the_outer_world(visitor: Visitor) -> None:
    visitor.open("/org/northvolt")
    buttons = visitor.page.get_by_role("main").get_by_role("button", name="Source")
    for index in range(min(buttons.count(), 6)):
        button = buttons.nth(index)
        button.click()
        cards = visitor.page.locator(f"[id='{button.get_attribute('aria-controls')}']")
        href = cards.get_by_role("link").first.get_attribute("href") or ""
        assert href.startswith(("https://", "http://"))
        button.click()


@pytest.mark.parametrize("path", ["/effort/hybrit-initiative", "/tech/batteries", "/place/se-ab", "/about"])
def test_other_pages_have_a_heading_and_content(visitor: Visitor, path: str) -> None:
    visitor.open(path)
    expect(visitor.page.get_by_role("heading", level=1)).not_to_be_empty()
    assert len(visitor.page.get_by_role("main").inner_text()) > 300


def test_swedish_is_complete_on_the_profile(visitor: Visitor) -> None:
    visitor.open("/org/kth?lang=sv")
    expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Kungliga Tekniska högskolan")
    assert visitor.page.locator("html").get_attribute("lang") == "sv"
    text = visitor.page.get_by_role("main").inner_text()
    assert "koordinator" in text.lower()
    for english in ("Relations", "Source:", "Show on the map", "Takes part in"):
        assert english not in text
