"""Comparisons to begin with: the two greatest of each sort on the map."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from graph.columns import Columns
from graph.compared.parts import arenas
from graph.compared.sides import FEWEST_MEMBERS, Sort
from graph.once import once
from ontology.terms import SCHEMES

__all__ = ["proposals"]

_NETWORKS = ("Network", "Cluster", "ClusterOrganization", "TradeAssociation", "Association", "Consortium")


@once(2)
def proposals(columns: Columns) -> tuple[tuple[Sort, int, int], ...]:
    """sort, one, other (node ids); a sort of which the map has not two is left out."""
    return tuple(_found(columns))


def _found(columns: Columns) -> Iterator[tuple[Sort, int, int]]:
    nodes = columns.nodes
    organisations = nodes.filter(pl.col("group") == "organisation")
    for column in ("county", "country"):
        counted = (
            organisations.filter(pl.col(column).is_not_null())[column]
            .value_counts()
            .sort(["count", column], descending=[True, False])
        )
        keys = [value if column == "county" else f"place/{str(value).lower()}" for value in counted[column]]
        yield from _pair("region", [columns.node_of[key] for key in keys if key in columns.node_of])
    for kind in ("HigherEducationInstitution", "Company"):
        yield from _pair("organisation", _by_degree(organisations.filter(pl.col("kind") == kind)))
    members = arenas(columns).group_by("thing").len().filter(pl.col("len") >= FEWEST_MEMBERS)
    networks = nodes.filter(pl.col("kind").is_in(_NETWORKS)).join(members, left_on="node", right_on="thing")
    yield from _pair("network", networks.sort(["len", "node"], descending=[True, False])["node"].to_list())
    areas = columns.technologies(slug for slug, term in SCHEMES["tech"].items() if "cleantech" in term.broader)
    busy = columns.technology.filter(pl.col("tech").is_in(areas)).group_by("tech").len()
    yield from _pair("technology", busy.sort(["len", "tech"], descending=[True, False])["tech"].to_list())


def _by_degree(frame: pl.DataFrame) -> list[int]:
    return frame.sort(["degree", "node"], descending=[True, False])["node"].to_list()


def _pair(sort: Sort, nodes: list[int]) -> Iterator[tuple[Sort, int, int]]:
    if len(nodes) >= FEWEST_MEMBERS:
        yield sort, nodes[0], nodes[1]
