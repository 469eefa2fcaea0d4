"""The text of `docs/reference/ontology.md`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ontology.model import ClassTerm, ConceptTerm, PropertyTerm
from ontology.vocabulary import BASE, CE, Vocabulary

_HEAD = f"""# The ontology

This page is generated from the Turtle in `ontology/` by `python -m ontology.generate`; do not edit it.

The prefix `ce:` stands for `{CE}`. Each term has a label in English and Swedish, and a use in a
[question](questions.md), a rule (`ontology/rules/shortcuts.ru`) or a shape (`ontology/shapes/core.ttl`).

- Every link between actors is a node of its own with role, time, money and evidence. Plain edges are *shortcuts*: rules
  derive them, and no source may write them.
- A thing has exactly one `ce:kind`, its most specific class. `rdf:type` carries that class and every class above it.
- A date is `xsd:date`. Where less than the day is known, it is the first day of the month or year, and the property with
  the same name and the ending `Precision` says so.

"""


def reference_page(vocabulary: Vocabulary) -> str:
    """Markdown: the tree of classes, the properties, the shortcuts, the schemes of concepts."""
    plain = {name: term for name, term in vocabulary.properties.items() if not term.shortcut}
    shortcuts = {name: term for name, term in vocabulary.properties.items() if term.shortcut}
    lines = ["## Classes", "", *_class_tree(vocabulary.classes), ""]
    lines += ["## Properties", "", *_property_table(plain), ""]
    lines += ["## Shortcuts", "", *_property_table(shortcuts), "", "## Schemes", ""]
    for scheme, concepts in vocabulary.schemes.items():
        lines += [f"### {scheme}", "", f"`{BASE}{scheme}/`", "", *_concept_table(concepts), ""]
    return _HEAD + "\n".join(lines).rstrip() + "\n"


def _class_tree(classes: Mapping[str, ClassTerm]) -> Iterator[str]:
    """A list indented by depth; a class with two parents stands below both, with its definition below the first."""
    told: set[str] = set()

    def branch(name: str, depth: int) -> Iterator[str]:
        term = classes[name]
        again = name in told
        told.add(name)
        yield f"{'  ' * depth}- **{name}** ({term.label_en}, *{term.label_sv}*){'' if again else ': ' + term.definition}"
        if not again:
            for child in (child for child, held in classes.items() if name in held.parents):
                yield from branch(child, depth + 1)

    for name, term in classes.items():
        if not term.parents:
            yield from branch(name, 0)


def _property_table(properties: Mapping[str, PropertyTerm]) -> Iterator[str]:
    yield "| property | label | from | to | definition |"
    yield "|---|---|---|---|---|"
    for name, term in properties.items():
        below = f" Narrower than {', '.join(f'`{parent}`' for parent in term.parents)}." if term.parents else ""
        yield (
            f"| `{name}` | {term.label_en}, *{term.label_sv}* | {', '.join(term.domain) or 'any'} "
            f"| {', '.join(term.range) or ('any' if term.object else 'text')} | {_cell(term.definition)}{below} |"
        )


def _concept_table(concepts: Mapping[str, ConceptTerm]) -> Iterator[str]:
    """Technology areas with code, synonyms and CPC classes; other concepts with what they mean."""
    areas = any(term.alt for term in concepts.values())
    yield "| slug | label |" + (" code | synonyms | CPC |" if areas else " meaning |")
    yield "|---|---|" + ("---|---|---|" if areas else "---|")
    for slug, term in concepts.items():
        row = f"| {'· ' * _depth(concepts, slug)}`{slug}` | {term.label_en}, *{term.label_sv}* |"
        if areas:
            row += f" {term.notation} | {', '.join(text for text, _ in term.alt)} | {', '.join(term.matches)} |"
        else:
            row += f" {_cell(term.definition)} |"
        yield row


def _depth(concepts: Mapping[str, ConceptTerm], slug: str) -> int:
    above = concepts[slug].broader
    return 1 + _depth(concepts, above[0]) if above else 0


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
