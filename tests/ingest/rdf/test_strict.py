"""What is turned away or told: broken shapes, missing terms, people, cards without a licence, wrong mappings."""

from __future__ import annotations

from pathlib import Path

import pytest

from graph.generation import DataFolder
from graph.node import Ref
from ingest.lastrun import read_last
from ingest.problem import InputError
from ingest.run import ingest
from tests.ingest.rdf.given import CARD, Given

PREFIXES = """@prefix schema: <https://schema.org/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
"""
GOOD = "".join(
    f'<https://x.example/{number}> a schema:Organization ; schema:name "Bra {number}"@sv .\n' for number in range(12)
)


def test_what_breaks_a_shape_is_rejected_with_its_message_and_place(given: Given) -> None:
    given.write(
        "data.ttl",
        PREFIXES
        + GOOD
        + '<https://x.example/bad> a schema:Organization ; schema:leiCode "123" ; schema:name "Dålig" .\n',
    )
    given.read()
    (problem,) = given.rejects
    assert "a LEI is 18 characters and two digits" in problem
    assert "data.ttl:16" in problem
    assert "https://x.example/bad" in problem
    assert "Dålig" not in str(given.said)


def test_a_relation_without_one_of_its_ends_is_rejected(given: Given) -> None:
    given.write("data.ttl", PREFIXES + GOOD + "[] a schema:OrganizationRole ; schema:member <https://x.example/1> .\n")
    given.tell()
    (problem,) = given.rejects
    assert "a participation is in one effort or organisation" in problem


def test_a_value_that_cannot_be_one_rejects_its_thing(given: Given) -> None:
    given.write(
        "data.ttl",
        PREFIXES + GOOD + '<https://x.example/bad> a schema:Organization ; schema:name "Dålig" ;\n'
        '  schema:foundingDate "long ago" .\n',
    )
    given.tell()
    (problem,) = given.rejects
    assert problem.startswith(
        "data.ttl:16: column https://schema.org/foundingDate: <https://x.example/bad>: 'long ago'"
    )


def test_everything_without_a_term_is_told_with_its_number(given: Given) -> None:
    given.write(
        "data.ttl",
        PREFIXES + GOOD + '<https://x.example/r> a schema:Recipe ; schema:name "Kaka" .\n'
        '<https://x.example/1> schema:slogan "Ljus!", "Mer ljus!" ; <https://else.example/p> 3 ; schema:parentOrganization <https://far.example/> .\n',
    )
    given.tell()
    assert "1 things of the class https://schema.org/Recipe are left out" in given.warnings
    assert "2 values of https://schema.org/slogan on Organization are left out" in given.warnings
    assert "1 values of https://else.example/p on Organization are left out" in given.warnings
    assert "1 values of https://schema.org/name on https://schema.org/Recipe are left out" in given.warnings
    assert "1 left out: an address of something that is not described here where unitOf takes a thing" in given.warnings


def test_people_and_contact_data_are_dropped_and_never_written_down(given: Given) -> None:
    given.write(
        "data.ttl",
        PREFIXES
        + GOOD
        + """
<https://x.example/1> foaf:mbox <mailto:hemlig@x.example> ; schema:telephone "0700-000000" ; schema:founder "Dora Hemlig" ;
    schema:contactPoint [ a schema:ContactPoint ; schema:name "Dora Hemlig" ; schema:email "hemlig@x.example" ] .
<https://x.example/dora> a schema:Person ; schema:name "Dora Hemlig" ; schema:birthDate "1970-01-01" ; schema:memberOf <https://x.example/1> ;
    schema:homeLocation "Hemliga gatan 1" .
""",
    )
    given.read()
    kept = [path.read_bytes() for path in (given.data.path / "nodes").rglob("*") if path.is_file()]
    assert not any(word in raw for raw in kept for word in (b"Hemlig", b"hemlig", b"0700", b"1970", b"dora"))
    assert "hemlig" not in given.warnings.lower()
    assert "dropped at the door: a person without a public role" in given.warnings
    assert "3 dropped at the door: contact data" in given.warnings


def test_a_person_who_is_a_company_too_is_a_person(given: Given) -> None:
    given.write(
        "data.ttl",
        PREFIXES
        + GOOD
        + """
<https://x.example/eva> a schema:Person, schema:LocalBusiness ; schema:name "Eva Hemlig" ; schema:knowsAbout "wind power" .
[] a schema:OrganizationRole ; schema:member <https://x.example/eva> ; schema:memberOf <https://x.example/1> .
""",
    )
    given.read()
    assert given.of("Company") == given.of("Participation") == given.of("TechnologyActivity") == []
    assert given.rejects == []
    assert "1 dropped at the door: a link to such a person" in given.warnings


def test_a_fault_of_a_person_is_told_without_the_value(given: Given) -> None:
    given.write(
        "data.ttl",
        PREFIXES
        + GOOD
        + """
<https://x.example/chef> a foaf:Person ; foaf:name "Frida \\u0001 Hemlig" ; org:headOf <https://x.example/1> .
""",
    )
    given.tell()
    (problem,) = given.rejects[:1]
    assert "a value of a person is not as it should be" in problem
    assert "Hemlig" not in "".join(given.rejects)


def test_a_head_is_public_and_comes_in_by_name_and_role_alone(given: Given) -> None:
    given.write(
        "data.ttl",
        PREFIXES
        + GOOD
        + """
<https://x.example/chef> a foaf:Person ; foaf:name "Frida Exempel" ; foaf:age 50 ; org:headOf <https://x.example/1> ;
    schema:knowsAbout "wind power" ; schema:description "bor på landet" .
""",
    )
    given.read()
    (person,) = given.of("Person")
    assert set(person.values) == {"name", "sameRecord"}
    (position,) = given.of("Position")
    assert position.values["positionAt"] == [given.ref("Bra 1")]
    assert "3 dropped at the door: data of a person" in given.warnings


