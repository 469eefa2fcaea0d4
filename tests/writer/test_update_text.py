"""What is read from the text of an update is all that the engine writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store

from graph.guard import GuardError
from graph.update_plain import plain
from graph.update_text import read_update
from graph.writer_refusal import RefusedError
from graph.writer_wire import Edit
from tests.writer.live import Live

_FREE, _SHUT = NamedNode("http://e/free"), NamedNode("http://e/shut")


def _targets(text: str) -> set[str | None]:
    return {
        "*" if target.every else target.term
        for operation in read_update(text).operations
        for target in operation.targets
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("INSERT DATA { <a:a> <a:b> 1 }", {None}),
        ("INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 1 } . <a:a> <a:b> 1 }", {"<a:g>", None}),
        ("insert data { graph x:g { <a:a> <a:b> '} GRAPH <a:h> {' } }", {"x:g"}),
        ("WITH <a:g> DELETE { ?s ?p ?o } INSERT { GRAPH ?g { ?s ?p ?o } } WHERE { ?s ?p ?o }", {"<a:g>", "*"}),
        ("DELETE WHERE { GRAPH <a:g> { ?s ?p ?o } }", {"<a:g>"}),
        ("INSERT { } WHERE { GRAPH <a:g> { ?s ?p ?o } }", set()),
        ("CLEAR ALL; DROP SILENT GRAPH <a:g>; CREATE GRAPH x:h", {"*", "<a:g>", "x:h"}),
        ("LOAD SILENT <a:x> INTO GRAPH <a:g>; LOAD <a:y>", {"<a:g>", None}),
        ("INSERT DATA { " + "<< <a:a> <a:b> " * 100 + "1" + " >>" * 100 + " }", {None}),
        ("MOVE <a:g> TO DEFAULT; ADD GRAPH <a:h> TO <a:i>", {"<a:g>", None, "<a:i>"}),
    ],
)
def test_the_graphs_of_an_update(text: str, expected: set[str | None]) -> None:
    assert _targets(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { GRAPHx:g { <a:a> <a:b> 1 } }",
        "INSERTDATA { <a:a> <a:b> 1 }",
        "INSERT DATA { { <a:a> <a:b> 1 } }",
        "INSERT { ?s ?p 1 } WHERE { FILTER(?a<'>'||'} INSERT { GRAPH <a:x> { <a:a> <a:b> 1 } } WHERE {') }",
        "INSERT DATA { <<a:b'> } ; DROP ALL #' }",
        "\\u0049NSERT DATA { <a:a> <a:b> 1 }",
        "INSERT DATA { <a:a> <a:b> 1 ",
        "INSERT DATA { <a:a> <a:b> 1 } DROP ALL",
        "LOAD file:///etc/passwd",
        "INSERT DATA { " + "<< <a:a> <a:b> " * 101 + "1" + " >>" * 101 + " }",
        "INSERT { ?s ?p ?o } WHERE { trueSERVICESILENT:x { ?s ?p ?o } }",
    ],
)
def test_what_could_be_read_in_two_ways_is_refused(text: str) -> None:
    with pytest.raises(GuardError):
        read_update(text)


_PIECES = st.sampled_from(
    [
        *(
            "'''",
            '"""',
            "'a'",
            "\\q",
            "\\uD800",
            "\\U00110000",
            "\\u00",
            "\\'",
            '\\"',
            "\\\\",
            "\\u0027",
            "\\u007D",
            "#'''",
        ),
        *("INSERT DATA { GRAPH <http://e/shut> { <a:a> <a:b> 1 } }", "VALUES ?a { '''a' #\\q\n }", "\r", "\xa0", "@en"),
        *("INSERT", "DELETE", "DATA", "WHERE", "{", "}", "GRAPH", "<http://e/shut>", "<http://e/free>", ";", "?a", "1"),
        *("<http://e/p>", "'", '"', "#", "\n", " ", " ", "(", ")", "<", ">", "<<", ">>", "FILTER", "e:shut", "e:", "."),
        *("WITH", "USING", "DROP", "CLEAR", "MOVE", "TO", "ADD", "{|", "|}", "~", "&&", "||", "\\", "INSERT DATA {"),
        *("GRAPH <http://e/shut> {", "INSERT { ?a ?a ?a } WHERE {", "<http://e/s> <http://e/p> 1", "VALUES ?a { 1 }"),
    ]
)


