"""Formats, limits and complaints: what can be read, and what is said of what cannot."""

from __future__ import annotations

from collections.abc import Mapping

import pyoxigraph as ox
import pytest

from graph.node import Node
from ingest.problem import InputError
from tests.ingest.rdf.given import Given

TURTLE = """
@prefix schema: <https://schema.org/> .
<https://a.example/> a schema:Organization ; schema:name "Alfa"@sv ; schema:foundingDate "2001" ;
    schema:address [ a schema:PostalAddress ; schema:addressLocality "Lund" ; schema:addressCountry "Sverige" ] .
<https://b.example/> a schema:Project ; schema:name "Beta"@en ; schema:funder <https://a.example/> .
[] a schema:OrganizationRole ; schema:member <https://a.example/> ; schema:memberOf <https://b.example/> .
"""
FORMATS = {
    "ttl": ox.RdfFormat.TURTLE,
    "nt": ox.RdfFormat.N_TRIPLES,
    "nq": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "rdf": ox.RdfFormat.RDF_XML,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def in_format(name: str) -> str:
    triples = [quad.triple for quad in ox.parse(TURTLE, format=ox.RdfFormat.TURTLE)]
    raw = ox.serialize(triples, format=FORMATS[name])
    assert raw is not None
    return raw.decode()


def values(said: Mapping[str, Node]) -> dict[str, object]:
    return {key: (node.kind, node.values) for key, node in said.items()}


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_says_the_same(given: Given, name: str) -> None:
    given.write("sub/data.ttl", TURTLE)
    expected = values(given.read())
    assert {kind for kind, _ in expected.values()} >= {"Organization", "Project", "Funding", "Participation", "Site"}  # type: ignore[misc, has-type]
    (given.path / "sub" / "data.ttl").unlink()
    given.write(f"sub/data.{name}", in_format(name))
    assert values(given.read()) == expected


def test_named_graphs_are_read_as_one(given: Given) -> None:
    given.write(
        "data.trig",
        "@prefix s: <https://schema.org/> . <https://g.example/1> { <https://a.example/> a s:Organization . }"
        ' <https://g.example/2> { <https://a.example/> s:name "Alfa" . }',
    )
    given.read()
    assert given.named("Alfa").kind == "Organization"


def test_a_second_run_changes_no_byte(given: Given) -> None:
    given.write("data.ttl", TURTLE)
    given.read()
    before = (given.data.path / "nodes" / "cluster" / "nodes.jsonl").read_bytes()
    given.write("remarks.txt", "no data, but something to read again for")
    given.read()
    assert given.report is not None
    assert not given.report.diff
    assert (given.data.path / "nodes" / "cluster" / "nodes.jsonl").read_bytes() == before


def test_blank_nodes_keep_their_keys_when_other_things_come_and_go(given: Given) -> None:
    given.write("data.ttl", TURTLE + '[] a schema:Organization ; schema:name "Namnlösa"@sv .')
    before = set(given.read())
    more = '<https://c.example/> a schema:Organization ; schema:name "Gamma"@sv .\n[] a schema:Organization ; schema:name "Ny"@sv .'
    given.write("data.ttl", TURTLE + more + '[] a schema:Organization ; schema:name "Namnlösa"@sv .')
    assert before < set(given.read())


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.ttl", '@prefix s: <https://schema.org/> .\n<https://a.example/> s:name "Alfa .\n', r"^a\.ttl:2: character \d+"),
        ("a.nt", "<https://a.example/> <https://b.example/> .\n", r"^a\.nt:1: character"),
        ("a.rdf", '<?xml version="1.0"?>\n<!DOCTYPE r [<!ENTITY a "b">]>\n<r/>', r"^a\.rdf:2: .*without a DOCTYPE"),
        ("a.rdf", '<r xmlns="http://www.w3.org/1999/02/22-rdf-syntax-ns#">\n', r"^a\.rdf:2: .*not well-formed XML"),
        ("a.jsonld", '{"@id": "https://a.example/",\n "name": }', r"^a\.jsonld:2: character 10: this is not JSON"),
        ("a.jsonld", '{"@context": "https://else.example/c", "name": "x"}', "the context https://else.example/c is not fetched"),
        ("a.ttl", "[" * 200 + "]" * 200, r"^a\.ttl:1: character 101: The document nests deeper than 100"),
        ("a.json", "[" * 200 + "]" * 200, "nests deeper than 100"),
        ("a.ttl", "\x00\x01", "only UTF-8 is read"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_read_is_named_with_line_and_column(
    given: Given, name: str, text: str, message: str
) -> None:
    given.write(name, text)
    with pytest.raises(InputError, match=message):
        given.tell()


def test_a_context_may_be_given_in_the_folder(given: Given) -> None:
    given.write(
        "context.jsonld", '{"@context": {"namn": "https://schema.org/name", "Bolag": "https://schema.org/Corporation"}}'
    )
    given.write(
        "a.jsonld",
        '{"@context": "https://else.example/c", "@id": "https://a.example/", "@type": "Bolag", "namn": "Alfa"}',
    )
    given.read()
    assert given.named("Alfa").kind == "Company"


def test_a_folder_without_rdf(given: Given) -> None:
    with pytest.raises(InputError, match=r"there is no RDF file; give files or a folder with --input"):
        given.tell()
