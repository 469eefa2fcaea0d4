"""Every term has its labels, its definition and a use, and what is generated is fresh."""

from __future__ import annotations

import csv
import json
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import OWL, RDF, RDFS, SKOS, XSD, Graph, Literal, URIRef

from ontology import generate, schema
from ontology.model import ClassTerm, PropertyTerm
from ontology.terms import BASE, CE, CLASSES, PROPERTIES, SCHEMES
from ontology.vocabulary import HERE, OntologyError, read_vocabulary, turtle_files

TERMS = {**CLASSES, **PROPERTIES}
CONCEPTS = [(scheme, concept) for scheme, held in SCHEMES.items() for concept in held.values()]
ALIGNED = re.compile(r"\bce:(\w+)")


def test_what_is_generated_is_fresh() -> None:
    stale = [path.name for path, text in generate.generated().items() if path.read_text("utf-8") != text]
    assert stale == [], "run python -m ontology.generate"


def test_the_generator_gives_the_same_twice() -> None:
    run = subprocess.run(
        [sys.executable, "-m", "ontology.generate", "--check"], capture_output=True, text=True, check=False
    )
    assert (run.returncode, run.stderr) == (0, "")


def test_the_generator_refuses_an_unknown_argument(capsys: pytest.CaptureFixture[str]) -> None:
    assert generate.main(["--chek"]) == 2
    assert "usage" in capsys.readouterr().err


@pytest.mark.parametrize("term", TERMS.values(), ids=list(TERMS))
def test_a_term_has_labels_and_a_definition(term: ClassTerm | PropertyTerm) -> None:
    assert term.label_en.strip()
    assert term.label_sv.strip()
    assert term.definition.endswith(".")
    assert term.iri == CE + term.name


def test_every_term_has_a_use_in_a_question_a_rule_or_a_shape() -> None:
    texts = [schema.rules_text(), schema.shapes_path().read_text("utf-8"), *(q.sparql for q in schema.questions())]
    assert TERMS.keys() - {name for text in texts for name in ALIGNED.findall(text)} == set()


def test_questions_rules_and_shapes_name_only_terms_that_exist() -> None:
    texts = [schema.rules_text(), schema.shapes_path().read_text("utf-8"), *(q.sparql for q in schema.questions())]
    assert {name for text in texts for name in ALIGNED.findall(text)} - TERMS.keys() == set()


@pytest.mark.parametrize("path", [HERE / "alignments.ttl", HERE / "mappings.sssom.tsv"], ids=lambda path: path.name)
def test_alignments_name_only_terms_that_exist(path: Path) -> None:
    named = set(ALIGNED.findall(path.read_text("utf-8")))
    assert named
    assert named - TERMS.keys() == set()


def test_the_table_of_mappings_and_the_alignments_say_the_same() -> None:
    lines = (HERE / "mappings.sssom.tsv").read_text("utf-8").splitlines()
    prefixes = dict(re.findall(r"^#   (\w+): (\S+)$", "\n".join(lines), re.MULTILINE))
    rows = list(csv.DictReader((line for line in lines if not line.startswith("#")), delimiter="\t"))
    assert {row["mapping_justification"] for row in rows} == {"semapv:ManualMappingCuration"}

    def iri(curie: str) -> str:
        prefix, name = curie.split(":")
        return f"{prefixes[prefix]}{name}"

    said = {tuple(iri(row[column]) for column in ("subject_id", "predicate_id", "object_id")) for row in rows}
    aligned = {tuple(map(str, triple)) for triple in Graph().parse(HERE / "alignments.ttl")}
    assert len(said) == len(rows)
    assert {triple for triple in said if not triple[1].startswith(str(SKOS))} == {
        triple for triple in aligned if triple[1] in (str(RDFS.subClassOf), str(OWL.equivalentClass))
    }


