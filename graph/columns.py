"""The columns of a generation: typed tables with integer ids, for everything that counts, filters or draws.

Node, relation and evidence ids are row numbers of their tables. Null means unknown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Self

import polars as pl

from graph.errors import DataFolderError

_IDS = pl.List(pl.UInt32())

NODES = pl.Schema(
    {
        "node": pl.UInt32(),
        "key": pl.String(),  # `kth`; `place/se-ab`; technologies are `tech/batteries`
        "group": pl.String(),  # organisation | effort | technology | place | person | other
        "kind": pl.String(),
        "name_en": pl.String(),
        "name_sv": pl.String(),
        "description_en": pl.String(),
        "description_sv": pl.String(),
        "place": pl.UInt32(),
        "county": pl.String(),
        "municipality": pl.String(),
        "country": pl.String(),
        "lat": pl.Float64(),
        "lon": pl.Float64(),
        "start": pl.String(),
        "end": pl.String(),
        "start_year": pl.Int16(),
        "end_year": pl.Int16(),
        "homepage": pl.String(),
        "degree": pl.UInt32(),
        "community": pl.UInt16(),
        "x": pl.Float32(),
        "y": pl.Float32(),
        "evidence": _IDS,  # the records that describe the thing
    }
)

# One row for each pair of parties. The rows of one relation share `key`: count money by key, not by row.
# `b` is null when the source names one party only (an investment round without named investors, a closing).
RELATIONS = pl.Schema(
    {
        "relation": pl.UInt32(),
        "key": pl.String(),
        "kind": pl.String(),
        "tie": pl.String(),  # see graph.ties
        "role": pl.String(),
        "scheme": pl.String(),
        "a": pl.UInt32(),
        "b": pl.UInt32(),
        "a_property": pl.String(),
        "b_property": pl.String(),
        "start": pl.String(),
        "end": pl.String(),
        "start_year": pl.Int16(),
        "end_year": pl.Int16(),
        "amount": pl.String(),
        "currency": pl.String(),
        "amount_eur": pl.Float64(),
        "part_of": pl.String(),  # key of the round whose stated amount holds this one
        "share": pl.Float64(),
        "note": pl.String(),
        "evidence": _IDS,
    }
)

# `datatype` is string | date | decimal | integer | boolean | money ("8800000 EUR") | iri | concept ("stage/start-up") | ref
FACTS = pl.Schema(
    {
        "node": pl.UInt32(),
        "property": pl.String(),
        "value": pl.String(),
        "lang": pl.String(),
        "datatype": pl.String(),
        "evidence": _IDS,
    }
)

EVIDENCE = pl.Schema(
    {
        "evidence": pl.UInt32(),
        "document": pl.String(),
        "published": pl.String(),
        "retrieved": pl.String(),
        "source": pl.String(),
        "record": pl.String(),
        "quote": pl.String(),
        "method": pl.String(),
        "confidence": pl.Float32(),
    }
)

# `node` has to do with the technology node `tech`; direct = the source says so, else it follows over skos:broader.
TECHNOLOGY = pl.Schema({"node": pl.UInt32(), "tech": pl.UInt32(), "direct": pl.Boolean()})

# The shortcut edges of ontology/rules; collaboratesWith stands in both directions.
LINKS = pl.Schema({"property": pl.String(), "a": pl.UInt32(), "b": pl.UInt32()})

SCHEMAS: Mapping[str, pl.Schema] = {
    "nodes": NODES,
    "relations": RELATIONS,
    "facts": FACTS,
    "evidence": EVIDENCE,
    "technology": TECHNOLOGY,
    "links": LINKS,
}


@dataclass(frozen=True, eq=False)
class Columns:
    """The six tables, each with the schema above. Equal only to itself, so that caches may hang on it."""

    nodes: pl.DataFrame
    relations: pl.DataFrame
    facts: pl.DataFrame
    evidence: pl.DataFrame
    technology: pl.DataFrame
    links: pl.DataFrame

    def __post_init__(self) -> None:
        for name, schema in SCHEMAS.items():
            held = getattr(self, name).schema
            if held != schema:
                raise DataFolderError(f"the table {name} has other columns than this version of the program: {held}")

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the tables from the folder `path`; DataFolderError when one is missing, damaged or of another version."""
        try:
            return cls(**{field.name: pl.read_parquet(path / f"{field.name}.parquet") for field in fields(cls)})
        except (OSError, pl.exceptions.PolarsError) as error:
            raise DataFolderError(f"the columns in {path} cannot be read: {error}") from error

    def save(self, path: Path) -> None:
        """Write one Parquet file a table into the folder `path`."""
        path.mkdir(parents=True, exist_ok=True)
        for name in SCHEMAS:
            getattr(self, name).write_parquet(path / f"{name}.parquet", compression="zstd", statistics=False)

    @cached_property
    def node_of(self) -> Mapping[str, int]:
        """Node id by key."""
        return {key: node for node, key in enumerate(self.nodes["key"])}

    def technologies(self, slugs: Iterable[str]) -> list[int]:
        """The nodes of technologies by their slugs; a bare store of other data has none of them."""
        found = (self.node_of.get(f"tech/{slug}") for slug in slugs)
        return [node for node in found if node is not None]

    @cached_property
    def key_of(self) -> tuple[str, ...]:
        """Key by node id."""
        return tuple(self.nodes["key"])
