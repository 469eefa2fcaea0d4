"""The parts of a profile: one journey for each sort of thing."""

from __future__ import annotations

from urllib.parse import parse_qs, urlparse

import httpx
import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.browser


def test_an_organisation_from_its_partners_to_the_query_behind_them(visitor: Visitor) -> None:
    visitor.open("/org/kth")
    partners = visitor.page.get_by_role("region", name="Partners by strength")
    rows = partners.get_by_role("listitem")
    expect(rows).to_have_count(10)
    first = rows.first.get_by_role("link", name="How are they linked?")
    told = parse_qs(urlparse(first.get_attribute("href") or "").query)
    assert told["a"] == ["kth"]
    rows.first.get_by_role("button", name="Source").click()
    expect(rows.first.get_by_text("Collection")).to_be_visible()
    partners.get_by_role("button", name="Show").click()
    whole = httpx.get(f"{visitor.server}/api/v1/entity/kth/partners", params={"limit": 200}).json()["total"]
    expect(rows).to_have_count(min(whole, 60))
    table = partners.get_by_role("link", name="as a table").get_attribute("href") or ""
    assert len(httpx.get(visitor.server + table).text.splitlines()) == whole + 1
    similar = visitor.page.get_by_role("region", name="Similar organisations")
    assert "/compare?a=kth&b=" in (similar.get_by_role("link", name="Compare").first.get_attribute("href") or "")
    gaps = visitor.page.get_by_role("region", name="Whom it could meet")
    gaps.scroll_into_view_if_needed()
    expect(gaps.get_by_text("Speaks for it").first).to_be_visible(timeout=60_000)
    partners.get_by_role("link", name="The query behind").click()
    visitor.page.wait_for_url("**/query?q=*")
    visitor.page.get_by_role("button", name="Run").click()
    expect(visitor.page.get_by_role("main")).to_contain_text(f"{whole} rows")


def test_the_timeline_is_narrowed_down_in_the_address_and_back_undoes_it(visitor: Visitor) -> None:
    visitor.open("/org/kth")
    timeline = visitor.page.get_by_role("region", name="Timeline")
    expect(timeline.get_by_role("img", name="Events by year")).to_be_visible()
    timeline.get_by_role("button", name="Partnerships").click()
    visitor.page.wait_for_url("**/org/kth?event=partnership")
    expect(timeline.get_by_role("listitem")).to_have_count(3)
    visitor.page.go_back()
    expect(timeline.get_by_role("button", name="All")).to_have_attribute("aria-pressed", "true")
    expect(timeline.get_by_role("listitem")).to_have_count(8)


def test_the_page_of_a_funder_begins_with_what_it_pays_in_swedish_too(visitor: Visitor) -> None:
    visitor.open("/org/energimyndigheten")
    visitor.page.get_by_role("link", name="As a funder").click()
    visitor.page.wait_for_url("**/funder/energimyndigheten")
    pays = visitor.page.get_by_role("region", name="What it pays")
    for heading in ("Who receives", "Programmes and calls", "By technology", "By region"):
        expect(pays.get_by_role("heading", name=heading)).to_be_visible()
    expect(pays).to_contain_text("without an amount")
    pays.get_by_text("The years as a table").click()
    expect(pays.get_by_role("rowheader", name="2023")).to_be_visible()
    visitor.open("/funder/energimyndigheten?lang=sv")
    text = visitor.page.get_by_role("main").inner_text()
    assert "Vad den betalar" in text
    for english in ("What it pays", "payments", "Who receives", "Report an error", "Show"):
        assert english not in text


def test_an_error_is_reported_as_a_text_with_the_records(visitor: Visitor) -> None:
    visitor.open("/org/northvolt")
    visitor.page.get_by_role("button", name="Report an error").click()
    dialog = visitor.page.get_by_role("dialog")
    dialog.get_by_label("Which fact").select_option(index=1)
    dialog.get_by_label("What is wrong").fill("It is another year.")
    text = dialog.get_by_label("Text of the report").input_value()
    for part in ("northvolt", "IRI: https://w3id.org/", "Generation of the data: 1", ".csv:", "It is another year."):
        assert part in text
    with visitor.page.expect_download() as saved:
        dialog.get_by_role("button", name="Download").click()
    assert saved.value.path().read_text("utf-8") == text


@pytest.mark.parametrize(
    ("path", "panels"),
    [
        ("/project/hybrit-demo-gallivare", ("Participants", "Money by year", "Similar efforts")),
        ("/tech/batteries", ("Leading organisations", "Timeline", "Money by year")),
        ("/region/se-ab", ("Leading organisations", "Timeline", "Money by year", "Technologies")),
    ],
)
def test_other_things_have_their_panels(visitor: Visitor, path: str, panels: tuple[str, ...]) -> None:
    visitor.open(path)
    for panel in panels:
        expect(visitor.page.get_by_role("region", name=panel).get_by_role("listitem").first).to_be_visible()
    canonical = visitor.page.locator("link[rel=canonical]").get_attribute("href") or ""
    assert canonical.startswith(("/effort/", "/tech/", "/place/"))
