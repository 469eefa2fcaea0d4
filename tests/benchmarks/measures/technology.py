"""How well areas are inferred: against areas that were judged by hand, and against the tags of another project."""

from __future__ import annotations

import csv
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from graph.language import technologies_above
from ingest.technology import infer
from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row, SkippedError

DATA = Path(__file__).parents[3].parent / "shared" / "data" / "cordis"
JUDGED = Path(__file__).parents[1] / "technology" / "judged.csv"

# Tags whose meaning is that of one of our areas; the others are wider, narrower or too unsure to compare.
SAME = {
    "solar PV": "solar-pv",
    "concentrated solar power (CSP)": "solar-heat",
    "geothermal": "geothermal-energy",
    "fuel cell": "fuel-cells",
    "offshore wind": "offshore-wind",
    "wave energy": "ocean-energy",
    "biofuel": "bioenergy",
    "heat pumps": "heat-pumps",
    "district heating and/or cooling": "district-heating",
    "recycling": "material-recycling",
}


def measure(_rig: Rig) -> Iterator[Row]:
    """Precision by judgement; recall of tags; time."""
    projects = _projects()
    began = time.perf_counter()
    areas = {
        row["id"]: {area.slug for area in infer(row["title"], row["objective"], [(row["topics"], "")])}
        for row in projects
    }
    taken = time.perf_counter() - began
    with JUDGED.open(encoding="utf-8", newline="") as file:
        judged = [row for row in csv.DictReader(file) if row["area"] in areas[row["project"]]]
    right = sum(row["right"] == "yes" for row in judged)
    yield Row("areas of projects: right, of those judged that are still given", right / len(judged), "", len(judged))
    found, tagged = _tags(areas)
    yield Row("areas of projects: tags of ten kinds that are found", found / tagged, "", tagged)
    yield Row("areas of projects: time a project with its objective", taken / len(projects) * 1000, "ms", len(projects))


def _tags(areas: dict[str, set[str]]) -> tuple[int, int]:
    above = technologies_above()
    with (DATA / "h2020-clean-technology-tags.csv").open(encoding="utf-8-sig", newline="") as file:
        tags = {
            (row["projectID"], SAME[row["technology"]])
            for row in csv.DictReader(file, delimiter=";")
            if row["technology"] in SAME
        }
    tags = {(project, slug) for project, slug in tags if project in areas}
    found = sum(any(slug in above[area] for area in areas[project]) for project, slug in tags)
    return found, len(tags)


def _projects() -> list[dict[str, str]]:
    path = DATA / "cordis-h2020projects-generation2.csv"
    if not path.is_file():
        raise SkippedError("../shared/data/cordis is not on this machine")
    csv.field_size_limit(min(sys.maxsize, 1 << 24))
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))