@settings(max_examples=1500, deadline=None)
@given(st.lists(_PIECES, max_size=24), st.booleans())
def test_no_graph_is_written_that_was_not_found(pieces: list[str], spaced: bool) -> None:
    text = "PREFIX e: <http://e/> " + (" " if spaced else "").join(pieces)
    try:
        read = read_update(plain(text))
        targets = {target for operation in read.operations for target in operation.targets}
    except GuardError:
        return
    if any(target.every or target.term not in {"<http://e/free>", "<http://e/p>", "e:"} for target in targets):
        return
    store = Store()
    held = Quad(NamedNode("http://e/s"), NamedNode("http://e/p"), NamedNode("http://e/o"), _SHUT)
    store.add(held)
    try:
        store.update(read.text)
    except SyntaxError:
        return
    assert list(store.quads_for_pattern(None, None, None, _SHUT)) == [held]


_SIGNS = st.text(st.sampled_from([*"a\"'#{}<>\\\n\r\t é😀\u2028\x0b"]), max_size=8)
_LONG = {"'": "\\'", '"': '\\"', "\\": "\\\\"}
_SHORT = _LONG | {"\n": "\\n", "\r": "\\r"}
_TAILS = st.sampled_from(["", "@en", "^^<a:t>", " @en"])


@settings(max_examples=500, deadline=None)
@given(st.lists(st.tuples(_SIGNS, st.sampled_from(["'", '"', "'''", '"""']), _TAILS), min_size=1, max_size=4))
def test_an_update_written_anew_says_the_same(values: list[tuple[str, str, str]]) -> None:
    held = []
    for value, quotes, tail in values:
        signs = _SHORT if len(quotes) == 1 else _LONG
        held.append(f"{quotes}{''.join(signs.get(sign, sign) for sign in value)}{quotes}{tail}")
    text = f"INSERT DATA {{ <a:a> <a:b> {','.join(held)} # {{ ' \n }} # }}"
    before, after = Store(), Store()
    before.update(text)
    written = plain(text)
    after.update(written)
    assert set(after) == set(before)
    assert written.count("\n") == text.count("\n")
    assert "#" not in written
    assert "'" not in written


_ATTACK = "INSERT DATA { GRAPH <http://e/shut> { <a:a> <a:b> 1 } }"


@pytest.mark.parametrize("bad", ["\\q", "\\uD800", "\\U00110000", "\\u00", "\\x41", "\\\n"])
@pytest.mark.parametrize("quotes", ["'''", '"""'])
def test_a_string_that_the_engine_reads_otherwise_hides_no_update(tmp_path: Path, quotes: str, bad: str) -> None:
    live = Live(tmp_path)
    short = quotes[0]
    hidden = f"{quotes}a{short} #{bad}\n }}"
    rest = f"}} ; {_ATTACK} #{quotes} }} }}"
    for text in (
        f"INSERT {{ GRAPH <http://e/free> {{ <a:a> <a:b> ?v }} }} WHERE {{ VALUES ?v {{ {hidden} {rest}",
        f"INSERT DATA {{ GRAPH <http://e/free> {{ <a:a> <a:b> {hidden} {rest}",
    ):
        with pytest.raises(RefusedError):
            live.edit(Edit("update", text.encode(), prefix="http://e/free"))
    assert live.state == (set(), set())


def test_places_are_those_of_the_text_that_was_sent(tmp_path: Path) -> None:
    live = Live(tmp_path)
    for text, column in (
        ("INSERT DATA { <a:a> <a:b> '''x\ny''', '\\u0041#' # c\n . <a:a> <a:b> }", 17),
        ("INSERT { <a:a> <a:b> '{}{}' , '''\n''' } WHERE { ?a ?b 'é' , }", 23),
    ):
        with pytest.raises(SyntaxError) as expected:
            Store().update(text)
        with pytest.raises(RefusedError) as error:
            live.update(text)
        assert f"{error.value.line}:{error.value.column}" in str(expected.value), column
