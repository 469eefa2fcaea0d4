"""What the hand does on the map: draws around, hides, keeps, moves, walks; and what is taken away."""

from __future__ import annotations

import csv
import xml.etree.ElementTree as ElementTree
from io import BytesIO
from pathlib import Path
from struct import unpack

import networkx
import pytest
from playwright.sync_api import Browser, Locator, expect

from tests.e2e.visitor import Visitor, visit

pytestmark = pytest.mark.browser
_NO_WEBGL = (
    "const was = HTMLCanvasElement.prototype.getContext; HTMLCanvasElement.prototype.getContext = function (kind, ...rest) {"
    " return String(kind).startsWith('webgl') ? null : was.call(this, kind, ...rest) }"
)


def _told(visitor: Visitor, name: str) -> list[str]:
    held: list[str] = visitor.page.evaluate(f"() => window.__explorer.{name}")
    return held


def _wait(visitor: Visitor, name: str, count: int | str) -> None:
    visitor.page.wait_for_function(
        f"() => window.__explorer.{name}.length {count if isinstance(count, str) else f'=== {count}'}"
    )


def _tool(visitor: Visitor, name: str) -> Locator:
    return visitor.page.get_by_role("toolbar", name="Tools of the map").get_by_role("button", name=name)


def _lasso(visitor: Visitor, share: float = 0.25) -> None:
    """Draw a square around the middle of the picture; `share` of its shorter side in each direction."""
    _tool(visitor, "Lasso").click()
    box = visitor.page.get_by_role("application").bounding_box()
    assert box is not None
    x, y, reach = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2, min(box["width"], box["height"]) * share
    visitor.page.mouse.move(x - reach, y - reach)
    visitor.page.mouse.down()
    for right, down in ((1, -1), (1, 1), (-1, 1)):
        visitor.page.mouse.move(x + right * reach, y + down * reach, steps=5)
    visitor.page.mouse.up()
    _wait(visitor, "marked", "> 0")


def test_a_set_is_drawn_kept_hidden_undone_and_shared(visitor: Visitor, browser: Browser, tmp_path: Path) -> None:
    visitor.open("/map?tech=batteries")
    nodes = visitor.explorer()["nodes"]
    _lasso(visitor)
    drawn = set(_told(visitor, "marked"))
    panel = visitor.page.get_by_role("region", name="Selected set")
    expect(panel.get_by_role("heading")).to_contain_text(str(len(drawn)))
    with visitor.page.expect_download() as saved:
        panel.get_by_role("button", name="CSV").click()
    saved.value.save_as(tmp_path / "set.csv")
    with (tmp_path / "set.csv").open(encoding="utf-8", newline="") as file:
        assert {row[0] for row in list(csv.reader(file))[1:]} == drawn
    with visit(browser, visitor.server) as other:
        other.open(visitor.page.url.removeprefix(visitor.server))
        assert set(_told(other, "marked")) == drawn
    panel.get_by_role("button", name="Keep only them").click()
    _wait(visitor, "hidden", nodes - len(drawn))
    visitor.page.get_by_role("group", name="View").get_by_text("Table").click()
    expect(visitor.page.get_by_role("row")).to_have_count(min(100, len(drawn)) + 1)
    visitor.page.go_back()
    visitor.page.get_by_role("application").focus()
    visitor.page.keyboard.press("Control+z")
    _wait(visitor, "hidden", 0)
    _wait(visitor, "marked", len(drawn))
    panel.get_by_role("button", name="Hide them").click()
    _wait(visitor, "hidden", len(drawn))
    _tool(visitor, "hidden").click()
    visitor.page.get_by_role("button", name="Show again").first.click()
    _wait(visitor, "hidden", len(drawn) - 1)
    visitor.page.go_back()
    _wait(visitor, "hidden", len(drawn))
    _tool(visitor, "Redo").click()
    _wait(visitor, "hidden", len(drawn) - 1)


def test_a_long_set_says_that_the_address_is_too_short(visitor: Visitor, browser: Browser) -> None:
    visitor.open("/map")
    _lasso(visitor, 0.48)
    drawn = len(_told(visitor, "marked"))
    visitor.page.get_by_role("region", name="Selected set").get_by_role("button", name="Hide them").click()
    _wait(visitor, "hidden", drawn)
    assert len(visitor.page.url) < 4100
    expect(visitor.page.get_by_text("The address is too short")).to_be_visible()
    with visit(browser, visitor.server) as other:
        other.open(visitor.page.url.removeprefix(visitor.server))
        expect(other.page.get_by_text("This link was too short")).to_be_visible()
        assert 0 < len(_told(other, "hidden")) < drawn


