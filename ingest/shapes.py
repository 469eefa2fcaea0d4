"""The SHACL shapes of the ontology, read into tests on nodes: what pyshacl says of the RDF, said before there is any.

pyshacl needs minutes for what a large source gives; these tests need seconds. `tests/ingest/test_shapes.py` holds both to
the same words. A constraint that is not known here is an error when the shapes are read, so that none is passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from rdflib import RDF, SH, Graph, Literal, URIRef
from rdflib.collection import Collection
from rdflib.term import Node as Term

from graph.language import own_properties_above
from ontology import schema
from ontology.schema import ancestors
from ontology.terms import CE, PROPERTIES

_IN_SCHEME = URIRef("http://www.w3.org/2004/02/skos/core#inScheme")
# Made by the loader from what a node says, never said by one.
_NOT_NODES = frozenset(
    {"MonetaryAmount", "TechnologyArea", "ClassificationCode", "Evidence", "Document", "Statement", "Source"}
)
_EVERYTHING = ""
_OF_ONE = frozenset(
    {"minLength", "maxLength", "minInclusive", "maxInclusive", "pattern", "datatype", "nodeKind", "class", "in", "or"}
)
_OF_ALL = frozenset({"uniqueLang", "lessThanOrEquals", "disjoint"})
_KNOWN = frozenset({"path", "message", "severity", "minCount", "maxCount"}) | _OF_ONE | _OF_ALL


@dataclass(frozen=True, slots=True)
class Rule:
    """One property shape. `names`: the property of its path and all below it; `inverse`: the path is walked backwards.

    `scheme`: the path goes on to the scheme of the concept. `limits`: the constraints by their name in SHACL.
    """

    path: str
    names: tuple[str, ...]
    message: str
    warning: bool
    inverse: bool
    scheme: bool
    limits: Mapping[str, Any]
    least: int = 0
    most: int = 1 << 30
    values: tuple[tuple[str, Any], ...] = ()  # the limits that each value must keep by itself
    together: bool = False  # whether there are limits on all values together


class ShapesError(ValueError):
    """The shapes use a word that is not known here."""


@cache
def rules_for(kind: str) -> tuple[Rule, ...]:
    """The rules for nodes of a kind, those of the classes above it among them."""
    return tuple(rule for name in [_EVERYTHING, *sorted(ancestors(kind))] for rule in _by_class().get(name, ()))


@cache
def _by_class() -> Mapping[str, tuple[Rule, ...]]:
    graph = Graph().parse(schema.shapes_path(), format="turtle")
    found: dict[str, list[Rule]] = {}
    for shape in sorted(graph.subjects(RDF.type, SH.NodeShape), key=str):
        targets = [_name(target) for target in graph.objects(shape, SH.targetClass)]
        if not targets and (shape, SH.targetSubjectsOf, URIRef(f"{CE}kind")) in graph:
            targets = [_EVERYTHING]
        rules = list(_rules(graph, shape)) if set(targets) - _NOT_NODES else []
        for target in set(targets) - _NOT_NODES:
            found.setdefault(target, []).extend(rules)
    return {name: tuple(rules) for name, rules in found.items()}


def _rules(graph: Graph, shape: Term) -> Iterator[Rule]:
    for held in graph.objects(shape, SH.property):
        yield _rule(graph, held)
    for either in graph.objects(shape, SH["or"]):
        names = [_name(graph.value(one, SH.path)) for one in Collection(graph, either)]
        below = tuple(name for path in names for name in _below(path))
        message = str(graph.value(shape, SH.message))
        yield Rule(names[0], below, message, False, False, False, {}, least=1)


def _rule(graph: Graph, held: Term) -> Rule:
    limits: dict[str, Any] = {}
    for predicate, value in graph.predicate_objects(held):
        name = str(predicate).removeprefix(str(SH))
        if name not in _KNOWN:
            raise ShapesError(f"{predicate} is not known to ingest/shapes.py; add it there")
        if name not in ("path", "message", "severity"):
            limits[name] = _limit(graph, name, value)
    path = graph.value(held, SH.path) or held
    inverse = graph.value(path, SH.inversePath)
    scheme = False
    if inverse is not None:
        path = inverse
    elif (path, RDF.first, None) in graph:
        path, second = Collection(graph, path)
        if second != _IN_SCHEME:
            raise ShapesError(f"the path over {second} is not known to ingest/shapes.py; add it there")
        scheme = True
    warning = graph.value(held, SH.severity) == SH.Warning
    message = str(graph.value(held, SH.message))
    return Rule(
        _name(path),
        _below(_name(path)),
        message,
        warning,
        inverse is not None,
        scheme,
        limits,
        least=limits.get("minCount", 0),
        most=limits.get("maxCount", 1 << 30),
        values=tuple((limit, asked) for limit, asked in limits.items() if limit in _OF_ONE),
        together=bool(limits.keys() & _OF_ALL),
    )


def _limit(graph: Graph, name: str, value: Term) -> Any:  # noqa: ANN401 - numbers, patterns, names
    match name:
        case "pattern":
            return re.compile(str(value))
        case "in":
            return frozenset(_plain(one) for one in Collection(graph, value))
        case "or":
            return tuple(_name(graph.value(one, SH["class"])) for one in Collection(graph, value))
        case "class" | "datatype" | "nodeKind" | "lessThanOrEquals" | "disjoint":
            return _plain(value)
        case "uniqueLang":
            return bool(value)
        case _:
            return value.toPython() if isinstance(value, Literal) else _plain(value)


def _plain(term: Term) -> str:
    """A class, property or scheme by its last part; a literal by its text."""
    return re.split(r"[#/]", str(term).rstrip("/"))[-1] if isinstance(term, URIRef) else str(term)


def _name(term: Term | None) -> str:
    return _plain(term) if term is not None else ""


def _below(path: str) -> tuple[str, ...]:
    """The property and those below it that the loader writes out as it, sorted."""
    return (path, *sorted(name for name in PROPERTIES if path in own_properties_above(name)))
