"""What a SPARQL request asks: read from its address or its body, strictly (SPARQL 1.1 Protocol, 2.1)."""

from __future__ import annotations

import asyncio
import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from fastapi import Request

from api.bodies import body_of, check_charset, too_large
from api.problem import ApiError
from graph.readers import Dataset

_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_IS_UPDATE = re.compile(rb"(?:^|&)update=")
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\]*")
_FORM, _DIRECT, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, the graphs that it should see, and how many seconds it may take (None: the server's limit).

    `explain`: not the answer is wanted, but what was seen and how long it took.
    """

    query: str
    dataset: Dataset
    seconds: float | None
    explain: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """An update, and the graphs that its WHERE should see."""

    update: bytes
    using: tuple[str, ...]
    using_named: tuple[str, ...]


async def asked(request: Request, query_limit: int, update_limit: int) -> Asked | Told | None:
    """The question or update of a request; None when a GET asks nothing. A problem 400, 413 or 415 when it is malformed.

    The limits are bytes of the body.
    """
    parameters = _pairs(request.scope["query_string"])
    if request.method == "GET":
        if any(name == "update" for name, _ in parameters):
            raise ApiError(400, "An update is sent by POST.", extra={"parameter": "update"})
        return _asked(parameters) if parameters else None
    kind, _, rest = request.headers.get("content-type", "").lower().partition(";")
    check_charset(rest)
    match kind.strip():
        case "application/x-www-form-urlencoded":
            return await _form(request, parameters, query_limit, update_limit)
        case "application/sparql-query":
            return _asked([*parameters, ("query", _text(await body_of(request, query_limit)))])
        case "application/sparql-update":
            return _told(parameters, await body_of(request, update_limit))
    accepted = f"{_FORM}, {_DIRECT}, {_UPDATE}"
    raise ApiError(415, f"Send it as {_FORM}, {_DIRECT} or {_UPDATE}.", headers={"Accept-Post": accepted})


async def _form(
    request: Request, parameters: list[tuple[str, str]], query_limit: int, update_limit: int
) -> Asked | Told:
    """A form is an update when it has the field; percent-encoding can make three bytes of one."""
    body = await body_of(request, 3 * update_limit)
    if not _IS_UPDATE.search(body):
        if len(body) > query_limit:
            raise too_large(query_limit)
        return _asked([*parameters, *_pairs(body)])
    pairs = await asyncio.to_thread(_pairs, body)
    updates = [value for name, value in pairs if name == "update"]
    if len(updates) != 1:
        raise ApiError(400, "There is more than one update parameter.", extra={"parameter": "update"})
    update = updates[0].encode()
    if len(update) > update_limit:
        raise too_large(update_limit)
    return _told([*parameters, *((name, value) for name, value in pairs if name != "update")], update)


def _told(parameters: list[tuple[str, str]], update: bytes) -> Told:
    for name in ("query", "update", "default-graph-uri", "named-graph-uri"):
        if any(held == name for held, _ in parameters):
            raise ApiError(400, f"{name} does not go with an update.", extra={"parameter": name})

    def graphs(name: str) -> tuple[str, ...]:
        found = tuple(value for held, value in parameters if held == name)
        for iri in found:
            if not _IRI.fullmatch(iri):
                raise ApiError(400, f"{name} must be an absolute IRI.", extra={"parameter": name, "value": iri[:200]})
        return found

    return Told(update, graphs("using-graph-uri"), graphs("using-named-graph-uri"))


def _asked(parameters: list[tuple[str, str]]) -> Asked:
    def values(name: str) -> list[str]:
        return [value for held, value in parameters if held == name]

    queries = values("query")
    if values("update"):
        raise ApiError(400, "A request is a query or an update, not both.", extra={"parameter": "update"})
    if len(queries) != 1:
        wrong = "There is no query parameter." if not queries else "There is more than one query parameter."
        raise ApiError(400, wrong, extra={"parameter": "query"})
    default, named = values("default-graph-uri"), values("named-graph-uri")
    # Graphs in the request make the whole dataset: what is not named is not in it.
    dataset = Dataset(default, named) if default or named else Dataset()
    return Asked(queries[0], dataset, _seconds(values("timeout")), _flag("explain", values("explain")))


def _seconds(values: list[str]) -> float | None:
    if not values:
        return None
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", values[-1]) or float(values[-1]) == 0:
        raise ApiError(400, "timeout is a number of seconds greater than 0.", extra={"parameter": "timeout"})
    return float(values[-1])


def _flag(name: str, values: list[str]) -> bool:
    if not values:
        return False
    if values[-1].lower() not in {"true", "false", "1", "0"}:
        raise ApiError(400, f"{name} is true or false.", extra={"parameter": name, "value": values[-1][:200]})
    return values[-1].lower() in {"true", "1"}


def _pairs(raw: bytes) -> list[tuple[str, str]]:
    if _BROKEN.search(raw):
        raise ApiError(400, "A percent sign must be followed by two hexadecimal digits.")
    parts = (part.partition(b"=") for part in raw.replace(b"+", b" ").split(b"&") if part)
    return [(_text(unquote_to_bytes(name)), _text(unquote_to_bytes(value))) for name, _, value in parts]


def _text(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ApiError(400, f"The request is not UTF-8: byte {error.start} does not fit.") from error
