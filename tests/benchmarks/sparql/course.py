"""The course: every question to every peer, turn by turn, so that a disturbance of the machine meets all of them."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from statistics import median

from tests.benchmarks.sparql.client import Reply
from tests.benchmarks.sparql.comparing import SAME, rows, verdict
from tests.benchmarks.sparql.peer import Peer
from tests.benchmarks.sparql.questions import Asked, Question

LIMIT = 10.0  # seconds of one query; our own limit
_PATIENCE = 3.0  # seconds of one question at one peer, after which it is not asked again
OK = 200


@dataclass(slots=True)
class Told:
    """What one peer did with one question: milliseconds by turn, or why there are none. Turn 0 warms up."""

    times: dict[int, float] = field(default_factory=dict)
    trouble: str = ""
    verdict: str = SAME
    engine: list[float] = field(default_factory=list)

    @property
    def measured(self) -> dict[int, float]:
        """Without the turn that warms up, unless a peer was so slow that there is no other."""
        return {turn: ms for turn, ms in self.times.items() if turn} or self.times

    @property
    def ms(self) -> float | None:
        """The median."""
        return None if self.trouble or not self.times else median(self.measured.values())

    @property
    def seldom(self) -> bool:
        """Whether only the turn that warms up was waited for."""
        return set(self.times) == {0}


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
    for turn in range(runs + 1):
        asked = question.filled(parameters, turn)
        start = turn % len(peers)
        for peer in [*peers[start:], *peers[:start]]:
            mine = told[peer.name]
            if mine.trouble or sum(mine.times.values()) > _PATIENCE * 1000:
                continue
            if not peer.over_http and _too_slow(told):
                mine.trouble = "not tried"
                continue
            reply = peer.ask(asked, LIMIT)
            if reply.status != OK:
                mine.trouble = _trouble(reply)
                continue
            mine.times[turn] = reply.seconds * 1000
            mine.engine += _engine(reply)
            if turn == 0:
                first[peer.name] = reply
    return _compared(question, question.filled(parameters, 0), told, first)


def _compared(question: Question, asked: Asked, told: dict[str, Told], first: Mapping[str, Reply]) -> Result:
    if not first:
        return Result(question, 0, told)
    right = next(iter(first.values()))
    for name, reply in first.items():
        told[name].verdict = verdict(question, asked, right, reply)
    return Result(question, rows(asked, right), told)


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
