"""Many clients at once, and `/health` while hostile queries run. Clients are processes of their own on the same cores."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any, Final
from urllib.parse import urlsplit

from tests.benchmarks.sparql.client import TABLE, Connection, get, request
from tests.benchmarks.sparql.peer import HttpPeer
from tests.benchmarks.sparql.questions import Question

CLIENTS: Final = 16
HOSTILE: Final = 50
_DOUBLING: Final = " ".join(f"BIND (CONCAT(?v{n}, ?v{n}) AS ?v{n + 1})" for n in range(40))
_ATTACKS: Final = (
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
    "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c ?f",
    "SELECT DISTINCT ?a ?f { ?a ?b ?c . ?d ?e ?f }",
    f'SELECT (STRLEN(?v40) AS ?n) {{ BIND ("ab" AS ?v0) {_DOUBLING} }}',
    "SELECT ?a { ?a (!<urn:x>)+ ?b . ?b (!<urn:y>)+ ?c }",
)


@dataclass(frozen=True, slots=True)
class Rate:
    """Answers with 200 a second; milliseconds of one answer; how many were not 200."""

    rate: float
    median: float
    worst: float
    refused: int

    @classmethod
    def of(cls, slices: Sequence[Rate]) -> Rate:
        """The medians of some slices, the worst of all, the refused together."""
        rate, middle = median(one.rate for one in slices), median(one.median for one in slices)
        return cls(rate, middle, max(one.worst for one in slices), sum(one.refused for one in slices))


def load(
    peer: HttpPeer, asked: Sequence[Question], parameters: Mapping[str, Sequence[str]], folder: Path, seconds: float
) -> Rate:
    """The mix: each question with each of its parameters, in an order of its own for each client."""
    file = folder / "mix.json"
    turns = range(max(len(pool) for pool in parameters.values()))
    mix = dict.fromkeys(peer.message(question.filled(parameters, turn)) for question in asked for turn in turns)
    held = _clients(peer.url, list(mix), file, CLIENTS, seconds)
    refused = sum(many for status, many in held["statuses"].items() if status != "200")
    return Rate(held["rate"], held["median"], held["worst"], refused)


def health_under_attack(peer: HttpPeer, folder: Path, seconds: float) -> tuple[float, float, int]:
    """Median and worst milliseconds of `/health`, and how often it was asked, while hostile queries run."""
    parts = urlsplit(peer.url)
    address = f"{parts.scheme}://{parts.netloc}/health"
    file = folder / "attack.json"
    link = Connection(address)
    with _started(peer.url, [request(peer.url, text, TABLE) for text in _ATTACKS], file, HOSTILE, seconds) as attack:
        time.sleep(1)
        times = []
        until = time.perf_counter() + seconds - 1.5
        while time.perf_counter() < until and attack.poll() is None:
            reply = link.send(get(address), 10)
            times.append(reply.seconds * 1000 if reply.status == 200 else 10_000)
            time.sleep(0.03)
        attack.kill()
    return median(times), max(times), len(times)


def _clients(url: str, messages: Sequence[bytes], file: Path, clients: int, seconds: float) -> dict[str, Any]:
    with _started(url, messages, file, clients, seconds) as process:
        said, _ = process.communicate(timeout=seconds + 120)
    held: dict[str, Any] = json.loads(said)
    return held


def _started(url: str, messages: Sequence[bytes], file: Path, clients: int, seconds: float) -> subprocess.Popen[bytes]:
    file.write_text(json.dumps([message.decode("latin-1") for message in messages]), "utf-8")
    command = [sys.executable, "-m", "tests.benchmarks.sparql.load_client", url, str(file), str(clients), str(seconds)]
    return subprocess.Popen(command, stdout=subprocess.PIPE)
