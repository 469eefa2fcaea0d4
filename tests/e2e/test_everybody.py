"""For everybody: every page there is, with assistive technology, in both themes, on a phone."""

from __future__ import annotations

from typing import Final
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from tests.e2e.visitor import visit

pytestmark = pytest.mark.browser

_WRONG: Final = "SELECT * WHERE {\n ?s ?p ?o\n FILTR (1)\n}"
_GAPS: Final = ("newcomers", "brokers", "orphans", "deserts", "chains", "whitespace", "venture-day", "brokerage")
# Every page, in every form that looks different; add a page here as soon as it has an address.
# The review stands in its own file, for it needs pairs and a key.
PAGES: Final = {
    "first": ("/", "/about", "/about/data", "/about/method", "/nowhere"),
    "map": (
        "/map",
        "/map?sel=kth",
        "/map?colour=community&size=money",
        "/map?ego=kth&steps=1",
        "/map?tech=batteries&mark=abb&mark=kth&hide=vinnova",
        "/map?view=table&tech=batteries",
        "/map?view=geography",
        "/embed/map",
        "/map?q=nothing-is-called-so",
    ),
    "profiles": (
        "/org/kth",
        "/org/northvolt",
        "/effort/hybrit-initiative",
        "/project/hybrit-initiative",
        "/tech/batteries",
        "/region/se-ab",
        "/funder/energimyndigheten",
        "/org/nobody-at-all",
    ),
    "paths": (
        "/path",
        "/path?a=kth",
        "/path?a=kth&b=ssab&k=5",
        "/path?a=kth&b=tech/batteries",
        "/path?a=kth&b=ssab&from=1901&to=1902",
    ),
    "gaps": (
        "/gaps",
        "/gaps?technology=hydrogen",
        "/gaps?by=region",
        "/gaps?technology=batteries&region=place/se-i&from=1900&to=1901",
        *(f"/gaps?view={view}" for view in _GAPS),
        "/gaps?view=answers",
        "/gaps?view=shortlist&pick=kth~nobody-at-all",
        "/gaps?view=method",
    ),
    "flows": (
        "/flows",
        "/flows?by=funder,technology,region&pick=technology:tech/energy-storage",
        "/flows?funder=kth-live-in-lab",
    ),
    "comparisons": (
        "/compare",
        "/compare?a=place/se-ab&b=place/se-o",
        "/compare?a=kth&b=chalmers&measure=eur",
        "/compare?a=tech/energy-generation&b=tech/energy-storage",
        "/compare?a=kth&b=batteries",
    ),
    "time": ("/time", "/time?period=2021", "/time?of=northvolt&by=month"),
    "query": (
        "/query",
        "/query?question=CQ03&view=chart",
        "/query?question=CQ12&view=network&p.uni=chalmers",
        "/query?question=CQ17&view=map",
        "/query?question=CQ28",
        f"/query?q={quote(_WRONG)}",
        "/query?q=ASK%20%7B%7D",
        "/query/build",
        "/query/build?find=Nonsense",
        "/query/build?find=Company&w=0+participatesIn+Project&w=1+worksOn+*",
    ),
}


@pytest.mark.parametrize("part", PAGES)
def test_nobody_is_shut_out(browser: Browser, server: str, part: str) -> None:
    found: list[str] = []
    with visit(browser, server) as visitor:
        for path in PAGES[part]:
            found += visitor.shuts_out(path)
        # the browser itself notes what the pages say in words: nothing there, wrongly asked, not ready yet
        visitor.errors = [said for said in visitor.errors if not any(f"status of {n}" in said for n in (400, 404, 503))]
    assert found == []


def test_the_language_and_the_theme_are_remembered(browser: Browser, server: str) -> None:
    with visit(browser, server) as visitor:
        visitor.open("/")
        visitor.page.get_by_role("button", name="Byt till svenska").click()
        visitor.page.get_by_role("button", name="mörka").click()
        visitor.open("/about")
        assert visitor.page.locator("html").get_attribute("lang") == "sv"
        assert visitor.page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"
