"""What is read from the text of an update is all that the engine writes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import NamedNode, Quad, Store

from graph.guard import GuardError
from graph.update_text import read_update

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
        read = read_update(text)
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
