"""Columns and selections made by hand in the schema of a generation, for the pictures alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import polars as pl
from networkx import MultiGraph

from graph.columns import SCHEMAS, Columns
from graph.network import network
from graph.selection import Selection
from visualisations.caption import Caption, SourceLine

Row = Mapping[str, object]

PAGE = "https://xn--miljinnovation-ypb.se/2008/11/12/stockholm-cleantech-business-network/"

CAPTION = Caption(
    lang="en",
    built="2026-11-24T10:00:00Z",
    choices=(("Technology", "Batteries"),),
    sources=(
        SourceLine("Swedish cleantech", "Cleantech KG", "CC BY 4.0", "https://w3id.org/cleantech-kg/", "2026-11-23"),
    ),
)

THINGS: tuple[Row, ...] = (
    {"key": "kth", "kind": "HigherEducationInstitution", "name_en": "KTH", "name_sv": "Kungliga Tekniska högskolan", "x": 0.0, "y": 10.0},
    {"key": "sting", "kind": "Incubator", "name_en": "Sting", "name_sv": "Sting", "x": 50.0, "y": 60.0},
    {"key": "scbn", "kind": "Network", "name_en": "Stockholm Cleantech Business Network", "x": -80.0, "y": -20.0},
    {"key": "malmo", "kind": "Municipality", "name_en": "Malmö Municipality", "name_sv": "Malmö kommun", "county": "place/se-m"},
    {"key": "hybrit", "kind": "Project", "group": "effort", "name_en": "HYBRIT", "x": 300.0, "y": 1.0},
    {"key": "place/se-m", "kind": "AdministrativeArea", "group": "place", "name_en": "Skåne County", "name_sv": "Skåne län"},
)  # fmt: skip

RELATIONS: tuple[Row, ...] = (
    {"key": "rel/1", "tie": "participation", "role": "initiator", "a": 0, "b": 2, "start": "2008-11", "evidence": [0]},
    {"key": "rel/2", "tie": "participation", "role": "initiator", "a": 1, "b": 2, "start": "2008-11-12", "evidence": [0]},
    {"key": "rel/3", "kind": "Partnership", "tie": "partnership", "role": "collaboration", "a": 0, "b": 1, "end": "2012"},
    {"key": "rel/3", "kind": "Partnership", "tie": "partnership", "role": "collaboration", "a": 0, "b": 3, "end": "2012"},
    {"key": "rel/4", "kind": "Grant", "tie": "funding", "role": "grant", "a": 3, "b": 4, "amount": "570000", "currency": "EUR"},
    {"key": "rel/5", "tie": "participation", "role": "partner", "a": 0, "b": 2, "note": "=HYPERLINK(1)", "evidence": [1]},
)  # fmt: skip


def columns(things: Iterable[Row] = THINGS, relations: Iterable[Row] = RELATIONS) -> Columns:
    """The six tables, with what the rows leave out filled in."""
    nodes = [
        {"group": "organisation", "name_sv": row["name_en"], "degree": 1, "evidence": [], **row, "node": number}
        for number, row in enumerate(things)
    ]
    links = [
        {"kind": "Participation", "evidence": [], **row, "relation": number} for number, row in enumerate(relations)
    ]
    proofs = [{"evidence": 0, "document": PAGE}, {"evidence": 1, "document": "javascript:alert(1)"}]
    return Columns(
        nodes=_frame("nodes", nodes),
        relations=_frame("relations", links),
        facts=_frame("facts", ()),
        evidence=_frame("evidence", proofs),
        technology=_frame("technology", ()),
        links=_frame("links", ()),
    )


def everything(held: Columns) -> Selection:
    """All organisations and efforts with all relations."""
    nodes = held.nodes.filter(pl.col("group").is_in(["organisation", "effort"]))["node"].to_numpy()
    edges = held.relations.select("a", "b", "relation", "tie", "role", year=pl.col("start_year"))
    return Selection(nodes.astype(np.uint32), edges, 0)


def sample() -> MultiGraph:
    """The five things above and their six links."""
    held = columns()
    return network(held, everything(held))


def _frame(name: str, rows: Iterable[Row] | Sequence[Row]) -> pl.DataFrame:
    schema = SCHEMAS[name]
    return pl.DataFrame([{field: row.get(field) for field in schema} for row in rows], schema=schema, orient="row")
