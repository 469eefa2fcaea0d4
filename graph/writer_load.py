"""Inside the writer: the document of a LOAD, from addresses that a setting lists and from nowhere else."""

from __future__ import annotations

import http.client
from collections.abc import Sequence
from dataclasses import dataclass
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, unquote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
)

from graph.writer_documents import FORMATS
from graph.writer_refusal import RefusedError

_SECONDS = 20.0  # without a byte
_ENDINGS = {
    "ttl": "text/turtle",
    "nt": "application/n-triples",
    "rdf": "application/rdf+xml",
    "owl": "application/rdf+xml",
    "jsonld": "application/ld+json",
    "nq": "application/n-quads",
    "trig": "application/trig",
}
_ASCII = "!#$%&'()*+,/:;=?@[]~"  # what stays as it is; the rest of an IRI is percent-encoded


@dataclass(frozen=True, slots=True)
class Loaded:
    """A document as it came; `base` is where it was found in the end."""

    media_type: str
    body: bytes
    base: str


def allowed(iri: str, prefixes: Sequence[str]) -> bool:
    """Whether a document may be read: its address begins with a listed prefix and does not climb out of it."""
    steps = unquote(iri).replace("\\", "/").partition("#")[0].partition("?")[0].split("/")
    return ".." not in steps and iri.startswith(("http://", "https://")) and iri.startswith(tuple(prefixes))


def load(iri: str, prefixes: Sequence[str], most: int) -> Loaded:
    """Read a document of at most `most` bytes; RefusedError when it cannot or may not be had."""
    if not allowed(iri, prefixes):
        raise refused(iri, prefixes)
    request = Request(
        quote(iri.partition("#")[0], safe=_ASCII), headers={"Accept": ", ".join(FORMATS), "User-Agent": "cleantech-kg"}
    )
    try:
        with _opener(prefixes).open(request, timeout=_SECONDS) as answer:
            body: bytes = answer.read(most + 1)
            media_type, base = answer.headers.get_content_type(), answer.geturl()
            charset = answer.headers.get_content_charset("utf-8")
    except HTTPError as error:
        raise RefusedError("evaluation", f"LOAD <{iri[:300]}> is answered {error.code}.") from error
    except (URLError, http.client.HTTPException, OSError, ValueError) as error:
        raise RefusedError("evaluation", f"LOAD <{iri[:300]}> cannot be read: {type(error).__name__}.") from error
    if len(body) > most:
        raise RefusedError("too-large", f"LOAD <{iri[:300]}> has more than {most:,} bytes.")
    if charset not in {"utf-8", "utf8", "us-ascii"}:
        raise RefusedError("media", f"LOAD <{iri[:300]}> is {charset[:40]}: only UTF-8 is read.")
    if media_type not in FORMATS:
        media_type = _ENDINGS.get(urlsplit(base).path.rpartition(".")[2].lower(), media_type)
    return Loaded(media_type, body, base)


def refused(iri: str, prefixes: Sequence[str]) -> RefusedError:
    """Why a document may not be read."""
    if not prefixes:
        return RefusedError("forbidden", "LOAD is not allowed: send the data instead.")
    return RefusedError("forbidden", f"LOAD <{iri[:300]}> is not allowed: it may read from {', '.join(prefixes)} only.")


class _Redirects(HTTPRedirectHandler):
    """Each step of the way must be allowed."""

    max_redirections = 5

    def __init__(self, prefixes: Sequence[str]) -> None:
        self.prefixes = prefixes

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> Request | None:
        if not allowed(newurl, self.prefixes):
            raise RefusedError("forbidden", f"LOAD is led to <{newurl[:300]}>, which is not allowed.")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def _opener(prefixes: Sequence[str]) -> OpenerDirector:
    """HTTP and HTTPS alone: no files, no FTP."""
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        _Redirects(prefixes),
        HTTPErrorProcessor(),
        HTTPDefaultErrorHandler(),
    ):
        opener.add_handler(handler)
    return opener
