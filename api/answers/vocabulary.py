"""Every label of the explorer, from the ontology."""

from __future__ import annotations

from api.models import KindOut, Pair, TechnologyOut, Vocabulary
from api.served import Snapshot
from graph.masks import COLLABORATION
from graph.ties import PART_PROPERTIES, TIES
from ontology.model import ConceptTerm
from ontology.schema import is_a
from ontology.terms import CLASSES, PROPERTIES, SCHEMES

# Which scheme names a role, the first that knows it: a relation's `role` may come from any of them.
ROLE_SCHEMES = ("role", "partnership", "change", "instrument", "activity", "round")

# The first of these that a class is gives its group.
_GROUPS = {
    "Organization": "organisation",
    "JointEffort": "effort",
    "TechnologyArea": "technology",
    "Place": "place",
    "Person": "person",
    "Relation": "relation",
}


def vocabulary(snapshot: Snapshot) -> Vocabulary:
    """Labels of kinds, roles, ties, technologies, counties and properties."""
    return Vocabulary(
        kinds={
            name: KindOut(en=term.label_en, sv=term.label_sv, group=group)
            for name, term in CLASSES.items()
            if (group := _group(name))
        }
        | {name: KindOut(**_property(name).model_dump(), group="relation") for name in PART_PROPERTIES},
        roles={slug: _pair(term) for scheme in reversed(ROLE_SCHEMES) for slug, term in SCHEMES[scheme].items()},
        ties={
            **{name: Pair(en=tie.en, sv=tie.sv) for name, tie in TIES.items()},
            COLLABORATION: Pair(en="collaboration", sv="samarbete"),
        },
        technologies={
            slug: TechnologyOut(en=term.label_en, sv=term.label_sv, broader=list(term.broader))
            for slug, term in SCHEMES["tech"].items()
        },
        counties=snapshot.things.counties,
        properties={name: _property(name) for name in PROPERTIES},
    )


def _group(name: str) -> str | None:
    return next((group for above, group in _GROUPS.items() if is_a(name, above)), None)


def _property(name: str) -> Pair:
    return Pair(en=PROPERTIES[name].label_en, sv=PROPERTIES[name].label_sv)


def _pair(term: ConceptTerm) -> Pair:
    return Pair(en=term.label_en, sv=term.label_sv)
