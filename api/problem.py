"""Errors as `application/problem+json` (RFC 9457): one exception with a status, and one table for all others."""

from __future__ import annotations

import asyncio
import json
import logging
import signal
from collections.abc import Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from api.cors import READ_HEADERS
from api.excerpt import excerpt
from api.metrics import metrics_of
from api.negotiation import GRAPHS
from graph.edits import EditsClosedError
from graph.guard import GuardError
from graph.readers import (
    BusyError,
    DeadlineError,
    QueryError,
    ReaderDiedError,
    ReaderError,
    ResultTooLargeError,
    TooManyError,
)
from graph.writer import EditDeadlineError, EditError, EditTooHeavyError, WriterBusyError, WriterError

_NO_TRIPLE_TERMS = "JSON-LD does not support RDF 1.2"  # as the engine says it
_log = logging.getLogger(__name__)

_TITLES = {
    400: "Bad request",
    401: "Key needed",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    408: "Too slow",
    409: "Conflict",
    410: "Gone",
    413: "Too large",
    414: "Address too long",
    415: "Unsupported media type",
    429: "Too many requests",
    431: "Head too large",
    500: "Internal error",
    501: "Not implemented",
    503: "Not available now",
}
# Words for the metrics, where who refuses has none of its own.
_REASONS = {401: "key", 403: "forbidden", 413: "too_large", 415: "media", 429: "too_many", 503: "unavailable"}


class Problem(BaseModel):
    """What went wrong; `line`, `column` and `excerpt` for the text of a query, `parameter` and `near` for a filter,
    `sorts` for two that cannot be compared."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    line: int | None = None
    column: int | None = None
    excerpt: str | None = None
    request_id: str | None = None
    parameter: str | None = None
    value: str | None = None
    near: list[str] | None = None
    sorts: list[str | None] | None = None


# For the OpenAPI document: how a problem is answered, and what every reading route may answer.
PROBLEM: dict[str, Any] = {"model": Problem, "content": {"application/problem+json": {}}}
BAD: dict[int | str, dict[str, Any]] = dict.fromkeys((400, 503), PROBLEM)


class ApiError(Exception):
    """Ends a request with a problem. `extra` are further members of the problem; `reason` is a word for the metrics."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        extra: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
        reason: str = "",
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.extra: dict[str, Any] = dict(extra or {})
        self.headers = dict(headers or {})
        self.reason = reason or _REASONS.get(status, "")


def problem_response(error: ApiError) -> Response:
    """The answer to a request that failed; every site may read it."""
    title = _TITLES.get(error.status, "Error")
    body = {"type": "about:blank", "title": title, "status": error.status, "detail": error.detail} | error.extra
    headers = READ_HEADERS | {"Cache-Control": "no-store"} | error.headers
    content = json.dumps(body, ensure_ascii=False).encode("utf-8", "backslashreplace")
    return Response(content, error.status, headers, media_type="application/problem+json")


def of_guard(error: GuardError) -> ApiError:
    """A query that the guard refuses."""
    status = {"syntax": 400, "update": 400, "too-large": 413, "forbidden": 403}[error.reason]
    extra = {"line": error.line, "column": error.column}
    return ApiError(status, error.message, extra=extra, reason=f"guard_{error.reason}")


