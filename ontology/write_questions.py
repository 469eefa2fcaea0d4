"""The text of `docs/reference/questions.md`."""

from __future__ import annotations

from collections.abc import Iterable

from ontology.questionnaire import AUDIENCES, Question

_HEAD = """# The competency questions

This page is generated from `ontology/questions/` by `python -m ontology.generate`; do not edit it.

These are the questions that the map must answer. Each is a SPARQL file, runs as it stands against `/sparql`, and has a
planted answer on the sample `ontology/questions/sample.nq`, which the tests compare. Change the values in `VALUES` to ask
about another organisation, area or place; the page `/query` of the explorer has a form for it. The organisations with invented names live in the sample only.

"""
_WHO = {
    "analyst": "Analysts",
    "researcher": "Researchers",
    "cluster": "Cluster staff",
    "tool": "Downstream tools",
    "steward": "Stewards of the data",
}


def questions_page(questions: Iterable[Question]) -> str:
    """Markdown: the questions by who asks them, each with its text in both languages and its SPARQL."""
    held = list(questions)
    lines: list[str] = []
    for audience in AUDIENCES:
        lines += [f"## {_WHO[audience]}", ""]
        for question in (question for question in held if question.audience == audience):
            lines += [f"### {question.id}", "", question.text_en, "", f"*{question.text_sv}*", ""]
            lines += [
                "```sparql",
                question.sparql.rstrip(),
                "```",
                "",
                *_parameters(question),
                f"On the sample: `{question.check}`",
                "",
            ]
    return _HEAD + "\n".join(lines).rstrip() + "\n"


def _parameters(question: Question) -> list[str]:
    told = [f"`?{one.name}` ({one.kind}: {one.label_en})" for one in question.parameters]
    return [f"May be changed: {', '.join(told)}.", ""] if told else []
