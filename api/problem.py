"""Errors as `application/problem+json` (RFC 9457): one exception with a status, and one table for all others."""

from __future__ import annotations

import json
import logging
import signal
from collections.abc import Mapping

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from pydantic import BaseModel
from starlette.exceptions import HTTPException

from graph.edits import EditsClosedError
from graph.guard import GuardError
from graph.readers import BusyError, DeadlineError, QueryError, ReaderDiedError, ReaderError, ResultTooLargeError
from graph.writer import EditDeadlineError, EditError, EditTooHeavyError, WriterBusyError, WriterError

_log = logging.getLogger(__name__)

_TITLES = {
    400: "Bad request",
    401: "Key needed",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    413: "Too large",
    415: "Unsupported media type",
    500: "Internal error",
    503: "Not available now",
}


class Problem(BaseModel):
    """What went wrong; `line` and `column` for the text of a query, `parameter` and `near` for a filter."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    line: int | None = None
    column: int | None = None
    parameter: str | None = None
    value: str | None = None
    near: list[str] | None = None


class ApiError(Exception):
    """Ends a request with a problem. `extra` are further members of the problem."""

    def __init__(
        self,
        status: int,
        detail: str,
        *,
        extra: Mapping[str, object] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.extra = dict(extra or {})
        self.headers = dict(headers or {})


def problem_response(error: ApiError) -> Response:
    """The answer to a request that failed; every site may read it."""
    title = _TITLES.get(error.status, "Error")
    body = {"type": "about:blank", "title": title, "status": error.status, "detail": error.detail} | error.extra
    headers = {"Access-Control-Allow-Origin": "*", "Cache-Control": "no-store"} | error.headers
    content = json.dumps(body, ensure_ascii=False).encode()
    return Response(content, error.status, headers, media_type="application/problem+json")


def of_guard(error: GuardError) -> ApiError:
    """A query that the guard refuses."""
    status = {"syntax": 400, "update": 400, "too-large": 413, "forbidden": 403}[error.reason]
    return ApiError(status, error.message, extra={"line": error.line, "column": error.column})


def of_reader(error: ReaderError) -> ApiError:
    """A query that gave no answer."""
    match error:
        case QueryError(line=None):
            return ApiError(400, f"The query cannot be evaluated: {error}")
        case QueryError():
            return ApiError(400, f"Syntax error: {error}", extra={"line": error.line, "column": error.column})
        case ResultTooLargeError():
            return ApiError(413, f"{error} Ask for less, for example with LIMIT.")
        case DeadlineError():
            return ApiError(503, str(error), headers={"Retry-After": "10"})
        case BusyError():
            return ApiError(503, str(error), headers={"Retry-After": "2"})
        case ReaderDiedError(code=code) if code == -signal.SIGABRT:
            return ApiError(503, str(error), extra={"title": "Memory limit reached"})  # to ask again would not help
        case ReaderDiedError(too_heavy=True):
            return ApiError(400, str(error))
        case _:
            _log.error("no answer from a reader: %s", error)
            return ApiError(503, "The store does not answer.", headers={"Retry-After": "5"})


def of_writer(error: WriterError | EditsClosedError) -> ApiError:
    """An edit that was not applied."""
    match error:
        case EditError():
            status = {"forbidden": 403, "too-large": 413, "media": 415, "missing": 404}.get(error.reason, 400)
            place = {"line": error.line, "column": error.column} if error.line is not None else {}
            return ApiError(status, str(error), extra=place)
        case EditTooHeavyError():
            return ApiError(400, str(error))
        case EditDeadlineError() | WriterBusyError() | EditsClosedError():
            return ApiError(503, str(error), headers={"Retry-After": "2"})
        case _:
            _log.error("the writer does not answer: %s", error)
            return ApiError(503, "The store cannot be written at the moment.", headers={"Retry-After": "5"})


def install(app: FastAPI) -> None:
    """Let every error of `app` leave as a problem."""

    @app.exception_handler(ApiError)
    async def _(_request: Request, error: ApiError) -> Response:
        return problem_response(error)

    @app.exception_handler(GuardError)
    async def _(_request: Request, error: GuardError) -> Response:
        return problem_response(of_guard(error))

    @app.exception_handler(ReaderError)
    async def _(_request: Request, error: ReaderError) -> Response:
        return problem_response(of_reader(error))

    @app.exception_handler(WriterError)
    @app.exception_handler(EditsClosedError)
    async def _(_request: Request, error: WriterError | EditsClosedError) -> Response:
        return problem_response(of_writer(error))

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
        name = str(first["loc"][-1])
        extra = {"parameter": name, "value": str(first.get("input"))[:200]}
        return problem_response(ApiError(400, f"{name}: {first['msg']}", extra=extra))

    @app.exception_handler(Exception)
    async def _(request: Request, _error: Exception) -> Response:
        return problem_response(ApiError(500, f"{request.url.path} failed; the log of the server says why."))
