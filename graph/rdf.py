"""Addresses and literals: how keys and values are written in RDF."""

from __future__ import annotations

import hashlib
import re
from datetime import date
from decimal import Decimal
from functools import lru_cache
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode

from graph.errors import BuildError
from graph.node import Concept, Evidence, PartialDate, Text, Value
from ontology.terms import CE, SCHEMES

XSD = "http://www.w3.org/2001/XMLSchema#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
DCT = "http://purl.org/dc/terms/"
PROV = "http://www.w3.org/ns/prov#"
VOID = "http://rdfs.org/ns/void#"
FOAF = "http://xmlns.com/foaf/0.1/"
GEO = "http://www.opengis.net/ont/geosparql#"

TYPE = NamedNode(RDF + "type")
_FORBIDDEN = re.compile(r'[\x00-\x20<>"{}|\\^`]')
_GRAIN = {"year": "gYear", "month": "gYearMonth", "day": "date"}


@lru_cache(maxsize=4096)
def ce(name: str) -> NamedNode:
    """A term of our own vocabulary."""
    return NamedNode(CE + name)


def concept(value: Concept) -> NamedNode:
    """The address of a concept."""
    return NamedNode(SCHEMES[value.scheme][value.slug].iri)


def web_address(text: str) -> NamedNode:
    """An address of the outside world; letters that an IRI cannot hold are percent-encoded."""
    try:
        return NamedNode(_FORBIDDEN.sub(lambda found: quote(found[0], safe=""), text))
    except ValueError as error:
        raise BuildError(f"{text!r} is not a web address") from error


class Names:
    """The addresses of one base, such as `https://w3id.org/cleantech-kg/`."""

    def __init__(self, base: str) -> None:
        try:
            self.base = NamedNode(base).value
        except ValueError as error:
            raise BuildError(f"the base {base!r} is not an IRI") from error

    def thing(self, key: str) -> NamedNode:
        """What stands under a key; `tech/<slug>` is the concept of the ontology."""
        scheme, _, slug = key.partition("/")
        if scheme == "tech" and slug in SCHEMES["tech"]:
            return NamedNode(SCHEMES["tech"][slug].iri)
        return NamedNode(f"{self.base}id/{quote(key, safe='/:@!$&()*+,;=~')}")

    def graph(self, *parts: str) -> NamedNode:
        """A named graph: `graph("src", "sweden")`."""
        return NamedNode(f"{self.base}graph/{'/'.join(quote(part) for part in parts)}")

    def source(self, name: str) -> NamedNode:
        """A source."""
        return NamedNode(f"{self.base}source/{quote(name)}")

    def run(self, name: str, started: str) -> NamedNode:
        """One run of a source."""
        return NamedNode(f"{self.base}run/{quote(name)}/{quote(started)}")

    def document(self, url: str) -> NamedNode:
        """A document, by its URL."""
        return NamedNode(f"{self.base}id/doc/{_digest(url)}")

    def evidence(self, source: str, evidence: Evidence) -> NamedNode:
        """One place in one document."""
        return NamedNode(f"{self.base}id/ev/{_digest(source, evidence.words)}")

    def statement(self, subject: str, name: str, value: Value) -> NamedNode:
        """The statement that `subject` has the value."""
        return NamedNode(f"{self.base}id/st/{_digest(subject, name, repr(value))}")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()[:16]


def literal(value: str | int | bool | Decimal | Text) -> Literal:
    """A plain value; text without a language is xsd:string."""
    if isinstance(value, Text):
        return Literal(value.value, language=value.lang)
    if isinstance(value, Decimal):
        return Literal(format(value, "f"), datatype=NamedNode(XSD + "decimal"))
    return Literal(value)


def first_day(value: PartialDate) -> Literal:
    """The first day that it may mean, as xsd:date."""
    return Literal(value.first_day().isoformat(), datatype=NamedNode(XSD + "date"))


def as_known(value: PartialDate) -> Literal:
    """As exact as it is known: xsd:gYear, xsd:gYearMonth or xsd:date."""
    return Literal(value.text, datatype=NamedNode(XSD + _GRAIN[value.precision]))


def instant(value: date | str) -> Literal:
    """A day (its first moment in UTC) or an ISO 8601 time as xsd:dateTime."""
    text = value if isinstance(value, str) else f"{value.isoformat()}T00:00:00Z"
    return Literal(text, datatype=NamedNode(XSD + "dateTime"))
