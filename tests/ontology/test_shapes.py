"""The shapes accept the planted sample and reject one bad sample each."""

from __future__ import annotations

import pyoxigraph as ox
import pyshacl
import pytest
from rdflib import RDF, SH, Graph, URIRef

from ontology import schema
from tests.ontology.bad_samples import BAD, NEIGHBOURS, PREFIXES, Bad

CESH = "https://w3id.org/cleantech-kg/shapes#"
X = URIRef("https://w3id.org/cleantech-kg/id/x")


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(schema.shapes_path(), format="turtle")


def complaints(data: Graph, shapes: Graph, about: URIRef | None = None) -> list[tuple[str, URIRef]]:
    """Message and severity of what the shapes say of one node, or of all; `data` holds the ontology too.

    pyshacl's own `ont_graph` brings in classes and properties only, and the shapes look at schemes of concepts as well.
    """
    _, report, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none")
    assert isinstance(report, Graph)
    return [
        (str(report.value(result, SH.resultMessage)), URIRef(str(report.value(result, SH.resultSeverity))))
        for result in report.subjects(RDF.type, SH.ValidationResult)
        if about is None or report.value(result, SH.focusNode) == about
    ]


def test_the_planted_sample_conforms_but_for_its_planted_contradiction(sample: ox.Store, shapes: Graph) -> None:
    triples = {ox.Triple(quad.subject, quad.predicate, quad.object) for quad in sample}
    data = Graph().parse(data=ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES) or b"", format="nt")
    assert complaints(data, shapes) == [("sources disagree on the founding date", SH.Warning)]


@pytest.mark.parametrize(("shape", "bad"), BAD.items(), ids=list(BAD))
def test_a_shape_rejects_its_bad_sample(shape: str, bad: Bad, shapes: Graph, ontology_graph: Graph) -> None:
    assert (URIRef(CESH + shape), RDF.type, SH.NodeShape) in shapes
    data = ontology_graph + Graph().parse(data=PREFIXES + NEIGHBOURS + bad.turtle, format="turtle")
    assert (bad.message, SH.Violation) in complaints(data, shapes, X)


def test_every_shape_has_its_bad_sample(shapes: Graph) -> None:
    assert {str(shape).removeprefix(CESH) for shape in shapes.subjects(RDF.type, SH.NodeShape)} == set(BAD)


def test_every_property_shape_says_what_is_wrong(shapes: Graph) -> None:
    assert [prop for prop in shapes.objects(None, SH.property) if (prop, SH.message, None) not in shapes] == []
