"""The shapes of what the query page asks for: the schema, the questions, names of things."""

from __future__ import annotations

from typing import Literal

from api.models import Model, Pair, Ref


class ClassOut(Pair):
    """A kind of thing; `parents` are the names of the classes right above it, `definition` is English."""

    name: str
    iri: str
    definition: str
    parents: list[str]


class PropertyOut(Pair):
    """A property. `domain` and `range` name the classes or data types of which one fits; empty means any.

    Names are those of the ontology (`worksOn`), with a prefix where they come from elsewhere (`skos:prefLabel`). `object`
    is false for plain values; `shortcut` is true for what a rule derives.
    """

    name: str
    iri: str
    definition: str
    domain: list[str]
    range: list[str]
    object: bool
    shortcut: bool


class ConceptOut(Pair):
    """A concept, written `scheme:slug` in a query."""

    slug: str
    iri: str


class SchemaOut(Model):
    """What a query may be made of. `base` begins the addresses of this map; `prefixes` and `concepts` go by their name."""

    base: str
    prefixes: dict[str, str]
    classes: list[ClassOut]
    properties: list[PropertyOut]
    concepts: dict[str, list[ConceptOut]]


class ParameterOut(Model):
    """A value that may be changed: the variable `name` in a VALUES block of the question.

    `default` holds keys of things (`kth`, `tech/batteries`, `place/se-ab`), or dates, numbers and text as they are. `many`:
    there may be more than one value.
    """

    name: str
    kind: Literal["thing", "technology", "county", "type", "date", "moment", "number", "text"]
    label: Pair
    default: list[str]
    many: bool


class QuestionOut(Model):
    """A competency question; it runs as it stands."""

    id: str
    audience: str
    title: Pair
    sparql: str
    parameters: list[ParameterOut]


class QuestionsOut(Model):
    """In the order of their ids."""

    questions: list[QuestionOut]


class NamesOut(Model):
    """By the key that was asked for; what is not in the map is left out."""

    names: dict[str, Ref]
