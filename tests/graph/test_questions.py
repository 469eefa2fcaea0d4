"""The competency questions give their planted answers on a generation that was built from the sample."""

from __future__ import annotations

import pytest
from pyoxigraph import QuerySolutions, QueryTriples, Store

from graph.generation import Generation
from ontology.questionnaire import Question
from ontology.schema import questions


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.id)
def test_question_parses_on_a_built_generation(question: Question, sample_generation: Generation) -> None:
    answer = Store.read_only(str(sample_generation.store)).query(question.sparql)
    assert isinstance(answer, QuerySolutions | QueryTriples)
    assert len(list(answer)) > 0 or question.id in {"CQ15", "CQ26", "CQ29", "CQ30", "CQ31", "CQ32"}
