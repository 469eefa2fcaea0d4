"""A filter keeps what it says; each facet's count is what choosing it gives."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import polars as pl
import pytest

from graph.build import rebuild
from graph.columns import Columns
from graph.generation import DataFolder
from graph.profile_scope import organisations_of
from graph.search import Search
from graph.selection import Facets, Filter, Selection, facets, select
from ontology.terms import BASE
from tests.graph.conftest import BUILT
from tests.graph.little import little

FILTERS = (
    Filter(),
    Filter(mode="actors"),
    Filter(kinds=("Company", "StartUp")),
    Filter(techs=("energy-storage",), counties=("place/se-ab", "place/se-o")),
    Filter(roles=("coordinator",), kinds=("Company",)),
    Filter(ties=("investment",), mode="actors"),
    Filter(year_from=2015, year_to=2018),
    Filter(year_from=2020, ties=("participation",), techs=("batteries",)),
    Filter(text="solar"),
    Filter(text="solar", year_to=2022, mode="actors"),
)
each = pytest.mark.parametrize("chosen", FILTERS, ids=str)


def keys(columns: Columns, selection: Selection) -> set[str]:
    return {columns.key_of[node] for node in selection.nodes}


@each
def test_edges_stand_between_kept_nodes(columns: Columns, search: Search, chosen: Filter) -> None:
    selection = select(columns, search, chosen)
    held = set(selection.nodes.tolist())
    assert sorted(held) == selection.nodes.tolist()
    assert held.issuperset(selection.edges["a"].to_list() + selection.edges["b"].to_list())
    assert selection.edges.schema["relation"] == pl.UInt32
    groups = columns.nodes["group"]
    allowed = {"organisation"} if chosen.mode == "actors" else {"organisation", "effort"}
    assert {groups[int(node)] for node in selection.nodes} <= allowed


def choices(chosen: Filter, counted: Facets) -> Iterator[tuple[Filter, int]]:
    """The most frequent values of each facet as the only choice of that facet."""
    for value, count in counted.kinds[:6]:
        yield replace(chosen, kinds=(value,)), count
    for value, count in counted.techs[:6]:
        yield replace(chosen, techs=(value,)), count
    for value, count in counted.counties[:6]:
        yield replace(chosen, counties=(value,)), count
    for value, count in counted.countries[:6]:
        yield replace(chosen, countries=(value,)), count
    for value, count in counted.roles[:6]:
        yield replace(chosen, roles=(value,)), count
    for value, count in counted.ties[:6]:
        yield replace(chosen, ties=(value,)), count


@each
def test_every_count_is_what_the_choice_gives(columns: Columns, search: Search, chosen: Filter) -> None:
    counted = facets(columns, search, chosen)
    assert counted.nodes == len(select(columns, search, chosen).nodes)
    assert counted.edges == select(columns, search, chosen).edges.height
    for one, count in choices(chosen, counted):
        assert len(select(columns, search, one).nodes) == count, one
    for year, count in counted.years[::7]:
        one = replace(chosen, year_from=year, year_to=year)
        assert len(select(columns, search, one).nodes) == count, year


def test_everything_is_on_the_map(columns: Columns, search: Search) -> None:
    everything = select(columns, search, Filter())
    on_map = columns.nodes.filter(pl.col("group").is_in(["organisation", "effort"]))
    assert everything.nodes.tolist() == on_map["node"].to_list()
    assert everything.undated == 0


def test_values_that_nothing_has_keep_nothing(columns: Columns, search: Search) -> None:
    for none in (Filter(kinds=("Nope",)), Filter(techs=("x",)), Filter(roles=("x",)), Filter(text="qqqqqqqqqq")):
        assert len(select(columns, search, none).nodes) == 0
        assert facets(columns, search, none).nodes == 0


def test_who_takes_part_in_an_effort_works_on_its_technology(columns: Columns, search: Search) -> None:
    node = columns.node_of["tech/batteries"]
    working = keys(columns, select(columns, search, Filter(techs=("batteries",), mode="actors")))
    assert working == {columns.key_of[one] for one in organisations_of(columns, node)["node"]}


def test_a_broad_technology_holds_the_narrow_ones(columns: Columns, search: Search) -> None:
    broad = keys(columns, select(columns, search, Filter(techs=("energy-storage",))))
    assert keys(columns, select(columns, search, Filter(techs=("batteries",)))) < broad


def test_collaborations_are_lines_between_actors(columns: Columns, search: Search) -> None:
    lines = select(columns, search, Filter(mode="actors", ties=("collaboration",))).edges
    both = columns.links.filter(pl.col("property") == "collaboratesWith")
    efforts = columns.nodes.filter(pl.col("group") == "effort")["node"].implode()
    assert lines.height == both.filter(~pl.col("a").is_in(efforts), ~pl.col("b").is_in(efforts)).height // 2
    assert lines["relation"].null_count() == lines.height


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> tuple[Columns, Search]:
    generation = rebuild(DataFolder(tmp_path_factory.mktemp("s")), little(), BASE, built=BUILT)
    return Columns.load(generation.columns), Search(generation.search)


@pytest.mark.parametrize(
    ("years", "kept", "undated"),
    [
        # The part of `ab` has no date of its own: it takes that of the project, 2010 to 2012.
        ((2010, 2010), {"ab", "pilot"}, 0),
        # The part of `fund` starts in 2011 and lasts; its investment is a moment in 2019.
        ((2012, 2012), {"ab", "pilot", "fund"}, 0),
        ((2015, 2015), {"fund", "pilot"}, 0),
        ((2019, 2019), {"fund", "ab", "pilot"}, 0),
        ((None, 2009), set(), 0),
    ],
)
def test_years(
    small: tuple[Columns, Search], years: tuple[int | None, int | None], kept: set[str], undated: int
) -> None:
    columns, search = small
    selection = select(columns, search, Filter(year_from=years[0], year_to=years[1]))
    assert (keys(columns, selection), selection.undated) == (kept, undated)


def test_what_has_no_date_is_counted(columns: Columns, search: Search) -> None:
    within = select(columns, search, Filter(year_from=1900, year_to=2100))
    everything = select(columns, search, Filter())
    assert within.undated > 0
    assert within.edges.height + within.undated >= everything.edges.height
    assert facets(columns, search, Filter(year_from=1900)).undated == within.undated


def test_empty_columns_are_answered(tmp_path: Path) -> None:
    generation = rebuild(DataFolder(tmp_path), [], BASE, built=BUILT)
    counted = facets(Columns.load(generation.columns), Search(generation.search), Filter())
    assert counted == Facets(0, 0, 0, (), (), (), (), (), (), ())
