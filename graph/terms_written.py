"""Addresses and values as N-Quads text: what graph.rdf makes, without an object for each."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from decimal import Decimal
from functools import cache, lru_cache

from pyoxigraph import Literal

from graph.node import Concept, Iri, PartialDate, Ref, Text, Value
from graph.rdf import XSD, Names, as_known, ce, concept, first_day, web_address
from ontology.terms import PROPERTIES

_SAFE = re.compile(r"[A-Za-z0-9_.~/:@!$&()*+,;=-]+")
_SPECIAL = re.compile(r'["\\\n\r]')
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r"}


class Terms:
    """Writes the terms of one base."""

    def __init__(self, names: Names) -> None:
        self.names = names
        self._things = f"<{names.base}id/"

    def thing(self, key: str) -> str:
        """What stands under a key; as `Names.thing`."""
        if _SAFE.fullmatch(key) and not key.startswith("tech/"):
            return f"{self._things}{key}>"
        return str(self.names.thing(key))

    def object(self, name: str, value: Value) -> str:
        """The value of a property as it stands in the object of a triple. Money has no text: it is a thing."""
        if type(value) is Ref:
            return self.thing(value.key)
        if isinstance(value, PartialDate):
            return _date(value, f"{name}Precision" in PROPERTIES)
        return _WRITERS[type(value)](value)


def quoted(text: str) -> str:
    """The text in quotation marks."""
    if _SPECIAL.search(text):
        text = _SPECIAL.sub(lambda found: _ESCAPES[found[0]], text)
    return f'"{text}"'


def typed(text: str, datatype: str) -> str:
    """A literal of an XML Schema datatype; the text needs no escapes."""
    return f'"{text}"^^<{XSD}{datatype}>'


def decimal(value: Decimal) -> str:
    """A number as xsd:decimal."""
    return typed(format(value, "f"), "decimal")


@cache
def own(name: str) -> str:
    """A term of our own vocabulary."""
    return str(ce(name))


@cache
def _language(lang: str) -> str:
    return f"@{Literal('', language=lang).language}"


@lru_cache(65_536)
def _date(value: PartialDate, whole: bool) -> str:
    return str(first_day(value) if whole else as_known(value))


@cache
def _concept(value: Concept) -> str:
    return str(concept(value))


@lru_cache(65_536)
def address(text: str) -> str:
    """An address of the outside world; BuildError when it is none."""
    return str(web_address(text))


_WRITERS: Mapping[type, Callable[..., str]] = {
    str: quoted,
    Text: lambda value: quoted(value.value) + _language(value.lang),
    Iri: lambda value: address(value.value),
    Concept: _concept,
    bool: lambda value: typed("true" if value else "false", "boolean"),
    int: lambda value: typed(str(value), "integer"),
    Decimal: decimal,
}
