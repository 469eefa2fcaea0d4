"""A folder of somebody's RDF, and what the source makes of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from graph.generation import DataFolder
from graph.node import Node, Ref
from ingest.lastrun import read_last
from ingest.report import Report
from ingest.run import ingest

CARD = """
name = "cluster"
title = "Klustret"
publisher = "Klusterkontoret"
homepage = "https://kluster.example/"
licence = "https://creativecommons.org/licenses/by/4.0/"
licence_proof = "https://kluster.example/om-data"
"""


@dataclass
class Given:
    """`said` and `report` are of the last `read`."""

    path: Path
    data: DataFolder
    said: Mapping[str, Node] = field(default_factory=dict)
    report: Report | None = None

    def write(self, name: str, text: str) -> None:
        file = self.path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, "utf-8")

    def read(self, **options: str) -> Mapping[str, Node]:
        """Ingest the folder; the nodes by key."""
        self.report = ingest(self.data, "rdf", self.path, options=options)
        last = read_last(self.data, "cluster")
        assert last is not None
        self.said = {node.key: node for node in last.said.nodes}
        return self.said

    def tell(self, **options: str) -> None:
        """A dry run, for what it rejects and warns of."""
        self.report = ingest(self.data, "rdf", self.path, options=options, dry_run=True)

    def named(self, name: str) -> Node:
        """The one node with that name in some language."""
        (found,) = [
            node
            for node in self.said.values()
            for value in node.values.get("name", [])
            if getattr(value, "value", "") == name
        ]
        return found

    def ref(self, name: str) -> Ref:
        return Ref(self.named(name).key)

    def of(self, kind: str) -> list[Node]:
        return [node for node in self.said.values() if node.kind == kind]

    @property
    def warnings(self) -> str:
        assert self.report is not None
        return "\n".join(self.report.warnings)

    @property
    def rejects(self) -> list[str]:
        assert self.report is not None
        return [str(problem) for problem in self.report.rejects]
