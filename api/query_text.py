"""What a SPARQL request asks: read from its address or its body, strictly (SPARQL 1.1 Protocol, 2.1)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote_to_bytes

from fastapi import Request

from api.problem import ApiError
from graph.readers import Dataset

_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_FORM, _DIRECT, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, the graphs that it should see, and how many seconds it may take (None: the server's limit)."""

    query: str
    dataset: Dataset
    seconds: float | None


async def asked(request: Request, body_limit: int) -> Asked | None:
    """The question of a request; None when a GET asks nothing. A problem 400, 413 or 415 when it is not well formed."""
    parameters = _pairs(request.scope["query_string"])
    if request.method == "GET":
        return _asked(parameters) if parameters else None
    kind, _, rest = request.headers.get("content-type", "").lower().partition(";")
    _check_charset(rest)
    match kind.strip():
        case "application/x-www-form-urlencoded":
            return _asked([*parameters, *_pairs(await _body(request, body_limit))])
        case "application/sparql-query":
            return _asked([*parameters, ("query", _text(await _body(request, body_limit)))])
        case "application/sparql-update":
            raise ApiError(403, "Updates are not allowed here.")
    accepted = f"{_FORM}, {_DIRECT}"
    raise ApiError(415, f"Send the query as {_FORM} or {_DIRECT}.", headers={"Accept-Post": accepted})


def _asked(parameters: list[tuple[str, str]]) -> Asked:
    def values(name: str) -> list[str]:
        return [value for held, value in parameters if held == name]

    queries = values("query")
    if values("update"):
        raise ApiError(403, "Updates are not allowed here.", extra={"parameter": "update"})
    if len(queries) != 1:
        wrong = "There is no query parameter." if not queries else "There is more than one query parameter."
        raise ApiError(400, wrong, extra={"parameter": "query"})
    default, named = values("default-graph-uri"), values("named-graph-uri")
    # Graphs in the request make the whole dataset: what is not named is not in it.
    dataset = Dataset(default, named) if default or named else Dataset()
    return Asked(queries[0], dataset, _seconds(values("timeout")))


def _seconds(values: list[str]) -> float | None:
    if not values:
        return None
    if not re.fullmatch(r"\d{1,6}(\.\d{1,6})?", values[-1]) or float(values[-1]) == 0:
        raise ApiError(400, "timeout is a number of seconds greater than 0.", extra={"parameter": "timeout"})
    return float(values[-1])


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


def _check_charset(parameters: str) -> None:
    for name, _, value in (part.partition("=") for part in parameters.split(";")):
        if name.strip() == "charset" and value.strip().strip('"') not in {"utf-8", "utf8"}:
            raise ApiError(415, "Only UTF-8 is read.")


async def _body(request: Request, limit: int) -> bytes:
    """The body, as long as it stays below the limit."""
    held = bytearray()
    async for part in request.stream():
        held += part
        if len(held) > limit:
            raise ApiError(413, f"The body has more than {limit:,} bytes.", headers={"Connection": "close"})
    return bytes(held)
