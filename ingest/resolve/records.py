"""What resolution looks at: one record for each key that is an organisation or a joint effort, with all it is known by."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from graph.node import Iri, Node, PartialDate, Ref, SourceNodes, Text, Value
from ingest.resolve.codes import codes_of
from ingest.resolve.names import Name, named, short, without_acronym
from ingest.resolve.places import Places
from ontology.schema import is_a

_NAMES = ("name", "legalName", "altName", "formerName")
_CODES = ("vatNumber", "orgNumber", "lei", "cordisPic", "ror", "wikidata", "isni", "grid")
# Hosts that belong to whoever runs them, not to the organisations that have a page there.
_NOT_ONES_OWN = frozenset({"wikipedia.org", "linkedin.com", "facebook.com", "github.com", "google.com"})


@dataclass(slots=True, eq=False)
class Record:
    """A key with what all sources that use it say of it. `towns` are keys and folded names of places below a country."""

    key: str
    kind: str
    sources: tuple[str, ...]
    curated: bool
    names: set[Name] = field(default_factory=set)
    acronyms: set[str] = field(default_factory=set)
    codes: dict[str, set[str]] = field(default_factory=dict)
    towns: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    years: set[int] = field(default_factory=set)

    @property
    def is_organisation(self) -> bool:
        """Whether it is an organisation, also when it is a joint effort as well."""
        return is_a(self.kind, "Organization")

    @property
    def short_names(self) -> set[str]:
        """What it is called in one word: its acronyms, and names of one word."""
        return self.acronyms | {name.core for name in self.names if name.words == 1}

    @property
    def fingerprint(self) -> str:
        """A digest of what the record says of itself, the same when only its key has changed.

        A code that the key is made of is left out, for it changes with the key.
        """
        own = re.split(r"[:/]", self.key)[-1].casefold()
        said = [
            sorted({name.core for name in self.names}),
            sorted(self.countries),
            sorted(
                f"{scheme}:{code}" for scheme, codes in self.codes.items() for code in codes if code.casefold() != own
            ),
        ]
        return hashlib.sha256(json.dumps(said).encode("ascii")).hexdigest()[:16]


def is_clustered(kind: str) -> bool:
    """Whether things of the kind have ids: organisations and joint efforts do, persons and places keep their keys."""
    return is_a(kind, "Organization") or is_a(kind, "JointEffort")


def records_of(sources: Sequence[SourceNodes]) -> Mapping[str, Record]:
    """Records by key, in the order of the keys, whatever the order of the sources."""
    found: dict[str, Record] = {}
    for source in sorted(sources, key=lambda source: source.card.name):
        for node in source.nodes:
            if is_clustered(node.kind):
                _take(found, source, node)
    places = Places.of(node for source in sources for node in source.nodes)
    for key, (towns, countries) in places.of_things.items():
        if key in found:
            found[key].towns |= towns
            found[key].countries |= countries
    return {key: found[key] for key in sorted(found)}


def _take(found: dict[str, Record], source: SourceNodes, node: Node) -> None:
    record = found.get(node.key)
    if record is None:
        record = found[node.key] = Record(node.key, node.kind, (), False)
    elif is_a(node.kind, record.kind):
        record.kind = node.kind
    if source.card.name not in record.sources:
        record.sources = (*record.sources, source.card.name)
    record.curated |= source.card.curated
    values = node.values
    for name in _NAMES:
        for text in _texts(values.get(name, ())):
            whole = named(text)
            if whole.core:
                record.names.add(whole)
    record.acronyms |= {short(text) for text in _texts(values.get("acronym", ()))}
    record.names |= {less for whole in record.names if (less := without_acronym(whole, record.acronyms))}
    for name in _CODES if record.is_organisation else ("grantNumber", "identifier"):
        for text in _texts(values.get(name, ())):
            for scheme, code in codes_of(name, text):
                record.codes.setdefault(scheme, set()).add(code)
    record.countries |= set(_texts(values.get("countryCode", ())))
    if "orgNumber" in record.codes:
        record.countries.add("SE")
    record.hosts |= {host for value in values.get("homepage", ()) if (host := _host(value))}
    for name in ("start", "founded"):
        record.years |= {value.year for value in values.get(name, ()) if isinstance(value, PartialDate)}


def _texts(values: Iterable[Value]) -> Iterable[str]:
    return (value.value if isinstance(value, Text) else str(value) for value in values)


def _host(value: Value) -> str:
    """The host of a home page, when the page is the front page of its own host; else empty."""
    if not isinstance(value, Iri):
        return ""
    parts = urlsplit(value.value)
    host = (parts.hostname or "").removeprefix("www.")
    shared = any(host == other or host.endswith(f".{other}") for other in _NOT_ONES_OWN)
    return "" if shared or parts.path.strip("/").count("/") or len(parts.path) > len("/index.html") else host


def parts_of(nodes: Iterable[Node], clustered: Mapping[str, Record]) -> Iterable[tuple[str, str]]:
    """Pairs of records that are never one thing, for one is part, owner, member or successor of the other."""
    for node in nodes:
        values = node.values
        if node.key in clustered:
            for name in ("unitOf", "partOf"):
                yield from ((node.key, v.key) for v in values.get(name, ()) if isinstance(v, Ref))
            continue
        for a, b in (("owner", "owned"), ("before", "after"), ("participant", "inEffort"), ("supporter", "supported")):
            if a in values and b in values:
                yield from (
                    (one.key, two.key)
                    for one in values[a]
                    for two in values[b]
                    if isinstance(one, Ref) and isinstance(two, Ref)
                )
