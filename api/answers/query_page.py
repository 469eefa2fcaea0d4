"""What the query page needs to complete, to offer and to name."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from api.answers.query_models import (
    ClassOut,
    ConceptOut,
    NamesOut,
    ParameterOut,
    PropertyOut,
    QuestionOut,
    QuestionsOut,
    SchemaOut,
)
from api.models import Pair
from api.served import Snapshot
from ontology.schema import questions
from ontology.terms import BASE, CE, CLASSES, PROPERTIES, SCHEMES

_OTHERS: Final = {
    "dct": "http://purl.org/dc/terms/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "geof": "http://www.opengis.net/def/function/geosparql/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
# What a query over the map needs of other vocabularies: English, Swedish, the class that has it, whether it leads to a thing.
_BORROWED: Final = {
    "skos:prefLabel": ("label", "benämning", "skos:Concept", False),
    "skos:altLabel": ("synonym", "synonym", "skos:Concept", False),
    "skos:broader": ("broader concept", "överordnat begrepp", "skos:Concept", True),
    "skos:narrower": ("narrower concept", "underordnat begrepp", "skos:Concept", True),
    "skos:inScheme": ("scheme", "begreppsschema", "skos:Concept", True),
    "skos:notation": ("code", "kod", "skos:Concept", False),
    "rdfs:label": ("label of a term", "termens benämning", "", False),
    "rdfs:subClassOf": ("narrower class than", "underklass till", "", True),
    "rdfs:subPropertyOf": ("narrower property than", "underegenskap till", "", True),
    "dct:title": ("title", "titel", "Source", False),
    "dct:license": ("licence", "licens", "Source", True),
    "prov:endedAtTime": ("ended", "slutade", "IngestRun", False),
    "geo:hasGeometry": ("geometry", "geometri", "Place", True),
    "geo:asWKT": ("as WKT", "som WKT", "", False),
}


def schema(snapshot: Snapshot) -> SchemaOut:
    """Prefixes, classes, properties and concepts, each with its labels."""
    return SchemaOut(
        base=snapshot.names.base,
        prefixes=_prefixes(snapshot.names.base),
        classes=[
            ClassOut(
                name=name,
                iri=term.iri,
                en=term.label_en,
                sv=term.label_sv,
                definition=term.definition,
                parents=list(term.parents),
            )
            for name, term in CLASSES.items()
        ],
        properties=[*_own(), *_borrowed()],
        concepts={
            name: [
                ConceptOut(slug=slug, iri=term.iri, en=term.label_en, sv=term.label_sv) for slug, term in held.items()
            ]
            for name, held in SCHEMES.items()
        },
    )


def _prefixes(base: str) -> dict[str, str]:
    schemes = {name: f"{BASE}{name}/" for name in SCHEMES}
    return dict(sorted({"ce": CE, "id": f"{base}id/", "place": f"{base}id/place/", **schemes, **_OTHERS}.items()))


def _own() -> Iterable[PropertyOut]:
    for name, term in PROPERTIES.items():
        yield PropertyOut(
            name=name,
            iri=term.iri,
            en=term.label_en,
            sv=term.label_sv,
            definition=term.definition,
            domain=list(term.domain),
            range=list(term.range),
            object=term.object,
            shortcut=term.shortcut,
        )


def _borrowed() -> Iterable[PropertyOut]:
    for name, (en, sv, domain, leads) in _BORROWED.items():
        prefix, _, local = name.partition(":")
        yield PropertyOut(
            name=name,
            iri=_OTHERS[prefix] + local,
            en=en,
            sv=sv,
            definition="",
            domain=[domain] if domain else [],
            range=[],
            object=leads,
            shortcut=False,
        )


def gallery() -> QuestionsOut:
    """The competency questions, each with what may be changed in it."""
    return QuestionsOut(
        questions=[
            QuestionOut(
                id=one.id,
                audience=one.audience,
                title=Pair(en=one.text_en, sv=one.text_sv),
                sparql=one.sparql,
                parameters=[
                    ParameterOut(
                        name=held.name,
                        kind=held.kind,
                        label=Pair(en=held.label_en, sv=held.label_sv),
                        default=list(held.default),
                        many=held.many,
                    )
                    for held in one.parameters
                ],
            )
            for one in questions()
        ]
    )


def names(snapshot: Snapshot, keys: Iterable[str]) -> NamesOut:
    """What things are called, by their keys; a key that another thing took over names that one."""
    things = snapshot.things
    found: dict[str, int] = {}
    for key in keys:
        node = things.columns.node_of.get(key, things.former.get(key))
        if node is not None:
            found[key] = node
    return NamesOut(names={key: things.ref(node) for key, node in found.items()})
