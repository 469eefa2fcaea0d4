"""The gap finder in a browser: a cell opens its pairs, the address is the state, everybody can use it."""

from __future__ import annotations

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from api.keys import Keys
from graph.generation import DataFolder
from ingest.run import ingest
from tests.api.running import running
from tests.e2e.visitor import Visitor, visit

pytestmark = pytest.mark.browser

VIEWS = ("newcomers", "brokers", "orphans", "deserts", "chains", "whitespace", "venture-day", "brokerage", "method")
NOBODY = "/gaps?technology=batteries&region=place/se-i&from=1900&to=1901"


@contextmanager
def _visit(
    browser: Browser, server: str, *, width: int = 1280, dark: bool = False, lang: str = "en"
) -> Iterator[Visitor]:
    """A visitor for whom a busy server is no fault: the page asks again while something is worked out."""
    with visit(browser, server, width=width, dark=dark, lang=lang) as held:
        yield held
        held.errors = [error for error in held.errors if "status of 503" not in error]


@pytest.fixture
def visitor(browser: Browser, server: str) -> Iterator[Visitor]:
    with _visit(browser, server) as held:
        yield held


def _api(server: str, path: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{server}/api/v1/gaps/{path}", timeout=60) as answer:
        told: dict[str, Any] = json.load(answer)
        return told


def _matrix(page: Page) -> Locator:
    return page.get_by_role("grid", name="Matrix of ties seen against ties expected")


def _gap(page: Page) -> Locator:
    """The first cell that is a gap."""
    return _matrix(page).locator("td.gap1, td.gap2, td.gap3").first


def _cards(page: Page) -> Locator:
    return page.locator("article", has=page.get_by_text("What speaks for it"))


def test_a_cell_opens_its_pairs_with_reasons_and_records(visitor: Visitor) -> None:
    visitor.open("/gaps")
    page = visitor.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Where is collaboration missing?")
    label = _gap(page).get_attribute("aria-label") or ""
    assert all(words in label for words in ("gap", "expected", "95 % interval"))
    _gap(page).click()
    page.wait_for_url("**cell=**")
    visitor.settle()
    heading = page.get_by_role("heading", level=2, name="Pairs in:")
    expect(heading).to_be_focused()
    assert (heading.inner_text().removeprefix("Pairs in: ")) in label
    card = _cards(page).first
    links = card.get_by_role("link")
    paths: list[str] = links.evaluate_all("all => all.map(link => link.getAttribute('href') || '')")
    assert sum(path.startswith("/org/") for path in paths) >= 2
    card.get_by_role("button", name="Source").first.click()
    hrefs: list[str] = links.evaluate_all("all => all.map(link => link.getAttribute('href') || '')")
    assert any(href.startswith("http") for href in hrefs)
    card.get_by_text("what it is made of").click()
    expect(card.get_by_role("rowheader").first).to_be_visible()
    main = page.get_by_role("main").inner_text()
    assert "https://w3id.org" not in main
    assert "place/" not in main


def test_the_matrix_holds_what_the_server_says(visitor: Visitor) -> None:
    visitor.open("/gaps?technology=hydrogen")
    page = visitor.page
    rows = _api(visitor.server, "matrix?technology=hydrogen&limit=500")["rows"]
    page.get_by_label("Also rows and columns").check()
    cells = _matrix(page).get_by_role("gridcell")
    labels = [cell.get_attribute("aria-label") or "" for cell in cells.all()]
    for status, words in (("gap", ". gap."), ("cannot-say", ". cannot say."), ("too-few-actors", ". too few actors.")):
        told = {f"{row['a']['type']['value']} {row['b']['type']['value']}" for row in rows if row["status"] == status}
        shown = sum(words in label for label in labels)
        within = sum(one == other for one, other in (pair.split() for pair in told))
        assert shown == 2 * len(told) - within, status
    silent = _matrix(page).locator("td.unsaid, td.few").all()
    assert silent
    assert all("%" not in cell.inner_text() for cell in silent)


def test_the_address_is_the_state(visitor: Visitor, browser: Browser) -> None:
    visitor.open("/gaps")
    page = visitor.page
    page.get_by_label("Technology", exact=True).select_option("hydrogen")
    page.wait_for_url("**technology=hydrogen")
    page.get_by_label("Region", exact=True).select_option("place/se-ab")
    page.get_by_label("Kind of actor, one side").select_option("company")
    page.wait_for_url("**type=company-research")
    page.get_by_label("From year").select_option("2010")
    page.wait_for_url("**from=2010")
    visitor.settle()
    expect(page.get_by_role("list", name="Active filters")).to_contain_text("Company × Research")
    link = page.url.removeprefix(visitor.server)
    with _visit(browser, visitor.server) as other:
        other.open(link)
        expect(other.page.get_by_role("list", name="Active filters")).to_contain_text("Stockholm County")
        expect(other.page.get_by_label("From year")).to_have_value("2010")
        expect(other.page.get_by_label("Kind of actor, other side")).to_have_value("research")
    page.go_back()
    expect(page.get_by_label("From year")).to_have_value("")
    page.go_forward()
    expect(page.get_by_label("From year")).to_have_value("2010")
    page.get_by_role("button", name="Remove Hydrogen").click()
    page.wait_for_url(lambda url: "technology" not in url)
    page.get_by_role("button", name="Clear all").first.click()
    page.wait_for_url("**/gaps")


def test_no_choice_leads_to_nobody(visitor: Visitor) -> None:
    visitor.open("/gaps?technology=hydrogen")
    offered = visitor.page.get_by_label("Region", exact=True).locator("option").all()
    values = [value for one in offered if (value := one.get_attribute("value"))]
    assert len(values) > 5
    for value in (values[0], values[-1]):
        assert _api(visitor.server, f"choices?technology=hydrogen&region={value}")["actors"] > 0


def test_from_question_to_pairs_by_keyboard(visitor: Visitor) -> None:
    visitor.open("/")
    page = visitor.page
    page.get_by_role("link", name="Who works together less than expected").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/gaps")
    visitor.settle()
    stop = _matrix(page).locator("[tabindex='0']")
    expect(stop).to_have_count(1)
    stop.focus()
    before = stop.get_attribute("data-at")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Home")
    page.keyboard.press("ArrowUp")
    expect(_matrix(page).locator(":focus")).to_have_attribute("data-at", before or "")
    expect(_matrix(page).locator("[tabindex='0']")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_url("**cell=**")
    visitor.settle()
    expect(page.get_by_role("heading", level=2, name="Pairs in:")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.panel') !== null")


@pytest.mark.parametrize("view", VIEWS)
def test_each_finding_says_what_it_rests_on(visitor: Visitor, view: str) -> None:
    visitor.open("/gaps")
    links = visitor.page.get_by_role("navigation", name="Findings").get_by_role("link")
    link = links.and_(visitor.page.locator(f"[href$='view={view}']"))
    link.click()
    visitor.page.wait_for_url(f"**view={view}")
    visitor.settle()
    expect(link).to_have_attribute("aria-current", "page")
    main = visitor.page.get_by_role("main")
    expect(main.get_by_role("heading", name="What it cannot say").first).to_be_visible()
    if view != "method":
        expect(main).to_contain_text("Absence of a record is not absence of a tie")
    assert "https://w3id.org" not in main.inner_text()


def test_the_tables_of_the_page_are_those_of_the_server(visitor: Visitor) -> None:
    visitor.open("/gaps?view=brokers")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="Download CSV").click()
    lines = download.value.path().read_text("utf-8").splitlines()
    assert len(lines) == _api(visitor.server, "brokers")["total"] + 1
    assert visitor.page.get_by_role("row").count() == len(lines)


def test_nothing_found_says_why_and_offers_the_way_back(visitor: Visitor) -> None:
    visitor.open(NOBODY)
    main = visitor.page.get_by_role("main")
    expect(main.get_by_role("heading", name="Nothing to show here").first).to_be_visible()
    expect(_matrix(visitor.page)).to_have_count(0)
    main.get_by_role("button", name="Clear all").first.click()
    visitor.page.wait_for_url("**/gaps")
    expect(_matrix(visitor.page)).to_be_visible()


def test_an_address_with_an_unknown_value_says_what_is_wrong(visitor: Visitor) -> None:
    visitor.open("/gaps?technology=bateries")
    alert = visitor.page.get_by_role("alert").first
    expect(alert).to_contain_text("There is no technology “bateries”.")
    alert.get_by_role("link", name="Batteries").click()
    visitor.page.wait_for_url("**/gaps?technology=batteries")
    expect(visitor.page.get_by_role("list", name="Active filters")).to_contain_text("Batteries")
    visitor.open("/gaps?technology=hydrogen&technology=zzzz&from=2015")
    alert.get_by_role("link", name="Remove this filter").click()
    visitor.page.wait_for_url(lambda url: "zzzz" not in url and "from=2015" in url)
    visitor.errors = [error for error in visitor.errors if "400" not in error]


def test_a_cell_that_is_gone_is_said_to_be(visitor: Visitor) -> None:
    visitor.open("/gaps?cell=batteries,nobody:,research:")
    expect(visitor.page.get_by_role("main")).to_contain_text("not in the matrix any more")


def test_swedish_is_complete(browser: Browser, server: str) -> None:
    with _visit(browser, server, lang="sv") as visitor:
        visitor.open("/gaps")
        expect(visitor.page.get_by_role("heading", level=1)).to_have_text("Var saknas samarbete?")
        expect(visitor.page.get_by_role("article").first).to_be_visible()
        text = visitor.page.get_by_role("main").inner_text()
        for english in (
            "× Company",
            "What speaks",
            "last active",
            "gap found",
            "What this",
            "Sources:",
            "never linked",
        ):
            assert english not in text, english
        assert visitor.page.locator("html").get_attribute("lang") == "sv"


@dataclass(frozen=True)
class Desk:
    url: str
    key: str


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A server of one's own: answers are written into its folder."""
    folder: Path = tmp_path_factory.mktemp("gaps")
    ingest(DataFolder(folder), "sweden")
    key = Keys.of(folder).add("anna", "review")
    with running("--data", str(folder)) as served:
        yield Desk(served.url, key)


def test_an_answer_needs_a_key_is_kept_and_can_be_taken_back(browser: Browser, desk: Desk) -> None:
    with _visit(browser, desk.url) as visitor:
        visitor.open("/gaps?technology=hydrogen")
        page = visitor.page
        card = _cards(page).first
        names = card.get_by_role("heading", level=3).inner_text()
        card.get_by_role("button", name="Useful", exact=True).click()
        field = card.get_by_label("Key", exact=True)
        expect(field).to_be_focused()
        expect(card).to_contain_text("cleantech keys add NAME --scope review")
        expect(card).to_contain_text("Your answer “Useful” is kept")
        field.fill(desk.key)
        card.get_by_role("button", name="Use the key").click()
        expect(field).to_have_count(0)
        expect(card.get_by_role("status").first).to_have_text("Saved.")
        page.reload()
        visitor.settle()
        kept = _cards(page).filter(has=page.get_by_role("heading", name=names.split(": ", 1)[1]))
        pressed = kept.get_by_role("button", name="Useful", exact=True)
        expect(pressed).to_have_attribute("aria-pressed", "true")
        kept.get_by_role("button", name="Take back").click()
        expect(kept.get_by_role("status")).to_have_text("Taken back.")
        expect(pressed).to_have_attribute("aria-pressed", "false")
        assert desk.key not in page.url


def test_an_answer_that_hides_a_pair_can_be_found_and_taken_back(browser: Browser, desk: Desk) -> None:
    with _visit(browser, desk.url) as visitor:
        visitor.open("/gaps?technology=batteries")
        page = visitor.page
        names = _cards(page).first.get_by_role("heading", level=3).inner_text().split(": ", 1)[1]
        _cards(page).first.get_by_role("button", name="Competitors").click()
        page.get_by_label("Key", exact=True).fill(desk.key)
        page.get_by_role("button", name="Use the key").click()
        expect(_cards(page).first.get_by_role("status").first).to_have_text("Saved.")
        page.reload()
        visitor.settle()
        hidden = page.get_by_role("heading", name=names)
        expect(hidden).to_have_count(0)
        page.get_by_role("navigation", name="Findings").get_by_role("link", name="Answers").click()
        row = page.get_by_role("row").filter(has_text="hides the pair")
        expect(row).to_have_count(1)
        row.get_by_role("button", name="Take back").click()
        expect(row).to_have_count(0)
        visitor.open("/gaps?technology=batteries")
        expect(hidden).to_have_count(1)


def test_what_is_not_known_is_no_zero(visitor: Visitor) -> None:
    def unknown(route: Route) -> None:
        told = route.fetch().json()
        told["rows"] = [row | {"lost": None, "pairs": None} for row in told["rows"]]
        route.fulfill(json=told)

    visitor.page.route("**/api/v1/gaps/brokers*", unknown)
    visitor.open("/gaps?view=brokers")
    main = visitor.page.get_by_role("main")
    expect(main).to_contain_text("not counted: name a technology")
    assert "0 of 0" not in main.inner_text()


def test_regions_stand_against_regions_of_one_technology(visitor: Visitor) -> None:
    visitor.open("/gaps?by=region")
    page = visitor.page
    heads = _matrix(page).get_by_role("columnheader").all_inner_texts()
    assert heads
    assert "Everybody" not in " ".join(heads)
    assert heads == _matrix(page).get_by_role("rowheader").evaluate_all(
        "(all) => all.map((one) => one.querySelector('.name').firstChild.textContent)"
    )
    page.get_by_label("Technology of the matrix").select_option("hydrogen")
    page.wait_for_url("**technology=hydrogen**")


def test_pages_follow_until_all_is_shown(visitor: Visitor) -> None:
    visitor.open("/gaps?view=brokerage")
    page = visitor.page
    total = _api(visitor.server, "brokerage?limit=1")["total"]
    assert total > 50
    expect(page.get_by_role("main")).to_contain_text(f"50 of {total} rows are shown.")
    page.get_by_role("button", name="Show more").click()
    expect(page.get_by_role("row")).to_have_count(min(100, total) + 1)


def test_a_dark_page_prints_light_and_short(browser: Browser, server: str) -> None:
    with _visit(browser, server, dark=True) as visitor:
        visitor.open("/gaps?view=venture-day")
        page = visitor.page
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--ink')") == "#14211d"
        lists = page.locator("ol.paper li")
        expect(lists.first).to_be_visible()
        expect(page.locator("li.card").first).to_be_hidden()
        lengths: list[int] = page.locator("ol.paper").evaluate_all("(all) => all.map((one) => one.children.length)")
        assert lists.evaluate_all("(all) => Math.max(...all.map((one) => one.offsetHeight))") < 160
        assert max(lengths) == 10  # of each list the first ones; the CSV has all
        assert sum(lengths) < page.locator("li.card").count()
