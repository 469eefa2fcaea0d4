"""Corporate groups: who owns whom, and what is a unit of what, up to the top."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.columns import Columns

Ints = npt.NDArray[np.int64]


def owners(columns: Columns, nodes: Ints) -> Ints:
    """For each of the nodes the row in `nodes` of the organisation at the top of its group; its own row when it has none.

    Above stands who owns more than half of it, or what it is a unit of. In a ring the first in the order of nodes is the top.
    """
    row_of = {int(node): row for row, node in enumerate(nodes)}
    above: dict[int, int] = {}
    for one, up in (*_owned(columns), *_units(columns)):
        if one in row_of and up in row_of:
            above.setdefault(row_of[one], row_of[up])
    top = np.arange(len(nodes), dtype=np.int64)
    for row in above:
        top[row] = _climb(row, above)
    return top


def _owned(columns: Columns) -> list[tuple[int, int]]:
    return list(columns.links.filter(pl.col("property") == "subsidiaryOf").select("a", "b").sort("a", "b").iter_rows())


def _units(columns: Columns) -> list[tuple[int, int]]:
    said = columns.facts.filter(pl.col("property") == "unitOf").select("node", "value").sort("node", "value")
    return [(node, columns.node_of[key]) for node, key in said.iter_rows() if key in columns.node_of]


def _climb(row: int, above: dict[int, int]) -> int:
    path = [row]
    while (up := above.get(path[-1])) is not None:
        if up in path:
            return min(path[path.index(up) :])
        path.append(up)
    return path[-1]
