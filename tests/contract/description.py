"""What the service says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from pyoxigraph import BlankNode, Dataset, Literal, NamedNode

from tests.contract.facts import RDF, Term
from tests.contract.graphs import read
from tests.contract.service import Service
from tests.contract.suite import Case

SD: Final = "http://www.w3.org/ns/sparql-service-description#"

# property: (class of its subject, class of its object, "" where any name will do)
_SCHEMA: Final[Mapping[str, tuple[str, str]]] = {
    "endpoint": ("Service", ""),
    "feature": ("Service", ""),
    "defaultEntailmentRegime": ("Service", ""),
    "defaultSupportedEntailmentProfile": ("Service", ""),
    "entailmentRegime": ("NamedGraph", ""),
    "supportedEntailmentProfile": ("NamedGraph", ""),
    "extensionFunction": ("Service", ""),
    "extensionAggregate": ("Service", ""),
    "languageExtension": ("Service", ""),
    "supportedLanguage": ("Service", ""),
    "propertyFeature": ("Service", ""),
    "resultFormat": ("Service", ""),
    "inputFormat": ("Service", ""),
    "defaultDataset": ("Service", "Dataset"),
    "availableGraphs": ("Service", "GraphCollection"),
    "defaultGraph": ("Dataset", "Graph"),
    "namedGraph": ("GraphCollection", "NamedGraph"),
    "graph": ("NamedGraph", "Graph"),
    "name": ("NamedGraph", ""),
}
_ABOVE: Final = {"Dataset": "GraphCollection"}


def describe(case: Case, service: Service) -> None:
    """One of the three tests of the suite, by its name."""
    _TESTS[case.iri.partition("#")[2]](service)


def _is_rdf(service: Service) -> None:
    assert len(_description(service)) > 0


def _has_endpoint(service: Service) -> None:
    found = list(_description(service).quads_for_predicate(NamedNode(f"{SD}endpoint")))
    assert [quad.object for quad in found] == [NamedNode(service.query)]


def _keeps_schema(service: Service) -> None:
    graph = _description(service)
    services = list(graph.quads_for_object(NamedNode(f"{SD}Service")))
    assert len(services) == 1
    for quad in graph:
        name = quad.predicate.value.removeprefix(SD)
        if quad.predicate.value.startswith(SD):
            assert name in _SCHEMA, f"sd:{name} is no property of the vocabulary"
            subject, thing = _SCHEMA[name]
            assert subject in _kinds(graph, quad.subject), f"{quad} is not on a sd:{subject}"
            assert not isinstance(quad.object, Literal), f"{quad} has a literal"
            assert not thing or thing in _kinds(graph, quad.object), f"{quad} leads to no sd:{thing}"


def _kinds(graph: Dataset, node: Term) -> set[str]:
    assert isinstance(node, NamedNode | BlankNode)
    said = {
        quad.object.value.removeprefix(SD)
        for quad in graph.quads_for_subject(node)
        if quad.predicate.value == RDF + "type" and isinstance(quad.object, NamedNode)
    }
    return said | {_ABOVE[kind] for kind in said if kind in _ABOVE}


def _description(service: Service) -> Dataset:
    answer = service.client.get(service.query, headers={"Accept": "text/turtle"}).raise_for_status()
    return read(answer.content, answer.headers["content-type"].partition(";")[0], service.query)


_TESTS: Final[Mapping[str, Callable[[Service], None]]] = {
    "returns-rdf": _is_rdf,
    "has-endpoint-triple": _has_endpoint,
    "conforms-to-schema": _keeps_schema,
}
