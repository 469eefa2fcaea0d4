"""The pages of money and of comparisons in a browser: see, click, follow to the rows, share, and be told what is wrong."""

from __future__ import annotations

import csv
import re
from pathlib import Path
from urllib.parse import parse_qs
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.visitor import Visitor, visit

pytestmark = pytest.mark.browser

FLOWS = "/flows?by=funder,technology,region&pick=technology:tech/energy-storage"
COMPARE = "/compare?a=place/se-ab&b=place/se-o"
PAGES = (
    "/flows",
    FLOWS,
    "/flows?funder=kth-live-in-lab",
    "/compare",
    COMPARE,
    "/compare?a=kth&b=chalmers&measure=eur",
    "/compare?a=tech/energy-generation&b=tech/energy-storage",
)


def _forgive(visitor: Visitor, status: int) -> None:
    """The browser itself logs an answer that is an error."""
    visitor.errors = [error for error in visitor.errors if f"status of {status}" not in error]


def _block(page: Page, name: str) -> Locator:
    return page.locator("main svg a[href*='pick=']").filter(has=page.locator("rect")).filter(has_text=name)


def test_a_block_lists_its_sums_and_narrows_the_page(visitor: Visitor) -> None:
    visitor.open("/flows")
    page = visitor.page
    whole = page.locator("p.sum").inner_text()
    assert "€" in whole
    _block(page, "Energy storage").focus()
    page.keyboard.press("Enter")
    head = page.get_by_role("heading", name="The payments behind Energy storage")
    expect(head).to_be_focused()
    table = page.get_by_role("table", name=re.compile("The payments behind"))
    expect(table.get_by_role("link", name="Northvolt", exact=True).first).to_be_visible()
    table.get_by_role("button", name=re.compile("Source")).first.click()
    expect(table.locator(".cards a[href^='http']").first).to_be_visible()
    page.get_by_role("link", name="Show only Energy storage").click()
    expect(page.locator("p.sum")).not_to_have_text(whole)
    assert parse_qs(visitor.query())["technology"] == ["energy-storage"]
    expect(_block(page, "Batteries")).to_be_visible()  # one level down
    page.go_back()
    expect(head).to_be_visible()
    page.go_back()
    expect(page.locator("p.sum")).to_have_text(whole)


def test_levels_filters_and_the_link_give_the_same_picture(visitor: Visitor) -> None:
    visitor.open("/flows")
    page = visitor.page
    page.get_by_label("Level 4").select_option("")
    page.get_by_label("Level 3").select_option("region")
    page.get_by_label("Level 2").select_option("instrument")
    page.get_by_label("Kind of recipient", exact=True).select_option("StartUp")
    page.get_by_label("From year").select_option("2015")
    visitor.settle()
    expect(
        page.get_by_text("were left out by the years").or_(page.get_by_text("was left out by the years"))
    ).to_be_visible()
    assert visitor.query() == "by=funder,instrument,region&kind=StartUp&from=2015"
    names = page.locator("main svg a rect").count()
    told = page.locator("p.sum").inner_text()
    page.reload()
    visitor.settle()
    expect(page.locator("p.sum")).to_have_text(told)
    assert page.locator("main svg a rect").count() == names > 0
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator("p.sum")).not_to_have_text(told)
    assert visitor.query() == "by=funder,instrument,region"


def test_the_table_the_file_and_the_picture_hold_the_bands(visitor: Visitor, tmp_path: Path) -> None:
    visitor.open(FLOWS)
    page = visitor.page
    page.get_by_text("The same as a table").click()
    rows = page.get_by_role("table", name="Money between two levels").locator("tbody tr")
    with page.expect_download() as loading:
        page.get_by_role("link", name="Download CSV").click()
    loading.value.save_as(tmp_path / "flows.csv")
    with (tmp_path / "flows.csv").open(encoding="utf-8", newline="") as file:
        assert len(list(csv.reader(file))) == rows.count() + 1
    with page.expect_download() as drawing:
        page.get_by_role("button", name="Download SVG").click()
    drawing.value.save_as(tmp_path / "flows.svg")
    svg = ElementTree.parse(tmp_path / "flows.svg").getroot()
    assert "Energy storage" in "".join(svg.itertext())
    page.get_by_role("link", name="The SPARQL behind").click()
    expect(page.get_by_role("textbox", name=re.compile("SPARQL"))).to_contain_text("Each sum once")


