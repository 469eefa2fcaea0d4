"""The checks on nodes say of each node what pyshacl says of its RDF."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH, Graph

from graph.build_lines import all_lines
from graph.columns_build import build_columns
from graph.generation import DataFolder
from graph.merge import merge
from graph.node import Concept, Evidence, Iri, Money, Node, PartialDate, Ref, Text, Value
from graph.rdf import Names
from ingest.checks import keeping
from ingest.lastrun import read_last
from ontology import schema
from ontology.terms import BASE
from tests.graph.sample import source
from tests.ontology.conftest import with_ontology

PROOF = Evidence("https://example.org/", "table:1", retrieved=date(2026, 11, 26))
NEIGHBOURS = [
    Node("org", "Company", [PROOF]).add("name", Text("Org", "en")),
    Node("other", "Company", [PROOF]).add("name", Text("Other", "en")),
    Node("effort", "Project", [PROOF]).add("name", Text("Effort", "en")),
    Node("here", "Place", [PROOF]).add("name", Text("Here", "en")),
    Node("who", "Person", [PROOF]).add("name", Text("Who", "en")),
    Node("post", "Position", [PROOF]).add("holder", Ref("who")).add("positionAt", Ref("org")),
]
NAME: dict[str, list[Value]] = {"name": [Text("Ex", "en")]}
ENDS: dict[str, list[Value]] = {
    "participant": [Ref("org")],
    "inEffort": [Ref("effort")],
    "role": [Concept("role", "partner")],
}
CASES: dict[str, tuple[str, dict[str, list[Value]]]] = {
    "good company": ("Company", NAME),
    "good participation": ("Participation", ENDS),
    "no name": ("Company", {}),
    "short name": ("Company", {"name": [Text("E", "en")]}),
    "two names in one language": ("Company", {"name": [Text("Ex", "en"), Text("Ey", "en")]}),
    "two languages": ("Company", {"name": [Text("Ex", "en"), Text("Ey", "sv")]}),
    "long acronym": ("Company", NAME | {"acronym": ["A" * 21]}),
    "acronym with a language": ("Company", NAME | {"acronym": [Text("EX", "en")]}),
    "home page by mail": ("Company", NAME | {"homepage": [Iri("mailto:a@example.org")]}),
    "Wikidata by name": ("Company", NAME | {"wikidata": ["Example"]}),
    "wide kind": ("Agent", NAME),
    "legal name with a language": ("Company", NAME | {"legalName": [Text("Ex AB", "sv")]}),
    "personal number": ("Company", NAME | {"orgNumber": ["560112-1234"]}),
    "two numbers": ("Company", NAME | {"orgNumber": ["556012-1234", "556012-1235"]}),
    "short PIC": ("Company", NAME | {"cordisPic": ["12345"]}),
    "VAT without country": ("Company", NAME | {"vatNumber": ["123456"]}),
    "fewer than none": ("Company", NAME | {"employees": [-1]}),
    "unit of a project": ("Company", NAME | {"unitOf": [Ref("effort")]}),
    "founded twice": ("Company", NAME | {"founded": [PartialDate("2001"), PartialDate("2002")]}),
    "dissolved first": ("Company", NAME | {"founded": [PartialDate("2001")], "dissolved": [PartialDate("2000-05")]}),
    "stage of another scheme": ("Company", NAME | {"companyStage": [Concept("role", "partner")]}),
    "nobody's person": ("Person", NAME),
    "effort within a company": ("Project", NAME | {"partOf": [Ref("org")]}),
    "ends before": ("Project", NAME | {"start": [PartialDate("2010")], "end": [PartialDate("2009-12-31")]}),
    "topic that is a role": ("Project", NAME | {"topic": [Concept("role", "partner")]}),
    "no participant": ("Participation", {name: held for name, held in ENDS.items() if name != "participant"}),
    "two participants": ("Participation", ENDS | {"participant": [Ref("org"), Ref("other")]}),
    "in a place": ("Participation", ENDS | {"inEffort": [Ref("here")]}),
    "no role": ("Participation", {name: held for name, held in ENDS.items() if name != "role"}),
    "role of another scheme": ("Participation", ENDS | {"role": [Concept("size", "small")]}),
    "one party": ("Partnership", {"supplier": [Ref("org")]}),
    "customer and supplier": ("Partnership", {"customer": [Ref("org")], "supplier": [Ref("org"), Ref("other")]}),
    "own owner": ("Ownership", {"owner": [Ref("org")], "owned": [Ref("org")]}),
    "more than all": ("Ownership", {"owner": [Ref("org")], "owned": [Ref("other")], "share": [Decimal("1.5")]}),
    "funding of nobody": ("Funding", {"funder": [Ref("org")]}),
    "funding": (
        "Funding",
        {"funder": [Ref("org")], "fundedEffort": [Ref("effort")], "amount": [Money(Decimal(3), "EUR")]},
    ),
    "investment without round": ("Investment", {"investor": [Ref("org")]}),
    "far north": ("Place", NAME | {"lat": [Decimal(91)], "long": [Decimal(10)]}),
    "long country": ("Place", NAME | {"countryCode": ["SWE"]}),
    "within a company": ("Place", NAME | {"within": [Ref("org")]}),
    "readiness of ten": (
        "TechnologyActivity",
        {"actor": [Ref("org")], "area": [Concept("tech", "batteries")], "trl": [10]},
    ),
    "area of roles": ("TechnologyActivity", {"actor": [Ref("org")], "area": [Concept("role", "partner")]}),
    "site nowhere": ("Site", {"siteOf": [Ref("org")]}),
    "change of no kind": ("ChangeEvent", {"before": [Ref("org")]}),
}


KEYS = {case: f"x{number}" for number, case in enumerate(CASES)}


def node(case: str) -> Node:
    kind, values = CASES[case]
    made = Node(KEYS[case], kind, [PROOF])
    for name, held in values.items():
        for value in held:
            made.add(name, value)
    return made


@pytest.fixture(scope="module")
def pyshacl_says() -> dict[str, set[str]]:
    """Messages by key, all cases in one graph."""
    said = source("a", [*NEIGHBOURS, *map(node, CASES)])
    entries = merge([said])
    columns = build_columns(entries)
    text = "".join(all_lines([said], entries, Names(BASE), lambda: (columns.key_of, columns.links)))
    quads = [*ox.parse(text.encode(), format=ox.RdfFormat.N_QUADS), *with_ontology()]
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads}
    data = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    shapes = Graph().parse(schema.shapes_path(), format="turtle")
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    found: dict[str, set[str]] = {}
    for result in report.subjects(RDF.type, SH.ValidationResult):
        key = str(report.value(result, SH.focusNode)).removeprefix(f"{BASE}id/")
        found.setdefault(key, set()).add(str(report.value(result, SH.resultMessage)))
    return found


@pytest.mark.parametrize("case", CASES)
def test_the_checks_say_what_pyshacl_says(case: str, pyshacl_says: dict[str, set[str]]) -> None:
    nodes, key = [*NEIGHBOURS, node(case)], KEYS[case]
    kept, problems, warnings = keeping(nodes, {})
    ours = {problem.message for problem in problems} | {line.removeprefix(f"{key}: ") for line in warnings}
    assert ours == pyshacl_says.get(key, set())
    assert all(problem.file == key for problem in problems)
    assert (len(kept) == len(nodes)) == (not problems)


def test_every_node_of_the_demo_keeps_the_shapes(published: DataFolder) -> None:
    last = read_last(published, "sweden")
    assert last is not None
    kept, problems, _ = keeping(last.said.nodes, {})
    assert (len(kept), problems) == (len(last.said.nodes), [])
