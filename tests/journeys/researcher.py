"""A researcher: a path from her group to a company, with evidence on each hop."""

from __future__ import annotations

from typing import Final

from tests.journeys.film import Film, PendingError

TITLE: Final = "How is my group linked with this company?"
QUESTION: Final = "A researcher at KTH wants to know who could introduce her to a company. The pictures are of the bundled Swedish sample."
ANSWER: Final = "A chain of people's organisations, each link with the project, the years and the page that says so."
GROUP: Final = "kth"
COMPANY: Final = "northvolt"


def film(film: Film) -> None:
    """From the page of her group over the paths to the sources of each hop."""
    visitor, page = film.visitor, film.visitor.page
    visitor.open("/path")
    if page.get_by_role("combobox").count() < 2:  # pending: the page of paths is being built
        raise PendingError("/path does not let one choose two ends yet; write the steps when it does")
    raise PendingError("the steps on /path are to be written")
