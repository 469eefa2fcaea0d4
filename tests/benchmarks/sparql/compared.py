"""Who is compared, and the whole comparison from the data to the figures."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Final, TypeAlias

from tests.benchmarks.row import SkippedError
from tests.benchmarks.sparql.course import OK, Result, run
from tests.benchmarks.sparql.dataset import Data
from tests.benchmarks.sparql.load import Rate, health_under_attack, load
from tests.benchmarks.sparql.ours import COLD, DISK, WARM, ours
from tests.benchmarks.sparql.oxigraph import InProcess, oxigraph_serve
from tests.benchmarks.sparql.parameters import parameters
from tests.benchmarks.sparql.peer import HttpPeer, Peer
from tests.benchmarks.sparql.questions import Question, questions
from tests.benchmarks.sparql.rdflib_peer import rdflib_endpoint
from tests.benchmarks.sparql.virtuoso import virtuoso

OURS: Final[str] = "ours"
OXIGRAPH: Final[str] = "oxigraph serve"
WARMED: Final[str] = "ours, warm"
Start: TypeAlias = Callable[[Data, Path], AbstractContextManager[Peer]]
_POINTS: Final = 200
_SLICES: Final = 3


@contextmanager
def _in_process(data: Data, folder: Path) -> Iterator[Peer]:  # noqa: ARG001 - as the others
    yield InProcess(data)


PEERS: Final[Mapping[str, Start]] = {
    OXIGRAPH: oxigraph_serve,  # the first: answers are compared with its own
    OURS: lambda data, folder: ours(OURS, data, folder, COLD),
    "ours on disk": lambda data, folder: ours("ours on disk", data, folder, DISK),
    WARMED: lambda data, folder: ours(WARMED, data, folder, WARM),
    "pyoxigraph in process": _in_process,
    "virtuoso": virtuoso,
    "rdflib-endpoint": rdflib_endpoint,
}


@dataclass(frozen=True, slots=True)
class Comparison:
    """Everything that was measured. `rates`, `points` by peer; `health` is median and worst in ms and how many."""

    results: Sequence[Result]
    skipped: Mapping[str, str]
    rates: Mapping[str, Rate]
    points: Mapping[str, float]
    health: tuple[float, float, int] | None


def compare(data: Data, folder: Path, runs: int, seconds: float, only: Sequence[str] | None = None) -> Comparison:
    """Start the peers, ask all questions, then load two of them and attack ours, `seconds` each."""
    chosen = parameters(data.store)
    asked = questions()
    with ExitStack() as stack:
        started, skipped = _started(stack, data, folder, only)
        results = run(list(started.values()), asked, chosen, runs)
        served = {name: peer for name, peer in started.items() if isinstance(peer, HttpPeer)}
        loaded = {name: served[name] for name in (OURS, WARMED, OXIGRAPH) if name in served}
        points = {name: _point(peer, asked, chosen) for name, peer in loaded.items()}
        slices: dict[str, list[Rate]] = {name: [] for name in loaded}
        for _ in range(_SLICES):  # in turn, so that a disturbance of the machine meets all
            for name, peer in loaded.items():
                print(f"  load on {name}", file=sys.stderr)
                slices[name].append(load(peer, asked, chosen, folder, seconds / _SLICES))
        rates = {name: Rate.of(held) for name, held in slices.items()}
        print("  attack", file=sys.stderr)
        health = health_under_attack(served[OURS], folder, seconds) if OURS in served else None
    return Comparison(results, skipped, rates, points, health)


def _started(
    stack: ExitStack, data: Data, folder: Path, only: Sequence[str] | None
) -> tuple[dict[str, Peer], dict[str, str]]:
    started: dict[str, Peer] = {}
    skipped: dict[str, str] = {}
    for name, start in PEERS.items():
        if only and name not in only:
            continue
        print(f"  starting {name}", file=sys.stderr)
        try:
            started[name] = stack.enter_context(start(data, folder))
        except SkippedError as reason:
            skipped[name] = str(reason)
    return started, skipped


def _point(peer: HttpPeer, asked: Sequence[Question], chosen: Mapping[str, Sequence[str]]) -> float:
    """Median milliseconds of the point query over HTTP."""
    question = next(question for question in asked if question.name == "point")
    ask = partial(peer.ask, limit=10)
    replies = [ask(question.filled(chosen, turn)) for turn in range(_POINTS)]
    return median(reply.seconds * 1000 for reply in replies if reply.status == OK)
