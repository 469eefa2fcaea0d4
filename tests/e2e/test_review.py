"""The review in a browser: read without a key, decide by keyboard, lose nothing, take back, build."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from api.keys import Keys
from ingest.decisions import Decisions
from tests.api.review_folder import review_folder
from tests.api.running import running
from tests.e2e.visitor import Visitor, visit

pytestmark = pytest.mark.browser

PATHS = ("/review", "/review?view=decided", "/review?country=NO", "/review?one=kth&other=nobody", "/review?lang=sv")


@dataclass(frozen=True)
class Desk:
    url: str
    folder: Path
    key: str
    wrong: str


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("review")
    review_folder(folder)
    key, wrong = Keys.of(folder).add("anna", "review"), Keys.of(folder).add("bo", "update")
    with running("--data", str(folder)) as served:
        yield Desk(served.url, folder, key, wrong)


@pytest.fixture
def reviewer(browser: Browser, desk: Desk) -> Iterator[Visitor]:
    """Somebody on a page of the review that nobody has used: no decisions, no key."""
    for path in (desk.folder / "decisions").glob("*.jsonl"):
        path.unlink()
    with visit(browser, desk.url) as held:
        yield held


def _give(page: Page, key: str) -> None:
    page.get_by_label("Key", exact=True).fill(key)
    page.get_by_role("button", name="Use the key").click()


def _pair(page: Page) -> str:
    return page.locator("#pair").inner_text()


def _status(page: Page, words: str) -> None:
    expect(page.get_by_role("status").filter(has_text=words).first).to_be_attached()


def test_reading_needs_no_key_and_a_decision_asks_for_one(reviewer: Visitor) -> None:
    reviewer.open("/review")
    page = reviewer.page
    expect(page.get_by_role("heading", level=1)).to_have_text("Review: are these the same?")
    expect(page.get_by_role("main")).to_contain_text("5 pairs left")
    expect(page.get_by_role("main")).to_contain_text("Their kinds exclude each other")
    row = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="Country"))
    expect(row).to_contain_text("= equal")
    expect(row.get_by_role("cell").nth(1)).to_contain_text("Sweden")
    page.keyboard.press("s")
    _status(page, "Give a key first")
    expect(page.get_by_label("Key", exact=True)).to_be_focused()


def test_a_wrong_key_says_why_and_stays_out_of_the_address(reviewer: Visitor, desk: Desk) -> None:
    reviewer.open("/review")
    page = reviewer.page
    _give(page, "ctk_wrong")
    expect(page.get_by_role("alert").filter(has_text="does not know this key")).to_be_visible()
    _give(page, desk.wrong)
    expect(page.get_by_role("alert").filter(has_text="may not decide")).to_be_visible()
    _give(page, desk.key)
    _status(page, "The key is taken")
    assert desk.key not in page.url
    page.reload()
    expect(page.get_by_role("button", name="Forget the key")).to_be_visible()
    page.get_by_role("button", name="Forget the key").click()
    expect(page.get_by_label("Key", exact=True)).to_be_visible()
    assert page.evaluate("() => sessionStorage.length") == 0
    reviewer.errors = [error for error in reviewer.errors if "401" not in error and "403" not in error]


def test_decide_by_keyboard_and_take_back(reviewer: Visitor, desk: Desk) -> None:
    reviewer.open("/review")
    page = reviewer.page
    _give(page, desk.key)
    _status(page, "The key is taken")
    page.get_by_label("Note (not needed)").fill("A city and its housing company; sd")
    page.locator("#pair").focus()
    page.keyboard.press("d")
    expect(page.locator("#pair")).to_contain_text("KTH Innovation")
    expect(page.locator("#pair")).to_be_focused()
    _status(page, "Next: KTH Royal Institute of Technology and KTH Innovation")
    expect(page.get_by_role("main")).to_contain_text("1 decision waits for a build")
    (said,) = Decisions.read(desk.folder).standing.values()
    assert (said.verdict, said.note, said.by) == ("different", "A city and its housing company; sd", "anna")
    page.keyboard.press("n")
    expect(page.locator("#pair")).to_contain_text("Vattenfall Eldistribution")
    page.keyboard.press("u")
    expect(page.locator("#pair")).to_contain_text("Chalmers")
    page.keyboard.press("z")
    expect(page.locator("#pair")).to_contain_text("Vattenfall Eldistribution")
    _status(page, "Taken back")
    assert len(Decisions.read(desk.folder).standing) == 1
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="How to decide")).to_be_visible()
    page.keyboard.press("s")  # in the help it decides nothing
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()
    assert len(Decisions.read(desk.folder).standing) == 1


def test_the_end_of_the_queue_and_what_was_skipped(reviewer: Visitor, desk: Desk) -> None:
    reviewer.open("/review?reason=name&kind=Company")
    page = reviewer.page
    _give(page, desk.key)
    _status(page, "The key is taken")
    expect(page.get_by_role("main")).to_contain_text("2 pairs left")
    page.get_by_role("button", name="Skip").click()
    expect(page.locator("#pair")).to_contain_text("Vattenfall")
    page.get_by_role("button", name="Same").click()
    expect(page.get_by_role("main")).to_contain_text("1 pair was skipped")
    page.get_by_role("button", name="Look at them again").click()
    expect(page.locator("#pair")).to_contain_text("Stockholmshem")


def test_a_decision_that_is_not_saved_is_not_lost(reviewer: Visitor, desk: Desk) -> None:
    reviewer.open("/review")
    page = reviewer.page
    _give(page, desk.key)
    _status(page, "The key is taken")
    expect(page.locator("#pair")).to_contain_text("Stockholmshem")

    def refuse(route: Route) -> None:
        route.abort() if route.request.method == "POST" else route.continue_()

    page.route("**/api/v1/review/decisions*", refuse)
    page.keyboard.press("d")
    alert = page.get_by_role("alert").filter(has_text="Not saved")
    expect(alert).to_contain_text("the pair is back in the queue".capitalize())
    expect(page.get_by_role("main")).to_contain_text("5 pairs left")
    page.unroute_all()
    alert.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("main")).to_contain_text("4 pairs left")
    expect(page.get_by_role("main")).to_contain_text("1 decision waits for a build")
    assert len(Decisions.read(desk.folder).different) == 1
    reviewer.errors = [error for error in reviewer.errors if "ERR_FAILED" not in error]


def test_a_server_that_is_back_leaves_no_old_error(reviewer: Visitor, desk: Desk) -> None:
    reviewer.open("/review")
    page = reviewer.page
    _give(page, desk.key)
    _status(page, "The key is taken")
    expect(page.locator("#pair")).to_contain_text("Stockholmshem")
    page.route("**/api/v1/review**", lambda route: route.abort())
    page.keyboard.press("d")
    lost = page.get_by_role("alert").filter(has_text="Not saved")
    expect(lost).to_be_visible()
    page.unroute_all()
    lost.get_by_role("button", name="Try again").click()
    expect(page.locator("#pair")).to_contain_text("KTH Innovation")
    expect(page.get_by_role("button", name="Try again")).to_have_count(0)
    reviewer.errors = [error for error in reviewer.errors if "ERR_FAILED" not in error]


def test_back_leads_to_the_pair_before(reviewer: Visitor, desk: Desk) -> None:
    reviewer.open("/review")
    page = reviewer.page
    _give(page, desk.key)
    _status(page, "The key is taken")
    first = _pair(page)
    page.keyboard.press("d")
    expect(page.locator("#pair")).to_contain_text("KTH Innovation")
    page.keyboard.press("n")
    expect(page.locator("#pair")).to_contain_text("Vattenfall Eldistribution")
    page.go_back()
    expect(page.locator("#pair")).to_contain_text("KTH Innovation")
    page.go_back()
    expect(page.locator("#pair")).to_contain_text("Stockholmshem")
    assert _pair(page) == first
    expect(page.get_by_role("main")).to_contain_text("Somebody decided this pair already")


@pytest.mark.parametrize("asked", ["kind=zzz", "order=bad", "offset=foo", "reason=zzz&one=kth&other=kth-innovation"])
def test_an_address_that_asks_for_nothing_known_says_so(reviewer: Visitor, asked: str) -> None:
    reviewer.open(f"/review?{asked}")
    page = reviewer.page
    expect(page.get_by_role("alert").filter(has_text="The address asks")).to_contain_text(asked.partition("=")[0])
    expect(page.get_by_role("button", name="Different")).to_have_count(0)
    reviewer.errors = [error for error in reviewer.errors if "400" not in error]
    page.get_by_role("button", name="Clear all").click()
    expect(page.locator("#pair")).to_contain_text("Stockholmshem")


def test_the_place_stands_in_the_address(reviewer: Visitor, browser: Browser, desk: Desk) -> None:
    reviewer.open("/review")
    page = reviewer.page
    page.locator("summary").filter(has_text="Kind").click()
    page.get_by_role("checkbox", name="Research group").check()
    page.wait_for_url("**/review?kind=ResearchGroup")
    expect(page.locator("#pair")).to_contain_text("Chalmers")
    page.get_by_label("Order").select_option("score")
    page.wait_for_url("**order=score")
    page.go_back()
    page.wait_for_url("**/review?kind=ResearchGroup")
    page.get_by_role("complementary").get_by_role("listitem").get_by_role("link").first.click()
    page.wait_for_url("**one=chalmers-electric-power**")
    with visit(browser, desk.url) as other:
        other.open(page.url.removeprefix(desk.url))
        assert _pair(other.page) == _pair(page)
    with page.expect_download() as download:
        page.get_by_role("link", name="CSV").click()
    assert len(download.value.path().read_text("utf-8").splitlines()) == 2


def test_decisions_are_listed_and_taken_back(reviewer: Visitor, desk: Desk) -> None:
    reviewer.open("/review?view=decided")
    page = reviewer.page
    expect(page.get_by_role("main")).to_contain_text("shown with a key only")
    _give(page, desk.key)
    expect(page.get_by_role("main")).to_contain_text("Nothing is decided yet")
    page.get_by_text("Open pairs").click()
    expect(page.locator("#pair")).to_contain_text("Stockholmshem")
    page.keyboard.press("u")
    expect(page.get_by_role("main")).to_contain_text("1 decision waits")
    page.get_by_role("group", name="Part of the review").get_by_text("Decided").click()
    item = page.get_by_role("listitem").filter(has_text="Stockholmshem")
    expect(item).to_contain_text("waits for a build")
    item.get_by_role("button", name="Take back").click()
    expect(page.get_by_role("main")).to_contain_text("Nothing is decided yet")
    assert not Decisions.read(desk.folder).standing


def test_a_build_from_the_page(browser: Browser, tmp_path: Path) -> None:
    review_folder(tmp_path)
    key = Keys.of(tmp_path).add("anna", "review")
    with running("--data", str(tmp_path)) as served, visit(browser, served.url) as visitor:
        visitor.open("/review?one=volvo-cars&other=volvo-ce")
        page = visitor.page
        _give(page, key)
        _status(page, "The key is taken")
        page.keyboard.press("s")
        expect(page.get_by_role("main")).to_contain_text("1 decision waits for a build")
        page.get_by_role("button", name="Build the map anew").click()
        expect(page.get_by_role("status").filter(has_text="The new map is here")).to_be_visible(timeout=120_000)
        visitor.open("/review?one=volvo-cars&other=volvo-ce")
        expect(page.get_by_role("main")).to_contain_text("one thing in this map already")


def test_nobody_is_shut_out(browser: Browser, desk: Desk) -> None:
    with visit(browser, desk.url) as visitor:
        found = [said for path in PATHS for said in visitor.shuts_out(path)]
        visitor.errors = [error for error in visitor.errors if "404" not in error]
    assert found == []


def test_swedish_is_complete(browser: Browser, desk: Desk) -> None:
    with visit(browser, desk.url) as visitor:
        visitor.open("/review?lang=sv")
        text = visitor.page.get_by_role("main").inner_text()
        assert "Granskning: är de en och samma?" in text
        for english in ("Different", "Relations", "equal", "Undo", "pairs left", "same town"):
            assert english not in text
        assert "samma ort" in text
