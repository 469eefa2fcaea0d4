"""Scripts in every text of the map: nothing of them runs on any page or in any export.

The source is taken in as any other; then the addresses that ingest refuses are written into the columns behind its back,
for the pages must not rely on it. Every page and table listed must be there and must show what it is for.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import replace
from io import StringIO
from pathlib import Path
from typing import Final

import httpx
import polars as pl
import pytest
from playwright.sync_api import Browser, ConsoleMessage, Dialog, Page
from pyoxigraph import Literal, RdfFormat, parse

from graph.columns import Columns
from graph.generation import DataFolder
from ingest.run import run as ingest
from tests.api.running import run, running
from tests.e2e.hostile import ADDRESSES, PAYLOADS, Hostile

pytestmark = pytest.mark.browser

# Add a page here as soon as it has an address.
PAGES: Final = (
    "/",
    "/map",
    "/map?sel=h2",
    "/map?view=table",
    "/map?view=geography",
    "/embed/map",
    "/map?play=1&from=2000&to=2022",
    *(f"/org/h{number}?lang={'sv' if number % 2 else 'en'}" for number in range(0, len(PAYLOADS), 3)),
    "/org/h3?view=timeline",
    "/effort/e2",
    "/project/e3",
    "/funder/h4",
    "/region/p2?lang=sv",
    "/effort/e5?lang=sv",
    "/tech/batteries",
    "/place/p3",
    "/gaps",
    "/gaps?view=newcomers",
    "/gaps?view=venture-day",
    "/path?a=h0&b=h5",
    "/path?a=h1&b=h7&lang=sv",
    "/flows",
    "/compare?a=h2&b=h3",
    "/compare?a=place/p2&b=place/p3&lang=sv",
    "/time?period=2020-05&by=month",
    "/time?period=2020&of=h2&lang=sv",
    "/time?period=undated",
    "/query?q=SELECT%20%3Fs%20%3Fo%20%7B%20%3Fs%20%3Chttps%3A%2F%2Fw3id.org%2Fcleantech-kg%2Fns%23name%3E%20%3Fo%20%7D",
    "/query/build?find=Company",
    "/review",
    "/about",
    "/about/data",
    "/about/data?lang=sv",
    "/about/method",
)
TABLES: Final = (
    "/api/v1/map.csv",
    "/api/v1/map.csv?lang=sv",
    "/api/v1/time.csv",
    "/api/v1/time/events.csv?lang=sv",
    "/api/v1/sources.csv",
    "/api/v1/gaps/pairs.csv",
    "/api/v1/gaps/newcomers.csv",
    "/api/v1/gaps/venture-day.csv",
    "/api/v1/review.csv",
    "/api/v1/flows.csv",
    "/api/v1/flows/sums.csv",
    "/api/v1/compare.csv?a=h0&b=h1",
    "/api/v1/paths.csv?a=h0&b=h5",
    *(
        f"/api/v1/entity/h10/{part}.csv"
        for part in ("relations", "partners", "technologies", "money", "timeline", "similar")
    ),
)
_FOUND: Final = """() => {
  const every = [...document.querySelectorAll('*')], found = []
  if (document.querySelector('main .column.missing, main .failure')) found.push(`nothing is shown: ${document.querySelector('main').innerText.slice(0, 80)}`)
  if (window.__ran !== undefined) found.push(`ran ${window.__ran}`)
  for (const node of every) {
    for (const { name, value } of node.attributes) {
      if (/^on/i.test(name)) found.push(`${node.tagName} ${name}`)
      if (/^(href|src|xlink:href|action|formaction|srcdoc|data)$/i.test(name) && /^[\\s\\u0000-\\u001f]*(javascript|vbscript|data:text)/i.test(value)) found.push(`${node.tagName} ${name}=${value}`)
    }
    if (/^(iframe|object|embed|base|math)$/i.test(node.tagName)) found.push(node.tagName)
    if (/^img$/i.test(node.tagName) && node.getAttribute('src') === 'x') found.push('img')
    if (/^script$/i.test(node.tagName) && !(node.getAttribute('src') ?? '').startsWith('/assets/')) found.push('script')
  }
  return found
}"""
_OPEN_ALL: Final = """() => document.querySelectorAll('main details').forEach((one) => { one.open = true }) ??
  [...document.querySelectorAll('main button[aria-expanded=false]')].slice(0, 12).forEach((one) => one.click())"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder made of it."""
    folder = DataFolder(tmp_path_factory.mktemp("hostile"))
    report = ingest(Hostile(), folder, ())
    assert {one.file for one in report.rejects} == {f"trap{number}" for number in range(len(ADDRESSES))}
    generation = folder.current()
    assert generation is not None
    _spoil(generation.columns)
    return folder.path


