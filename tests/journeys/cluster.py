"""Cluster staff: ten introductions for the next venture day, and the link to them."""

from __future__ import annotations

from typing import Final

from tests.journeys.film import Film

TITLE: Final = "Ten introductions for the next venture day"
QUESTION: Final = "The staff of a cluster prepare a venture day: who should be seated with whom, and why? The pictures are of the bundled Swedish sample."
ANSWER: Final = "The link opens the same list for a colleague, with the same choices; the CSV goes into the invitation letters, the printed sheet on the table."


def film(film: Film) -> None:
    """From the gaps to the list, one introduction looked at, the sheet and the link."""
    visitor, page = film.visitor, film.visitor.page
    visitor.open("/gaps")
    link = page.get_by_role("navigation", name="Findings").locator("a[href$='view=venture-day']")
    film.shot(
        "Where collaboration is missing. The findings are listed; one of them is the list for a venture day.", link
    )
    link.click()
    page.wait_for_url("**view=venture-day")
    film.shot("Who should meet whom: investors and companies, companies and research, partners from abroad.")
    card = page.get_by_role("main").get_by_role("listitem").filter(has=page.get_by_role("heading", level=4)).first
    film.shot("Each introduction says what speaks for it and what against it, and on which records that rests.", card)
    source = card.get_by_role("button", name="Source")
    if source.count():
        source.first.click()
        film.shot("A reason leads to the page that it was read from.", card)
    page.get_by_label("Technology", exact=True).select_option("batteries")
    page.wait_for_url("**technology=batteries**")
    film.shot("The day is about batteries: the list follows, and no choice is offered that leads to nobody.")
    page.emulate_media(media="print")
    film.shot("Printed, it is the sheet for the table.")
    page.emulate_media(media="screen")
    film.shot(
        "The address is the list: *Copy link* sends it to a colleague, *CSV* to a spreadsheet.",
        page.get_by_role("button", name="Copy link").first,
    )
