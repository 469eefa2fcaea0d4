"""A bare generation: an empty store in which every graph may be written, for other people's data."""

from __future__ import annotations

import polars as pl

from graph.columns import SCHEMAS, Columns
from graph.errors import BuildError
from graph.generation import DataFolder, Generation
from graph.manifest import Manifest
from graph.search_build import build_search
from graph.store import EmbeddedStore

_COUNTS = (
    "organisations",
    "efforts",
    "relations",
    "evidence",
    "documents",
    "technologies",
    "places",
    "collaborations",
)


def plain_generation(data: DataFolder, base: str, *, built: str) -> Generation:
    """Publish an empty generation; BuildError when the data folder holds one already. `built` is ISO 8601 in UTC."""
    with data.lock():
        if data.current_number() is not None:
            raise BuildError(f"{data.path} holds a map already; name another folder with --data")
        columns = Columns(**{name: pl.DataFrame(schema=schema) for name, schema in SCHEMAS.items()})
        number, draft = data.new_draft()
        columns.save(draft / "columns")
        build_search(columns, draft / "search.sqlite")
        store = EmbeddedStore.create(draft / "store")
        store.finish()
        digest = store.digest()
        store.close()
        Manifest(number, built, base, dict.fromkeys(_COUNTS, 0), [], digest, plain=True).write(draft / "manifest.json")
        generation = data.finish_draft(draft)
        data.publish(generation)
    return generation
