"""The text of `ontology/context.jsonld`, which lets JSON-LD use the bare names of the terms."""

from __future__ import annotations

import json

from ontology.model import PropertyTerm
from ontology.vocabulary import CE, Vocabulary

_PREFIXES = {
    "ce": str(CE),
    "dct": "http://purl.org/dc/terms/",
    "geo": "http://www.opengis.net/ont/geosparql#",
    "prov": "http://www.w3.org/ns/prov#",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}


def context_document(vocabulary: Vocabulary) -> str:
    """JSON with one entry a class and property; texts in a language are value objects, so no container is set."""
    context: dict[str, object] = {"id": "@id", "type": "@type", **_PREFIXES}
    context |= {name: f"ce:{name}" for name in vocabulary.classes}
    context |= {name: _entry(term) for name, term in vocabulary.properties.items()}
    return json.dumps({"@context": context}, ensure_ascii=False, indent=2) + "\n"


def _entry(term: PropertyTerm) -> object:
    if term.name == "kind":
        return {"@id": "ce:kind", "@type": "@vocab"}
    if term.object:
        return {"@id": f"ce:{term.name}", "@type": "@id"}
    if len(term.range) == 1 and term.range[0].startswith("xsd:") and term.range[0] != "xsd:string":
        return {"@id": f"ce:{term.name}", "@type": term.range[0]}
    return f"ce:{term.name}"
