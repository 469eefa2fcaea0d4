"""The geography, the table in parts, years on their histogram, and pages in frames of other sites."""

from __future__ import annotations

import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from tests.api.running import running
from tests.e2e.visitor import Visitor, visit

pytestmark = pytest.mark.browser
GEOGRAPHY = "/map?view=geography"


def _api(server: str, path: str) -> dict[str, Any]:
    with urllib.request.urlopen(f"{server}/api/v1{path}", timeout=30) as answer:
        told: dict[str, Any] = json.load(answer)
        return told


def _drawn(visitor: Visitor) -> None:
    visitor.page.locator("[data-geography] .circle, [data-geography] [data-thing]").first.wait_for()


def test_clusters_open_down_to_single_organisations(visitor: Visitor) -> None:
    visitor.open(GEOGRAPHY)
    _drawn(visitor)
    page = visitor.page
    total = _api(visitor.server, "/facets")["total"]["nodes"]
    assert visitor.explorer()["nodes"] == total
    page.get_by_role("button", name="Stockholm and").press("Enter")
    page.wait_for_url("**cam=**")
    visitor.open(GEOGRAPHY + "&cam=17.64,59.86,8.6")
    page.locator("[data-thing='uppsala-university']").press("Enter")
    page.wait_for_url("**sel=uppsala-university**")
    expect(page.get_by_role("region", name="Selected")).to_contain_text("Uppsala")
    told = visitor.explorer()
    page.get_by_role("group", name="View").get_by_text("Network").click()
    visitor.settle()
    assert visitor.explorer()["selected"] == "uppsala-university"
    page.go_back()
    visitor.settle()
    _drawn(visitor)
    page.wait_for_function("() => window.__explorer.camera() !== null")
    assert visitor.explorer()["camera"] == pytest.approx(told["camera"], abs=1e-3)


def test_a_flow_leads_to_its_ties_and_what_has_no_place_is_listed(visitor: Visitor) -> None:
    visitor.open(GEOGRAPHY)
    _drawn(visitor)
    page = visitor.page
    page.get_by_role("button", name="Places as a table").click()
    nowhere = _api(visitor.server, "/map/places")["nowhere"]
    expect(page.get_by_role("row", name="Without a place")).to_contain_text(str(nowhere["organisations"]))
    page.get_by_role("button", name="Stockholm County – Västra Götaland County").click()
    page.wait_for_url("**at=place/se-ab%7Eplace/se-o")
    flow = _api(visitor.server, "/map/flow?a=place/se-ab&b=place/se-o")
    panel = page.get_by_role("region", name="Stockholm County – Västra Götaland County")
    expect(panel.get_by_role("listitem")).to_have_count(flow["total"])
    with page.expect_download() as download:
        panel.get_by_role("link", name="CSV").click()
    assert len(download.value.path().read_text("utf-8").splitlines()) == flow["total"] + 1
    page.get_by_role("combobox", name="Flows between").select_option("none")
    page.wait_for_url("**flows=none**")
    expect(page.locator(".flow")).to_have_count(0)
    page.go_back()
    expect(page.locator(".flow.chosen")).to_have_count(1)


def test_years_are_chosen_by_keyboard_and_played(visitor: Visitor) -> None:
    visitor.open(GEOGRAPHY)
    _drawn(visitor)
    page = visitor.page
    page.locator("summary", has_text="Years").click()
    low = page.get_by_role("slider", name="From year")
    first = int(low.get_attribute("aria-valuenow") or 0)
    low.press("PageUp")
    page.wait_for_url(f"**from={first + 5}**")
    page.get_by_label("To", exact=True).fill("2021")
    page.get_by_label("To", exact=True).press("Enter")
    page.wait_for_url("**to=2021**")
    visitor.open(GEOGRAPHY + "&play=1&from=2018&to=2020")
    expect(page.locator("[data-years]")).to_have_text("2018")  # who wants no motion starts it by hand
    page.get_by_role("button", name="A step on").click()
    page.wait_for_url("**from=2019&to=2019**")
    expect(page.locator("[data-years]")).to_have_text("2019")
    page.get_by_role("button", name="Play", exact=True).click()
    page.wait_for_url("**from=2020&to=2020**")
    page.get_by_role("button", name="Close the player").click()
    page.wait_for_url("**from=2018&to=2020**")


