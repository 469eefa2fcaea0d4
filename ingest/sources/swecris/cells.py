"""What the cells of a row say, in settled form; CellError when they cannot be right."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import datetime

from ingest.cells import amount
from ingest.identifiers import organisation_number
from ingest.problem import CellError

_TAG = re.compile(r"</?[a-zA-Z][^<>]*>")
_HEADINGS = re.compile(
    r"Syfte och mål:|Förväntade effekter och resultat:|Upplägg och genomförande:"
    r"|Purpose and goal:|Expected results and effects:|Approach and implementation:"
)
_UNCLASSIFIED = "9: "


def grant_number(project: str) -> tuple[str, str]:
    """`2019-00123_VR` -> the number of the funder, and the short name of the funder."""
    number, _, funder = project.rpartition("_")
    if not number or not funder or not re.fullmatch(r"[\w/:. -]+", project):
        raise CellError(
            f"{project[:50]!r} is no id of Swecris", "it is a number, _ and the funder, such as 2019-00123_VR"
        )
    return number, funder


def key_part(project: str) -> str:
    """The id as part of a key: a space becomes +."""
    return project.replace(" ", "+")


def organisation(text: str) -> str:
    """The organisation number; empty for a number that may be a natural person's, which is not kept, and for none."""
    bare = text.replace("-", "")
    if not bare or (re.fullmatch(r"(?:[0-9]{2})?[0-9]{10}", bare) and int(bare[-8]) < 2):
        return ""
    return organisation_number(text)


def is_personal(text: str) -> bool:
    """Whether the cell holds a number that may be a natural person's."""
    return bool(text) and not organisation(text)


def sek(text: str) -> str:
    """The sum: `628832.0` or `628832,5`; empty is unknown, not nothing."""
    said = amount(re.sub(r",(?=[0-9]+$)", ".", text)) if text else ""
    return said.removesuffix(".0")


def day(text: str) -> str:
    """A day, or a year: `2026-05-01`, `2026-05-01 12:00:00`, `2011`."""
    found = re.fullmatch(r"([0-9]{4}(?:-[0-9]{2}-[0-9]{2})?)(?:[ T][0-9:.]+Z?)?", text)
    if text and found is None:
        raise CellError(f"{text[:50]!r} is no date", "write YYYY-MM-DD or YYYY")
    return found[1] if found else ""


def year(text: str) -> str:
    """`2026.0` -> `2026`."""
    if text and not re.fullmatch(r"[0-9]{4}(?:\.0)?", text):
        raise CellError(f"{text[:50]!r} is no year", "write YYYY")
    return text[:4]


def loaded(text: str) -> str:
    """`07/17/2025 23:54:06` -> `2025-07-17 23:54:06`; empty when it is no date."""
    for form in ("%m/%d/%Y %H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M:%S"):
        try:
            return datetime.strptime(text[:19], form).isoformat(" ")
        except ValueError:
            continue
    return ""


def title(text: str) -> str:
    """On one line, without spaces around it."""
    return " ".join(html.unescape(text).split())


def abstract(text: str) -> str:
    """Plain words on one line; empty when nothing but the headings of the form stands there."""
    plain = " ".join(html.unescape(_TAG.sub(" ", text)).split())
    return plain if _HEADINGS.sub("", plain).strip() else ""


def subjects(text: str) -> Iterator[str]:
    """Each field of science from the widest to the narrowest, as `2: Teknik, Engineering and Technology / 205: …`."""
    for part in text.split("¤¤¤"):
        path = [" ".join(step.split()) for step in re.split(r",\s+(?=[0-9]+: )", part.strip()) if step.strip()]
        if path and not path[0].startswith(_UNCLASSIFIED):
            yield " / ".join(path)
