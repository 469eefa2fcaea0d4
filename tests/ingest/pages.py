"""A source that reads one thing a line and can go on in the middle; a process that reads it can be told to die."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.generation import DataFolder
from graph.node import Evidence, Node, SourceCard, Text
from ingest.contract import Checkpoint, Extraction, Record, State
from ingest.run import run

CARD = SourceCard(
    name="pages",
    title={"sv": "Sidor", "en": "Pages"},
    publisher="Nobody",
    homepage="https://example.org/",
    licence="https://creativecommons.org/publicdomain/zero/1.0/",
    licence_proof="https://example.org/licence",
    refresh="daily",
    min_records=1,
    max_drop=0.5,
    max_invalid=0.5,
)


@dataclass
class Pages:
    """Lines of `name` or `!name` (a bad one), a checkpoint after every ten; dies at line `die`."""

    die: int = 0
    card: SourceCard = CARD
    read: list[int] = field(default_factory=list)

    def extract(self, task: Extraction, state: State) -> Iterator[Record | Checkpoint]:
        lines = task.keep(task.inputs[0]).decode().split()
        task.expect(len(lines))
        start = int(state.get("line", 0))
        for number, name in enumerate(lines[start:], start + 1):
            if number == self.die:
                os.kill(os.getpid(), signal.SIGKILL)
            self.read.append(number)
            if name.startswith("!"):
                task.reject(Record("pages.txt", number, {"name": name}).problem("name", "it is bad", "mend it"))
            else:
                yield Record("pages.txt", number, {"name": name})
            if number % 10 == 0:
                yield Checkpoint({"line": str(number)})
        yield Checkpoint({"line": str(len(lines)), "data_date": "2026-11-26"})

    def map(self, record: Record) -> Iterable[Node]:
        name = record.values["name"]
        proof = Evidence("https://example.org/", f"pages.txt:{record.line}")
        yield Node(f"pages:{name}", "Company", [proof]).add("name", Text(name, "en"))

    def reconcile(self, nodes: Sequence[Node]) -> Sequence[Node]:
        return nodes


if __name__ == "__main__":
    run(Pages(int(sys.argv[3])), DataFolder(sys.argv[1]), Path(sys.argv[2]), checkpoint=0)
