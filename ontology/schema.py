"""Questions to the ontology that need no RDF library: what is a what, what it is called, and where the files are."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from ontology.questionnaire import Question, read_questions
from ontology.terms import CLASSES, PROPERTIES

_HERE = Path(__file__).parent


@cache
def ancestors(kind: str) -> frozenset[str]:
    """The class itself and all above it, by name; KeyError when the ontology has no such class."""
    return frozenset({kind}).union(*(ancestors(parent) for parent in CLASSES[kind].parents))


def is_a(kind: str, above: str) -> bool:
    """Whether one class is another, or lies below it."""
    return above in ancestors(kind)


# Kinds that no organisation is at once. What runs a cluster is not the cluster; a department is not its university.
_APART = (
    ("Collaboration", "LegalEntity"),
    ("Collaboration", "SupportOrganization"),
    ("Collaboration", "PublicBody"),
    ("Collaboration", "FundingAgency"),
    ("Collaboration", "ResearchPerformer"),
    ("OrganizationalUnit", "LegalEntity"),
    ("OrganizationalUnit", "PublicBody"),
    ("OrganizationalUnit", "Association"),
    ("OrganizationalUnit", "Collaboration"),
    ("TestBed", "LegalEntity"),
    ("ResearchCentre", "HigherEducationInstitution"),
    ("ResearchCentre", "Company"),
    ("Municipality", "Region"),
    ("Municipality", "Company"),
    ("Region", "Company"),
)


@cache
def exclude(one: str, other: str) -> bool:
    """Whether no thing can be both kinds: an agency may give funding, a place is never an organisation."""
    a, b = ancestors(one), ancestors(other)
    if other in a or one in b:
        return False
    if "Organization" not in a & b:
        return True
    return any((x in a and y in b) or (x in b and y in a) for x, y in _APART)


def label(name: str, lang: str) -> str:
    """The label of a class or property in `en` or `sv`; KeyError when there is no such term."""
    term = CLASSES[name] if name in CLASSES else PROPERTIES[name]
    return {"en": term.label_en, "sv": term.label_sv}[lang]


def files() -> tuple[Path, ...]:
    """The Turtle files to load into a store: modules and vocabularies, without shapes."""
    return (*sorted(_HERE.glob("*.ttl")), *sorted(_HERE.glob("vocabularies/*.ttl")))


def rules_path() -> Path:
    """The SPARQL Update that derives every shortcut."""
    return _HERE / "rules" / "shortcuts.ru"


def rules_text() -> str:
    """The text of the rules."""
    return rules_path().read_text("utf-8")


def shapes_path() -> Path:
    """The SHACL shapes."""
    return _HERE / "shapes" / "core.ttl"


def context_path() -> Path:
    """The JSON-LD context."""
    return _HERE / "context.jsonld"


def sample_path() -> Path:
    """The planted sample, N-Quads: what three sources say and their evidence, nothing derived.

    Before asking a question, copy the graphs `graph/src/*` into the default graph, load `files()` there and run the rules.
    """
    return _HERE / "questions" / "sample.nq"


@cache
def questions() -> tuple[Question, ...]:
    """The competency questions in the order of their ids."""
    return read_questions(_HERE / "questions")