def test_addresses_within_the_file_are_those_of_its_base(given: Given) -> None:
    given.write("data.ttl", PREFIXES + '<#ettan> a schema:Organization ; schema:name "Ettan"@sv .\n')
    given.read()
    node = given.named("Ettan")
    assert "sameRecord" not in node.values
    assert node.evidence[0].document == "file:data.ttl"
    given.read(base="https://bas.example/data")
    assert given.named("Ettan").evidence[0].document == "https://bas.example/data#ettan"
    with pytest.raises(InputError, match="--set base"):
        given.tell(base="nowhere")


def test_no_fact_without_a_licence(given: Given) -> None:
    given.write("data.ttl", PREFIXES + GOOD)
    (given.path / "source.toml").unlink()
    with pytest.raises(InputError, match=r"no licence is named, and there is no fact without one; write licence"):
        given.read()
    licence = "https://creativecommons.org/licenses/by/4.0/"
    ingest(given.data, "rdf", given.path, options={"licence": licence, "title": "Deras"})
    last = read_last(given.data, "rdf")
    assert last is not None
    assert (last.said.card.licence, last.said.card.title["sv"]) == (licence, "Deras")


def test_two_sources_stand_side_by_side(given: Given, tmp_path: Path) -> None:
    given.write("data.ttl", PREFIXES + GOOD)
    given.read()
    other = Given(tmp_path / "other", given.data)
    other.write("source.toml", CARD.replace('"cluster"', '"other-cluster"'))
    other.write("data.ttl", PREFIXES + GOOD)
    ingest(other.data, "rdf", other.path)
    assert {path.name for path in (given.data.path / "nodes").iterdir()} == {"cluster", "other-cluster"}
    keys = [
        {node.key for node in last.said.nodes}
        for name in ("cluster", "other-cluster")
        if (last := read_last(given.data, name))
    ]
    assert len(keys) == 2
    assert not keys[0] & keys[1]


def test_a_file_by_itself_with_its_card(given: Given) -> None:
    given.write("data.ttl", PREFIXES + GOOD)
    ingest(given.data, "rdf", [given.path / "data.ttl", given.path / "source.toml"])
    assert read_last(given.data, "cluster") is not None


@pytest.mark.parametrize(
    ("card", "message"),
    [
        ('name = "sweden"', "'sweden' is the name of another source"),
        ('name = "Big Name"', "is no name of a source"),
        ('name = "x"\ncolour = "red"', "unknown key 'colour'"),
        ('name = "x"\nlicence = "free"', "'free' is not a web address"),
        ("name = ", "mend the card"),
    ],
)
def test_a_wrong_card_is_told(given: Given, card: str, message: str) -> None:
    given.write("data.ttl", PREFIXES + GOOD)
    given.write("source.toml", card)
    with pytest.raises(InputError, match=message):
        given.tell()


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ('[classes]\n"<https://v.example/A>" = "Wizard"', "the ontology has no such class"),
        ('[properties]\n"<https://v.example/a>" = "wand"', "the ontology has no property 'wand'"),
        ('[properties]\n"<https://v.example/a>" = "worksOn"', "the ontology has no property 'worksOn'"),
        ('[properties]\n"x:a" = "name"', "the prefix of 'x:a' is not known"),
        ('[properties]\n"<https://v.example/a>" = { too = "name" }', "unknown key 'too'"),
        ("[spells]", "unknown key 'spells'"),
        ("[", "mend the mapping"),
    ],
)
def test_a_wrong_mapping_is_told(given: Given, mapping: str, message: str) -> None:
    given.write("data.ttl", PREFIXES + GOOD)
    given.write("mapping.toml", mapping)
    with pytest.raises(InputError, match=message):
        given.tell()


def test_vocabularies_can_be_chosen(given: Given) -> None:
    given.write("data.ttl", PREFIXES + GOOD + '<https://x.example/1> foaf:nick "Ettan" .\n')
    given.tell(terms="schema")
    assert "http://xmlns.com/foaf/0.1/nick on Organization are left out" in given.warnings
    with pytest.raises(InputError, match="no mapping 'magic' is shipped; known are eurio, foaf, org, schema"):
        given.tell(terms="magic")


def test_a_mapping_named_by_an_option(given: Given, tmp_path: Path) -> None:
    mapping = tmp_path / "theirs.toml"
    mapping.write_text('[properties]\n"<https://schema.org/slogan>" = "description"\n', "utf-8")
    given.write("data.ttl", PREFIXES + GOOD + '<https://x.example/1> schema:slogan "Ljus!"@sv .\n')
    given.read(mapping=str(mapping))
    assert str(given.named("Bra 1").values["description"][0]) == "Text(value='Ljus!', lang='sv')"


def test_a_place_by_its_geonames_number(given: Given) -> None:
    given.write(
        "data.ttl", PREFIXES + GOOD + "<https://x.example/1> schema:location <https://sws.geonames.org/2673730/> .\n"
    )
    given.read()
    (site,) = given.of("Site")
    assert site.values["place"] == [Ref("place/stockholm")]


def test_nothing_is_published_when_nothing_is_understood(given: Given, tmp_path: Path) -> None:
    given.write("data.ttl", '<https://x.example/> <https://y.example/> "z" .')
    with pytest.raises(Exception, match="0 good records"):
        given.tell()
    assert DataFolder(tmp_path / "var").current() is None
