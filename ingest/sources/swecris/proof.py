"""Evidence, dates and money of a grant."""

from __future__ import annotations

from decimal import Decimal
from urllib.parse import quote

from graph.node import Money, PartialDate

SITE = "https://www.vr.se/english/swecris.html"


def page(project: str) -> str:
    """The page on which Swecris shows the grant."""
    return f"{SITE}#/project/{quote(project, safe='')}"


def when(text: str) -> PartialDate | None:
    """A date that was settled before."""
    return PartialDate.parse(text) if text else None


def kronor(text: str, year: str) -> Money | None:
    """A sum that was settled before; None for an empty one, which is unknown and not zero."""
    return Money(Decimal(text), "SEK", int(year) if year else None) if text else None
