"""The organisations that the rows name, each once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from graph.node import Evidence, Node, Text
from ingest.contract import Record
from ingest.sources.swecris.grants import Grant, Party
from ingest.sources.swecris.proof import page

ORGANISATIONS = "organisations"
# What the first digits of a Swedish organisation number tell of a public body.
PUBLIC = (("2021", "GovernmentAgency"), ("2120", "Municipality"), ("2321", "Region"))
KINDS = {
    "University": "HigherEducationInstitution",
    "University College": "HigherEducationInstitution",
    "Company": "Company",
}


@dataclass(slots=True)
class _Seen:
    """How often each name and type stands, and the first row."""

    first: Grant
    sv: Counter[str] = field(default_factory=Counter)
    en: Counter[str] = field(default_factory=Counter)
    kinds: Counter[str] = field(default_factory=Counter)


def organisations(grants: Iterable[Grant]) -> Iterator[Record]:
    """A record for each organisation number: of its names and types the most frequent, of these the first."""
    seen: dict[str, _Seen] = {}
    for grant in grants:
        for party in (grant.funder, grant.coordinator):
            if party.number:
                _see(seen.setdefault(party.number, _Seen(grant)), party)
    for number, held in sorted(seen.items()):
        sv, en = [name for name, _ in held.sv.most_common()], [name for name, _ in held.en.most_common()]
        values = {"number": number, "type": held.kinds.most_common(1)[0][0], "page": page(held.first.id)}
        values |= {"sv": (sv or [""])[0], "en": (en or [""])[0], "others": "\n".join([*sv[1:], *en[1:]])}
        yield Record(held.first.file, held.first.line, values, {"what": ORGANISATIONS})


def _see(held: _Seen, party: Party) -> None:
    held.sv.update([party.name_sv] if party.name_sv else [])
    held.en.update([party.name_en] if party.name_en else [])
    held.kinds[party.kind] += 1


def key_of(number: str) -> str:
    """`swecris:org/202100-3054`."""
    return f"swecris:org/{number}"


def kind_of(number: str, kind: str) -> str:
    """The class of an organisation of this type; what is public is told apart by its number."""
    if kind == "Governmental":
        return next((name for begins, name in PUBLIC if number.startswith(begins)), "PublicBody")
    return KINDS.get(kind, "Organization")


def organisation(record: Record) -> Iterator[Node]:
    """The organisation with its names; one that has none is called by its number."""
    said = record.values
    number = said["number"]
    proof = Evidence(said["page"], f"{record.table}:{record.line}")
    node = Node(key_of(number), kind_of(number, said["type"]), [proof])
    if not said["sv"] and not said["en"]:
        node.add("name", Text(f"Organisation {number}", "sv"))
    node.add("name", Text(said["sv"], "sv")).add("name", Text(said["en"], "en"))
    for other in said["others"].split("\n"):
        node.add("altName", other)
    yield node.add("orgNumber", number)
