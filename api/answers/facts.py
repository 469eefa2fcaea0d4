"""Plain values of a thing, ready to show: labels for concepts, names for references, links for addresses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit

from api.models import AltName, FactOut, Pair
from api.served import Snapshot
from graph.profile import Fact
from ontology.terms import PROPERTIES, SCHEMES

# Shown at the head of a profile already.
_NAMES = ("altName", "acronym", "formerName")
_ELSEWHERE = frozenset({"name", "description", "formerKey", *_NAMES})


_ORDER = {
    name: place
    for place, name in enumerate(
        (
            "founded",
            "start",
            "dissolved",
            "end",
            "companyStage",
            "totalCost",
            "homepage",
            "legalName",
            "orgNumber",
            "ror",
        )
    )
}


def facts_of(snapshot: Snapshot, facts: Iterable[Fact]) -> Iterator[FactOut]:
    """All facts but names and descriptions: times first, then money and addresses, identifiers last."""
    for fact in sorted(facts, key=lambda fact: _ORDER.get(fact.property, len(_ORDER))):
        if fact.property in _ELSEWHERE:
            continue
        term = PROPERTIES[fact.property]
        value, href = shown_value(snapshot, fact)
        yield FactOut(
            property=fact.property,
            label=Pair(en=term.label_en, sv=term.label_sv),
            value=value,
            lang=fact.lang,
            href=href,
            evidence=list(fact.evidence),
        )


def alternatives(facts: Iterable[Fact]) -> list[AltName]:
    """Other names and acronyms, each once."""
    found = {(fact.value, fact.lang): None for name in _NAMES for fact in facts if fact.property == name}
    return [AltName(text=text, lang=lang) for text, lang in found]


def shown_value(snapshot: Snapshot, fact: Fact) -> tuple[str | Pair, str | None]:
    """The value as it is shown, and the address that it leads to."""
    if fact.datatype == "concept":
        scheme, _, slug = fact.value.partition("/")
        term = SCHEMES.get(scheme, {}).get(slug)
        return (Pair(en=term.label_en, sv=term.label_sv), None) if term else (fact.value, None)
    if fact.datatype == "ref" or fact.value.startswith("tech/"):
        node = snapshot.columns.node_of.get(fact.value)
        return (fact.value, None) if node is None else (snapshot.things.name(node), snapshot.things.path(node))
    if fact.datatype == "iri" and urlsplit(fact.value).scheme in {"http", "https"}:
        return fact.value, fact.value
    return fact.value, None
