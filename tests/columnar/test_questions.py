"""The questions of the benchmark and of the ontology: answered as by the engine, and which of them from columns."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Store

from graph.columnar_index import Columns
from graph.generation import Generation
from ontology.schema import questions as competency_questions
from tests.benchmarks.sparql.dataset import build
from tests.benchmarks.sparql.parameters import parameters
from tests.benchmarks.sparql.questions import Question, questions
from tests.columnar.engine import by_columns, by_engine, encoded
from tests.graph.conftest import demo, sample_generation

__all__ = ["demo", "sample_generation"]

# Why the others are left: ASK and DESCRIBE stop early in the engine, `evidence` asks named graphs, `point` has a
# predicate that is a variable, `strings` computes text.
TO_THE_ENGINE = {"ask", "describe", "evidence", "point", "strings"}
# The others take a SAMPLE that leaves a choice, ask named graphs, or say what is not of the subset.
COMPETENCE = {
    "sample_generation": {
        *("CQ01", "CQ03", "CQ10", "CQ12", "CQ14", "CQ17", "CQ18", "CQ19", "CQ20", "CQ21", "CQ22", "CQ23", "CQ25"),
        *("CQ30", "CQ32", "CQ35", "CQ41", "CQ42"),
    },
    "demo": {"CQ01", "CQ12", "CQ18", "CQ19", "CQ21", "CQ23", "CQ32", "CQ35", "CQ41", "CQ42"},
}


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Store, Columns]:
    data = build(tmp_path_factory.mktemp("bench"), 0.01)
    store = Store.read_only(str(data.store))
    return data.store, store, encoded(store)


@pytest.mark.parametrize("question", questions(), ids=lambda question: question.name)
def test_questions_of_the_benchmark(question: Question, bench: tuple[Path, Store, Columns]) -> None:
    path, store, columns = bench
    pools = parameters(path)
    for turn in range(3):
        text = question.filled(pools, turn).text
        said = by_columns(columns, text)
        assert (said is None) == (question.name in TO_THE_ENGINE)
        if said is not None:
            expected = by_engine(store, text)
            assert said[0] == expected[0]
            if question.loose:
                assert said[1].total() == expected[1].total()
            else:
                assert said[1] == expected[1]


@pytest.mark.parametrize("made", ["sample_generation", "demo"])
def test_competency_questions(made: str, request: pytest.FixtureRequest) -> None:
    generation: Generation = request.getfixturevalue(made)
    store = Store.read_only(str(generation.store))
    columns = encoded(store)
    answered = set()
    for question in competency_questions():
        said = by_columns(columns, question.sparql)
        if said is not None:
            answered.add(question.id)
            assert said == by_engine(store, question.sparql), question.id
    assert answered == COMPETENCE[made]