def test_domains_ranges_and_parents_are_terms() -> None:
    for term in PROPERTIES.values():
        assert {name for name in (*term.domain, *term.range) if ":" not in name} <= CLASSES.keys()
        assert set(term.parents) <= PROPERTIES.keys()
    assert {parent for term in CLASSES.values() for parent in term.parents} <= CLASSES.keys()


def test_each_concept_has_labels_in_both_languages_and_stands_in_its_scheme() -> None:
    assert [concept for _, concept in CONCEPTS if not (concept.label_en and concept.label_sv)] == []
    assert [concept for scheme, concept in CONCEPTS if concept.iri != f"{BASE}{scheme}/{concept.slug}"] == []


def test_each_concept_that_a_source_may_choose_has_a_definition() -> None:
    told_by_their_label = {"tech", "cpc"}
    assert [c for scheme, c in CONCEPTS if scheme not in told_by_their_label and not c.definition.endswith(".")] == []


def test_every_subject_in_the_turtle_is_ours(ontology_graph: Graph) -> None:
    subjects = {str(subject) for subject in ontology_graph.subjects() if isinstance(subject, URIRef)}
    assert {iri for iri in subjects if not iri.startswith(BASE)} == {"http://data.europa.eu/s66#Project"}


def test_a_term_without_a_swedish_label_stops_the_generator(ontology_graph: Graph) -> None:
    graph = Graph() + ontology_graph
    graph.remove((URIRef(CE + "Company"), RDFS.label, Literal("företag", lang="sv")))
    with pytest.raises(OntologyError, match=r"Company needs exactly one .*label in 'sv', and has 0"):
        read_vocabulary(graph)


def test_the_context_makes_the_bare_names_our_terms() -> None:
    context = json.loads(schema.context_path().read_text("utf-8"))["@context"]
    document = {
        "@context": context,
        "id": BASE + "id/x",
        "type": "Company",
        "kind": "Company",
        "name": {"@value": "Bolaget AB", "@language": "sv"},
        "founded": "2018-06-01",
        "unitOf": BASE + "id/group",
    }
    triples = {
        (str(q.subject), str(q.predicate), str(q.object))
        for q in ox.parse(json.dumps(document), format=ox.RdfFormat.JSON_LD)
    }
    about = f"<{BASE}id/x>"
    assert triples == {
        (about, f"<{RDF.type}>", f"<{CE}Company>"),
        (about, f"<{CE}kind>", f"<{CE}Company>"),
        (about, f"<{CE}name>", '"Bolaget AB"@sv'),
        (about, f"<{CE}founded>", f'"2018-06-01"^^<{XSD.date}>'),
        (about, f"<{CE}unitOf>", f"<{BASE}id/group>"),
    }


def test_the_schema_answers_without_rdf() -> None:
    assert schema.ancestors("ResearchCentre") == {
        "ResearchCentre",
        "ResearchPerformer",
        "Organization",
        "Agent",
        "JointEffort",
    }
    assert schema.is_a("CentreStage", "Project")
    assert not schema.is_a("Company", "JointEffort")
    assert (schema.label("collaboratesWith", "sv"), schema.label("Company", "en")) == ("samarbetar med", "company")
    assert set(schema.files()) == set(turtle_files())
    with pytest.raises(KeyError):
        schema.ancestors("Corporation")


def test_reading_the_terms_imports_no_rdf_library() -> None:
    code = "import sys, ontology.schema; sys.exit('rdflib' in sys.modules or 'pyoxigraph' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_every_term_and_question_stands_in_the_reference() -> None:
    reference = (generate.REFERENCE / "ontology.md").read_text("utf-8")
    assert [name for name in CLASSES if f"**{name}**" not in reference] == []
    assert [name for name in PROPERTIES if f"| `{name}` |" not in reference] == []
    assert [c.slug for _, c in CONCEPTS if f"`{c.slug}`" not in reference] == []
    asked = (generate.REFERENCE / "questions.md").read_text("utf-8")
    assert [q.id for q in schema.questions() if q.text_sv not in asked or q.sparql.strip() not in asked] == []
