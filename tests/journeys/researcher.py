"""A researcher: a path from her group to a company, with evidence on each hop."""

from __future__ import annotations

import re
from typing import Final

from tests.journeys.film import Film

TITLE: Final = "How is my group linked with this company?"
QUESTION: Final = (
    "A researcher in solar cells at Uppsala University wants to reach ABB and asks who could introduce her. The pictures are of the "
    "bundled Swedish sample."
)
ANSWER: Final = (
    "Her way: over Uppsala University, Mälardalen University or RISE, with whom her group is in SOLVE since 2022, and each of which has worked "
    "with ABB. Every step names the project, the years, the parts both have in it and the page that says so."
)
GROUP: Final = "Uppsala University Division of Solar Cell Technology"
COMPANY: Final = "ABB"


def film(film: Film) -> None:
    """From the page of her group over the paths to the sources of each hop."""
    visitor, page = film.visitor, film.visitor.page
    visitor.open("/")
    page.get_by_role("combobox").first.fill("solar cell technology")
    group = page.get_by_role("option").filter(has_text=GROUP).first
    film.shot("She looks for her group.", group)
    group.click()
    page.wait_for_url("**/org/**")
    start = page.get_by_role("link", name="Find a path from here")
    start.wait_for()
    page.wait_for_load_state("networkidle")
    film.shot(
        "The page of the group: what it works on and with whom. One of its links begins a path.", start, still=None
    )
    start.click()
    page.wait_for_url("**/path?**")
    visitor.settle()
    page.get_by_role("combobox").last.fill(COMPANY)
    company = page.get_by_role("option").filter(has_text="ABB").first
    film.shot("The group is filled in; she names the company.", company)
    company.click()
    page.wait_for_url("**b=abb**")
    visitor.settle()
    film.shot(
        "Three ways, each over one other organisation. Lines are joint projects, with their number and years.",
        page.get_by_role("heading", name="The ways").locator(".."),
    )
    _hops(film)


def _hops(film: Film) -> None:
    page = film.visitor.page
    way = page.get_by_role("listitem").filter(has_text="Way 2").first
    film.shot("A way as a list: of each step the projects, the years, the role of both sides and the source.", way)
    source = way.get_by_role("button", name=re.compile("Source|kks")).last
    source.click()
    film.shot("One click shows the page that a step rests on, its date and its licence.", source)
    page.keyboard.press("Escape")
    film.shot(
        "Who could introduce her: those who have worked with both, the strongest first.",
        page.get_by_role("heading", name="Who could introduce them"),
    )
    film.shot(
        "The address holds both ends: *Copy link* sends it, *Download CSV* gives every step with its source as a row.",
        page.get_by_role("button", name="Copy link").first,
    )
