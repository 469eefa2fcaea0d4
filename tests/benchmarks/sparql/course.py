"""The course: every question to every peer, turn by turn, so that a disturbance of the machine meets all of them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from tests.benchmarks.sparql.client import Reply
from tests.benchmarks.sparql.comparing import SAME, rows, verdict
from tests.benchmarks.sparql.peer import Peer
from tests.benchmarks.sparql.questions import Question

LIMIT = 10.0  # seconds of one query; our own limit
_PATIENCE = 3.0  # seconds of one question at one peer, after which it is not asked again
OK = 200


@dataclass(slots=True)
class Told:
    """What one peer did with one question: milliseconds of each run, or why there are none."""

    times: list[float] = field(default_factory=list)
    trouble: str = ""
    verdict: str = SAME
    engine: list[float] = field(default_factory=list)

    @property
    def ms(self) -> float | None:
        """The median."""
        return median(self.times) if self.times and not self.trouble else None


@dataclass(slots=True)
class Result:
    """One question at all peers."""

    question: Question
    rows: int
    told: dict[str, Told]


def run(
    peers: Sequence[Peer], asked: Sequence[Question], parameters: Mapping[str, Sequence[str]], runs: int
) -> list[Result]:
    """Ask all; answers are compared with those of `reference`, the first peer that answered."""
    return [_one(peers, question, parameters, runs) for question in asked]


def _one(peers: Sequence[Peer], question: Question, parameters: Mapping[str, Sequence[str]], runs: int) -> Result:
    print(f"  {question.name}", file=sys.stderr)
    told = {peer.name: Told() for peer in peers}
    first: dict[str, Reply] = {}
    for turn in range(runs + 1):  # the first turn is not measured
        asked = question.filled(parameters, turn)
        for peer in [*peers[turn % len(peers) :], *peers[: turn % len(peers)]] if turn else peers:
            mine = told[peer.name]
            if mine.trouble or sum(mine.times) > _PATIENCE * 1000:
                continue
            if not peer.over_http and _too_slow(told):
                mine.trouble = "not tried"
                continue
            reply = peer.ask(asked, LIMIT)
            if reply.status != OK:
                mine.trouble = _trouble(reply)
            elif turn == 0:
                first[peer.name] = reply
                if reply.seconds > _PATIENCE:  # once is enough
                    mine.times.append(reply.seconds * 1000)
            else:
                mine.times.append(reply.seconds * 1000)
                mine.engine += _engine(reply)
    asked = question.filled(parameters, 0)
    for name, reply in first.items():
        told[name].verdict = verdict(question, asked, next(iter(first.values())), reply)
    return Result(question, rows(asked, next(iter(first.values()))) if first else 0, told)


def _too_slow(told: Mapping[str, Told]) -> bool:
    return told.get("oxigraph serve", Told()).trouble.startswith(">")


def _trouble(reply: Reply) -> str:
    if reply.status == 0:
        return f"> {LIMIT:.0f} s" if reply.seconds >= LIMIT else "hung up"
    return f"{reply.status}: {' '.join(reply.body[:160].decode('utf-8', 'replace').split())}"


def _engine(reply: Reply) -> list[float]:
    """Milliseconds inside the reader, as our own server tells."""
    for part in reply.headers.get("server-timing", "").split(","):
        name, _, rest = part.strip().partition(";dur=")
        if name == "engine":
            return [float(rest)]
    return []