def test_the_table_holds_only_what_is_seen(visitor: Visitor) -> None:
    visitor.open("/map?view=table")
    page = visitor.page
    total = _api(visitor.server, "/facets")["total"]["nodes"]
    table = page.get_by_role("table")
    expect(table).to_have_attribute("aria-rowcount", str(total + 1))
    page.locator("[aria-rowindex='2'] a").wait_for()
    assert page.get_by_role("row").count() < 60
    page.get_by_role("region", name="Table").evaluate("box => { box.scrollTop = box.scrollHeight }")
    last = page.locator(f"[aria-rowindex='{total + 1}'] a")
    expect(last).to_be_visible()
    page.locator("summary", has_text="Columns").click()
    page.get_by_role("checkbox", name="Country").last.check()
    page.wait_for_url("**cols=**country**")
    page.get_by_role("columnheader", name="Country").get_by_role("button").click()
    page.wait_for_url("**sort=country**")
    expect(page.get_by_role("columnheader", name="Country")).to_have_attribute("aria-sort", "ascending")


def test_facets_narrow_to_one_tie_and_find_their_choices(visitor: Visitor) -> None:
    visitor.open(GEOGRAPHY)
    page = visitor.page
    page.get_by_role("searchbox", name="Find a choice").first.fill("test b")
    expect(page.get_by_role("checkbox", name="Test bed")).to_be_visible()
    expect(page.get_by_role("checkbox", name="Company")).to_have_count(0)
    page.locator("summary", has_text="Kind of tie").click()
    page.get_by_role("button", name="Only Funding").click()
    page.wait_for_url("**tie=funding**")
    visitor.settle()
    counts = page.locator("aside .count").evaluate_all("all => all.map((one) => one.textContent)")
    assert counts
    assert "0" not in counts


@contextmanager
def _site(frame: str) -> Iterator[str]:
    """A page of another origin with a frame in it."""

    class Page(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = f'<!doctype html><title>s</title><link rel="icon" href="data:,"><iframe src="{frame}" width="800" height="600"></iframe>'
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - its name in the base class
            """Silent."""

    site = ThreadingHTTPServer(("127.0.0.1", 0), Page)
    thread = threading.Thread(target=site.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{site.server_port}"
    finally:
        site.shutdown()
        site.server_close()
        thread.join()


def test_a_page_in_a_frame_of_another_site(browser: Browser, demo_data: Path) -> None:
    with running("--data", str(demo_data), CLEANTECH_EMBED_ANCESTORS="http://127.0.0.1:*") as server:
        with _site(f"{server.url}/embed/map?view=geography&country=SE&lang=sv") as site:
            page = browser.new_page()
            page.goto(site)
            frame = page.frame_locator("iframe")
            frame.locator("[data-geography] .circle").first.wait_for()
            expect(frame.get_by_role("navigation")).to_have_count(0)
            link = frame.get_by_role("link", name="Öppna i Cleantech KG")
            assert "/map?" in (link.get_attribute("href") or "")
            assert "/embed" not in (link.get_attribute("href") or "")
            frame.get_by_role("group", name="Vy").get_by_text("Tabell").click()
            frame.locator("[aria-rowindex='2'] a").click()
            frame.get_by_role("heading", level=1).wait_for()
            assert any("/embed/" in one.url for one in page.frames[1:])
            page.close()
        with _site(f"{server.url}/map") as site:
            page = browser.new_page()
            page.goto(site)
            assert not any(one.url.endswith("/map") for one in page.frames[1:])
            page.close()


def test_the_code_of_a_frame_is_given(visitor: Visitor) -> None:
    visitor.open("/map?view=table&tech=batteries")
    visitor.page.get_by_role("button", name="Embed").click()
    code = visitor.page.get_by_label("Code")
    expect(code).to_have_value(
        f'<iframe src="{visitor.server}/embed/map?view=table&amp;tech=batteries&amp;lang=en"'
        ' title="Map · Cleantech KG" width="100%" height="560" loading="lazy" allowfullscreen></iframe>'
    )
    visitor.page.get_by_label("Height").fill("400")
    assert 'height="400"' in code.input_value()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("path", [GEOGRAPHY, GEOGRAPHY + "&at=*", GEOGRAPHY + "&at=place/se-ab~place/se-o"])
def test_no_serious_finding_of_axe(browser: Browser, server: str, path: str, dark: bool) -> None:
    with visit(browser, server, dark=dark) as visitor:
        visitor.open(path)
        _drawn(visitor)
        assert visitor.grave() == []


def test_a_phone_shows_the_geography_without_scrolling_sideways(browser: Browser, server: str) -> None:
    with visit(browser, server, width=360, lang="sv") as visitor:
        for path in (GEOGRAPHY, "/embed" + GEOGRAPHY, "/map?view=table", GEOGRAPHY + "&at=*"):
            visitor.open(path)
            assert not visitor.scrolls_sideways()
