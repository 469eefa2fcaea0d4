"""What an organisation's record says: its names and identifiers, checked; a bad one is dropped and counted."""

from __future__ import annotations

from ingest.problem import CellError
from ingest.sources.cordis import cells
from ingest.sources.cordis.damage import mended
from ingest.sources.cordis.organisation import Organisation
from ingest.sources.cordis.people import is_contact
from ingest.sources.cordis.tally import Tally

_CONTACT = "of organisations are an e-mail address or a telephone number; they were dropped"
ACTIVITIES = ("HES", "REC", "PRC", "PUB", "OTH")


def settled(one: Organisation, warnings: Tally) -> dict[str, str]:
    """The values of the record; `names` are the other names, one a line."""
    others = {said: None for other in sorted(one.names) if not is_contact(said := _name(other))}
    name, short = _name(one.name), _name(one.value("short"))
    if name != cells.line_of_text(one.name):
        text = "organisations had a name whose letters were damaged (√∂ for ö); it was mended"
        warnings.note(text, f"{one.file}:{one.line}")
    if name and name not in others:
        warnings.note(f"names {_CONTACT}", f"{one.file}:{one.line}")
        name = ""
    if short and is_contact(short):
        warnings.note(f"short names {_CONTACT}", one.place("short"))
        short = ""
    activity = one.value("activity")
    if activity not in ACTIVITIES:
        if activity:
            text = f"organisations have the unknown type {activity[:20]!r}; they are kept without it"
            warnings.note(text, one.place("activity"))
        activity = ""
    vat, number = _vat(one, warnings)
    return {
        "pic": cells.pic(one.key.removeprefix("cordis:org/")),
        "name": name,
        "names": "\n".join(other for other in others if other not in ("", name)),
        "short": short,
        "activity": activity,
        "sme": "yes" if one.sme and activity == "PRC" else "",
        "vat": vat,
        "number": number,
        "url": _url(one, warnings),
        "country": one.value("country"),
    }


def _name(said: str) -> str:
    return mended(cells.line_of_text(said))


def _vat(one: Organisation, warnings: Tally) -> tuple[str, str]:
    """The VAT number and, of a Swedish one, the organisation number in it."""
    said = one.value("vat")
    if not said or not any(letter.isdigit() for letter in said):
        return "", ""
    try:
        number = cells.vat(said)
        return number, cells.swedish_number(number) if number.startswith("SE") else ""
    except CellError:
        warnings.note("VAT numbers are none; they were dropped", one.place("vat"))
        return "", ""


def _url(one: Organisation, warnings: Tally) -> str:
    said = one.value("url")
    if not said:
        return ""
    try:
        return cells.home_page(said)
    except CellError:
        warnings.note("home pages are no web addresses; they were dropped", one.place("url"))
        return ""
