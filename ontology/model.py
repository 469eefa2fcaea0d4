"""What the ontology says of its own terms. The terms themselves stand in Turtle; `ontology.terms` is made from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ClassTerm:
    """A kind of thing. `parents` are the names of the classes right above it."""

    name: str
    iri: str
    label_en: str
    label_sv: str
    definition: str
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PropertyTerm:
    """A property. `domain` and `range` name the classes or data types of which one fits; empty means any.

    Classes of this ontology are named without prefix (`Organization`), all else with it (`xsd:date`, `skos:Concept`).
    `object` is false for plain values; `shortcut` is true when a rule derives it and no source may write it. `parents`
    are the properties of this ontology right above it.
    """

    name: str
    iri: str
    label_en: str
    label_sv: str
    definition: str
    domain: tuple[str, ...]
    range: tuple[str, ...]
    object: bool
    shortcut: bool
    parents: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ConceptTerm:
    """A concept of a scheme.

    `broader` are slugs in the same scheme, `alt` are synonyms with their language, `matches` are codes of the
    Cooperative Patent Classification (`Y02E 10/70`), `notation` is the code by which a source may name the concept. `definition` is empty
    for technology areas and classification codes, whose labels say it.
    """

    slug: str
    iri: str
    label_en: str
    label_sv: str
    broader: tuple[str, ...]
    alt: tuple[tuple[str, str], ...]
    matches: tuple[str, ...]
    notation: str
    definition: str
