"""The query page in a browser: ask, be told what is wrong and where, complete, share, use a question, build one."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, quote

import httpx
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.api.hostile import PRODUCT
from tests.api.running import running
from tests.e2e.visitor import Visitor, visit
from tests.ingest.tabular.tables import Own

pytestmark = pytest.mark.browser

WRONG = "SELECT * WHERE {\n ?s ?p ?o\n FILTR (1)\n}"
COMPANIES = "PREFIX ce: <https://w3id.org/cleantech-kg/ns#>\nSELECT ?c WHERE { ?c a ce:Company } ORDER BY ?c"


def _editor(page: Page) -> Locator:
    return page.get_by_role("textbox", name=re.compile("SPARQL"))


def _write(page: Page, text: str) -> None:
    _editor(page).click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)


def _said(page: Page) -> Locator:
    return page.locator("[data-said]")


def _forgive(visitor: Visitor, status: int) -> None:
    """The browser itself logs an answer that is an error."""
    visitor.errors = [error for error in visitor.errors if f"status of {status}" not in error]


@pytest.fixture(scope="module")
def hurried(demo_data: Path) -> Iterator[str]:
    """A server on which a query may take one second."""
    with running("--data", str(demo_data), CLEANTECH_QUERY_TIMEOUT="1") as served:
        yield served.url


def test_a_query_is_asked_changed_and_asked_again_and_the_address_goes_along(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/query")
    expect(_editor(page)).to_be_visible()
    _write(page, COMPANIES)
    page.keyboard.press("ControlOrMeta+Enter")
    expect(_said(page)).to_have_text(re.compile(r"^212 rows in [\d.]+ s$"))
    assert parse_qs(visitor.query())["q"] == [COMPANIES]
    first = page.get_by_role("region", name="Answer, can be scrolled").get_by_role("link").first
    expect(first).to_have_attribute("href", re.compile("^/org/"))
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.insert_text(" LIMIT 3")
    page.get_by_role("button", name="Run").click()
    expect(_said(page)).to_have_text(re.compile("^3 rows in"))
    page.go_back()
    expect(_said(page)).to_have_text(re.compile("^212 rows in"))
    expect(_editor(page)).not_to_contain_text("LIMIT")
    page.go_forward()
    expect(_said(page)).to_have_text(re.compile("^3 rows in"))


def test_the_same_link_gives_the_same_answer_to_somebody_else(browser: Browser, visitor: Visitor) -> None:
    visitor.open(f"/query?q={quote(COMPANIES)}&view=table")
    expect(_said(visitor.page)).to_have_text(re.compile("^212 rows"))
    with visit(browser, visitor.server) as other:
        other.page.goto(visitor.page.url)
        expect(_said(other.page)).to_have_text(re.compile("^212 rows"))
        expect(_editor(other.page)).to_contain_text("ORDER BY ?c")


def test_an_error_is_shown_at_its_line_and_column(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open(f"/query?q={quote(WRONG)}")
    alert = page.get_by_role("alert").filter(has_text="Not SPARQL yet: line 3, column 10")
    expect(alert).to_contain_text("FILTR (1)")
    expect(page.locator(".cm-lint-marker-error")).to_have_count(1)
    mark = page.locator(".cm-lintRange-error")
    expect(mark).to_have_text(")")
    alert.get_by_role("button", name="Go to the place").click()
    expect(_editor(page)).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text("ASK { ?s ?p ?o }")
    expect(page.locator(".cm-lintRange-error")).to_have_count(0)
    page.keyboard.press("ControlOrMeta+Enter")
    expect(_said(page)).to_have_text(re.compile("^Yes in"))
    expect(page.get_by_role("alert")).to_have_count(0)
    _forgive(visitor, 400)


def test_completion_knows_prefixes_properties_of_the_class_and_names(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/query")
    _write(page, "SELECT * WHERE {\n  ?p a ce:Project ; ")
    page.keyboard.type("worksO")
    works_on = page.get_by_role("option", name=re.compile("ce:worksOn"))
    works_on.wait_for()
    expect(page.get_by_role("option", name=re.compile("ce:orgNumber"))).to_have_count(0)
    works_on.click()
    page.keyboard.type(" wind")
    page.get_by_role("option", name=re.compile("tech:wind-power")).first.click()
    page.keyboard.type(" . ?o ce:participatesIn ?p ; ce:collaboratesWith Vattenf")
    page.get_by_role("option", name=re.compile("^Vattenfall")).first.click()
    text = _editor(page).inner_text()
    assert "PREFIX ce: <https://w3id.org/cleantech-kg/ns#>" in text
    assert "PREFIX id: <https://w3id.org/cleantech-kg/id/>" in text
    assert "ce:worksOn tech:wind-power . ?o" in text
    assert "ce:collaboratesWith id:vattenfall" in text


def test_tab_leaves_the_editor_and_the_slash_is_written_in_it(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/query")
    _write(page, "ASK { ?a <x:p>")
    page.keyboard.type("/")
    expect(_editor(page)).to_contain_text("<x:p>/")
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()


def test_a_question_of_the_gallery_is_asked_about_something_else(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/query")
    page.get_by_label("Find a question").fill("best connected")
    page.get_by_role("link", name=re.compile("best connected organisations")).click()
    expect(_said(page)).to_have_text(re.compile("^20 rows"))
    assert visitor.query() == "question=CQ03"
    page.get_by_role("button", name="Remove Energy generation").click()
    page.get_by_role("button", name="Remove Energy storage and hydrogen").click()
    page.get_by_label("Add: Technology area").select_option(label="Wind power")
    expect(_editor(page)).to_contain_text("VALUES ?top { tech:wind-power }")
    page.locator("form").get_by_role("button", name="Run").click()
    page.wait_for_url(re.compile("p.top=tech"))
    assert parse_qs(visitor.query()) == {"question": ["CQ03"], "p.top": ["tech/wind-power"]}
    expect(_said(page)).to_have_text(re.compile(r"^\d+ rows"))
    page.reload()
    expect(page.get_by_role("button", name="Remove Wind power")).to_be_visible()
    page.get_by_role("radio", name="Chart").check(force=True)
    expect(page.get_by_role("table", name="Partners by Organisation")).to_be_attached()
    page.go_back()
    expect(_editor(page)).to_contain_text("tech:energy-generation")


def test_a_thing_is_found_for_a_question_and_a_text_changed_by_hand_leaves_it(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/query?question=CQ12")
    page.get_by_role("button", name="Remove KTH Royal Institute of Technology").click()
    form = page.locator("form")
    form.get_by_role("combobox").fill("chalmers")
    page.get_by_role("option", name=re.compile("Chalmers University of Technology")).first.click()
    form.get_by_role("button", name="Run").click()
    expect(_said(page)).to_have_text(re.compile(r"^\d+ rows? in"))
    assert parse_qs(visitor.query())["p.uni"] == ["chalmers"]
    _editor(page).click()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.insert_text("LIMIT 1")
    expect(page.get_by_text("The text was changed by hand")).to_be_visible()
    page.keyboard.press("ControlOrMeta+Enter")
    page.wait_for_url(re.compile("q=PREFIX"))
    expect(_said(page)).to_have_text(re.compile("^1 row in"))


def test_what_was_asked_is_remembered_here_and_can_be_forgotten(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/query?q=ASK%20%7B%7D")
    expect(_said(page)).to_have_text(re.compile("^Yes"))
    visitor.open("/query")
    page.get_by_role("link", name="ASK {}").click()
    page.wait_for_url(re.compile("q=ASK"))
    page.get_by_role("button", name="Clear the list").click()
    expect(page.get_by_text("Nothing has been asked yet")).to_be_visible()
    visitor.open("/query")
    expect(page.get_by_text("Nothing has been asked yet")).to_be_visible()


def test_a_long_answer_keeps_only_what_is_in_sight_in_the_page(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open(f"/query?q={quote('SELECT ?s ?p ?o { ?s ?p ?o } LIMIT 4000')}")
    expect(_said(page)).to_have_text(re.compile("^4,000 rows"))
    table = page.get_by_role("table", name="Answer to the query")
    expect(table).to_have_attribute("aria-rowcount", "4001")
    assert table.locator("tbody tr").count() < 90
    region = page.get_by_role("region", name="Answer, can be scrolled")
    region.focus()
    page.keyboard.press("End")
    expect(table.locator("tr[aria-rowindex='4001']")).to_be_visible()
    page.get_by_role("button", name="o", exact=True).click()
    expect(table.locator("tr[aria-rowindex='2']")).to_be_visible()


def test_downloads_are_what_the_endpoint_gives(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open(f"/query?q={quote(COMPANIES)}")
    for name, begins in (("CSV", "c\r\nhttps://"), ("TSV", "?c\n<https://"), ("JSON", "{")):
        with page.expect_download() as waiting:
            page.get_by_role("button", name=name, exact=True).click()
        text = Path(waiting.value.path()).read_bytes().decode()
        assert text.startswith(begins)
        assert waiting.value.suggested_filename == f"cleantech-query.{name.lower()}"
    assert len(json.loads(text)["results"]["bindings"]) == 212
    page.get_by_text("Copy as").click()
    page.get_by_role("combobox", name="Copy as").select_option("rdflib")
    expect(page.locator("[data-code]")).to_contain_text(f'SPARQLStore("{visitor.server}/sparql"')


def test_triples_come_as_a_table_and_as_a_network_of_links(visitor: Visitor) -> None:
    page = visitor.page
    text = "PREFIX ce: <https://w3id.org/cleantech-kg/ns#> PREFIX id: <https://w3id.org/cleantech-kg/id/> "
    text += "CONSTRUCT { id:kth ce:collaboratesWith ?o } WHERE { id:kth ce:collaboratesWith ?o }"
    visitor.open(f"/query?q={quote(text)}&view=network")
    expect(_said(page)).to_have_text(re.compile(r"^\d+ triples"))
    link = page.get_by_role("link", name=re.compile(r"^KTH Royal Institute of Technology, \d+ lines"))
    expect(link).to_have_attribute("href", "/org/kth")
    expect(page.get_by_role("button", name="Turtle")).to_be_visible()
    link.focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/org/kth"))


def test_a_query_is_stopped_and_the_server_stops_it_too(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/query")
    _write(page, PRODUCT)
    page.keyboard.press("ControlOrMeta+Enter")
    page.get_by_role("button", name="Stop").click()
    expect(_said(page)).to_have_text("The query was stopped.")
    running_ = re.compile(r"^cleantech_queries_running 0(\.0)?$", re.MULTILINE)
    for _ in range(200):
        if running_.search(httpx.get(f"{visitor.server}/metrics").text):
            break
    else:
        pytest.fail("the query still runs")
    _write(page, "ASK {}")
    page.keyboard.press("ControlOrMeta+Enter")
    expect(_said(page)).to_have_text(re.compile("^Yes"))


def test_each_trouble_has_words_of_its_own(browser: Browser, hurried: str) -> None:
    troubles = {
        f"{PRODUCT}": ("took too long", 503),
        "SELECT * { ?a ?b ?c . ?d ?e ?f }": ("Too large|took too long", 413),
        "SELECT * { SERVICE <http://example.org/sparql> { ?s ?p ?o } }": ("Not allowed here", 403),
        "DELETE WHERE { ?s ?p ?o }": ("Not SPARQL yet", 400),
    }
    with visit(browser, hurried) as visitor:
        for query, (words, status) in troubles.items():
            visitor.page.goto(f"{hurried}/query?q={quote(query)}")
            expect(visitor.page.get_by_role("alert").first).to_contain_text(re.compile(words))
            _forgive(visitor, status)
            _forgive(visitor, 503)
        visitor.page.goto(f"{hurried}/query?q={quote('SELECT * { <x:nothing> ?p ?o }')}")
        expect(visitor.page.get_by_text("Nothing answers this query")).to_be_visible()


def test_without_the_server_the_page_says_so(visitor: Visitor) -> None:
    visitor.open("/query")
    expect(_editor(visitor.page)).to_be_visible()
    visitor.page.context.set_offline(True)
    visitor.page.get_by_role("button", name="Run").click()
    expect(visitor.page.get_by_role("alert")).to_contain_text("No connection to the server")
    visitor.page.context.set_offline(False)
    visitor.page.get_by_role("alert").get_by_role("button", name="Run").click()
    expect(_said(visitor.page)).to_have_text(re.compile("rows in"))
    visitor.errors = [error for error in visitor.errors if "ERR_INTERNET_DISCONNECTED" not in error]


def test_the_builder_leads_from_a_kind_to_a_query_and_offers_nothing_that_is_empty(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/query/build")
    page.get_by_label("Find", exact=True).select_option("Company")
    expect(page.locator("[data-found]")).to_have_text("212 fit")
    page.get_by_label("Property").select_option("participatesIn")
    expect(page.locator("[data-found]")).to_have_text("160 fit")
    page.get_by_label("Is", exact=True).select_option("kProject")
    page.get_by_role("button", name="Add a condition").click()
    page.get_by_label("Who or what").select_option("1")
    page.get_by_label("Property").select_option("worksOn")
    choice = page.get_by_label("Is", exact=True).locator("option", has_text=re.compile(r"^Batteries \(\d+\)$"))
    expect(choice).to_have_count(1)
    promised = re.search(r"\((\d+)\)", choice.inner_text())
    page.get_by_label("Is", exact=True).select_option(choice.get_attribute("value") or "")
    assert promised
    expect(page.locator("[data-found]")).to_have_text(re.compile(f"^{promised[1]} fits?$"))
    assert page.locator("option", has_text="(0)").count() == 0
    page.get_by_role("button", name="Show the answer").click()
    expect(_said(page)).to_have_text(re.compile(r"^\d+ rows"))
    address = page.url
    page.get_by_role("link", name="Open and edit in the editor").click()
    expect(_editor(page)).to_contain_text("?project ce:worksOn tech:batteries .")
    expect(_said(page)).to_have_text(re.compile(r"^\d+ rows"))
    page.goto(address)
    expect(page.locator("[data-found]")).to_have_text(re.compile(f"^{promised[1]} fits?$"))
    page.get_by_role("button", name="Remove condition 1").click()
    expect(page.locator("[data-found]")).to_have_text("212 fit")


def test_the_builder_says_when_it_cannot_count_and_counts_again(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/query/build?find=Company")
    expect(page.locator("[data-found]")).to_have_text("212 fit")
    page.context.set_offline(True)
    page.get_by_label("Property").select_option("worksOn")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("The server could not count")
    expect(page.locator("[data-found]")).to_have_text("")
    page.context.set_offline(False)
    alert.get_by_role("button", name="Try again").click()
    expect(page.locator("[data-found]")).to_have_text("191 fit")
    expect(alert).to_have_count(0)
    visitor.errors = [error for error in visitor.errors if "ERR_INTERNET_DISCONNECTED" not in error]


def test_a_question_about_nothing_is_not_asked(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/query?question=CQ04b")
    expect(_said(page)).to_have_text(re.compile("rows in"))
    page.get_by_role("textbox", name="South (latitude)").fill("59,2")
    page.get_by_role("textbox", name="South (latitude)").press("Tab")
    page.locator("form").get_by_role("button", name="Run").click()
    expect(page.get_by_text("This cannot be asked about: South (latitude): 59,2")).to_be_visible()
    assert "p.s" not in visitor.query()


def test_the_whole_way_by_keyboard(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/query")
    find = page.get_by_label("Find a question")
    find.focus()
    page.keyboard.type("introduce group")
    for _ in range(2):
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("question=CQ10"))
    expect(_said(page)).to_have_text(re.compile("rows in"))
    form = page.locator("form")
    form.get_by_role("combobox").first.focus()
    page.keyboard.type("uppsala university")
    page.get_by_role("option", name=re.compile("^Uppsala University")).first.wait_for()
    page.keyboard.press("Enter")
    expect(_editor(page)).to_contain_text("id:uppsala-university id:equinor")
    form.get_by_role("button", name="Run").focus()
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("p.x=uppsala-university"))
    expect(_said(page)).to_have_text(re.compile("rows? in"))
    page.get_by_role("radio", name="Table").focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("view=network"))


def test_everything_is_said_in_swedish(browser: Browser, server: str) -> None:
    with visit(browser, server, lang="sv") as visitor:
        page = visitor.page
        visitor.open("/query?question=CQ03")
        expect(page.get_by_role("heading", name="Fråga kartan")).to_be_visible()
        expect(_said(page)).to_have_text(re.compile(r"^20 rader på [\d,]+ s$"))
        expect(page.get_by_role("textbox", name=re.compile("^SPARQL-fråga"))).to_be_visible()
        text = page.locator("main").inner_text()
        for english in ("Run", "Answer", "Download", "For analysts", "Questions"):
            assert english not in text.split()
        visitor.open("/query/build?find=Company")
        expect(page.locator("[data-found]")).to_have_text("212 passar")


def test_the_first_example_has_one_row_a_company_and_every_way_to_be_shown(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/query")
    page.get_by_role("button", name="Run").click()
    expect(_said(page)).to_have_text(re.compile(r"^\d\d rows"))
    expect(page.locator("tbody tr td:first-child a").nth(40)).to_be_attached()
    keys = page.locator("tbody tr td:first-child a").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    assert len(keys) == len(set(keys)) > 40
    heads = page.get_by_role("columnheader").all_inner_texts()
    assert [head.strip("▲▼ \n") for head in heads] == ["Company", "Place", "Projects"]
    page.get_by_label("Show addresses").check()
    expect(page.get_by_role("columnheader", name="name")).to_be_visible()
    page.get_by_role("radio", name="Chart").check(force=True)
    expect(page.get_by_role("table", name="Projects by Company")).to_be_attached()
    page.get_by_role("radio", name="Network").check(force=True)
    expect(page.get_by_role("list", name="Legend")).to_contain_text("Places")
    page.get_by_role("radio", name="Map").check(force=True)
    point = page.locator("[data-result-map] svg a").first
    expect(point).to_have_attribute("aria-label", re.compile("and \\d+ more$"))
    point.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("region", name="Things by place").get_by_role("link").first).to_be_focused()
    assert visitor.foreign == []


def test_a_way_to_show_that_cannot_be_is_not_offered(visitor: Visitor) -> None:
    visitor.open(f"/query?q={quote('SELECT (1 AS ?n) {}')}")
    expect(_said(visitor.page)).to_have_text(re.compile("^1 row"))
    assert visitor.page.get_by_role("group", name="Show as").get_by_role("radio").count() == 1
    visitor.open(f"/query?q={quote('SELECT (1 AS ?n) {}')}&view=map")
    expect(visitor.page.get_by_text("A map needs things")).to_be_visible()


def test_a_prefix_that_is_not_declared_is_named_and_added(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open(f"/query?q={quote('SELECT ?c WHERE { ?c a ce:Company } LIMIT 3')}")
    alert = page.get_by_role("alert").filter(has_text="The prefix ce: is not declared.")
    expect(alert.get_by_text("expected one of")).to_be_hidden()
    alert.get_by_role("button", name="Add PREFIX ce: and run").click()
    expect(_said(page)).to_have_text(re.compile("^3 rows"))
    expect(page.locator("[data-cut]")).to_contain_text("stops at LIMIT 3")
    _forgive(visitor, 400)


def test_the_builder_has_one_row_a_thing_says_when_it_cuts_and_knows_what_it_cannot_read(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/query/build?find=Company&w=0+worksOn+*")
    expect(page.locator("[data-found]")).to_have_text("191 fit")
    page.get_by_role("button", name="Show the answer").click()
    expect(_said(page)).to_have_text(re.compile("^191 rows"))
    assert page.locator("[data-cut]").count() == 0
    page.get_by_label("A row for every combination").check()
    page.wait_for_url(re.compile("rows=all"))
    page.get_by_role("button", name="Show the answer").click()
    expect(_said(page)).to_have_text(re.compile(r"^[2-4]\d\d rows"))
    visitor.open("/query/build?find=Organization")
    page.get_by_role("button", name="Show the answer").click()
    expect(page.locator("[data-cut]")).to_contain_text(re.compile(r"The first 500 of \d+ are shown"))
    page.get_by_role("button", name="Ask for more rows").click()
    expect(page.locator("[data-cut]")).to_have_count(0)
    visitor.open("/query/build?find=Nonsense&w=0+name+*")
    expect(page.get_by_role("alert")).to_have_text(re.compile("There is no kind “Nonsense”"))


def test_every_question_opens_in_the_gallery(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("/query")
    held = httpx.get(f"{visitor.server}/api/v1/questions").json()["questions"]
    links = page.locator("#gallery ~ details a, section[aria-labelledby=gallery] a")
    assert links.count() == len(held)
    for question in (one for one in held if one["id"] >= "CQ33"):
        page.goto(f"{visitor.server}/query?question={question['id']}")
        expect(_said(page)).to_have_text(re.compile("rows? in"))
        assert page.locator("form .field").count() == len(question["parameters"])
        assert "GAP:" not in page.locator("main").inner_text()


_HOSTILE = (
    '"<img src=x onerror=window.__ran=1>"',
    '"<script>window.__ran=1</script> AB"',
    "\"'-window.__ran=1-' {{window.__ran=1}} AB\"",
)


def test_a_hostile_name_in_the_map_never_runs(browser: Browser, tmp_path: Path) -> None:
    own = Own(tmp_path)
    own.write("Namn", *_HOSTILE)
    own.nodes()
    text = (
        "PREFIX ce: <https://w3id.org/cleantech-kg/ns#> SELECT ?c ?name (1 AS ?n) { ?c a ce:Company ; ce:name ?name }"
    )
    with running("--data", str(own.data.path)) as served, visit(browser, served.url) as visitor:
        page = visitor.page
        for view in ("table", "network", "chart", "map"):
            visitor.open(f"/query?q={quote(text)}&view={view}")
            expect(_said(page)).to_have_text(re.compile("^3 rows"))
        visitor.open("/query")
        _write(page, "SELECT * WHERE {\n  ?o ce:collaboratesWith ")
        page.keyboard.type("onerror")
        page.get_by_role("option", name=re.compile("onerror")).first.wait_for()
        visitor.open("/query/build?find=Company&w=0+name+*")
        expect(page.get_by_label("Is", exact=True).locator("option", has_text="onerror")).to_have_count(1)
        page.get_by_role("button", name="Show the answer").click()
        expect(page.locator("tbody").get_by_text("onerror").first).to_be_visible()
        visitor.open("/query?question=CQ10")
        page.locator("form").get_by_role("combobox").first.fill("onerror")
        page.get_by_role("option", name=re.compile("onerror")).first.wait_for()
        assert page.evaluate("window.__ran") is None
        assert page.locator("img[src=x]").count() == 0


PAYLOADS = (
    "<script>window.__ran=1</script>",
    "<img src=x onerror='window.__ran=1'>",
    '\\"><svg onload=window.__ran=1>',
    "{@html '<img src=x onerror=window.__ran=1>'}",
    "javascript:window.__ran=1",
)


@pytest.mark.parametrize("view", ["table", "network", "chart", "map"])
def test_no_payload_in_an_answer_runs(visitor: Visitor, view: str) -> None:
    page = visitor.page
    rows = " ".join(f'("{payload}" <javascript:window.__ran=1> {n})' for n, payload in enumerate(PAYLOADS))
    text = f"SELECT ?label ?iri ?n WHERE {{ VALUES (?label ?iri ?n) {{ {rows} }} }}"
    visitor.open(f"/query?q={quote(text)}&view={view}")
    expect(_said(page)).to_have_text(re.compile("^5 rows"))
    assert page.locator("a[href^='javascript:']").count() == 0
    assert page.evaluate("window.__ran") is None
    visitor.open(f"/query/build?find={quote(PAYLOADS[1])}&w={quote('0 worksOn * ' + PAYLOADS[1])}")
    visitor.open(f"/query?question={quote(PAYLOADS[1])}")
    expect(page.get_by_role("alert")).to_contain_text("There is no question")
    assert page.evaluate("window.__ran") is None
