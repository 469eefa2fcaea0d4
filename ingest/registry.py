"""Which sources there are: every folder of `ingest/sources` that holds a card and a mapping. There is no list to edit."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from graph.node import SourceCard
from ingest.card import read_card
from ingest.contract import Source
from ingest.problem import IngestError

FOLDER = Path(__file__).parent / "sources"


class UnknownSourceError(IngestError):
    """There is no such source."""


def names() -> tuple[str, ...]:
    """The names of all sources, sorted."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/source.toml") if (path.parent / "map.py").exists()))


def cards() -> tuple[SourceCard, ...]:
    """The cards of all sources, by name."""
    return tuple(read_card(FOLDER / name / "source.toml") for name in names())


def load(name: str, inputs: Sequence[Path] = ()) -> Source:
    """The source of that name, from `open_source(card, inputs)` in its map.py; UnknownSourceError when there is none.

    A source whose card comes with its input (a cluster's own tables) reads it there; its name is then another.
    """
    if name not in names():
        raise UnknownSourceError(f"there is no source {name!r}; known are {', '.join(names())}")
    module = import_module(f"ingest.sources.{name}.map")
    source: Source = module.open_source(read_card(FOLDER / name / "source.toml"), tuple(inputs))
    return source
