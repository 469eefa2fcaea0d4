"""`technologies.toml`: what counts as clean energy in Wikidata, and what it is in our words. Read once."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Lists:
    """Numbers of items: `classes` by instance of, `topics` by industry, field of work or product.

    `technologies` gives the slug of our scheme for those that have one; `kinds` our class by instance of, best first.
    """

    classes: tuple[str, ...]
    topics: tuple[str, ...]
    technologies: Mapping[str, str]
    kinds: Mapping[str, str]


@cache
def lists() -> Lists:
    """The table as it ships."""
    raw = tomllib.loads(Path(__file__).with_name("technologies.toml").read_text("utf-8"))
    rows = {**raw["class"], **raw["topic"]}
    return Lists(
        classes=tuple(raw["class"]),
        topics=tuple(raw["topic"]),
        technologies={item: row["technology"] for item, row in rows.items() if "technology" in row},
        kinds=raw["kind"],
    )
