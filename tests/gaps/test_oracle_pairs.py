"""Missing pairs, lapsed pairs, common partners and groups are what the competency questions answer on the store of the demo."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import polars as pl
import pytest

from graph.columns import Columns
from graph.gaps.candidates import History, candidates, field
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.explain import explain
from graph.gaps.scope import scope_of
from graph.generation import DataFolder
from graph.store import EmbeddedStore
from ontology.schema import questions
from tests.graph.test_questions import rows

Pairs = set[tuple[str, str]]


@pytest.fixture(scope="module")
def store(demo_data: Path) -> EmbeddedStore:
    current = DataFolder(demo_data).current()
    assert current is not None
    return EmbeddedStore.read_only(current.store)


def answer(store: EmbeddedStore, question: str, old: str = "", new: str = "") -> list[dict[str, str]]:
    """With `new` where the question has `old`."""
    (sparql,) = (one.sparql for one in questions() if one.id == question)
    assert old in sparql
    sparql = sparql.replace(old, new) if old else sparql
    return [
        {name: value.rpartition("/id/")[2] or value for name, value in row.items()} for row in rows(store.query(sparql))
    ]


def found(net: Collaboration, history: History) -> Pairs:
    table = candidates(net, field(net), history)
    keys = net.columns.key_of
    return {(keys[net.nodes[a]], keys[net.nodes[b]]) for a, b in table.select("a", "b").iter_rows()}


@pytest.mark.parametrize("technology", ["solar-pv", "batteries", "hydrogen", "fossil-free-steel"])
def test_never_linked(demo_columns: Columns, store: EmbeddedStore, technology: str) -> None:
    scope = scope_of(
        demo_columns,
        technology=[technology],
        region=["SE110"],
        type="company-research",
        tie=["project"],
        max_partners=10_000,
    )
    asked = answer(store, "CQ33", "tech:solar-pv", f"tech:{technology}")
    assert found(collaboration(demo_columns, scope), "never") == {(row["company"], row["research"]) for row in asked}
    assert asked


def test_lapsed(demo_columns: Columns, store: EmbeddedStore) -> None:
    net = collaboration(demo_columns, scope_of(demo_columns, tie=["project"], max_partners=10_000, as_of=2025))
    everybody = np.ones(len(net.nodes), dtype=bool)
    whole = field(net)
    table = candidates(net, type(whole)(everybody, everybody, everybody, 0, 0), "lapsed")
    keys = demo_columns.key_of
    ours = {tuple(sorted((keys[net.nodes[a]], keys[net.nodes[b]]))) for a, b in table.select("a", "b").iter_rows()}
    asked = answer(store, "CQ34", "?now { 2027 }", "?now { 2025 }")
    assert ours == {tuple(sorted((row["a"], row["b"]))) for row in asked}
    assert ours


@pytest.mark.parametrize(("a", "b"), [("kth", "scania"), ("abb", "ssab"), ("malardalen-university", "scania")])
def test_common_partners_and_where_each_was_met(demo_columns: Columns, store: EmbeddedStore, a: str, b: str) -> None:
    net = collaboration(demo_columns, scope_of(demo_columns, tie=["project"], max_partners=10_000))
    keys = demo_columns.key_of
    told = explain(net, demo_columns.node_of[a], demo_columns.node_of[b])
    asked = answer(store, "CQ35", "(id:kth id:scania) (id:cellco id:lagerco)", f"(id:{a} id:{b})")
    met = {(row["partner"], row["metA"], row["metB"]) for row in asked}
    assert told.bridges == len({partner for partner, _, _ in met})
    shown = {(keys[one.partner], keys[one.thing_a or 0], keys[one.thing_b or 0]) for one in told.through}
    assert shown <= met
    assert {partner for partner, _, _ in shown} == {partner for partner, _, _ in met}


def test_corporate_groups(demo_columns: Columns, store: EmbeddedStore) -> None:
    net = collaboration(demo_columns, scope_of(demo_columns))
    keys = [demo_columns.key_of[node] for node in net.nodes]
    groups = [np.flatnonzero(net.owner == top).tolist() for top in np.unique(net.owner)]
    ours = {tuple(sorted((keys[a], keys[b]))) for group in groups for a in group for b in group if a < b}
    asked = {tuple(sorted((row["a"], row["b"]))) for row in answer(store, "CQ36")}
    assert ours <= asked
    # a joint centre is a unit of several universities: the network knows it in the group of the first
    parents = (
        demo_columns.relations.filter(pl.col("a_property") == "unitOf").group_by("a").len().filter(pl.col("len") > 1)
    )
    joint = {demo_columns.key_of[node] for node in parents["a"]}
    assert all(joint & set(pair) for pair in asked - ours)
    assert ours
