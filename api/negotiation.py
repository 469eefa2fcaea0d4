"""Which of several formats a client wants, by the q-values of its Accept header (RFC 9110, 12.5.1)."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Offer:
    """A format that can be sent as `media_type`; `made_as` is what the engine is asked for."""

    media_type: str
    made_as: str
    suffix: str

    @property
    def content_type(self) -> str:
        """The header; text in UTF-8 says so."""
        return f"{self.media_type}; charset=utf-8" if self.media_type.startswith("text/") else self.media_type


_JSON, _XML = "application/sparql-results+json", "application/sparql-results+xml"
_TURTLE, _TRIPLES = "text/turtle", "application/n-triples"

TABLES = (
    Offer(_JSON, _JSON, "srj"),
    Offer("application/json", _JSON, "json"),
    Offer(_XML, _XML, "srx"),
    Offer("application/xml", _XML, "xml"),
    Offer("text/csv", "text/csv", "csv"),
    Offer("text/tab-separated-values", "text/tab-separated-values", "tsv"),
)
# CSV and TSV have no form for a yes or no; the engine writes the bare word, which tools take.
GRAPHS = (
    Offer(_TURTLE, _TURTLE, "ttl"),
    Offer("application/ld+json", "application/ld+json", "jsonld"),
    Offer(_TRIPLES, _TRIPLES, "nt"),
    Offer("application/rdf+xml", "application/rdf+xml", "rdf"),
    Offer("application/n-quads", "application/n-quads", "nq"),
    Offer("application/trig", "application/trig", "trig"),
    Offer("application/xml", "application/rdf+xml", "xml"),
)
_FOR_PEOPLE = {
    TABLES: Offer("application/json", _JSON, "json"),
    GRAPHS: Offer("text/plain", _TURTLE, "ttl"),
}
# Beside media types and suffixes, with which `json` and `xml` are known for tables already.
_WORDS = {
    TABLES: {"sparql-results+json": "srj", "sparql-results+xml": "srx"},
    GRAPHS: {
        "turtle": "ttl",
        "json": "jsonld",
        "json-ld": "jsonld",
        "ntriples": "nt",
        "n-triples": "nt",
        "rdfxml": "rdf",
        "rdf/xml": "rdf",
        "rdf+xml": "rdf",
        "nquads": "nq",
        "n-quads": "nq",
    },
}


def best(accept: str | None, offers: Sequence[str]) -> int | None:
    """The place of the offer wanted most, the first among equals; None when none is acceptable."""
    if accept is None or not accept.strip():
        return 0
    ranges = [_range(part) for part in accept.split(",") if part.strip()]
    rated = [(max(_rate(offer, ranges), default=(0, 0.0))[1], -place) for place, offer in enumerate(offers)]
    quality, place = max(rated, default=(0.0, 0))
    return -place if quality > 0 else None


def wants_page(accept: str | None) -> bool:
    """Whether this is a browser: HTML is named and nothing is wanted more."""
    if accept is None or "text/html" not in accept.lower():
        return False
    return best(accept, ("text/html", *(offer.media_type for offer in (*TABLES, *GRAPHS)))) == 0


def leaves_open(accept: str | None) -> bool:
    """Whether a word in the address may say the format: no Accept header, `*/*`, or a browser, which cannot choose."""
    return accept is None or accept.strip() in {"", "*/*"} or wants_page(accept)


def offer_named(word: str, offers: tuple[Offer, ...]) -> Offer | None:
    """The offer by a media type or a word such as csv, turtle or json."""
    word = word.strip().lower()
    for offer in offers:
        if word in (offer.media_type, offer.suffix):
            return offer
    suffix = _WORDS.get(offers, {}).get(word)
    return next((offer for offer in offers if offer.suffix == suffix), None)


def offer_for(accept: str | None, offers: tuple[Offer, ...]) -> Offer | None:
    """The offer to send; a browser gets what it can show instead of a download."""
    if wants_page(accept):
        return _FOR_PEOPLE[offers]
    place = best(accept, [offer.media_type for offer in offers])
    return None if place is None else offers[place]


def _range(part: str) -> tuple[str, str, float]:
    media, *parameters = (piece.strip().lower() for piece in part.split(";"))
    kind, _, sub = media.partition("/")
    quality = 1.0
    for name, _, value in (parameter.partition("=") for parameter in parameters):
        if name.strip() == "q":
            quality = _quality(value.strip())
    return kind, sub, quality


def _quality(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return min(max(value, 0.0), 1.0) if math.isfinite(value) else 0.0


def _rate(offer: str, ranges: Sequence[tuple[str, str, float]]) -> list[tuple[int, float]]:
    """(how exactly it is named, q) for each range that takes the offer: the most exact one decides."""
    kind, _, sub = offer.partition("/")
    return [
        ((kind == wanted_kind) + (sub == wanted_sub), quality)
        for wanted_kind, wanted_sub, quality in ranges
        if wanted_kind in (kind, "*") and wanted_sub in (sub, "*")
    ]
