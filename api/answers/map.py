"""The map in columns, straight from the frames: no object a node, no model to validate."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import polars as pl

from api.served import Snapshot
from graph.selection import Filter, select


def map_of(snapshot: Snapshot, chosen: Filter) -> bytes:
    """JSON in the shape of `MapOut`."""
    selection = select(snapshot.columns, snapshot.search, chosen)
    nodes = snapshot.columns.nodes[selection.nodes]
    place = np.zeros(len(snapshot.columns.key_of), dtype=np.uint32)
    place[selection.nodes] = np.arange(len(selection.nodes), dtype=np.uint32)
    kinds, kind = indexed(nodes["kind"])
    counties, county = indexed(nodes["county"])
    ties, tie = indexed(selection.edges["tie"])
    payload = {
        "generation": snapshot.generation.number,
        "nodes": {
            "key": nodes["key"].to_list(),
            "kind": kind,
            "x": _rounded(nodes["x"]),
            "y": _rounded(nodes["y"]),
            "degree": nodes["degree"].to_list(),
            "community": nodes["community"].to_list(),
            "county": county,
            "year": nodes["start_year"].to_list(),
            "name": {
                "en": nodes["name_en"].to_list(),
                "sv": _unless_same(nodes["name_sv"], nodes["name_en"]),
            },
        },
        "edges": {
            "a": place[selection.edges["a"].to_numpy()].tolist(),
            "b": place[selection.edges["b"].to_numpy()].tolist(),
            "tie": tie,
            "year": selection.edges["year"].to_list(),
        },
        "kinds": kinds,
        "ties": ties,
        "counties": counties,
    }
    return json.dumps(payload, ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode()


def indexed(column: pl.Series) -> tuple[list[str], list[int | None]]:
    """(The values that occur, sorted; for each row the position of its value, null where it has none)."""
    values: list[str] = sorted(column.drop_nulls().unique())
    position = {value: index for index, value in enumerate(values)}
    return values, [None if value is None else position[value] for value in column]


def _rounded(column: pl.Series) -> Sequence[float]:
    """One decimal is a tenth of a pixel."""
    return [round(value, 1) for value in column.fill_null(0.0)]


def _unless_same(swedish: pl.Series, english: pl.Series) -> list[str | None]:
    return [None if sv == en else sv for sv, en in zip(swedish, english, strict=True)]
