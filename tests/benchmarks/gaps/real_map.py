"""The real CORDIS as a map, ingested through the command, and which of its projects another project tagged as clean-tech."""

from __future__ import annotations

import csv
from typing import Final

import polars as pl

from graph.columns import Columns
from graph.generation import DataFolder
from tests.benchmarks import shared
from tests.benchmarks.rig import Rig
from tests.benchmarks.scale.chain import ingested

FOLDER: Final = "gaps-cordis"
TAGS: Final = shared.SHARED / "cordis" / "h2020-clean-technology-tags.csv"


def real_map(rig: Rig) -> Columns:
    """In the folder that is kept, when there is one; it takes some two minutes the first time."""
    shared.require()
    data = DataFolder((rig.kept or rig.folder) / FOLDER)
    if data.current() is None:
        ingested(data.path, "cordis", [shared.CORDIS], rig.log)
    held = data.current()
    if held is None:
        raise AssertionError("the ingest published nothing")
    return Columns.load(held.columns)


def clean_technology(columns: Columns) -> tuple[int, ...]:
    """Node ids of the tagged projects."""
    with TAGS.open(encoding="utf-8-sig", newline="") as file:
        tagged = {row["projectID"] for row in csv.DictReader(file, delimiter=";")}
    numbered = columns.facts.filter(pl.col("property") == "grantNumber", pl.col("value").is_in(list(tagged)))
    return tuple(numbered["node"].unique().sort())
