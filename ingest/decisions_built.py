"""Which decisions a generation was built with, so that it can be told how many wait for the next build."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

from graph.errors import DataFolderError
from graph.generation import Generation
from ingest.decisions import Decisions

FILE = "decisions.json"


def keep_built(identities: Path, decisions: Decisions) -> None:
    """In a build: write down the ids of the lines that it reads, into the folder of its identities."""
    identities.mkdir(parents=True, exist_ok=True)
    (identities / FILE).write_text(json.dumps(sorted(decisions.lines)) + "\n", "utf-8")


def unbuilt(generation: Generation | None, decisions: Decisions) -> frozenset[str]:
    """The ids of the lines that came after the build; of one that wrote none down, those that are younger than it.

    DataFolderError when what it wrote cannot be read.
    """
    if generation is None:
        return decisions.lines
    path = generation.identities / FILE
    try:
        return decisions.lines - frozenset(json.loads(path.read_text("utf-8")))
    except FileNotFoundError:
        built = datetime.fromisoformat(generation.manifest.built)
        return frozenset(line.id for line in (*decisions.history, *decisions.withheld) if line.at > built)
    except (OSError, ValueError, TypeError) as error:
        raise DataFolderError(f"{path} cannot be read ({error}); build the generation again") from error


def changed(decisions: Decisions, unbuilt: frozenset[str]) -> int:
    """Of how many pairs and keys something else is in force without the lines `unbuilt`: so much waits for a build."""
    before = Decisions.of(
        (line for line in decisions.history if line.id not in unbuilt),
        (line for line in decisions.withheld if line.id not in unbuilt),
    )
    then = {pair: held.verdict for pair, held in before.standing.items()}
    now = {pair: held.verdict for pair, held in decisions.standing.items()}
    pairs = sum(then.get(pair) != now.get(pair) for pair in then.keys() | now.keys())
    return pairs + len(before.suppressed.keys() ^ decisions.suppressed.keys())
