"""The measure itself: it takes what is the same for the same, and nothing else."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat, parse

from tests.contract.graphs import isomorphic
from tests.contract.tables import from_csv, from_json, from_tsv, from_xml, same

ROWS = b'?a\t?b\n<x:1>\t1\n<x:2>\t"two"@sv\n<x:1>\t1\n'
NODES = b"?a\t?b\n_:p\t_:q\n_:q\t_:p\n"


@pytest.mark.parametrize(
    "other",
    [
        b'?a\t?b\n<x:1>\t1\n<x:2>\t"two"@sv\n',
        b'?a\t?b\n<x:1>\t1\n<x:2>\t"two"@sv\n<x:2>\t"two"@sv\n',
        b'?a\t?b\n<x:1>\t1\n<x:2>\t"two"\n<x:1>\t1\n',
        b'?a\t?b\n<x:1>\t1\n<x:2>\t"two"@sv\n<x:1>\t1.0\n',
        b'?a\t?b\n<x:1>\t1\n<x:2>\t"two"@sv\n<x:1>\t\n',
        b'?a\t?c\n<x:1>\t1\n<x:2>\t"two"@sv\n<x:1>\t1\n',
    ],
)
def test_other_rows_are_not_the_same(other: bytes) -> None:
    assert not same(from_tsv(ROWS), from_tsv(other), ordered=False)


def test_the_order_counts_where_it_is_asked_for() -> None:
    other = b'?b\t?a\n"two"@sv\t<x:2>\n1\t<x:1>\n"01"^^<http://www.w3.org/2001/XMLSchema#integer>\t<x:1>\n'
    assert same(from_tsv(ROWS), from_tsv(other), ordered=False)
    assert not same(from_tsv(ROWS), from_tsv(other), ordered=True)


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        (b"?a\t?b\n_:x\t_:y\n_:y\t_:x\n", True),
        (b"?a\t?b\n_:x\t_:y\n_:x\t_:y\n", False),
        (b"?a\t?b\n_:x\t_:x\n_:y\t_:y\n", False),
        (b"?a\t?b\n_:x\t_:y\n_:y\t_:z\n", False),
    ],
)
def test_blank_nodes_are_renamed_one_to_one(other: bytes, expected: bool) -> None:
    assert same(from_tsv(NODES), from_tsv(other), ordered=False) is expected
    assert same(from_tsv(NODES), from_tsv(other), ordered=True) is expected


def test_the_formats_are_read_alike() -> None:
    head = '<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="a"/></head>'
    xml = from_xml(
        f'{head}<results><result><binding name="a"><literal xml:lang="sv">ö</literal></binding></result></results></sparql>'.encode()
    )
    json = from_json(
        '{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"literal","value":"ö","xml:lang":"sv"}}]}}'.encode()
    )
    assert xml == json == from_tsv('?a\n"ö"@sv\n'.encode())
    assert same(from_csv("a\r\nö\r\n".encode()), from_tsv('?a\n"ö"\n'.encode()), ordered=True)
    assert (
        from_xml(f"{head}<boolean>true</boolean></sparql>".encode()) is from_json(b'{"head":{},"boolean":true}') is True
    )
    assert not same(True, xml, ordered=False)


def test_graphs_differ_by_more_than_names() -> None:
    one, other, third = (
        list(parse(text, format=RdfFormat.TURTLE))
        for text in (
            "_:a <x:p> _:b . _:b <x:p> 1.0 .",
            "_:c <x:p> 1.00 . _:d <x:p> _:c .",
            "_:a <x:p> _:b . _:a <x:p> 1.0 .",
        )
    )
    assert isomorphic(one, other)
    assert not isomorphic(one, third)
