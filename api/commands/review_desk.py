"""The map and what people decided, as the commands of the review need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import typer

from api.commands.failure import CommandError
from api.reviewing import Standing, prints
from api.served import Snapshot
from graph.generation import DataFolder
from ingest.deciding import decide
from ingest.decision_lines import VERDICTS, Decision, Verdict
from ingest.decisions import Decisions


@dataclass
class Desk:
    """One data folder; `standing` is read anew after each decision."""

    data: DataFolder
    snapshot: Snapshot
    standing: Standing
    marks: Mapping[str, str]

    @classmethod
    def open(cls, data: DataFolder) -> Desk:
        """CommandError while there is no map."""
        generation = data.current()
        if generation is None:
            raise CommandError(f"{data.path} holds no map yet; run `cleantech ingest SOURCE` first")
        if generation.manifest.plain:
            raise CommandError(f"{data.path} is a bare store, which has no records to compare")
        snapshot = Snapshot.load(generation)
        return cls(data, snapshot, Standing.of(snapshot, Decisions.read(data)), prints(snapshot.identities))

    def refresh(self) -> None:
        """Read the decisions again."""
        self.standing = Standing.of(self.snapshot, Decisions.read(self.data))

    def decide(self, one: str, other: str, verdict: Verdict, note: str = "") -> Decision:
        """Write a decision down, with the fingerprints of what is known."""
        return decide(self.data, one, other, verdict, note=note, fingerprints=self.marks)

    def knows(self, key: str) -> bool:
        """Whether it is a record of this map."""
        return self.snapshot.identities.id_of.get(key, "") in self.snapshot.columns.node_of

    def tell_waiting(self) -> None:
        """On standard error: how many decisions wait for a build, and how to build."""
        self.refresh()
        waiting = self.standing.waiting
        if waiting:
            noun = "decision waits" if waiting == 1 else "decisions wait"
            typer.echo(f"{waiting:,} {noun} for a build: `cleantech rebuild`.", err=True)


def verdict_of(text: str) -> Verdict:
    """CommandError when it is none."""
    found = next((verdict for verdict in VERDICTS if verdict == text), None)
    if found is None:
        raise CommandError(f"{text!r} is no verdict; say {', '.join(VERDICTS)}")
    return found
