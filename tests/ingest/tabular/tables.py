"""A folder of own tables that a test writes as somebody would."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook

from graph.generation import DataFolder
from graph.node import Node
from ingest.check import Checked, check
from ingest.lastrun import read_last
from ingest.problem import Problem
from ingest.run import ingest

SOURCE = """
[source]
name = "prov"
date = 2026-11-20
publisher = "Provklustret"
homepage = "https://example.org/"
licence = "https://creativecommons.org/licenses/by/4.0/"
licence_proof = "https://example.org/licence"
refresh = "yearly"
title = { sv = "Prov", en = "Trial" }
bounds = { min_records = 0, max_invalid = 1.0, max_drop = 1.0 }
"""
ORGANISATIONS = """
[[table]]
file = "members.csv"
rows = "organisation"
document = "https://example.org/members"
SETTINGS
[table.columns]
"Namn" = "name"
COLUMNS
[table.fixed]
kind = "Company"
"""


class Own:
    """The folder; `settings` and `columns` go into the mapping of its members."""

    def __init__(self, path: Path) -> None:
        self.path = path / "own"
        self.path.mkdir()
        self.data = DataFolder(path / "var")
        self.map()

    def map(self, settings: str = "", columns: str = "", more: str = "", table: str = ORGANISATIONS) -> None:
        """Write `tabular.toml`."""
        members = table.replace("SETTINGS", settings).replace("COLUMNS", columns)
        (self.path / "tabular.toml").write_text(f"{SOURCE}{members}{more}", "utf-8")

    def write(self, *lines: str, file: str = "members.csv", encoding: str = "utf-8") -> None:
        """Write a table, one line after the other."""
        (self.path / file).write_bytes("".join(f"{line}\r\n" for line in lines).encode(encoding))

    def book(self, *rows: Sequence[object], sheet: str = "Medlemmar", file: str = "members.xlsx") -> Workbook:
        """A workbook with one sheet; `save` writes it."""
        book = Workbook()
        page = book.active
        assert page is not None
        page.title = sheet
        for row in rows:
            page.append(list(row))
        self.map(table=re.sub(r"members\.csv", file, ORGANISATIONS))
        return book

    def save(self, book: Workbook, file: str = "members.xlsx") -> None:
        """Write the workbook into the folder."""
        book.save(self.path / file)

    def check(self) -> Checked:
        """What `cleantech sources check` finds."""
        return check("tabular", [self.path])

    def nodes(self) -> dict[str, Node]:
        """What comes of it, by key."""
        ingest(self.data, "tabular", self.path)
        last = read_last(self.data, "prov")
        assert last is not None
        return {node.key: node for node in last.said.nodes}

    def one(self) -> Problem:
        """The one problem that the check finds."""
        problems = self.check().problems
        assert len(problems) == 1, [str(problem) for problem in problems]
        return problems[0]
