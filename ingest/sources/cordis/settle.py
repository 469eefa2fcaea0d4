"""What an organisation's record says: its names and identifiers, checked; a bad one is dropped and counted."""

from __future__ import annotations

from collections import Counter

from ingest.problem import CellError
from ingest.sources.cordis import cells
from ingest.sources.cordis.damage import mended
from ingest.sources.cordis.organisation import Organisation

ACTIVITIES = ("HES", "REC", "PRC", "PUB", "OTH")


def settled(one: Organisation, warnings: Counter[str]) -> dict[str, str]:
    """The values of the record; `names` are the other names, one a line."""
    name = _name(one.name)
    others = {_name(other): None for other in sorted(one.names)}
    if name != cells.line_of_text(one.name):
        warnings["organisations had a name whose letters were damaged (√∂ for ö); it was mended"] += 1
    activity = one.value("activity")
    if activity not in ACTIVITIES:
        if activity:
            warnings[f"organisations have the unknown type {activity[:20]!r}; they are kept without it"] += 1
        activity = ""
    vat, number = _vat(one.value("vat"), warnings)
    return {
        "pic": cells.pic(one.key.removeprefix("cordis:org/")),
        "name": name,
        "names": "\n".join(other for other in others if other not in ("", name)),
        "short": _name(one.value("short")),
        "activity": activity,
        "sme": "yes" if one.sme and activity == "PRC" else "",
        "vat": vat,
        "number": number,
        "url": _url(one.value("url"), warnings),
        "country": one.value("country"),
    }


def _name(said: str) -> str:
    return mended(cells.line_of_text(said))


def _vat(said: str, warnings: Counter[str]) -> tuple[str, str]:
    """The VAT number and, of a Swedish one, the organisation number in it."""
    if not said or not any(letter.isdigit() for letter in said):
        return "", ""
    try:
        number = cells.vat(said)
        return number, cells.swedish_number(number) if number.startswith("SE") else ""
    except CellError:
        warnings["VAT numbers are none, or may be those of natural persons; they were dropped"] += 1
        return "", ""


def _url(said: str, warnings: Counter[str]) -> str:
    if not said:
        return ""
    try:
        return cells.home_page(said)
    except CellError:
        warnings["home pages are no web addresses; they were dropped"] += 1
        return ""