def test_a_walk_along_the_ties_needs_no_mouse(visitor: Visitor) -> None:
    visitor.open("/map?ego=kth")
    page = visitor.page
    expect(page.get_by_role("list", name="Active filters")).to_contain_text("KTH")
    whole = visitor.explorer()["nodes"]
    page.get_by_role("application").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**sel=kth**")
    said = page.get_by_role("status").filter(has_text="1 of ")
    page.keyboard.press("ArrowRight")
    expect(said).to_contain_text(f"1 of {whole - 1}:")
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("status").filter(has_text=f"2 of {whole - 1}:")).to_have_count(1)
    page.keyboard.press("Enter")
    page.wait_for_function("() => window.__explorer.selected !== 'kth'")
    second = visitor.explorer()["selected"]
    page.keyboard.press("Shift+ArrowDown")
    _wait(visitor, "pinned", 1)
    assert f"pin={second}:" in visitor.query()
    page.keyboard.press("Backspace")
    page.wait_for_function("() => window.__explorer.selected === 'kth'")
    page.keyboard.press("e")
    page.wait_for_url("**steps=2**")
    visitor.settle()
    assert visitor.explorer()["nodes"] > whole
    page.get_by_role("application").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Keys of the map")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Keys of the map")).to_have_count(0)


def test_a_node_is_moved_with_the_mouse_and_stays(visitor: Visitor, browser: Browser) -> None:
    visitor.open("/map?ego=northvolt&sel=northvolt")
    page = visitor.page
    page.get_by_role("button", name="Centre", exact=True).click()
    page.wait_for_url("**cam=**")
    box = page.get_by_role("application").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 60, y + 40, steps=6)
    page.mouse.up()
    _wait(visitor, "pinned", 1)
    assert _told(visitor, "pinned") == ["northvolt"]
    camera = visitor.explorer()["camera"]
    with visit(browser, visitor.server) as other:
        other.open(page.url.removeprefix(visitor.server))
        assert _told(other, "pinned") == ["northvolt"]
        assert other.explorer()["camera"] == pytest.approx(camera, abs=1e-3)
    page.get_by_role("button", name="Put back in place").click()
    _wait(visitor, "pinned", 0)
    assert "pin=" not in visitor.query()


def test_pictures_and_files_hold_what_they_say(visitor: Visitor, tmp_path: Path) -> None:
    visitor.open("/map?tech=batteries&lang=sv")
    page, nodes = visitor.page, visitor.explorer()["nodes"]
    page.get_by_role("button", name="Spara").click()

    def saved(role: str, name: str) -> bytes:
        with page.expect_download() as download:
            (page.get_by_role("link", name=name) if role == "link" else page.get_by_role("button", name=name)).click()
        path = tmp_path / download.value.suggested_filename
        download.value.save_as(path)
        return path.read_bytes()

    tree = ElementTree.fromstring(saved("button", "SVG"))
    texts = ["".join(text.itertext()) for text in tree.iter("{http://www.w3.org/2000/svg}text")]
    assert {"Cleantech KG · Karta", "Företag"} <= set(texts)
    assert any(text.startswith("Källor: ") for text in texts)
    picture = saved("button", "PNG")
    width, _ = unpack(">II", picture[16:24])
    stage = page.get_by_role("application").bounding_box()
    assert stage is not None
    assert width == pytest.approx(2 * stage["width"], abs=2)
    assert len(networkx.read_gexf(BytesIO(saved("link", "GEXF")))) == nodes
    assert len(networkx.read_graphml(BytesIO(saved("link", "GraphML")))) == nodes
    assert b"<html" in saved("link", "pyvis")


def test_an_unknown_ego_is_said_and_let_go(visitor: Visitor) -> None:
    visitor.page.goto(f"{visitor.server}/map?ego=chalmer")
    expect(visitor.page.get_by_text("Nothing on the map has the key chalmer")).to_be_visible(timeout=15_000)
    expect(visitor.page.get_by_text("Did you mean: chalmers")).to_be_visible()
    visitor.settle()
    assert visitor.explorer()["nodes"] > 600
    visitor.errors.clear()  # the browser itself notes the refused request


def test_without_webgl_the_ties_of_one_thing_are_real_links(browser: Browser, server: str) -> None:
    with visit(browser, server) as visitor:
        visitor.page.add_init_script(_NO_WEBGL)
        visitor.open("/map?tech=batteries")
        ego = visitor.page.get_by_role("region", name="The ties of")
        expect(ego).to_be_visible()
        expect(visitor.page.get_by_role("table")).to_be_visible()
        ego.locator("svg a").first.click()
        visitor.page.wait_for_url("**sel=**")
        expect(ego).to_be_visible()
        assert visitor.grave() == []
