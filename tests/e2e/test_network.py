"""The network at scale: lines or bundles, colours and sizes in the address, communities by name, the pointer."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from graph.build import build_generation
from graph.generation import DataFolder
from graph.node import Evidence, Node, PartialDate, Ref, RunRecord, SourceCard, SourceNodes, Text
from ontology.terms import BASE
from tests.api.running import running
from tests.e2e.visitor import Visitor, visit

pytestmark = pytest.mark.browser

_GROUPS, _OF_EACH = 12, 500


def _waits(visitor: Visitor, what: str) -> None:
    visitor.page.wait_for_function(f"() => window.__explorer && window.__explorer.{what}")


def test_colours_and_sizes_stand_in_the_address(visitor: Visitor, browser: Browser) -> None:
    visitor.open("/map")
    _waits(visitor, "drawn > 1000")
    told = visitor.explorer()
    assert (told["colour"], told["size"], told["bundles"]) == ("kind", "ties", 0)
    visitor.page.get_by_label("Colour", exact=True).select_option("community")
    visitor.page.wait_for_url("**colour=community**")
    visitor.page.get_by_label("Size", exact=True).select_option("money")
    visitor.page.wait_for_url("**size=money**")
    visitor.settle()
    expect(visitor.page.get_by_role("main")).to_contain_text("euro received in all years, as far as known")
    names = visitor.page.get_by_role("list", name="Communities").get_by_role("button")
    assert names.count() == 10
    assert names.filter(has_text="Västerås").count() == 1
    camera = visitor.explorer()["camera"]
    names.filter(has_text="Västerås").click()
    visitor.page.wait_for_url("**cam=**")
    assert visitor.explorer()["camera"]["ratio"] < camera["ratio"]
    with visit(browser, visitor.server, lang="sv") as other:
        other.open(f"/map?{visitor.query()}&lang=sv")
        assert {key: other.explorer()[key] for key in ("colour", "size", "nodes")} == {
            key: visitor.explorer()[key] for key in ("colour", "size", "nodes")
        }
        expect(other.page.get_by_role("list", name="Gemenskaper")).to_contain_text("Solceller · Västerås")
        assert other.page.get_by_label("Storlek", exact=True).input_value() == "money"
    visitor.page.go_back()
    visitor.page.wait_for_url("**colour=community")
    assert visitor.explorer()["size"] == "ties"


def test_unknown_looks_are_left_out_with_a_notice(visitor: Visitor) -> None:
    visitor.open("/map?colour=red&size=huge&top=-1")
    main = visitor.page.get_by_role("main")
    for value in ("red", "huge", "-1"):
        expect(main).to_contain_text(f"“{value}” is not known and was left out")
    assert visitor.explorer()["colour"] == "kind"


def test_the_pointer_lights_neighbours_and_a_click_selects(visitor: Visitor) -> None:
    visitor.open("/map?sel=kth")
    _waits(visitor, "drawn > 1000")
    visitor.page.get_by_role("button", name="Centre", exact=True).click()
    visitor.page.wait_for_url("**cam=**")
    visitor.page.get_by_role("button", name="Clear the selection").click()
    visitor.page.wait_for_function("() => !window.__explorer.selected")
    box = visitor.page.get_by_role("application").bounding_box()
    assert box is not None
    visitor.page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    visitor.page.wait_for_url("**sel=kth**")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server with 6,000 organisations and 12 projects that tie them."""
    data = DataFolder(tmp_path_factory.mktemp("large"))
    data.publish(build_generation(data, [_crowd()], BASE, built="2026-11-26T00:00:00Z"))
    with running("--data", str(data.path)) as served:
        yield served.url


def test_many_nodes_have_bundles_and_each_line_when_near(large: str, browser: Browser) -> None:
    with visit(browser, large) as visitor:
        visitor.open("/map")
        _waits(visitor, "bundles > 0")
        told = visitor.explorer()
        assert told["nodes"] == _GROUPS * (_OF_EACH + 1)
        assert told["drawn"] == 0
        main = visitor.page.get_by_role("main")
        expect(main).to_contain_text("Bands stand for all ties between two communities")
        said = visitor.page.get_by_role("list", name="Strongest bands between communities").get_by_role("listitem")
        assert "ties" in said.all_inner_texts()[0]
        for _ in range(4):
            visitor.page.get_by_role("button", name="Zoom in").click()
        _waits(visitor, "drawn > 0")
        assert visitor.explorer()["bundles"] == 0
        visitor.page.get_by_role("button", name="Show everything").click()
        _waits(visitor, "bundles > 0")
        visitor.page.goto(f"{large}/map?top=600")
        visitor.settle()
        expect(main).to_contain_text("The 600 best connected of 6,012 are shown")
        _waits(visitor, "drawn > 0")
        visitor.page.get_by_role("button", name="Show all 6,012").click()
        visitor.page.wait_for_url("**top=all")
        visitor.settle()
        assert visitor.explorer()["nodes"] == 6012


def _crowd() -> SourceNodes:
    proof = [Evidence("https://example.org/crowd", "crowd", published=PartialDate("2026-11-26"))]
    nodes: list[Node] = []
    for group in range(_GROUPS):
        project = Node(f"p{group}", "Project", proof)
        project.add("name", Text(f"Project {group}", "en"))
        nodes.append(project)
        for number in range(_OF_EACH):
            name = f"g{group}-{number}"
            one = Node(name, "Company", proof)
            one.add("name", Text(f"Company {group} {number}", "en"))
            nodes.append(one)
            joined = {group} | ({(group + 1) % _GROUPS} if number < 20 else set())
            for project_number in sorted(joined):
                part = Node(f"{name}-p{project_number}", "Participation", proof)
                part.add("participant", Ref(name))
                part.add("inEffort", Ref(f"p{project_number}"))
                nodes.append(part)
    run = RunRecord("2026-11-26T00:00:00Z", {"crowd": "0" * 64}, len(nodes), 0, "2026-11-26")
    card = SourceCard(
        name="crowd",
        title={"en": "A crowd", "sv": "En folkmassa"},
        publisher="Cleantech KG",
        homepage="https://example.org/crowd",
        licence="https://creativecommons.org/publicdomain/zero/1.0/",
        licence_proof="https://example.org/crowd",
        refresh="never",
        min_records=1,
    )
    return SourceNodes(card, run, nodes)