def _spoil(path: Path) -> None:
    """Write the refused addresses where home pages and documents stand."""
    held = Columns.load(path)
    bad = [ADDRESSES[row % len(ADDRESSES)] for row in range(held.nodes.height)]
    is_page = pl.col("homepage").is_not_null()
    nodes = held.nodes.with_columns(pl.when(is_page).then(pl.Series(bad, dtype=pl.String)).alias("homepage"))
    rows = held.evidence.with_columns(
        pl.when(pl.col("evidence") % 2 == 1).then(pl.lit(ADDRESSES[1])).otherwise("document").alias("document")
    )
    value = pl.when(pl.col("property") == "homepage").then(pl.lit(ADDRESSES[0])).otherwise("value").alias("value")
    replace(held, nodes=nodes, evidence=rows, facts=held.facts.with_columns(value)).save(path)


@pytest.fixture(scope="module")
def served(hostile: Path) -> Iterator[str]:
    with running("--data", str(hostile)) as server:
        yield server.url


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 860}, locale="en", reduced_motion="reduce")
    held = context.new_page()
    held.set_default_timeout(15_000)
    yield held
    context.close()


def test_nothing_runs_on_any_page(page: Page, served: str) -> None:
    wrong: list[str] = []
    here = ""

    def told(message: ConsoleMessage) -> None:
        if re.search(r"Content Security Policy|Refused to|__ran", message.text):
            wrong.append(f"{here}: {message.text[:200]}")

    def asked(dialog: Dialog) -> None:
        wrong.append(f"{here}: dialog {dialog.message}")
        dialog.dismiss()

    page.on("console", told)
    page.on("dialog", asked)
    page.on("pageerror", lambda error: wrong.append(f"{here}: {error}"))
    page.on(
        "request", lambda request: wrong.append(f"{here}: {request.url}") if _foreign(request.url, served) else None
    )
    for path in PAGES:
        here = path
        page.goto(served + path, wait_until="load")
        page.wait_for_load_state("networkidle")
        page.evaluate(_OPEN_ALL)
        page.wait_for_load_state("networkidle")
        wrong += [f"{path}: {found}" for found in page.evaluate(_FOUND)]
    assert wrong == []


def _foreign(url: str, served: str) -> bool:
    return not url.startswith((served + "/", "data:image/", "blob:"))


def test_suggestions_and_tooltips_are_words(page: Page, served: str) -> None:
    page.goto(served)
    box = page.get_by_role("combobox").first
    box.fill("img src")
    page.get_by_role("option").first.wait_for()
    assert page.evaluate(_FOUND) == []
    assert page.get_by_role("option").filter(has_text="<img src=x onerror").count() > 0
    page.goto(f"{served}/org/h2")
    page.get_by_role("heading", level=1).get_by_text("<img src=x onerror=window.__ran=3> 2", exact=True).wait_for()


@pytest.mark.parametrize("path", TABLES)
def test_no_cell_of_a_table_is_a_formula(served: str, path: str) -> None:
    answer = httpx.get(served + path, timeout=60)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].startswith("text/csv")
    assert answer.headers["x-content-type-options"] == "nosniff"
    for row in csv.reader(StringIO(answer.text)):
        for cell in row:
            assert not re.match(r"\s*[=+\-@＝＋－＠]", cell) or re.fullmatch(r"-?[\d.]+(e-?\d+)?", cell), cell


@pytest.mark.parametrize("suffix", ["ttl", "jsonld", "nt", "rdf"])
def test_linked_data_says_the_words_as_words(served: str, suffix: str) -> None:
    form = RdfFormat.from_extension(suffix)
    assert form is not None
    for number in (1, 4, 10, 11):
        answer = httpx.get(f"{served}/id/h{number}.{suffix}")
        assert answer.headers["x-content-type-options"] == "nosniff"
        said = {quad.object.value for quad in parse(answer.content, form) if isinstance(quad.object, Literal)}
        assert f"{PAYLOADS[number]} {number}" in said


def test_what_is_exported_as_a_page_runs_nothing(page: Page, hostile: Path, tmp_path: Path) -> None:
    file = tmp_path / "out.html"
    told = run("export", "html", "--data", str(hostile), "--out", str(file))
    assert told.returncode == 0, told.stderr
    page.goto(file.as_uri(), wait_until="load")
    assert page.evaluate("window.__ran") is None
    assert page.locator("img[src=x], a[href^='javascript:' i]").count() == 0
