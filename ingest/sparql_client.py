"""Asks a SPARQL endpoint of the world outside, politely: one question at a time, with pauses, and no longer than told."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from http.client import HTTPException, HTTPResponse
from typing import Any
from urllib.error import HTTPError, URLError

from SPARQLWrapper import JSON, POST, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import EndPointInternalError, SPARQLWrapperException

from ingest.problem import IngestError

_PIECE = 64 * 1024
_TYPES = ("application/sparql-results+json", "application/json")
_TRANSIENT = frozenset({429, 500, 502, 503, 504})
_FIRST_WAIT = 5.0  # seconds after the first failure that names no time; doubled after each further one


class EndpointError(IngestError):
    """The endpoint does not answer, refuses, or answers with something else than it was asked for."""


class _PassingError(EndpointError):
    """A fault that may be gone at the next try; `wait` is how many seconds the endpoint asked for, if it did."""

    def __init__(self, message: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Manners:
    """How to ask. Times in seconds, `largest` in bytes; `timeout` counts for a whole answer.

    An endpoint that asks for a longer wait than `longest_wait` is left alone: that ends the run.
    """

    agent: str
    pause: float = 1.0
    timeout: int = 90
    tries: int = 5
    longest_wait: float = 300.0
    largest: int = 64 * 1024 * 1024
    sleep: Callable[[float], None] = time.sleep


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of a row: an address or a text, and the language of the text."""

    value: str
    lang: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """The bytes as they came (SPARQL 1.1 results as JSON), and the rows; what is unbound is not in a row."""

    raw: bytes
    rows: tuple[Mapping[str, Cell], ...]


class Endpoint:
    """A SPARQL 1.1 endpoint at an http(s) address."""

    def __init__(self, address: str, manners: Manners) -> None:
        self._address = address
        self._manners = manners
        self._asked = False

    def select(self, query: str) -> Answer:
        """The answer to a SELECT; EndpointError when there is none after all tries."""
        manners = self._manners
        wait = _FIRST_WAIT
        for left in range(manners.tries - 1, -1, -1):
            if self._asked:
                manners.sleep(manners.pause)
            self._asked = True
            try:
                return self._once(query)
            except _PassingError as error:
                if left == 0:
                    raise EndpointError(f"{error}, {manners.tries} times; try again later") from error
                asked = wait if error.wait is None else error.wait
                if asked > manners.longest_wait:
                    message = (
                        f"{error} and asks to wait {asked:.0f} s; run again after that, it goes on where it stopped"
                    )
                    raise EndpointError(message) from error
                manners.sleep(asked)
                wait = min(wait * 2, manners.longest_wait)
        raise AssertionError("no try was allowed")

    def _once(self, query: str) -> Answer:
        deadline = time.monotonic() + self._manners.timeout
        try:
            response = self._request(query).query().response
            with response:
                raw = self._read(response, deadline)
        except HTTPError as error:
            with error:
                raise self._refusal(error) from error
        except EndPointInternalError as error:
            raise _PassingError(f"{self._address} answers 500") from error
        except SPARQLWrapperException as error:
            raise EndpointError(f"{self._address} refuses the query: {_short(str(error))}") from error
        except TimeoutError as error:
            raise _PassingError(f"{self._address} has not answered within {self._manners.timeout} s") from error
        except (URLError, HTTPException, OSError) as error:
            if isinstance(error, URLError) and isinstance(error.reason, TimeoutError):
                message = f"{self._address} has not answered within {self._manners.timeout} s"
                raise _PassingError(message) from error
            raise _PassingError(f"{self._address} cannot be reached: {_short(str(error))}") from error
        return Answer(raw, self._rows(raw))

    def _request(self, query: str) -> SPARQLWrapper:
        asking = SPARQLWrapper(self._address, agent=self._manners.agent)
        asking.setReturnFormat(JSON)
        asking.setOnlyConneg(True)  # no `format=` and its kin: endpoints that know them disagree on what they mean
        asking.setMethod(POST)
        asking.setTimeout(self._manners.timeout)
        asking.setQuery(query)
        return asking

    def _read(self, response: HTTPResponse, deadline: float) -> bytes:
        kind = response.headers.get_content_type()
        if kind not in _TYPES:
            start = _short(response.read1(_PIECE).decode("utf-8", "replace"))
            raise _PassingError(f"{self._address} answers with {kind} instead of SPARQL results as JSON: {start!r}")
        pieces: list[bytes] = []
        size = 0
        while piece := response.read1(_PIECE):
            size += len(piece)
            if size > self._manners.largest:
                message = f"{self._address} answers with more than {self._manners.largest} bytes"
                raise EndpointError(f"{message}; ask for smaller pages with --set page_size=...")
            if time.monotonic() > deadline:
                raise TimeoutError
            pieces.append(piece)
        return b"".join(pieces)

    def _refusal(self, error: HTTPError) -> EndpointError:
        message = f"{self._address} answers {error.code}"
        if error.code in _TRANSIENT:
            return _PassingError(message, _asked_wait(error.headers.get("Retry-After", "")))
        return EndpointError(f"{message} {error.reason}; check the address and what the endpoint allows")

    def _rows(self, raw: bytes) -> tuple[Mapping[str, Cell], ...]:
        try:
            found = json.loads(raw)
            return tuple(
                {name: _cell(value) for name, value in binding.items()} for binding in found["results"]["bindings"]
            )
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
            end = _short(raw[-200:].decode("utf-8", "replace"))
            raise _PassingError(f"{self._address} broke its answer off or sent no results; it ends {end!r}") from error


def _cell(value: Mapping[str, Any]) -> Cell:
    text = value["value"]
    if not isinstance(text, str):
        raise TypeError(text)
    return Cell(text, str(value.get("xml:lang", "")))


def _asked_wait(header: str) -> float | None:
    """Retry-After in seconds or as a date; None when it is missing or neither."""
    try:
        return max(0.0, float(header))
    except ValueError:
        pass
    try:
        return max(0.0, parsedate_to_datetime(header).timestamp() - time.time())
    except ValueError:
        return None


def _short(text: str) -> str:
    return " ".join(text.split())[:200]
