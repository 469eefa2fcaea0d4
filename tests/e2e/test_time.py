"""What happened when: from a bar to its events and their sources, and the same by keyboard."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.visitor import Visitor

pytestmark = pytest.mark.browser


def test_from_a_bar_to_its_events_and_their_sources(visitor: Visitor) -> None:
    visitor.open("/time?technology=batteries")
    page = visitor.page
    page.get_by_role("link", name=re.compile(r"^2021: .*begun: \d")).click()
    heading = page.get_by_role("heading", name="Events in 2021")
    expect(heading).to_be_focused()
    visitor.settle()
    rows = page.get_by_role("region", name="Events in 2021").get_by_role("listitem")
    expect(rows.first).to_contain_text("2021")
    rows.first.get_by_role("button", name="Source").click()
    expect(rows.first.get_by_role("link").filter(has_text="Open the page")).to_have_attribute(
        "href", re.compile("^https?://")
    )
    page.go_back()
    expect(heading).to_have_count(0)
    assert visitor.query() == "technology=batteries"


def test_table_and_chart_agree_and_the_keyboard_walks_the_bars(visitor: Visitor) -> None:
    visitor.open("/time?from=2010&to=2022&kind=founded")
    page = visitor.page
    table = page.get_by_role("table")
    written = {
        row[0]: row[1]
        for row in table.locator("tbody tr").evaluate_all("rows => rows.map(r => r.innerText.split(/\\s+/))")
    }
    said = page.locator("svg a").evaluate_all("links => links.map(a => a.getAttribute('aria-label'))")
    drawn = dict(re.findall(r"(\d{4}): Organisations founded: (\d+)", "\n".join(said)))
    assert written == drawn
    assert drawn
    first = page.locator("svg a").first
    first.focus()
    page.keyboard.press("End")
    last = page.locator("svg a").last
    expect(last).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("Events in 20"))).to_be_focused()
    expect(page.get_by_role("link", name="Play through the years")).to_have_attribute(
        "href", re.compile(r"^/map\?from=\d{4}&to=\d{4}&play=1$")
    )


def test_filters_are_the_address_and_wrong_ones_are_told(visitor: Visitor) -> None:
    visitor.open("/time")
    page = visitor.page
    page.get_by_label("Region").select_option("place/se-ab")
    expect(page.get_by_role("button", name="Remove Stockholm")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Efforts ended")).click()
    visitor.settle()
    assert visitor.query() == "region=place/se-ab&kind=ended"
    visitor.open("/time?by=week&of=kth")
    expect(page.get_by_role("status").filter(has_text="week")).to_be_visible()
    page.get_by_text("Month", exact=True).click()
    visitor.settle()
    assert "by=month" in visitor.query()
    page.goto(f"{visitor.server}/time?of=nothvolt")
    expect(page.get_by_role("alert")).to_contain_text("nothvolt")
    page.get_by_role("link", name="northvolt", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Northvolt")
    visitor.errors = [error for error in visitor.errors if "404" not in error]


def test_money_by_year_and_years_by_dragging(visitor: Visitor) -> None:
    visitor.open("/time?from=2015&to=2024")
    page = visitor.page
    page.get_by_text("Money", exact=True).first.click()
    chart = page.get_by_role("group", name=re.compile("^Known money by period"))
    expect(chart.get_by_role("link", name=re.compile(r"^2021: €.* from \d+ of \d+ payments"))).to_be_visible()
    assert visitor.query() == "from=2015&to=2024&show=money"
    chart.scroll_into_view_if_needed()
    bars = chart.locator("rect.room")
    first, last = bars.nth(3).bounding_box(), bars.nth(6).bounding_box()
    assert first is not None
    assert last is not None
    page.mouse.move(first["x"] + first["width"] / 2, first["y"] + 80)
    page.mouse.down()
    page.mouse.move(last["x"] + last["width"] / 2, last["y"] + 90, steps=8)
    page.mouse.up()
    expect(bars).to_have_count(4)
    assert visitor.query() == "from=2018&to=2021&show=money"
    chart.get_by_role("link", name=re.compile("^2021")).click()
    expect(page.get_by_role("heading", name="Events in 2021")).to_be_focused()
    assert visitor.query() == "from=2018&to=2021&show=money&period=2021&event=funded"
