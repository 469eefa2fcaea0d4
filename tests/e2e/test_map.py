"""The map: loads, filters, goes back, shares."""

from __future__ import annotations

import json
import urllib.request

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.visitor import Visitor, visit

pytestmark = pytest.mark.browser


def _api(server: str, path: str) -> dict[str, dict[str, list[object]]]:
    with urllib.request.urlopen(f"{server}{path}", timeout=30) as answer:
        told: dict[str, dict[str, list[object]]] = json.load(answer)
        return told


def test_the_picture_holds_what_the_server_says(visitor: Visitor) -> None:
    visitor.open("/map")
    payload = _api(visitor.server, "/api/v1/map")
    told = visitor.explorer()
    assert (told["nodes"], told["edges"]) == (len(payload["nodes"]["key"]), len(payload["edges"]["a"]))
    assert told["nodes"] > 600
    assert told["camera"] is not None
    assert visitor.page.locator("canvas").count() > 0


def test_a_facet_filters_and_the_back_button_undoes_it(visitor: Visitor) -> None:
    visitor.open("/map")
    before = visitor.explorer()["nodes"]
    visitor.page.get_by_role("checkbox", name="Projects").or_(
        visitor.page.get_by_role("checkbox", name="Project")
    ).first.check()
    visitor.page.wait_for_url("**/map?kind=Project")
    visitor.settle()
    assert 0 < visitor.explorer()["nodes"] < before
    visitor.page.go_back()
    visitor.page.wait_for_url("**/map")
    visitor.settle()
    assert visitor.explorer()["nodes"] == before


def test_a_shared_link_gives_the_same_state(visitor: Visitor, browser: Browser) -> None:
    visitor.open("/map")
    visitor.page.get_by_role("list", name="Legend").get_by_role("button", name="Research").click()
    visitor.page.wait_for_url("**kind=**")
    visitor.settle()
    visitor.page.get_by_role("button", name="Zoom in").click()
    visitor.page.wait_for_url("**cam=**")
    visitor.search("chalmers").filter(has_text="Chalmers University").first.click()
    visitor.page.wait_for_url("**sel=chalmers**")
    visitor.page.wait_for_timeout(600)
    mine, link = visitor.explorer(), visitor.page.url.removeprefix(visitor.server)
    with visit(browser, visitor.server) as other:
        other.open(link)
        theirs = other.explorer()
    assert {k: theirs[k] for k in ("nodes", "edges", "selected", "view")} == {
        k: mine[k] for k in ("nodes", "edges", "selected", "view")
    }
    assert theirs["camera"] == pytest.approx(mine["camera"], abs=1e-3)


def test_the_table_shows_the_same_selection_as_the_network(visitor: Visitor) -> None:
    visitor.open("/map?tech=batteries&county=place/se-ab")
    nodes = visitor.explorer()["nodes"]
    assert nodes > 0
    visitor.page.get_by_role("group", name="View").get_by_text("Table").click()
    visitor.page.wait_for_url("**view=table**")
    visitor.settle()
    assert visitor.explorer()["nodes"] == nodes
    expect(visitor.page.get_by_role("table")).to_have_attribute("aria-rowcount", str(nodes + 1))


def test_nothing_found_says_so_and_offers_the_way_back(visitor: Visitor) -> None:
    visitor.open("/map?q=zzzzqqqq")
    expect(visitor.page.get_by_role("main")).to_contain_text("Nothing matches")
    visitor.page.get_by_role("button", name="Clear all").first.click()
    visitor.settle()
    assert visitor.explorer()["nodes"] > 600


def test_the_csv_of_the_selection_has_its_rows(visitor: Visitor) -> None:
    visitor.open("/map?tech=batteries")
    with visitor.page.expect_download() as download:
        visitor.page.get_by_role("link", name="CSV").first.click()
    lines = download.value.path().read_text("utf-8").splitlines()
    assert len(lines) == visitor.explorer()["nodes"] + 1


def test_without_webgl_the_table_stands_in(browser: Browser, server: str) -> None:
    with visit(browser, server) as visitor:
        visitor.page.add_init_script(
            "HTMLCanvasElement.prototype.getContext = ((was) => function (kind, ...rest) {"
            " return String(kind).startsWith('webgl') ? null : was.call(this, kind, ...rest) })"
            "(HTMLCanvasElement.prototype.getContext)"
        )
        visitor.open("/map?tech=batteries")
        expect(visitor.page.get_by_text("WebGL is missing")).to_be_visible()
        visitor.page.locator("[aria-rowindex='10'] a").wait_for()


def test_the_map_by_keyboard(visitor: Visitor) -> None:
    visitor.open("/map")
    visitor.page.keyboard.press("/")
    visitor.page.keyboard.type("northvolt", delay=20)
    expect(visitor.page.get_by_role("option").first).to_contain_text("Northvolt")
    visitor.page.keyboard.press("ArrowDown")
    visitor.page.keyboard.press("Enter")
    visitor.page.wait_for_url("**sel=northvolt**")
    expect(visitor.page.get_by_role("region", name="Selected")).to_contain_text("Northvolt")


def test_an_unknown_value_is_left_out_with_a_notice(visitor: Visitor) -> None:
    visitor.open("/map?role=founder&kind=Project&from=2020&to=2010")
    main = visitor.page.get_by_role("main")
    expect(main).to_contain_text("“founder” is not known and was left out")
    expect(main).to_contain_text("2020–2010")
    payload = _api(visitor.server, "/api/v1/map?kind=Project")
    assert visitor.explorer()["nodes"] == len(payload["nodes"]["key"])


def test_the_name_filter_keeps_its_spaces_and_stays_on_its_page(visitor: Visitor) -> None:
    visitor.open("/map")
    field = visitor.page.get_by_label("Words in the name")
    field.press_sequentially("green city", delay=60)
    visitor.page.wait_for_url("**q=green+city")
    expect(field).to_have_value("green city")
    field.press("x")
    visitor.page.get_by_role("link", name="About the data").click()
    visitor.page.wait_for_timeout(600)
    assert visitor.page.url.endswith("/about")


def test_an_empty_map_names_the_mode_that_hides_all(visitor: Visitor) -> None:
    visitor.open("/map?mode=actors&kind=Project")
    expect(visitor.page.get_by_role("main")).to_contain_text("“Organisations only” is chosen")
    visitor.page.get_by_role("button", name="Clear all").first.click()
    visitor.settle()
    assert visitor.query() == ""


def test_the_order_of_the_table_stands_in_the_address(visitor: Visitor) -> None:
    visitor.open("/map?view=table&tech=batteries")
    visitor.page.get_by_role("button", name="Name").click()
    visitor.page.wait_for_url("**sort=name**")
    expect(visitor.page.get_by_role("columnheader", name="Name")).to_have_attribute("aria-sort", "ascending")


def test_without_a_server_a_page_says_so_and_tries_again(visitor: Visitor) -> None:
    visitor.open("/")
    visitor.page.route("**/*", lambda route: route.abort())
    visitor.page.get_by_role("link", name="Map", exact=True).click()
    expect(visitor.page.get_by_role("alert").first).to_contain_text("No connection to the server")
    visitor.page.unroute_all()
    visitor.errors.clear()
    visitor.page.get_by_role("button", name="Try again").first.click()
    visitor.page.wait_for_load_state("load")
    visitor.settle()
    assert visitor.explorer()["nodes"] > 600
