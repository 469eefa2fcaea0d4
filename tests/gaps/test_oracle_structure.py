"""On the demo, brokers and paths are the answers of the competency questions CQ40 to CQ43 in SPARQL."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from pyoxigraph import QuerySolutions

from graph.columns import Columns
from graph.gaps.brokers import brokers
from graph.gaps.collaboration import collaboration
from graph.gaps.paths import go_betweens, paths
from graph.gaps.scope import Scope
from graph.generation import DataFolder
from graph.store import EmbeddedStore
from ontology.schema import questions
from ontology.terms import BASE

TEXTS = {question.id: question.sparql for question in questions()}
PAIRS = [("kth", "northvolt"), ("chalmers", "abb"), ("rise", "stegra"), ("kth", "h-m")]


@pytest.fixture(scope="module")
def store(demo_data: Path) -> EmbeddedStore:
    current = DataFolder(demo_data).current()
    assert current is not None
    return EmbeddedStore.read_only(current.store)


def ask(store: EmbeddedStore, question: str, values: Mapping[str, str]) -> list[dict[str, str]]:
    """The rows of a question with other values in it; keys in place of addresses."""
    text = TEXTS[question]
    for planted, wanted in values.items():
        assert planted in text
        text = text.replace(planted, wanted)
    answer = store.query(text)
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    prefix = f"{BASE}id/"
    return [
        {name: str(row[name].value).removeprefix(prefix) for name in names if row[name] is not None} for row in answer
    ]


def pairs_of(columns: Columns) -> list[tuple[str, str]]:
    """Pairs of the demo that exist under these keys."""
    found = [pair for pair in PAIRS if all(key in columns.node_of for key in pair)]
    assert found
    return found


@pytest.mark.parametrize("technology", ["batteries", "hydrogen", "solar-energy", "circular-economy"])
def test_brokers_of_research_and_companies(store: EmbeddedStore, demo_columns: Columns, technology: str) -> None:
    rows = ask(store, "CQ40", {"tech:solar-energy": f"tech:{technology}"})
    counts = {row["broker"]: int(row["paths"]) for row in rows}
    answer = brokers(collaboration(demo_columns, Scope(technologies=(technology,), types=("research", "company"))))
    assert len(answer.rows) == 1
    row = answer.rows[0]
    assert row.paths == sum(counts.values())
    assert counts[demo_columns.key_of[row.broker]] == max(counts.values())
    assert row.share == pytest.approx(max(counts.values()) / sum(counts.values()))


def test_pairs_that_a_broker_holds_together(store: EmbeddedStore, demo_columns: Columns) -> None:
    answer = brokers(collaboration(demo_columns, Scope(types=("research", "company"))))
    row = answer.rows[0]
    rows = ask(store, "CQ41", {"id:kista-science-city-ab": f"id:{demo_columns.key_of[row.broker]}"})
    assert row.lost == len({(held["a"], held["b"]) for held in rows})
    assert row.lost


def test_common_partners(store: EmbeddedStore, demo_columns: Columns) -> None:
    net = collaboration(demo_columns)
    for a, b in pairs_of(demo_columns):
        rows = ask(store, "CQ42", {"(id:kth id:equinor) (id:g-sol id:sunco)": f"(id:{a} id:{b})"})
        answer = go_betweens(net, demo_columns.node_of[a], demo_columns.node_of[b], limit=1000)
        assert {row["partner"] for row in rows} == {demo_columns.key_of[row.actor] for row in answer.rows}


def test_two_steps_and_where_each_took_place(store: EmbeddedStore, demo_columns: Columns) -> None:
    net = collaboration(demo_columns, Scope(ties=("project",)))
    for a, b in pairs_of(demo_columns):
        rows = ask(store, "CQ43", {"(id:kth id:scania) (id:cellco id:lagerco)": f"(id:{a} id:{b})"})
        stated = {
            (row["via"], row["first"], row["second"]) for row in rows if "rel/" not in row["first"] + row["second"]
        }
        answer = go_betweens(net, demo_columns.node_of[a], demo_columns.node_of[b], limit=1000)
        key = demo_columns.key_of
        found = {
            (key[row.actor], key[first.thing or 0], key[second.thing or 0])
            for row in answer.rows
            for first in row.to_a.meetings
            for second in row.to_b.meetings
        }
        assert found == stated
        first_path = next(
            (path for path in paths(net, demo_columns.node_of[a], demo_columns.node_of[b]) if len(path.hops) == 2), None
        )
        if first_path is not None:
            assert key[first_path.nodes[1]] in {row["via"] for row in rows}
