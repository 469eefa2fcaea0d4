"""The parameters of requests to `/sparql` and `/graph-store`: which there are, and what their values may be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from difflib import get_close_matches
from typing import Final

from api.forms import Fields, text
from api.problem import ApiError

FORMATS: Final = ("format", "output")  # a media type or a word for it, for who can send no Accept header
_QUERY = ("query", "default-graph-uri", "named-graph-uri", "timeout", "explain")
_UPDATE = ("update", "using-graph-uri", "using-named-graph-uri", "durable")
# What clients of other servers send with every request, and what changes no answer of this one: passed over.
IGNORED: Final = (
    *("results", "callback", "debug", "infer", "queryLn", "run", "save", "should-sponge", "soft-limit"),
    *("signal_unbound", "signal_void", "stylesheet", "xslt-uri"),
)
QUERY: Final = (*_QUERY, *FORMATS)
UPDATE: Final = (*_UPDATE, *FORMATS)


def of_query(held: Fields) -> None:
    """A problem 400 for a parameter that a query does not have."""
    _only(held, QUERY, _UPDATE, "a query")


def of_update(held: Fields) -> None:
    """A problem 400 for a parameter that an update does not have."""
    _only(held, UPDATE, _QUERY, "an update")


def known(names: Iterable[str], allowed: Collection[str]) -> None:
    """A problem 400 for the first name that is not known, with what comes near."""
    for name in names:
        if name not in allowed:
            raise unknown(name, sorted(allowed))


def unknown(name: str, allowed: list[str]) -> ApiError:
    """The problem of a parameter that does not exist."""
    near = get_close_matches(name[:100], allowed, 5, 0.6)
    hint = f"Did you mean {', '.join(near)}? " if near else ""
    listed = f"Known are {', '.join(allowed)}." if allowed else "This path takes none."
    detail = f"There is no parameter {name[:100]!r} here. {hint}{listed}"
    return ApiError(400, detail, extra={"parameter": name[:100], "near": near or allowed})


def values(held: Fields, name: str) -> list[str]:
    """Every value of a parameter."""
    return [text(value, name) for one, value in held if one == name]


def last(held: Fields, name: str) -> str | None:
    """Its value; the last of several; None when it is not there."""
    found = values(held, name)
    return found[-1] if found else None


def flag(held: Fields, name: str) -> bool:
    """Whether it is true; a problem 400 for anything but true and false."""
    value = last(held, name)
    if value is None:
        return False
    if value.lower() not in {"true", "false", "1", "0"}:
        raise ApiError(400, f"{name} is true or false.", extra={"parameter": name, "value": value[:200]})
    return value.lower() in {"true", "1"}


def seconds(held: Fields, name: str) -> float | None:
    """A number of seconds; None when it is not there."""
    value = last(held, name)
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,6}(\.[0-9]{1,6})?", value) or float(value) == 0:
        raise ApiError(400, f"{name} is a number of seconds greater than 0.", extra={"parameter": name})
    return float(value)


def _only(held: Fields, allowed: tuple[str, ...], misplaced: tuple[str, ...], what: str) -> None:
    for name, _ in held:
        if name in misplaced:
            raise ApiError(400, f"{name} does not go with {what}.", extra={"parameter": name})
    known((name for name, _ in held if name not in IGNORED), allowed)
