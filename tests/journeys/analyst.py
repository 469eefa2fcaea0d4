"""An analyst: who works on batteries around Västerås, who pays, since when."""

from __future__ import annotations

from typing import Final

from tests.journeys.film import Film

TITLE: Final = "Who works on batteries around Västerås, who pays, since when?"
QUESTION: Final = (
    "An analyst has the question of the title and nothing but a browser. The pictures are of the bundled Swedish sample, so the "
    "answer is that of the sample: the absence of a line is not the absence of a tie."
)
ANSWER: Final = (
    "The answer of the sample: Mälardalen University, with Northvolt, in a project on the making of batteries; the Knowledge "
    "Foundation pays, 8 million SEK; since when, no source of the sample says, which the column says. The address of each step can be sent to somebody else."
)


def film(film: Film) -> None:
    """From the front page over the map and its table to the project and the source of a fact."""
    visitor, page = film.visitor, film.visitor.page
    visitor.open("/")
    page.get_by_role("combobox").first.fill("batteries")
    area = page.get_by_role("option").filter(has_text="Batteries").first
    film.shot("She types what she looks for. The technology area *Batteries* is among what is found.", area)
    area.click()
    page.wait_for_url("**/tech/batteries")
    on_map = page.get_by_role("main").get_by_role("link", name="map").first
    film.shot("The page of the area says what belongs to it, who works on it, and leads to the map.", on_map)
    visitor.open("/map?tech=batteries")
    film.shot("The map of batteries: organisations and the projects that join them. The filters stand at the left.")
    county = page.locator("aside details").filter(has=page.locator("summary").get_by_text("County", exact=True))
    county.locator("summary").click()
    choice = county.get_by_role("checkbox", name="Västmanland")
    if not choice.is_visible():
        county.get_by_role("button", name="more").click()
    film.shot(
        "Västerås lies in Västmanland County; the number says how much is left when she chooses it.",
        choice.locator(".."),
    )
    choice.check()
    page.wait_for_url("**county=**")
    film.shot("What is left: who works on batteries there, and in what. The address holds both choices.")
    page.get_by_role("group", name="View").get_by_text("Table").click()
    page.wait_for_url("**view=table**")
    film.shot(
        "The same as a table, with the year since when where it is known; *CSV* gives its rows to a spreadsheet.",
        page.get_by_role("table"),
    )
    page.get_by_role("table").get_by_role("link", name="Battery production").click()
    page.wait_for_url("**/effort/**")
    film.shot(
        "The project: who takes part, who pays, how much.", page.get_by_role("heading", name="Money").locator("..")
    )
    source = page.get_by_role("main").get_by_role("button", name="Source").first
    source.click()
    film.shot("Each fact has its source one click away: the page that says so, its date and its licence.", source)
