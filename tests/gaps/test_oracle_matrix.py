"""The numbers of a cell are those of its competency questions in SPARQL over the same generation."""

from __future__ import annotations

from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions

from graph.columns import Columns
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.matrix import matrix
from graph.gaps.rows import Cell
from graph.gaps.scope import scope_of
from graph.generation import DataFolder
from graph.store import EmbeddedStore
from ontology.schema import questions

AREAS = ("cleantech", "batteries", "energy-storage", "hydrogen", "solar-pv", "climate-smart-cities")


@pytest.fixture(scope="module")
def store(demo_data: Path) -> EmbeddedStore:
    current = DataFolder(demo_data).current()
    assert current is not None
    return EmbeddedStore.read_only(current.store)


def asked(store: EmbeddedStore, question: str, area: str) -> list[dict[str, str]]:
    """The rows of a competency question with another area."""
    sparql = next(one.sparql for one in questions() if one.id == question)
    assert "tech:cleantech" in sparql
    answer = store.query(sparql.replace("tech:cleantech", f"tech:{area}"))
    assert isinstance(answer, QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [
        {name: held.value for name in names if isinstance(held := row[name], NamedNode | Literal)} for row in answer
    ]


def network(columns: Columns, area: str) -> Collaboration:
    """Projects alone, and no decay, which SPARQL cannot say."""
    scope = scope_of(columns, technology=[area], type="research-company", tie=["project"], half_life=0)
    return collaboration(columns, scope)


def cell(net: Collaboration) -> Cell:
    answer = matrix(net, reshuffles=0)
    assert len(answer.rows) == 1
    return answer.rows[0]


@pytest.mark.parametrize("area", AREAS)
def test_ties_of_a_cell_are_those_of_the_question(area: str, store: EmbeddedStore, demo_columns: Columns) -> None:
    (row,) = asked(store, "CQ37", area)
    found = cell(network(demo_columns, area))
    assert found.observed == pytest.approx(float(row["ties"]), abs=1e-9)
    assert found.observed > 0


@pytest.mark.parametrize("area", AREAS)
def test_sizes_of_the_groups_are_those_of_the_question(area: str, store: EmbeddedStore, demo_columns: Columns) -> None:
    counts = {row["type"].rpartition("#")[2]: int(row["organisations"]) for row in asked(store, "CQ38", area)}
    found = cell(network(demo_columns, area))
    assert (found.a.actors, found.b.actors) == (counts["ResearchPerformer"], counts["Company"])


@pytest.mark.parametrize("area", [*AREAS, "fossil-free-steel"])  # of which a company pays for research
def test_pairs_never_linked_are_those_of_the_question(area: str, store: EmbeddedStore, demo_columns: Columns) -> None:
    found = cell(network(demo_columns, area))
    (row,) = asked(store, "CQ39", area)
    assert found.missing_pairs == int(row["pairs"])
