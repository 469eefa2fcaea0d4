"""The hand-written sample of CORDIS, which a test may spoil, and what an ingest of it gives."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from graph.generation import DataFolder
from graph.node import Iri, Money, Node, PartialDate, Ref, Text, Value
from ingest.lastrun import read_last
from ingest.registry import FOLDER, load
from ingest.report import Report
from ingest.run import run

SHIPPED = FOLDER / "cordis" / "data"
_T = TypeVar("_T")


class Sample:
    """The files in a folder of their own, and a data folder."""

    def __init__(self, path: Path) -> None:
        self.path = path / "given"
        self.data = DataFolder(path / "var")
        shutil.copytree(SHIPPED, self.path)

    @property
    def current(self) -> Path:
        return self.path / "current"

    @property
    def old(self) -> Path:
        return self.path / "until2020"

    def zipped(self, name: str = "cordis.zip", compression: int = zipfile.ZIP_DEFLATED) -> Path:
        """The current tables in a zip."""
        with zipfile.ZipFile(self.path / name, "w", compression) as archive:
            for file in sorted(self.current.iterdir()):
                archive.write(file, file.name)
        return self.path / name

    def change(self, file: Path, old: str, new: str) -> None:
        """Write `new` in the place of `old`, which must be there once."""
        text = file.read_bytes().decode("utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file.name}"
        file.write_bytes(text.replace(old, new).encode("utf-8"))

    def ingest(self, *inputs: Path, max_invalid: float = 0.5, **options: str) -> Report:
        """Run the source with bounds that fit a sample of some rows."""
        source = load("cordis", inputs)
        card = replace(source.card, min_records=1, max_invalid=max_invalid)
        return run(type(source)(card), self.data, inputs, options=options)  # type: ignore[call-arg]  # a source of this folder

    def nodes(self) -> dict[str, Node]:
        """What the last run gave, by key."""
        last = read_last(self.data, "cordis")
        assert last is not None
        return {node.key: node for node in last.said.nodes}


def said(node: Node, name: str) -> Sequence[str]:
    """The values as plain text."""
    return [_plain(value) for value in node.values.get(name, [])]


def _plain(value: Value) -> str:
    match value:
        case Text() | Iri():
            return value.value
        case Ref():
            return value.key
        case PartialDate():
            return value.text
        case Money():
            return f"{value.value} {value.currency} {value.kind}"
    return str(getattr(value, "slug", value))
