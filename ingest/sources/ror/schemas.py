"""Reads a record of schema 1 or 2; which one it is, is told by its fields, never by the name of its file."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from ingest.identifiers import ror
from ingest.problem import CellError
from ingest.sources.ror.organisation import Location, Organisation, RorError, checked

ADDRESS = "https://ror.org/"
UNKNOWN = "und"  # BCP 47: a language that is not told

Fields = Mapping[str, Any]


def schema_of(raw: object) -> int:
    """1 or 2; RorError when it is a record of neither."""
    if isinstance(raw, dict) and "id" in raw:
        if isinstance(raw.get("names"), list) and "locations" in raw:
            return 2
        if isinstance(raw.get("name"), str) and "addresses" in raw:
            return 1
    raise RorError("", "is no record of ROR schema 1 or 2", "give a data dump of ROR")


def read(raw: object) -> Organisation:
    """The record; RorError when something in it is not as its schema says."""
    schema = schema_of(raw)
    try:
        assert isinstance(raw, dict)  # noqa: S101 - schema_of has looked; this tells the type checker
        return checked(_two(raw) if schema == 2 else _one(raw))
    except (KeyError, TypeError, AttributeError, ValueError, IndexError) as error:
        if isinstance(error, RorError):
            raise
        message = f"is not as schema {schema} says ({type(error).__name__}: {str(error)[:100]})"
        raise RorError("", message) from error


def number_of(address: str) -> str:
    """`https://ror.org/05p3hyp82` -> `05p3hyp82`; RorError when the check digits are wrong."""
    try:
        return ror(address.removeprefix(ADDRESS))
    except CellError as error:
        raise RorError("id", error.message, error.advice) from error


def _two(raw: Fields) -> Organisation:
    shown: list[tuple[str, str]] = []
    names: list[tuple[str, str]] = []
    others: list[str] = []
    acronyms: list[str] = []
    for name in raw["names"]:
        value, types = _plain(name["value"]), set(name["types"])
        unknown = types - {"ror_display", "label", "alias", "acronym"}
        if unknown or not types:
            raise RorError("names", f"unknown type of name {sorted(unknown) or 'none'}")
        if types & {"ror_display", "label"}:
            (shown if "ror_display" in types else names).append((value, name["lang"] or UNKNOWN))
        elif "acronym" in types:
            acronyms.append(value)
        else:
            others.append(value)
    return Organisation(
        ror=number_of(raw["id"]),
        status=raw["status"],
        types=tuple(raw["types"]),
        established=raw["established"],
        names=_named([*shown, *names]),
        others=_once(others),
        acronyms=_once(acronyms),
        homepages=_once(link["value"] for link in raw["links"] if link["type"] == "website"),
        wikipedia=_once(link["value"] for link in raw["links"] if link["type"] == "wikipedia"),
        locations=tuple(_location(place) for place in raw["locations"]),
        ids=tuple((said["type"], _first(said["preferred"], said["all"])) for said in raw["external_ids"]),
        preferred=frozenset(said["type"] for said in raw["external_ids"] if said["preferred"]),
        relations=tuple((said["type"], number_of(said["id"])) for said in raw["relationships"]),
        modified=raw.get("admin", {}).get("last_modified", {}).get("date", ""),
    )


def _one(raw: Fields) -> Organisation:
    labels = [(_plain(label["label"]), label["iso639"] or UNKNOWN) for label in raw["labels"]]
    ids = {system.lower(): said for system, said in raw["external_ids"].items()}
    return Organisation(
        ror=number_of(raw["id"]),
        status=raw["status"],
        types=tuple(kind.lower() for kind in raw["types"]),
        established=raw["established"],
        names=_named([(_plain(raw["name"]), UNKNOWN), *labels]),
        others=_once(map(_plain, raw["aliases"])),
        acronyms=_once(map(_plain, raw["acronyms"])),
        homepages=_once(raw["links"]),
        wikipedia=_once([raw["wikipedia_url"]] if raw["wikipedia_url"] else []),
        locations=tuple(_address(place, raw["country"]["country_code"]) for place in raw["addresses"]),
        ids=tuple((system, _first(said["preferred"], _listed(said["all"]))) for system, said in sorted(ids.items())),
        preferred=frozenset(system for system, said in ids.items() if said["preferred"]),
        relations=tuple((said["type"].lower(), number_of(said["id"])) for said in raw["relationships"]),
        modified="",
    )


def _location(place: Fields) -> Location:
    found = place["geonames_details"]
    code = found["country_code"], found.get("country_subdivision_code") or ""
    return Location(int(place["geonames_id"]), _plain(found["name"]), *code, str(found["lat"]), str(found["lng"]))


def _address(place: Fields, country: str) -> Location:
    town = place["geonames_city"]
    return Location(int(town["id"]), _plain(town["city"]), country, "", str(place["lat"]), str(place["lng"]))


def _listed(said: object) -> list[str]:
    return [said] if isinstance(said, str) else list(said)  # type: ignore[call-overload]  # a list, or TypeError


def _first(preferred: str | None, every: Iterable[str]) -> tuple[str, ...]:
    return _once([preferred, *every] if preferred else every)


def _once(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _named(names: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(names))


def _plain(name: str) -> str:
    """In normal form C, on one line; a name that is empty is no name."""
    plain = " ".join(unicodedata.normalize("NFC", name).split())
    if not plain:
        raise RorError("names", "a name is empty")
    return plain
