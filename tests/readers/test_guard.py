from __future__ import annotations

import contextlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.guard import GuardError, Limits, inspect, look_at
from ontology.schema import questions

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


@pytest.mark.parametrize(
    ("query", "form"),
    [
        ("SELECT * {}", "SELECT"),
        ("ask{}", "ASK"),
        ("# SELECT\nBASE <http://select/> PREFIX ask: <http://ask/> CONSTRUCT WHERE { ?s ?p ?o }", "CONSTRUCT"),
        ("PREFIX : <http://x/> DESCRIBE :x", "DESCRIBE"),
        ('SELECT * { ?s ?p \'SERVICE <x> {}\' , """a"b SERVICE""" }', "SELECT"),
        ("SELECT ?service { GRAPH service:x { ?service service:y <http://service/> } # SERVICE\n }", "SELECT"),
        ("SELECT * { ?s ?p '\\'SERVICE' }", "SELECT"),
    ],
)
def test_the_form_is_found(query: str, form: str) -> None:
    assert inspect(query) == form


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://x/> {} }",
        "SELECT * { service silent ?x {} }",
        "SELECT * { SERVICE:x{?s ?p ?o} }",
        "SELECT * { ?s ?p trueSERVICE<http://x/>{?s ?p ?o} }",
        "SELECT * { ?s ?p trueSERVICESILENT:x{?s ?p ?o} }",
        "SELECT * { ?s ?p 1SERVICE<http://x/>{} }",
        "SELECT * { \\u0053ERVICE <http://x/> {} }",
        "SELECT * { FILTER(?a<?b)SERVICE<http://x/>{} }",
    ],
)
def test_service_is_found_however_it_is_written(query: str) -> None:
    with pytest.raises(GuardError) as caught:
        inspect(query)
    assert caught.value.reason == "forbidden"
    assert inspect(query, local=False) == "SELECT" if "\\u" not in query else True


@pytest.mark.parametrize("word", ["INSERT", "delete", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"])
def test_updates_are_called_by_their_name(word: str) -> None:
    with pytest.raises(GuardError, match=word.upper()) as caught:
        inspect(f"PREFIX x: <http://x/>\n  {word} <http://x/>")
    assert (caught.value.reason, caught.value.line, caught.value.column) == ("update", 2, 3)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { FILTER(" + "(" * 101,
        "SELECT * " + "{" * 101,
        "SELECT * { ?a ?b " + "[" * 101,
        "SELECT * { FILTER(?a<" + "(" * 101 + "1" + ")" * 101 + ">2) }",
        "SELECT * { FILTER(" + "!" * 1_001 + "true) }",
        "SELECT * { FILTER(" + "true-" * 1_001 + "1) }",
        "SELECT * { " + "{} UNION " * 1_001 + "{} }",
        "ASK {} #" + "a" * 200_000,
    ],
)
def test_what_is_too_deep_or_too_long_is_refused(query: str) -> None:
    with pytest.raises(GuardError) as caught:
        inspect(query)
    assert caught.value.reason == "too-large"


@pytest.mark.parametrize(
    "piece", ["a.", "a:", '"', "'''", '\\"""\n', "<\\u0041", "1e", ":%4", "\\", "<a", '"a\\"', "_", "%41", "?"]
)
def test_a_long_text_is_read_once(piece: str) -> None:
    """Any step back would make this take minutes, not milliseconds."""
    text = "SELECT " + piece * (190_000 // len(piece))
    with contextlib.suppress(GuardError):
        inspect(text)


@given(st.text(alphabet="SELECT*{}()<>\"'\\#?:a \n\\u0053ERVI", max_size=60))
def test_any_text_is_either_a_query_or_refused(text: str) -> None:
    with contextlib.suppress(GuardError):
        assert inspect(text, Limits(nesting=5, operators=5)) in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


def test_our_own_questions_pass() -> None:
    for question in questions():
        inspect(question.sparql)
    for example in EXAMPLES.glob("*.rq"):
        inspect(example.read_text("utf-8"))


_HIDDEN = "SERVICE <http://127.0.0.1:1/> { ?x ?y ?z }"
_READ_IN_TWO_WAYS = [
    # A string with an escape that is none: one long string here, `''`, `'a'` and a comment to the engine.
    f"SELECT * {{ VALUES ?v {{ '''a' #\\q\n }} {_HIDDEN} #'''\n }}",
    f"SELECT * {{ VALUES ?v {{ '''a' #\\uD800\n }} {_HIDDEN} #'''\n }}",
    f'SELECT * {{ VALUES ?v {{ """a" #\\q\n }} {_HIDDEN} #"""\n }}',
]
_LESS_THAN = [
    f"SELECT * {{ ALLOWED ?s ?p ?a FILTER(?a<'> ') {_HIDDEN} FILTER(1 = '#') }}",
    f"SELECT * {{ ALLOWED ?s ?p ?a FILTER(?a<?b#> ''' \n) {_HIDDEN} FILTER(1 = 1) }} #'''",
]


@pytest.mark.parametrize("query", _READ_IN_TWO_WAYS)
def test_a_string_that_the_engine_reads_in_another_way_is_refused(query: str) -> None:
    with pytest.raises(GuardError) as refused:
        inspect(query)
    assert refused.value.reason == "syntax"


@pytest.mark.parametrize("query", _LESS_THAN)
def test_no_service_hides_behind_less_than_where_one_is_allowed(query: str) -> None:
    allowed = "SERVICE <http://ok/sparql> { ?s ?p ?o }"
    with pytest.raises(GuardError) as refused:
        look_at(query.replace("ALLOWED", allowed), services={"http://ok/sparql"})
    assert refused.value.reason == "syntax"
    assert look_at(query.replace("ALLOWED", ""), services={"http://ok/sparql"}).services == ()


def test_good_escapes_are_read() -> None:
    assert inspect("ASK { ?s ?p 'a\\t\\b\\n\\r\\f\\\"\\'\\\\ \\u00e5 \\U0001F600' , '''x\\\"\"\"''' }") == "ASK"
