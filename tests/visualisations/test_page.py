from __future__ import annotations

import re
from pathlib import Path

import pytest
from networkx import MultiGraph
from playwright.sync_api import Browser, Page

from graph.network import network
from tests.visualisations.browser import opened
from tests.visualisations.samples import CAPTION, Row, columns, everything, sample
from visualisations.caption import Caption, Lang, SourceLine
from visualisations.export import ExportError
from visualisations.export.html import LIMIT, render
from visualisations.notebook import show
from visualisations.words import words

PAYLOADS = (
    "<script>alert(1)</script>",
    "</script><script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    '"><img src=x onerror=alert(1)>',
    "'-alert(1)-'",
    "javascript:alert(1)",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "{{ 7 * 7 }}{% for x in [1] %}alert(1){% endfor %}",
    "\\u003cscript\\u003ealert(1)\\u003c/script\\u003e",
    "<!--<script>alert(1)//-->",
    "]]>\u2028alert(1)\u2029<a href='javascript:alert(1)'>x</a>",
)


def _hostile() -> MultiGraph:
    """Every text that a network can carry is a payload, in turn."""
    texts = ("name_en", "name_sv", "country", "homepage")
    things: list[Row] = [
        {"key": f"{payload}{number}", "kind": "Company", "county": "place/x", "x": 9.0 * number, "y": 0.0}
        | dict.fromkeys(texts, payload)
        for number, payload in enumerate(PAYLOADS)
    ]
    county: Row = {"key": "place/x", "kind": "AdministrativeArea", "group": "place", "name_en": PAYLOADS[2]}
    relations: list[Row] = [
        {"key": payload, "a": 0, "b": number, "evidence": [1]}
        | dict.fromkeys(("tie", "role", "start", "end", "amount", "currency", "note"), payload)
        for number, payload in enumerate(PAYLOADS)
        if number
    ]
    held = columns([*things, county], relations)
    return network(held, everything(held))


def _hostile_caption(lang: Lang) -> Caption:
    sources = tuple(SourceLine(payload, payload, payload, payload, payload) for payload in PAYLOADS)
    return Caption(lang, built=PAYLOADS[1], choices=tuple(zip(PAYLOADS, PAYLOADS, strict=True)), sources=sources)


def _write(folder: Path, graph: MultiGraph, caption: Caption) -> Path:
    file = folder / "page.html"
    file.write_bytes(render(graph, caption))
    return file


def test_page_names_no_host_but_in_links() -> None:
    page = render(sample(), CAPTION).decode()
    assert re.findall(r"""<(?:script|link|img|iframe)[^>]+(?:src|href)\s*=""", page) == []
    assert "default-src &#39;none&#39;" in page
    assert "Kungliga Tekniska" not in page
    assert "Kungliga Tekniska högskolan" in render(sample(), Caption(lang="sv")).decode()


def test_empty_selection_says_so() -> None:
    with pytest.raises(ExportError, match="nothing matches"):
        render(MultiGraph(), CAPTION)


def test_more_than_the_limit_tells_how_to_filter() -> None:
    many: list[Row] = [
        {"key": f"c{n}", "kind": "Company", "name_en": "C", "x": float(n), "y": 0.0} for n in range(LIMIT + 1)
    ]
    held = columns(many, [])
    with pytest.raises(ExportError, match=r"2,001 things .* --tech, --county"):
        render(network(held, everything(held)), CAPTION)
    full = columns(many[:-1], [])
    assert render(network(full, everything(full)), CAPTION)


def test_words_exist_in_both_languages() -> None:
    assert words("en").keys() == words("sv").keys()


def test_notebook_gets_a_frame_of_its_own() -> None:
    frame = show(sample())
    assert frame.startswith("<iframe srcdoc=")
    assert frame.count("<") == 2
    assert "allow-same-origin" not in frame


@pytest.mark.browser
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_draws_offline_without_a_sound(browser: Browser, tmp_path: Path, scheme: str) -> None:
    file = _write(tmp_path, sample(), CAPTION)
    with opened(browser, file, scheme=scheme) as (page, noise):
        assert page.evaluate("window.__network") == {"nodes": 5, "edges": 5, "relations": 6}
        assert page.locator("#network canvas").bounding_box() is not None
        assert page.locator(".family").count() == 5
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert (noise.dialogs, noise.errors, noise.requests) == ([], [], [])


@pytest.mark.browser
def test_panel_tells_links_with_role_time_and_source(browser: Browser, tmp_path: Path) -> None:
    file = _write(tmp_path, sample(), Caption(lang="sv"))
    with opened(browser, file) as (page, noise):
        page.fill("#sought", "Kungliga")
        page.keyboard.press("Enter")
        panel = page.locator("#panel")
        assert "Kungliga Tekniska högskolan" in panel.inner_text()
        assert "initiativtagare, från 2008-11" in panel.inner_text()
        addresses = [link.get_attribute("href") or "" for link in panel.get_by_role("link").all()]
        assert addresses
        assert all(address.startswith("https://") for address in addresses)
        panel.get_by_role("button", name="Malmö kommun").click()
        assert "570\u202f000 EUR" in panel.inner_text()
        assert "Skåne län" in panel.inner_text()
        page.keyboard.press("Escape")
        assert panel.is_hidden()
    assert (noise.dialogs, noise.errors, noise.requests) == ([], [], [])


@pytest.mark.browser
def test_legend_hides_a_family_and_the_table_holds_all(browser: Browser, tmp_path: Path) -> None:
    file = _write(tmp_path, sample(), CAPTION)
    with opened(browser, file, width=360) as (page, noise):
        page.click("#legend summary")
        research = page.locator("[data-family=research]")
        research.click()
        assert research.get_attribute("aria-pressed") == "false"
        page.click("#table summary")
        assert page.locator("#table tbody tr").count() == 5
        page.locator("#table button").first.click()
        assert research.get_attribute("aria-pressed") == "true"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert noise.errors == []


def _tooltip(page: Page, wanted: str) -> str:
    """What the thing that was jumped to, in the middle of the drawing, says when the mouse comes to it."""
    box = page.locator("#network").bounding_box()
    assert box is not None
    tooltip = page.locator(".vis-tooltip")
    for step in range(40):  # the tooltip of the thing before may still stand there
        page.mouse.move(box["x"] + box["width"] / 2 + step % 3, box["y"] + box["height"] / 2)
        page.wait_for_timeout(150)
        if tooltip.count() and tooltip.is_visible() and wanted in tooltip.inner_text():
            break
    return tooltip.inner_text()


@pytest.mark.browser
@pytest.mark.parametrize("lang", ["en", "sv"])
def test_script_payloads_in_every_text_never_run(browser: Browser, tmp_path: Path, lang: Lang) -> None:
    file = _write(tmp_path, _hostile(), _hostile_caption(lang))
    with opened(browser, file) as (page, noise):
        assert page.evaluate("window.__network.nodes") == len(PAYLOADS)
        page.click("#table summary")
        for number, payload in enumerate(PAYLOADS):
            page.locator(f"#table button[data-node='{number}']").click()
            assert page.locator("#panel h2").inner_text().split() == payload.split()
            assert payload.split()[0] in _tooltip(page, payload.split()[0])
        assert page.locator("iframe, img, svg").count() == 0
        assert page.locator("a[href^='javascript']").count() == 0
        assert page.locator("script").count() == 4
    assert (noise.dialogs, noise.errors, noise.requests) == ([], [], [])
