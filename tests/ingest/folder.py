"""A copy of the shipped tables that a test may spoil."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

from graph.generation import DataFolder
from ingest.problem import Problem
from ingest.report import Report
from ingest.run import ingest
from ingest.sources.sweden.extract import SHIPPED


class Tables:
    """The seven files in a folder of their own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.data = DataFolder(path.parent / "var")
        shutil.copytree(SHIPPED, path)

    def serve(self, published: DataFolder) -> None:
        """Let the data folder hold what was published from the shipped files."""
        shutil.copytree(published.path, self.data.path)

    def line(self, file: str, text: str) -> int:
        """The number of the first line that begins with the text."""
        lines = (self.path / file).read_text("utf-8").split("\n")
        return next(number for number, line in enumerate(lines, 1) if line.startswith(text))

    def set(self, file: str, row: str, column: str, value: str) -> int:
        """Write a cell of the first row that begins with `row`; its line number."""
        line = self.line(file, row)
        rows = self.rows(file)
        rows[line - 1][rows[0].index(column)] = value
        self.write(file, rows)
        return line

    def add(self, file: str, **cells: str) -> int:
        """Append a row; its line number."""
        rows = self.rows(file)
        rows.append([cells.get(name, "") for name in rows[0]])
        self.write(file, rows)
        return len(rows)

    def rows(self, file: str) -> list[list[str]]:
        with (self.path / file).open(encoding="utf-8", newline="") as stream:
            return list(csv.reader(stream))

    def write(self, file: str, rows: list[list[str]]) -> None:
        with (self.path / file).open("w", encoding="utf-8", newline="") as stream:
            csv.writer(stream, lineterminator="\n").writerows(rows)

    def try_out(self) -> Report:
        """A dry run."""
        return ingest(self.data, "sweden", self.path, dry_run=True)


def at(problems: object, file: str, line: int | None, column: str | None) -> Problem:
    """The one problem of that place; fails when there is none."""
    assert isinstance(problems, list | tuple)
    found = [p for p in problems if (p.file, p.line, p.column) == (file, line, column)]
    assert found, f"no problem at {file}:{line} {column} among {[str(p) for p in problems]}"
    assert isinstance(found[0], Problem)
    return found[0]
