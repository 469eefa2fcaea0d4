"""The card of a generation: what was built, from which sources, with how many rows."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from graph.errors import DataFolderError


@dataclass(frozen=True, slots=True)
class SourceSummary:
    """One source as the reader of the map sees it; `date` is the day of its data, `started` that of the run (UTC)."""

    name: str
    title: Mapping[str, str]
    publisher: str
    homepage: str
    licence: str
    date: str
    started: str
    records: int
    rejected: int


@dataclass(frozen=True, slots=True)
class Manifest:
    """`built` is ISO 8601 in UTC; `sha256` is that of the N-Quads that the build wrote, in its order: same input, same
    digest. It is not that of a dump: the store writes numbers in its own way and holds what came twice once.

    `made_of`: a digest of all that the build depended on, by which a build that would give the same is left out. A `plain`
    one was not built from sources: every graph of it may be written.
    """

    number: int
    built: str
    base: str
    counts: Mapping[str, int]
    sources: Sequence[SourceSummary]
    sha256: str
    plain: bool = False
    made_of: str = ""

    def write(self, path: Path) -> None:
        """Write as JSON with sorted keys."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1, sort_keys=True) + "\n", "utf-8")

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read what `write` wrote; DataFolderError when it is missing or damaged."""
        try:
            held = json.loads(path.read_text("utf-8"))
            held["sources"] = tuple(SourceSummary(**source) for source in held["sources"])
            return cls(**held)
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise DataFolderError(f"{path} is missing or damaged; build the generation again") from error