def test_the_bands_are_one_stop_of_the_keyboard(visitor: Visitor) -> None:
    visitor.open(FLOWS)
    page = visitor.page
    bands = page.get_by_role("group", name=re.compile("^Bands")).get_by_role("link")
    stops = bands.evaluate_all("links => links.map(one => one.tabIndex)")
    assert len(stops) > 2
    assert sorted(stops)[-2:] == [-1, 0]
    bands.first.focus()
    page.keyboard.press("ArrowRight")
    expect(bands.nth(1)).to_be_focused()
    expect(page.locator("figcaption")).to_contain_text(re.compile(r" to .*: €.*payment"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("^The payments behind .* → "))).to_be_focused()


def test_wrong_addresses_of_money_are_told_and_mended(visitor: Visitor) -> None:
    visitor.open("/flows?by=funder,funder&from=20x0")
    page = visitor.page
    expect(page.get_by_text("The levels “funder,funder” cannot be shown")).to_be_visible()
    expect(page.get_by_text("The year “20x0” is not a year")).to_be_visible()
    visitor.open("/flows?technology=bateries")
    page.get_by_role("button", name="Try batteries").click()
    expect(page.locator("p.sum")).to_be_visible()
    assert visitor.query() == "technology=batteries"
    visitor.open("/flows?funder=energimyndigheten&from=1901&to=1902")
    expect(page.get_by_role("heading", name="No payment fits these filters")).to_be_visible()
    page.get_by_role("button", name="Clear the filters").click()
    expect(page.locator("p.sum")).to_be_visible()
    _forgive(visitor, 400)


def test_from_a_proposal_to_the_rows_behind_a_number(visitor: Visitor) -> None:
    visitor.open("/compare")
    page = visitor.page
    page.get_by_role("link", name=re.compile("Stockholm County and")).click()
    figures = page.get_by_role("table", name="In figures")
    first = figures.get_by_role("row", name=re.compile("^Organisations")).get_by_role("link")
    count = first.first.inner_text()
    names = page.locator("h1").inner_text().split(" and ")
    page.get_by_role("button", name="Swap").click()
    expect(page.locator("h1")).to_have_text(f"{names[1]} and {names[0]}")
    expect(first.last).to_have_text(count)
    page.get_by_text("Money received", exact=True).last.click()
    expect(page.get_by_role("table", name="By technology: Money received")).to_contain_text("€")
    assert parse_qs(visitor.query())["measure"] == ["eur"]
    first.last.click()
    visitor.settle()
    assert visitor.explorer()["nodes"] == int(count)


def test_two_are_chosen_in_the_search_and_what_does_not_fit_is_said(visitor: Visitor) -> None:
    visitor.open("/compare?a=kth")
    page = visitor.page
    expect(page.get_by_text("Choose a second one to compare with KTH")).to_be_visible()
    box = page.get_by_role("main").get_by_role("combobox", name="Choose the second")
    box.fill("Chalmers University")
    page.get_by_role("option").first.wait_for()
    box.press("Enter")
    expect(page.get_by_role("heading", name=re.compile("KTH.* and Chalmers"), level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="Networks and events")).to_be_visible()
    expect(page.get_by_text("To be members of the same network is not to work together.")).to_be_visible()
    visitor.open("/compare?a=kth&b=batteries")
    expect(page.get_by_role("heading", name="These two cannot be compared")).to_be_visible()
    visitor.open("/compare?a=kthh&b=chalmers")
    page.get_by_role("link", name="kth", exact=True).click()
    expect(page.get_by_role("heading", name=re.compile("KTH.* and Chalmers"), level=1)).to_be_visible()
    _forgive(visitor, 400)


def test_on_a_phone_and_in_swedish(browser: Browser, server: str) -> None:
    with visit(browser, server, width=360, lang="sv") as visitor:
        for path in PAGES:
            visitor.open(path)
            assert not visitor.scrolls_sideways(), path
            said = visitor.page.get_by_role("main").inner_text()
            assert not re.search(r"\b(payments|Who pays|known amount|not known)\b", said), path
            assert "https://w3id.org" not in said
        expect(visitor.page.get_by_role("heading", name="Mellan dem")).to_be_visible()
