"""What a SPARQL request asks: read from its address or its body, strictly (SPARQL 1.1 Protocol, 2.1)."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from fastapi import Request

from api.bodies import body_of, check_charset, is_small, too_large
from api.forms import Fields, fields, text
from api.iris import iri
from api.parameters import FORMATS, flag, last, of_query, of_update, seconds, values
from api.problem import ApiError
from api.served import Served
from api.writing import writer_key
from graph.readers import Dataset

_FORM, _DIRECT, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_ESCAPED = 3  # percent-encoding can make three bytes of one
_ASIDE = 64_000  # bytes; a form from here on is read in a thread, one at a time
_DATASET, _USING = ("default-graph-uri", "named-graph-uri"), ("using-graph-uri", "using-named-graph-uri")
_MARK = "\ufeff".encode()  # some editors begin a text in UTF-8 with it


@dataclass(frozen=True, slots=True)
class Asked:
    """A query, the graphs that it should see, and how many seconds it may take (None: the server's limit).

    `explain`: not the answer is wanted, but what was seen and how long it took. `format` counts when the Accept header
    leaves it open.
    """

    query: str
    dataset: Dataset
    seconds: float | None
    explain: bool = False
    format: str | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """An update, the graphs that its WHERE should see, and whether the answer waits for the disk."""

    update: bytes
    using: tuple[str, ...]
    using_named: tuple[str, ...]
    durable: bool = False


async def asked(request: Request, served: Served) -> Asked | Told | None:
    """The question or update of a request; None when a GET asks nothing. A problem 400, 413 or 415 when it is malformed.

    More of a body than a query needs is read only of who has shown a key for writing.
    """
    parameters = fields(request.scope["query_string"])
    if request.method == "GET":
        if any(name == "update" for name, _ in parameters):
            raise ApiError(400, "An update is sent by POST.", extra={"parameter": "update"})
        return _asked(parameters) if parameters else None
    kind, _, rest = request.headers.get("content-type", "").lower().partition(";")
    check_charset(rest)
    settings = served.settings
    match kind.strip():
        case "application/x-www-form-urlencoded":
            return await _form(request, parameters, served)
        case "application/sparql-query":
            query = await body_of(request, _query_limit(served))
            return _asked([*parameters, ("query", query)])
        case "application/sparql-update":
            if not is_small(request, _query_limit(served)):
                await writer_key(request, served)
            return _told([*parameters, ("update", await body_of(request, settings.body_bytes))], settings.body_bytes)
    accepted = f"{_FORM}, {_DIRECT}, {_UPDATE}"
    raise ApiError(415, f"Send it as {_FORM}, {_DIRECT} or {_UPDATE}.", headers={"Accept-Post": accepted})


def _query_limit(served: Served) -> int:
    return (_ESCAPED + 1) * served.settings.query_size


async def _form(request: Request, parameters: Fields, served: Served) -> Asked | Told:
    """A form is an update when it has the field."""
    few, many = _query_limit(served), _ESCAPED * served.settings.body_bytes
    writes = False
    if "authorization" in request.headers and not is_small(request, few):
        writes = (await writer_key(request, served, None)).may("update")
    hint = "" if writes else " An update may be longer, with a key in the Authorization header."
    body = await body_of(request, max(few, many) if writes else few, hint)
    if len(body) < _ASIDE:
        sent = fields(body)
    else:
        async with request.app.state.forms:
            sent = await asyncio.to_thread(fields, body)
    if any(name == "update" for name, _ in sent):
        return _told([*parameters, *sent], served.settings.body_bytes)
    if len(body) > few:
        raise too_large(few)
    return _asked([*parameters, *sent])


def _told(held: Fields, limit: int) -> Told:
    of_update(held)
    update = _one(held, "update")
    if len(update) > limit:
        raise too_large(limit)
    using, named = (tuple(iri(value, name) for value in values(held, name)) for name in _USING)
    return Told(update, using, named, flag(held, "durable"))


def _asked(held: Fields) -> Asked:
    if any(name == "update" for name, _ in held):
        raise ApiError(400, "A request is a query or an update, not both.", extra={"parameter": "update"})
    of_query(held)
    query = text(_one(held, "query"), "query")
    default, named = ([iri(value, name) for value in values(held, name)] for name in _DATASET)
    # Graphs in the request make the whole dataset: what is not named is not in it.
    dataset = Dataset(default, named) if default or named else Dataset()
    wanted = next((value for name in FORMATS if (value := last(held, name))), None)
    return Asked(query, dataset, seconds(held, "timeout"), flag(held, "explain"), wanted)


def _one(held: Fields, name: str) -> bytes:
    found = [value for one, value in held if one == name]
    if len(found) != 1:
        wrong = f"There is {'more than one' if found else 'no'} {name} parameter."
        raise ApiError(400, wrong, extra={"parameter": name})
    return found[0].removeprefix(_MARK)
