"""Rows to a table, column by column: many times as fast, and smaller, than a dictionary a row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeAlias

import polars as pl

Row: TypeAlias = tuple[object, ...]  # in the order of the columns


def table(rows: Sequence[Row], schema: pl.Schema) -> pl.DataFrame:
    """A table of this schema."""
    columns = zip(*rows, strict=True) if rows else ((),) * len(schema)
    return pl.DataFrame(
        [
            pl.Series(name, column, dtype=kind, strict=False)
            for (name, kind), column in zip(schema.items(), columns, strict=True)
        ]
    )
