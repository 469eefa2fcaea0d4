"""Organisations, projects, programmes and calls."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from graph.node import Evidence, Iri, Node, Text
from ingest.contract import Record
from ingest.sources.cordis.proof import SITE, concept, day, euro, evidence, ref

COMMISSION = "cordis:org/ec"
KINDS: Mapping[str, str] = {
    "HES": "HigherEducationInstitution",
    "REC": "ResearchInstitute",
    "PRC": "Company",
    "PUB": "PublicBody",
    "OTH": "Organization",
    "": "Organization",
}
STATUSES: Mapping[str, str] = {
    "SIGNED": "current",
    "ONG": "current",
    "CLOSED": "ended",
    "CLO": "ended",
    "TERMINATED": "ended",
}
LONGEST_ACRONYM = 20


def organisation(record: Record) -> Iterator[Node]:
    """The organisation, and where it is."""
    said, context = record.values, record.context
    proof = evidence(record, context["project"])
    node = Node(context["key"], KINDS[said["activity"]], [proof])
    own = "sv" if said["country"] == "SE" else "en"
    _names(node, said, own)
    node.add("cordisPic", said["pic"]).add("vatNumber", said["vat"]).add("orgNumber", said["number"])
    node.add("homepage", Iri(said["url"]) if said["url"] else None)
    if said["sme"]:
        node.add("sizeClass", concept("size", "sme"))
    yield node
    if context["place"]:
        site = Node(context["key"].replace(":org/", ":site/"), "Site", [proof])
        yield site.add("siteOf", ref(context["key"])).add("place", ref(context["place"]))


def _names(node: Node, said: Mapping[str, str], own: str) -> None:
    name, short = said["name"], said["short"]
    if len(name) > 1:
        node.add("name", Text(name, own)).add("legalName", name)
    elif len(short) > 1:
        node.add("name", Text(short, own))
    else:
        code = said["pic"] or node.key.rpartition("/")[2]
        node.add("name", Text(f"Organisation whose name is not known (PIC {code})", "en"))
        node.add("name", Text(f"Organisation vars namn inte är känt (PIC {code})", "sv"))
    for other in said["names"].split("\n") if said["names"] else ():
        node.add("altName", other)
    if short and short != name and len(name) > 1:
        node.add("acronym" if is_acronym(short) else "altName", short)


def is_acronym(short: str) -> bool:
    """Whether a short name is one word of capitals and the like, and not the name cut off (`CEA`, `KU Leuven`)."""
    return len(short) <= LONGEST_ACRONYM and " " not in short and sum(map(str.isupper, short)) * 2 > len(short)


def project(record: Record) -> Iterator[Node]:
    """The project, and the grant that the Commission gives it."""
    said, context = record.values, record.context
    key = said["id"]
    proof = evidence(record, key)
    node = Node(f"cordis:project/{key}", "Project", [proof])
    title, acronym = " ".join(said.get("title", "").split()), " ".join(said["acronym"].split())
    known = "" if key.startswith("rcn-") else key
    node.add("name", Text(title if len(title) > 1 else acronym if len(acronym) > 1 else _nameless(key), "en"))
    if acronym:
        node.add("acronym" if len(acronym) <= LONGEST_ACRONYM else "altName", acronym)
    node.add("grantNumber", known)
    if "objective" in said:  # else only participations tell of the project
        _details(node, said)
        yield _grant(record, proof, known)
    for name, keys in (("programme", "programmes"), ("call", "calls")):
        for held in context[keys].split("\n") if context[keys] else ():
            node.add(name, ref(held))
    for subject in (*context["fields"].split("\n"), *_keywords(said.get("keywords", ""))):
        node.add("subject", subject)
    yield node


def _nameless(key: str) -> str:
    return f"Project {key[4:]} of CORDIS" if key.startswith("rcn-") else f"Project {key}"


def _details(node: Node, said: Mapping[str, str]) -> None:
    node.add("description", Text(" ".join(said["objective"].split()), "en"))
    node.add("start", day(said["start"])).add("end", day(said["end"]))
    if said["status"].upper() in STATUSES:
        node.add("status", concept("status", STATUSES[said["status"].upper()]))
    node.add("totalCost", euro(said["cost"]))
    if re.fullmatch(r"10\.[0-9]{4,9}/[\w.()/:-]+", said["doi"]):
        node.add("sameRecord", Iri(f"https://doi.org/{said['doi']}"))
    if re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", said["url"]):
        node.add("homepage", Iri(said["url"]))


def _keywords(cell: str) -> Iterator[str]:
    for word in re.split(r"[;,]", cell):
        yield " ".join(word.split())


def _grant(record: Record, proof: Evidence, number: str) -> Node:
    said = record.values
    node = Node(f"cordis:grant/{said['id']}", "Grant", [proof])
    node.add("funder", ref(COMMISSION)).add("fundedEffort", ref(f"cordis:project/{said['id']}"))
    node.add("instrument", concept("instrument", "grant")).add("grantNumber", number)
    return node.add("amount", euro(said["contribution"])).add("announced", day(said["signed"]))


def frame(record: Record) -> Iterator[Node]:
    """A programme, a part of one, or a call."""
    said = record.values
    node = Node(said["key"], said["kind"], [evidence(record, record.context["project"])])
    node.add("name", Text(said["name"] if len(said["name"]) > 1 else f"Call {said['name']}", "en"))
    node.add("name", Text(said["name_sv"], "sv")).add("identifier", said["code"])
    above = record.context["framework"]
    if above:
        node.add("partOf" if said["kind"] == "Programme" else "programme", ref(above))
    yield node


def commission(_record: Record) -> Iterator[Node]:
    """The European Commission, which gives the money."""
    node = Node(COMMISSION, "SupranationalBody", [Evidence(SITE, "source: the funder of all projects")])
    node.add("name", Text("European Commission", "en")).add("name", Text("Europeiska kommissionen", "sv"))
    node.add("acronym", "EC").add("ror", "00k4n6c32").add("wikidata", "Q8880").add("crossrefFunder", "501100000780")
    yield node.add("homepage", Iri("https://commission.europa.eu/"))
