"""An analyst: who works on batteries around Västerås, who pays, since when."""

from __future__ import annotations

import re
from typing import Final

from tests.e2e.visitor import Visitor
from tests.journeys.film import Film

TITLE: Final = "Who works on batteries around Västerås, who pays, since when?"
QUESTION: Final = (
    "An analyst has the question of the title and nothing but a browser. The pictures are of the bundled Swedish sample, so the "
    "answer is that of the sample: the absence of a line is not the absence of a tie."
)
ANSWER: Final = (
    "The answer of the sample. Who: ABB and Mälardalen University in Västerås. Since when: ABB since 2019 as a partner of Northvolt, since 2020 in "
    "Batteries Sweden and since 2023 in the BASE project; when the project of Mälardalen University began no source of the sample says. Who pays: the "
    "Knowledge Foundation 8 million SEK to Mälardalen University, Vinnova Batteries Sweden since 2020, with no amount stated. The address of each "
    "step can be sent to somebody else."
)


def film(film: Film) -> None:
    """From the front page over the map of places to the payments, the dates and the source of a fact."""
    page = film.visitor.page
    _area(film)
    _place(film)
    only = page.get_by_role("button", name="Only Västmanland County")
    only.click()
    page.wait_for_url("**county=**")
    onward = page.get_by_role("navigation", name="More about this selection")
    film.shot("Only the county is left. What to ask next stands beside the filters.", onward)
    selected = page.url
    onward.get_by_role("link", name="Who pays").click()
    page.wait_for_url("**/flows?**")
    film.visitor.settle()
    payer = page.get_by_role("main").get_by_role("link", name=re.compile("^Knowledge Foundation"))
    film.shot("Who pays for it, with the technology and the county kept: two payers.", payer)
    payer.click()
    page.wait_for_url("**pick=**")
    sums = page.get_by_role("region", name=re.compile("The sums behind"))
    film.shot("What one of them pays: for which project, to whom, how much, and the page that says so.", sums)
    page.goto(selected)
    film.visitor.settle()
    _since(film)


def _area(film: Film) -> None:
    visitor, page = film.visitor, film.visitor.page
    visitor.open("/")
    page.get_by_role("combobox").first.fill("batteries")
    area = page.get_by_role("option").filter(has_text="Batteries").first
    film.shot("She types what she looks for. The technology area *Batteries* is among what is found.", area)
    area.click()
    page.wait_for_url("**/tech/batteries")
    visitor.settle()
    on_map = page.get_by_role("main").get_by_role("link", name="Open in the map")
    film.shot("The page of the area says who works on it, since when, in what; and leads to the map.", on_map)
    on_map.click()
    page.wait_for_url("**/map?tech=batteries")
    views = page.get_by_role("group", name="View")
    film.shot(
        "The map of batteries: organisations and the projects that join them. The same stands in two other views.",
        views,
    )
    views.get_by_text("Geography").click()
    page.wait_for_url("**view=geography**")


def _place(film: Film) -> None:
    page = film.visitor.page
    around = page.get_by_role("button", name=re.compile(r"^Uppsala.*Zoom in"))
    film.shot("On the geography the towns around Lake Mälaren stand close together.", around)
    _open_all(film.visitor)
    town = page.get_by_role("button", name=re.compile(r"^Västerås.*Open the list"))
    film.shot(
        "A click on the circle comes nearer, until Västerås stands by itself. Lines are joint efforts between counties.",
        town,
    )
    town.click()
    page.wait_for_url("**at=**")
    film.visitor.settle()
    film.shot(
        "Who works on batteries in Västerås, and in what.", page.get_by_role("button", name="Only Västmanland County")
    )


def _open_all(visitor: Visitor) -> None:
    """Open the circle that holds Västerås until the town has its own."""
    town = visitor.page.get_by_role("button", name=re.compile(r"^Västerås.*Open the list"))
    for _ in range(6):
        if town.count():
            return
        visitor.page.get_by_role("button", name=re.compile(r"(Uppsala|Västerås|Stockholm).*Zoom in")).first.click()
        visitor.settle(400)


def _since(film: Film) -> None:
    page = film.visitor.page
    page.get_by_role("link", name="Since when").click()
    page.wait_for_url("**/time?**")
    film.visitor.settle()
    year = page.get_by_role("table").get_by_role("link", name="2023", exact=True)
    film.shot("Since when: what began and what was paid, by year. What no source dates is named below.", year)
    year.click()
    film.visitor.settle()
    source = page.get_by_role("main").get_by_role("button", name=re.compile("^Source")).first
    source.click()
    film.shot("The events of a year, each with its source: the page, its date, its licence.", source)
    page.get_by_role("main").get_by_role("link", name="BASE electrolyte project").click()
    page.wait_for_url("**/effort/**")
    film.visitor.settle()
    film.shot(
        "The project: who takes part, since when, each line with its source. One of them is ABB.",
        page.get_by_role("region", name=re.compile("^Participants")),
    )
