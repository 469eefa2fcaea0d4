"""Every competency question parses in two engines and gives its planted answer."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import Dataset
from rdflib.plugins.sparql import prepareQuery

from ontology import schema
from ontology.check import CheckError, failures
from ontology.questionnaire import AUDIENCES, Question, QuestionError, read_question

QUESTIONS = schema.questions()
each = pytest.mark.parametrize("question", QUESTIONS, ids=[q.id for q in QUESTIONS])

# Why a question is not run in rdflib.
NOT_IN_RDFLIB = {
    "CQ04": "rdflib has no GeoSPARQL functions",
    "CQ41": "rdflib takes minutes for the ways of three steps, which it joins before anything else",
}


def rows_of(result: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean) -> list[dict[str, str]]:
    if isinstance(result, ox.QueryTriples):
        return [{"s": str(t.subject), "p": str(t.predicate), "o": str(t.object)} for t in result]
    assert isinstance(result, ox.QuerySolutions)
    names = [variable.value for variable in result.variables]
    return [{n: _text(row[n]) for n in names if row[n] is not None} for row in result]


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal | ox.BlankNode) else str(term)


def test_every_question_has_an_id_of_its_own() -> None:
    assert len({question.id for question in QUESTIONS}) == len(QUESTIONS) > 33
    assert {question.audience for question in QUESTIONS} == set(AUDIENCES)


@each
def test_question_gives_its_planted_answer(question: Question, sample: ox.Store) -> None:
    rows = rows_of(sample.query(question.sparql))
    assert failures(question.check, rows) == [], rows[:20]


@each
def test_question_parses_in_rdflib(question: Question) -> None:
    prepareQuery(question.sparql)


# rdflib's own reader and query engine still call what it deprecates in itself.
@pytest.mark.filterwarnings("ignore:Dataset.(default_context|contexts) is deprecated:DeprecationWarning")
@each
def test_question_gives_the_same_in_rdflib(question: Question, rdflib_sample: Dataset) -> None:
    if question.id in NOT_IN_RDFLIB:
        pytest.skip(NOT_IN_RDFLIB[question.id])
    result = rdflib_sample.query(question.sparql)
    if result.type == "CONSTRUCT":
        rows = [{"s": str(s), "p": str(p), "o": str(o)} for s, p, o in result.graph or ()]
    else:
        rows = [{str(n): str(v) for n, v in row.items()} for row in result.bindings]
    assert failures(question.check, rows) == [], rows[:20]


def test_a_question_without_swedish_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "CQ99.rq"
    path.write_text("# id: CQ99\n# audience: tool\n# en: What?\n# check: rows = 0\nSELECT * WHERE { ?s ?p ?o }\n")
    with pytest.raises(QuestionError, match="lacks sv"):
        read_question(path)


def test_a_check_out_of_the_language_is_refused() -> None:
    with pytest.raises(CheckError, match="'rows > 3' is not a condition"):
        failures("rows > 3", [])


def test_a_check_that_fails_says_which_part() -> None:
    rows = [{"area": "http://x/tech/batteries", "n": "2"}]
    assert failures("rows = 1; values area = hydrogen; sum n = 3", rows) == ["values area = hydrogen", "sum n = 3"]


_FILE = """# id: CQ99
# audience: tool
# en: What?
# sv: Vad?
# param: {param}
# check: rows = 0
SELECT * WHERE {{ VALUES ?x {{ id:kth tech:batteries place:se-ab "a b" 3.5 }} VALUES (?a ?b) {{ (id:one "two") (id:three "four") }} }}
"""


def _written(folder: Path, param: str) -> Question:
    path = folder / "CQ99.rq"
    path.write_text(_FILE.format(param=param))
    return read_question(path)


def test_a_parameter_knows_what_its_question_asks_about_as_it_stands(tmp_path: Path) -> None:
    (many,) = _written(tmp_path, "x thing | Thing | Sak").parameters
    assert (many.default, many.many) == (("kth", "tech/batteries", "place/se-ab", "a b", "3.5"), True)
    (one,) = _written(tmp_path, "b text | Text | Text").parameters
    assert (one.default, one.many) == (("two",), False)


@pytest.mark.parametrize(
    ("param", "said"),
    [
        ("x thing | Thing", "is not `variable kind"),
        ("x person | Thing | Sak", "'person' is none of thing"),
        ("y thing | Thing | Sak", r"\?y must stand in a VALUES block, and stands in none"),
    ],
)
def test_a_parameter_that_does_not_fit_is_refused(tmp_path: Path, param: str, said: str) -> None:
    with pytest.raises(QuestionError, match=f"CQ99.rq: .*{said}"):
        _written(tmp_path, param)
