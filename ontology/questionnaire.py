"""The competency questions: one SPARQL file each, with a header that a machine can read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from ontology.question_parameters import Parameter, ParameterError, read_parameter

_HEADER = re.compile(r"# (id|audience|en|sv|param|check): (.+)")
AUDIENCES = ("analyst", "researcher", "cluster", "tool", "steward")


class QuestionError(ValueError):
    """A question file lacks a part of its header."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that the map must answer.

    `audience` is who asks: analyst, researcher, cluster (its staff), tool or steward (of the data). `check` says what the
    planted answer on the sample looks like, in the words of `ontology.check`. `parameters` are the values that a form may change.
    """

    id: str
    audience: str
    text_en: str
    text_sv: str
    sparql: str
    check: str
    parameters: tuple[Parameter, ...] = ()


def read_question(path: Path) -> Question:
    """A question from its file; QuestionError when the header is not whole."""
    text = path.read_text("utf-8")
    head: dict[str, str] = {}
    declared: list[str] = []
    body = text.splitlines()
    while body and (found := _HEADER.fullmatch(body[0])):
        if found[1] == "param":
            declared.append(found[2])
        else:
            head[found[1]] = found[2]
        body.pop(0)
    missing = {"id", "audience", "en", "sv", "check"} - head.keys()
    if missing:
        raise QuestionError(f"{path.name}: the header lacks {', '.join(sorted(missing))}")
    if head["audience"] not in AUDIENCES:
        raise QuestionError(f"{path.name}: {head['audience']!r} is none of {', '.join(AUDIENCES)}")
    sparql = "\n".join(body).strip() + "\n"
    try:
        parameters = tuple(read_parameter(one, sparql) for one in declared)
    except ParameterError as error:
        raise QuestionError(f"{path.name}: {error}") from error
    return Question(head["id"], head["audience"], head["en"], head["sv"], sparql, head["check"], parameters)


def read_questions(folder: Path) -> tuple[Question, ...]:
    """All questions of a folder in the order of their ids."""
    return tuple(read_question(path) for path in sorted(folder.glob("*.rq")))
