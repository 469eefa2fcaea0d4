"""The map and what people decided, as the commands of the review need them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

import polars as pl
import typer
from rapidfuzz.process import extract

from api.commands.failure import CommandError
from api.reviewing import Standing, prints
from api.served import Snapshot
from graph.generation import DataFolder
from ingest.deciding import check_key, decide
from ingest.decision_lines import VERDICTS, Decision, Verdict
from ingest.decisions import Decisions

Unknown = Annotated[
    bool, typer.Option("--unknown", help="Also for a key that is nowhere now; what is said waits until it comes.")
]
_NEAR = 60.0  # how alike a key must be, 0 to 100, to be named


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

    def has(self, key: str) -> bool:
        """Whether it is a record or a thing of this map, was one once, or is withheld."""
        identities = self.snapshot.identities
        return key in self.snapshot.columns.node_of or key in identities.id_of or key in identities.leads_to

    def record_of(self, key: str, *, unknown: bool) -> str:
        """The record that is meant: the key itself, or the one record of a thing.

        CommandError when a thing has several, or when there is none and `unknown` does not allow that.
        """
        check_key(key)
        identities = self.snapshot.identities
        if key in identities.id_of:
            return key
        thing = identities.leads_to.get(key) or key
        records: list[str] = sorted(set(identities.clusters.filter(pl.col("id") == thing)["key"]))
        if len(records) == 1:
            return records[0]
        if records:
            more = f" and {len(records) - 5:,} more" if len(records) > 5 else ""
            listed = f"{', '.join(records[:5])}{more}"
            raise CommandError(f"{key} is a thing of {len(records):,} records; name one of them: {listed}")
        if not unknown:
            raise self.nowhere(key, "is no record of this map")
        return key

    def nowhere(self, key: str, what: str) -> CommandError:
        """The refusal of a key, with those that come near."""
        known = sorted({*self.snapshot.identities.id_of, *self.snapshot.columns.node_of})
        near = [found for found, _, _ in extract(key, known, limit=5, score_cutoff=_NEAR)]
        hint = f"did you mean {', '.join(near)}? " if near else ""
        return CommandError(f"{key} {what}; {hint}`--unknown` accepts a key that may come back")

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
