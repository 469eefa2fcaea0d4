"""Nodes survive the way to JSON lines and back, whatever they hold."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from graph.generation import DataFolder
from graph.node import Concept, Evidence, Iri, Money, Node, PartialDate, Ref, Text, Value
from ingest.lastrun import NODES, read_last
from ingest.nodefile import dump_nodes, load_nodes

words = st.text(min_size=1, max_size=30).filter(lambda text: text.isprintable())
days = st.dates(min_value=date(1000, 1, 1))
dates = st.builds(lambda day, size: PartialDate(day.isoformat()[:size]), days, st.sampled_from([4, 7, 10]))
decimals = st.decimals(min_value=0, max_value=10**13, places=2, allow_nan=False)
texts = st.builds(Text, words, st.sampled_from(["sv", "en"]))
proofs = st.builds(
    Evidence,
    document=words,
    record=st.none() | words,
    quote=st.none() | texts,
    start_offset=st.none() | st.integers(0, 999),
    end_offset=st.none() | st.integers(0, 999),
    published=st.none() | dates,
    retrieved=st.none() | days,
    method=st.sampled_from(["person", "structured"]),
    confidence=st.sampled_from([Decimal(1), Decimal("0.85")]),
)
plain: st.SearchStrategy[Value] = words | st.booleans() | st.integers() | decimals | texts | dates
things: st.SearchStrategy[Value] = (
    st.builds(Ref, words)
    | st.builds(Iri, words)
    | st.just(Concept("role", "initiator"))
    | st.builds(Money, decimals, st.sampled_from(["SEK", "EUR"]), st.none() | st.integers(1990, 2030))
)


@st.composite
def nodes(draw: st.DrawFn) -> Node:
    node = Node(draw(words), draw(st.sampled_from(["Company", "Participation"])), draw(st.lists(proofs, max_size=2)))
    for name, values in (("note", plain), ("altName", plain), ("about", things)):
        for value in draw(st.lists(values, max_size=3)):
            node.add(name, value, evidence=draw(st.lists(proofs, max_size=2)))
    return node


@given(st.lists(nodes(), max_size=3))
def test_round_trip(given_nodes: list[Node]) -> None:
    raw = dump_nodes(given_nodes)
    again = list(load_nodes(raw))
    assert again == given_nodes
    assert dump_nodes(again) == raw
    for line in raw.decode().split("\n")[:-1]:
        assert json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":")) == line


def test_letters_that_json_escapes_and_zeros_at_the_end_survive() -> None:
    node = Node("a", "Company", [Evidence("https://example.org/", 'a "b" \\ \x01', confidence=Decimal("0.90"))])
    node.add("note", "one\ntwo\t\u2028 ö").add("about", Money(Decimal("1.50"), "EUR", 2020, "paid"))
    other = Node("b", "Company", [Evidence("https://example.org/", confidence=Decimal("0.9"))])
    raw = dump_nodes([node, other])
    assert list(load_nodes(raw)) == [node, other]
    assert [line.count(b'"0.90"') for line in raw.splitlines()] == [1, 0]
    assert b'"money":"1.50"' in raw


def test_the_shipped_source_survives(published: DataFolder) -> None:
    raw = (published.path / "nodes" / "sweden" / NODES).read_bytes()
    assert dump_nodes(load_nodes(raw)) == raw
    last = read_last(published, "sweden")
    assert last is not None
    keys = [node.key for node in last.said.nodes]
    assert keys == sorted(set(keys))