def of_reader(error: ReaderError) -> ApiError:
    """A query that gave no answer."""
    match error:
        case QueryError(line=None) if str(error).startswith(_NO_TRIPLE_TERMS):
            others = ", ".join(offer.media_type for offer in GRAPHS if "json" not in offer.media_type)
            return ApiError(406, f"JSON-LD has no form for triple terms, which are in this answer; there is {others}.")
        case QueryError(line=None):
            return ApiError(400, f"The query cannot be evaluated: {error}", reason="evaluation")
        case QueryError():
            place = {"line": error.line, "column": error.column}
            return ApiError(400, f"Syntax error: {error}", extra=place, reason="syntax")
        case ResultTooLargeError():
            return ApiError(413, f"{error} Ask for less, for example with LIMIT.", reason="answer_size")
        case DeadlineError():
            return ApiError(503, str(error), headers={"Retry-After": "10"}, reason="deadline")
        case TooManyError():
            return ApiError(429, str(error), headers={"Retry-After": "2"}, reason="each")
        case BusyError():
            return ApiError(503, str(error), headers={"Retry-After": "2"}, reason="busy")
        case ReaderDiedError(code=code, fault=False) if code == -signal.SIGABRT:
            title = {"title": "Memory limit reached"}  # to ask again would not help
            return ApiError(503, str(error), extra=title, reason="memory")
        case ReaderDiedError(fault=True):
            return ApiError(500, str(error), extra={"title": "Fault of the engine"}, reason="engine_fault")
        case ReaderDiedError(too_heavy=True):
            return ApiError(400, str(error), reason="too_heavy")
        case _:
            _log.error("no answer from a reader: %s", error)
            return ApiError(503, "The store does not answer.", headers={"Retry-After": "5"})


def of_writer(error: WriterError | EditsClosedError) -> ApiError:
    """An edit that was not applied."""
    match error:
        case EditError():
            status = {"forbidden": 403, "too-large": 413, "media": 415, "missing": 404}.get(error.reason, 400)
            place = {"line": error.line, "column": error.column} if error.line is not None else {}
            return ApiError(status, str(error), extra=place, reason=f"edit_{error.reason}")
        case EditTooHeavyError():
            return ApiError(400, str(error), reason="edit_too_heavy")
        case EditDeadlineError() | WriterBusyError() | EditsClosedError():
            return ApiError(503, str(error), headers={"Retry-After": "2"})
        case _:
            _log.error("the writer does not answer: %s", error)
            return ApiError(503, "The store cannot be written at the moment.", headers={"Retry-After": "5"})


async def refused(request: Request, error: ApiError) -> Response:
    """The answer to a request that failed in the application: counted, and with the place in the text that it is about.

    The route leaves that text (str or bytes) at `request.state.text`.
    """
    if error.reason:
        metrics_of(request.app).refuse(error.reason)
    text = getattr(request.state, "text", None)
    if text is not None and "line" in error.extra and "column" in error.extra:
        # In a thread: the text of an update can be long.
        error.extra["excerpt"] = await asyncio.to_thread(_excerpt, text, error.extra["line"], error.extra["column"])
    return problem_response(error)


def _excerpt(text: str | bytes, line: int, column: int) -> str:
    return excerpt(text if isinstance(text, str) else text.decode("utf-8", "replace"), line or 1, column or 1)


def install(app: FastAPI) -> None:
    """Let every error of `app` leave as a problem; what nobody expected is told by `api.observed`."""

    @app.exception_handler(ApiError)
    async def _(request: Request, error: ApiError) -> Response:
        return await refused(request, error)

    @app.exception_handler(GuardError)
    async def _(request: Request, error: GuardError) -> Response:
        return await refused(request, of_guard(error))

    @app.exception_handler(ReaderError)
    async def _(request: Request, error: ReaderError) -> Response:
        return await refused(request, of_reader(error))

    @app.exception_handler(WriterError)
    @app.exception_handler(EditsClosedError)
    async def _(request: Request, error: WriterError | EditsClosedError) -> Response:
        return await refused(request, of_writer(error))

    @app.exception_handler(HTTPException)
    async def _(request: Request, error: HTTPException) -> Response:
        detail = {404: f"There is nothing at {request.url.path}.", 405: f"{request.method} is not answered here."}
        headers = dict(error.headers or {})
        return problem_response(
            ApiError(error.status_code, detail.get(error.status_code, error.detail), headers=headers)
        )

    @app.exception_handler(RequestValidationError)
    async def _(_request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        where = first["loc"]
        name = str(where[1] if len(where) > 1 else where[0])  # what follows is the place in a list
        missing = first["type"] == "missing"
        extra = {"parameter": name} | ({} if missing else {"value": str(first.get("input"))[:200]})
        detail = f"{name} is missing; give it." if missing else f"{name}: {first['msg']}"
        return problem_response(ApiError(400, detail, extra=extra))
