"""Values of RDF in the form that our properties take; CellError when one cannot be that."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from pyoxigraph import Literal

from graph.node import Iri, Money, PartialDate, Text, Value
from ingest.cells import partial_date, text
from ingest.identifiers import organisation_number, ror, web_address, wikidata
from ingest.problem import CellError
from ontology.terms import PROPERTIES

ADDRESSES = ("homepage", "sameRecord")
DATES = frozenset({"start", "end", "founded", "dissolved", "announced", "opens", "closes", "observedOn", "published"})
_IDENTIFIERS = {"orgNumber": organisation_number, "ror": ror, "wikidata": wikidata}
_ELSEWHERE = (
    (re.compile(r"https?://ror\.org/(0[0-9a-z]{8})/?"), "ror", ror),
    (re.compile(r"https?://www\.wikidata\.org/(?:entity|wiki)/(Q[1-9][0-9]*)"), "wikidata", wikidata),
)


@dataclass(frozen=True, slots=True)
class Reading:
    """How plain values are read: the language of text that names none."""

    language: str

    def plain(self, name: str, value: Literal) -> Value:
        """A value for a property that takes plain ones."""
        said = value.value
        ranges = PROPERTIES[name].range
        if name in DATES or f"{name}Precision" in PROPERTIES:
            return date(said)
        if "xsd:integer" in ranges:
            return _integer(said)
        if "xsd:decimal" in ranges:
            return _decimal(said)
        if "xsd:boolean" in ranges:
            if said not in {"true", "false", "1", "0"}:
                raise CellError(f"{said!r} is neither true nor false", "mend the value")
            return said in {"true", "1"}
        words = text(" ".join(said.split()))
        if "rdf:langString" in ranges or name in {"name", "altName"}:
            return Text(words, (value.language or self.language).lower())
        return _IDENTIFIERS[name](words) if name in _IDENTIFIERS else words


def date(said: str) -> PartialDate:
    """A date of any XML Schema kind, or the day of a point in time."""
    found = re.fullmatch(r"(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:T[\d:.]+)?(?:Z|[+-]\d{2}:\d{2})?", said.strip())
    return PartialDate.parse(partial_date(found[1] if found else said))


def outside(value: str | Literal) -> Iri:
    """An address of the world outside, also where it is written as text."""
    if isinstance(value, Literal):
        return Iri(web_address(value.value.strip()))
    if value.startswith("_:"):
        raise CellError("a blank node is no address", "name it by an address")
    return Iri(value)


def identifiers(address: str) -> Mapping[str, str]:
    """The identifiers that an address of another system tells, such as a ROR id."""
    found: dict[str, str] = {}
    for pattern, name, parse in _ELSEWHERE:
        match = pattern.fullmatch(address)
        if match:
            try:
                found[name] = parse(match[1])
            except CellError:
                continue  # it stays as an address
    return found


def money(amount: Literal, currency: str | Literal | None, year: str | Literal | None = None) -> Money:
    """A sum; CellError without a currency."""
    code = (currency.value if isinstance(currency, Literal) else (currency or "")).rsplit("/", 1)[-1].strip()
    if not re.fullmatch(r"[A-Z]{3}", code):
        raise CellError(f"the sum {amount.value!r} has no ISO 4217 currency", "add one, such as SEK")
    value = _decimal(amount.value)
    if value < 0 or not value.is_finite():
        raise CellError(f"{amount.value!r} is not a sum", "write a number of zero or more")
    when = year.value if isinstance(year, Literal) else ""
    return Money(value, code, int(when[:4]) if when[:4].isdecimal() else None)


def _integer(said: str) -> int:
    if not re.fullmatch(r"[+-]?\d{1,15}(\.0+)?", said.strip()):
        raise CellError(f"{said!r} is not a whole number", "mend the value")
    return int(Decimal(said))


def _decimal(said: str) -> Decimal:
    try:
        value = Decimal(said.strip())
    except InvalidOperation:
        raise CellError(f"{said!r} is not a number", "write digits with at most one point") from None
    if not value.is_finite() or abs(value) >= Decimal(10) ** 15:
        raise CellError(f"{said!r} is not a number that can be", "mend the value")
    return value + 0 if value == 0 else Decimal(format(value, "f"))
