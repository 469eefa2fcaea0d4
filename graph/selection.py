"""A filter and what it leaves of the map; the facets count each choice under all other choices.

kinds       any of the classes (`Company` also finds what is below it, such as `StartUp`)
techs       any of the technology slugs, closed over narrower ones; the thing itself works on it
counties    any of the county keys
roles, ties keep relations with any of the roles and any of the ties, then the things that have such a relation
years       keep relations and things active in [from, to]; what has no date at all is left out and counted
            in `Selection.undated`
text        what the search finds for it
mode        "all": organisations and efforts, joined by relations;
            "actors": organisations alone, joined by collaboration and by direct relations
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
import polars as pl

Mode = Literal["all", "actors"]


@dataclass(frozen=True, slots=True)
class Filter:
    """What to keep; empty = everything. Values that nothing has keep nothing, without an error."""

    kinds: tuple[str, ...] = ()
    techs: tuple[str, ...] = ()
    counties: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    ties: tuple[str, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    text: str = ""
    mode: Mode = "all"


@dataclass(frozen=True, slots=True)
class Selection:
    """`nodes`: ids, ascending. `edges`: a, b (node ids), relation (row of relations; null for a collaboration), tie,
    role, year (i16, first active year) as a frame; every end of an edge is among `nodes`."""

    nodes: npt.NDArray[np.uint32]
    edges: pl.DataFrame
    undated: int


@dataclass(frozen=True, slots=True)
class Facets:
    """For each facet the values that still lead somewhere with their counts of things (`roles`, `ties`: of edges),
    most frequent first; `techs` by slug (closed over narrower), `years`: edges and efforts active in that year."""

    nodes: int
    edges: int
    undated: int
    kinds: tuple[tuple[str, int], ...]
    techs: tuple[tuple[str, int], ...]
    counties: tuple[tuple[str, int], ...]
    roles: tuple[tuple[str, int], ...]
    ties: tuple[tuple[str, int], ...]
    years: tuple[tuple[int, int], ...]
