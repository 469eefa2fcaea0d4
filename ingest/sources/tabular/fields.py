"""What a row may be, and what its columns may hold. A field is a place in the map; a mapping leads columns to fields."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

Form: TypeAlias = Literal[
    "acronym", "address", "amount", "class", "concept", "country", "currency", "date", "key", "lei", "orgnr", "pic",
    "plain", "reference", "ror", "share", "text", "town", "vat", "whole", "wikidata",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Field:
    """`of`: the scheme of a concept, the class above a class, or what a reference leads to (`organisation`, `effort`,
    `any`). `many`: a row may have several, by a separator or from several columns."""

    name: str
    form: Form
    of: str = ""
    many: bool = False
    required: bool = False


def _refs(of: str, *names: str, many: bool = False, required: bool = False) -> tuple[Field, ...]:
    return tuple(Field(name, "reference", of, many, required) for name in names)


_SOURCE = Field("source", "address")
_SPAN = (Field("start", "date"), Field("end", "date"))
_MONEY = (Field("amount", "amount"), Field("currency", "currency"))
_PLACE = (Field("town", "town"), Field("country", "country"))
_NOTE = Field("note", "plain")
_TECHNOLOGY = Field("technology", "concept", "tech", many=True)
_NAMES = (
    Field("key", "key"),
    Field("name", "text", required=True),
    Field("altName", "plain", many=True),
    Field("acronym", "acronym", many=True),
    Field("description", "text"),
    Field("homepage", "address"),
    Field("wikidata", "wikidata"),
)
PART_ROLES = (
    "coordinator",
    "host",
    "initiator",
    "participant",
    "partner",
)  # columns of a project, each a list of names

ORGANISATION, PROJECT = "organisation", "project"
ROWS: Mapping[str, tuple[Field, ...]] = {
    ORGANISATION: (
        *_NAMES,
        Field("kind", "class", "Organization", required=True),
        Field("legalName", "plain"),
        Field("formerName", "plain", many=True),
        Field("orgNumber", "orgnr"),
        Field("vatNumber", "vat"),
        Field("ror", "ror"),
        Field("lei", "lei"),
        Field("cordisPic", "pic"),
        Field("founded", "date"),
        Field("dissolved", "date"),
        Field("employees", "whole"),
        Field("companyStage", "concept", "stage"),
        Field("sizeClass", "concept", "size"),
        *_PLACE,
        _TECHNOLOGY,
        *_refs("organisation", "unitOf"),
        *_refs("any", "memberOf", many=True),
        _SOURCE,
    ),
    PROJECT: (
        *_NAMES,
        Field("kind", "class", "JointEffort", required=True),
        Field("aim", "text"),
        *_SPAN,
        Field("totalCost", "amount"),
        Field("currency", "currency"),
        *_PLACE,
        _TECHNOLOGY,
        *_refs("effort", "partOf"),
        *_refs("organisation", *PART_ROLES, many=True),
        _SOURCE,
    ),
    "participation": (
        *_refs("organisation", "participant", required=True),
        *_refs("any", "effort", required=True),
        Field("role", "concept", "role", required=True),
        *_SPAN, *_MONEY, _NOTE, _SOURCE,
    ),
    "membership": (
        *_refs("organisation", "participant", required=True),
        *_refs("any", "effort", required=True),
        *_SPAN, _NOTE, _SOURCE,
    ),
    "partnership": (
        *_refs("organisation", "party", many=True),
        *_refs("organisation", "customer", "supplier"),
        Field("partnershipKind", "concept", "partnership"),
        *_SPAN, *_MONEY, _NOTE, _SOURCE,
    ),
    "funding": (
        *_refs("organisation", "funder", required=True),
        *_refs("organisation", "recipient"),
        *_refs("effort", "effort"),
        Field("instrument", "concept", "instrument"),
        *_SPAN,
        Field("announced", "date"),
        *_MONEY, _NOTE, _SOURCE,
    ),
    "ownership": (
        *_refs("organisation", "owner", "owned", required=True),
        Field("role", "concept", "role"),
        Field("share", "share"),
        *_SPAN, _NOTE, _SOURCE,
    ),
    "support": (
        *_refs("organisation", "supporter", "supported", required=True),
        Field("role", "concept", "role"),
        *_SPAN, _NOTE, _SOURCE,
    ),
    "technology": (
        *_refs("any", "actor", required=True),
        Field("technology", "concept", "tech", many=True, required=True),
        Field("activityKind", "concept", "activity"),
        _NOTE, _SOURCE,
    ),
}  # fmt: skip
SPANS = (("start", "end"), ("founded", "dissolved"))
