"""The competency questions give their planted answers on a generation that was built from the sample."""

from __future__ import annotations

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions, QueryTriples

from graph.generation import Generation
from graph.store import EmbeddedStore
from ontology.check import failures
from ontology.questionnaire import Question
from ontology.schema import questions


def rows(answer: object) -> list[dict[str, str]]:
    if isinstance(answer, QueryTriples):
        return [{"s": str(t.subject), "p": str(t.predicate), "o": str(t.object)} for t in answer]
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [
        {name: held.value for name in names if isinstance(held := row[name], NamedNode | Literal)} for row in answer
    ]


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_question_gives_its_planted_answer(question: Question, sample_generation: Generation) -> None:
    answer = EmbeddedStore.read_only(sample_generation.store).query(question.sparql)
    assert failures(question.check, rows(answer)) == []
