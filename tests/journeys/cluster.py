"""Cluster staff: ten introductions for the next venture day, and the link to them."""

from __future__ import annotations

import re
from typing import Final

from tests.journeys.film import Film

TITLE: Final = "Ten introductions for the next venture day"
QUESTION: Final = "The staff of a cluster prepare a venture day on energy storage: who should be seated with whom, and why? The pictures are of the bundled Swedish sample."
ANSWER: Final = "The link opens the same ten for a colleague, as they were left; the CSV goes into the invitation letters, the printed sheet on the table."


def film(film: Film) -> None:
    """From the front page over the gaps to ten introductions, the sheet and the link."""
    visitor, page = film.visitor, film.visitor.page
    visitor.open("/")
    gaps = page.get_by_role("navigation", name="Main").get_by_role("link", name="Gaps")
    film.shot("*Gaps* is where collaboration is missing.", gaps)
    gaps.click()
    page.wait_for_url("**/gaps")
    visitor.settle()
    day = page.get_by_role("navigation", name="Findings").get_by_role("link", name="Venture day")
    film.shot("The findings are listed; one of them is the list for a venture day.", day)
    day.click()
    page.wait_for_url("**view=venture-day")
    visitor.settle()
    page.get_by_label("Technology", exact=True).select_option("energy-storage")
    page.wait_for_url("**technology=energy-storage**")
    visitor.settle()
    best = page.get_by_role("link", name=re.compile("The best 10 as a shortlist"))
    film.shot(
        "Who should meet whom: investors and companies, companies and research, partners from abroad. The day is about energy storage; "
        "the lists follow. The best ten are one click away; single pairs can be ticked.",
        best,
    )
    best.click()
    page.wait_for_url("**view=shortlist**")
    _list(film)


def _list(film: Film) -> None:
    visitor, page = film.visitor, film.visitor.page
    cards = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("heading", level=3))
    cards.nth(9).wait_for()
    visitor.settle()
    film.shot("Ten introductions. Each says what speaks for it and what against it.", cards.first)
    source = cards.first.get_by_role("button", name=re.compile("^Source")).first
    source.click()
    film.shot("A reason leads to the page that it was read from, with its date and licence.", source)
    source.click()
    drop = cards.nth(1).get_by_role("button", name=re.compile("Take off"))
    film.shot("They know better of one: it is taken off, and another can be ticked on the lists.", drop)
    page.evaluate("() => scrollTo(0, 0)")
    film.shot(
        "The address is the list: *Copy link* sends it to a colleague, *CSV* to a spreadsheet.",
        page.get_by_role("main").get_by_role("button", name="Copy link").first,
        page.get_by_role("main").get_by_role("button", name="CSV").first,
    )
    page.emulate_media(media="print")
    film.shot("Printed, it is the sheet for the table.")
    page.emulate_media(media="screen")
