"""Who is who: which records of which sources are one thing, under which id, what moved, and what may be the same.

Made by `ingest.resolve` on each build, kept beside the columns, read by whatever answers for addresses and the review.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cached_property
from pathlib import Path
from typing import Self

import polars as pl

from graph.errors import DataFolderError

# One row for each record of a source that stands for a thing. `key` is local to the source: `cordis:org/999990946`.
CLUSTERS = pl.Schema({"key": pl.String(), "source": pl.String(), "id": pl.String(), "fingerprint": pl.String()})

# Addresses that were given once and lead elsewhere now; `id` is null when it is suppressed (410).
MOVED = pl.Schema({"old": pl.String(), "id": pl.String()})

# Pairs that people should look at; `a` < `b` are ids of this build, the keys are the records that look alike.
# `score` is 0 to 1; `reasons` are words such as `name 0.97`, `same town`; `weight` is how much a merge would change.
CANDIDATES = pl.Schema(
    {
        "a": pl.String(),
        "b": pl.String(),
        "a_key": pl.String(),
        "b_key": pl.String(),
        "score": pl.Float64(),
        "weight": pl.Float64(),
        "reasons": pl.List(pl.String()),
    }
)

_SCHEMAS: Mapping[str, pl.Schema] = {"clusters": CLUSTERS, "moved": MOVED, "candidates": CANDIDATES}


@dataclass(frozen=True, eq=False)
class Identities:
    """The three tables, each with the schema above."""

    clusters: pl.DataFrame
    moved: pl.DataFrame
    candidates: pl.DataFrame

    def __post_init__(self) -> None:
        for name, schema in _SCHEMAS.items():
            held = getattr(self, name).schema
            if held != schema:
                raise DataFolderError(f"the table {name} has other columns than this version of the program: {held}")

    @classmethod
    def none(cls) -> Self:
        """Of a generation in which nothing was resolved."""
        return cls(**{name: pl.DataFrame(schema=schema) for name, schema in _SCHEMAS.items()})

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the tables from the folder `path`, none when there is no such folder; DataFolderError when damaged."""
        if not path.is_dir():
            return cls.none()
        try:
            return cls(**{field.name: pl.read_parquet(path / f"{field.name}.parquet") for field in fields(cls)})
        except (OSError, pl.exceptions.PolarsError) as error:
            raise DataFolderError(f"the identities in {path} cannot be read: {error}") from error

    def save(self, path: Path) -> None:
        """Write one Parquet file a table into the folder `path`."""
        path.mkdir(parents=True, exist_ok=True)
        for name in _SCHEMAS:
            getattr(self, name).write_parquet(path / f"{name}.parquet", compression="zstd", statistics=False)

    @cached_property
    def id_of(self) -> Mapping[str, str]:
        """The id by the key of a record."""
        return dict(self.clusters.select("key", "id").iter_rows())

    @cached_property
    def leads_to(self) -> Mapping[str, str | None]:
        """Where an address that was given once leads now; None when it is suppressed."""
        return dict(self.moved.iter_rows())
