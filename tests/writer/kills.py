"""kill -9 at random, of web process, writer and readers, under load: `python -m tests.writer.kills --kills 500 --seed 7`.

Every acknowledged update is there afterwards, none by half and none twice; what an acknowledged undo took back is gone.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import psutil

from tests.api.running import COMMAND
from tests.api.writing import UPDATE, bare

_PAIRS = (
    "SELECT ?n (COUNT(?g) AS ?halves) { VALUES ?g { <http://e/a> <http://e/b> } GRAPH ?g { ?s <http://e/n> ?n } }"
    " GROUP BY ?n"
)
_COUNTER = "SELECT ?n { GRAPH <http://e/counter> { <http://e/c> <http://e/is> ?n } }"
_ADD = (
    "DELETE { GRAPH <http://e/counter> { <http://e/c> <http://e/is> ?n } }"
    " INSERT { GRAPH <http://e/counter> { <http://e/c> <http://e/is> ?m } }"
    " WHERE { GRAPH <http://e/counter> { <http://e/c> <http://e/is> ?n } BIND(?n + 1 AS ?m) }"
)
_SHARES = {"writer": 10, "reader": 8, "web": 2}  # how often each is killed


@dataclass
class Server:
    """A server on a folder that is started again when it was killed."""

    folder: Path
    key: str
    url: str = ""
    process: subprocess.Popen[str] | None = None
    starts: int = 0

    def start(self) -> None:
        with (self.folder / "stderr").open("a", encoding="utf-8") as stderr:
            command = [*COMMAND, "serve", "--port", "0", "--data", str(self.folder)]
            self.process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=stderr, text=True)
        line = self.process.stdout.readline() if self.process.stdout else ""
        found = re.search(r"http://\S+", line)
        assert found, (self.folder / "stderr").read_text("utf-8")
        self.url = found[0]
        self.starts += 1

    def stop(self, signal_number: int = signal.SIGTERM) -> None:
        if self.process is not None:
            self.process.send_signal(signal_number)
            self.process.communicate(timeout=60)

    def victims(self) -> dict[str, list[int]]:
        """The numbers of the processes; readers are all below the web process but the writer."""
        assert self.process is not None
        found: dict[str, list[int]] = {"web": [self.process.pid], "writer": [], "reader": []}
        with contextlib.suppress(psutil.Error):
            for child in psutil.Process(self.process.pid).children(recursive=True):
                with contextlib.suppress(psutil.Error):
                    found["writer" if "graph.writer_worker" in child.cmdline() else "reader"].append(child.pid)
        return found


@dataclass
class Book:
    """What the clients were told."""

    written: set[int] = field(default_factory=set)  # pairs
    gone: set[int] = field(default_factory=set)  # pairs whose undo was acknowledged
    leaving: set[int] = field(default_factory=set)  # pairs whose undo was sent
    added: int = 0  # acknowledged steps of the counter
    perhaps: int = 0  # steps without an answer
    asked: int = 0
    wrong: list[str] = field(default_factory=list)
    unknown: int = 0  # answers that say that an edit cannot be undone


@dataclass
class Load:
    """Clients that write, count, undo and ask until they are told to stop."""

    server: Server
    book: Book = field(default_factory=Book)
    stop: threading.Event = field(default_factory=threading.Event)
    _numbers: Iterator[int] = field(default_factory=lambda: iter(range(1, 1 << 40)))

    def threads(self) -> list[threading.Thread]:
        work: tuple[Callable[[httpx.Client], object], ...] = (self.pair, self.pair, self.count, self.undo, self.ask)
        return [threading.Thread(target=self._repeat, args=(one,)) for one in work]

    def _repeat(self, work: Callable[[httpx.Client], object]) -> None:
        with httpx.Client(headers={"Authorization": f"Bearer {self.server.key}"}, timeout=60) as client:
            while not self.stop.is_set():
                try:
                    work(client)
                except httpx.TransportError:  # the web process was killed
                    time.sleep(0.05)

    def send(self, client: httpx.Client, text: str) -> httpx.Response:
        return client.post(f"{self.server.url}/sparql", content=text, headers={"Content-Type": UPDATE})

    def pair(self, client: httpx.Client) -> tuple[int, str] | None:
        """Two operations that belong together; the number of the pair and that of the edit."""
        number = next(self._numbers)
        data = f"<http://e/{number}> <http://e/n> {number} ; <http://e/b> [ <http://e/n> {number} ]"
        answer = self.send(client, "; ".join(f"INSERT DATA {{ GRAPH <http://e/{g}> {{ {data} }} }}" for g in "ab"))
        if answer.status_code != 204:
            return None
        self.book.written.add(number)
        return number, answer.headers["x-edit"]

    def count(self, client: httpx.Client) -> None:
        """A step that would show if it were made twice."""
        try:
            answer = self.send(client, _ADD)
        except httpx.TransportError as error:
            self.book.perhaps += not isinstance(error, httpx.ConnectError)
            raise
        self.book.added += answer.status_code == 204

    def undo(self, client: httpx.Client) -> None:
        made = self.pair(client)
        if made is None:
            return
        number, edit = made
        self.book.leaving.add(number)
        while not self.stop.is_set():
            try:
                answer = client.delete(f"{self.server.url}/api/v1/edits/{edit}")
            except httpx.TransportError:
                time.sleep(0.05)
                continue
            if answer.status_code == 200 or (answer.status_code == 409 and "taken back already" in answer.text):
                self.book.gone.add(number)
                return
            if answer.status_code == 409:
                self.book.unknown += 1
                return

    def ask(self, client: httpx.Client) -> None:
        """What was acknowledged before the question is in the answer."""
        before, gone = set(self.book.written), set(self.book.gone)
        answer = client.get(f"{self.server.url}/sparql", params={"query": _PAIRS}, headers={"Accept": "text/csv"})
        if answer.status_code == 200:
            self.book.asked += 1
            self.judge(answer.text, before, gone)

    def judge(self, table: str, before: set[int], gone: set[int]) -> None:
        rows = [line.split(",") for line in table.splitlines()[1:]]
        there = {int(number) for number, _ in rows}
        halves = sorted(number for number, half in rows if half != "4")  # 2 graphs, a name and a blank node in each
        lost = sorted(before - self.book.leaving - there)
        back = sorted(gone & there)
        for what, numbers in (("by half", halves), ("lost", lost), ("undone and there", back)):
            if numbers:
                self.book.wrong.append(f"{what}: {numbers[:5]}")


def run(folder: Path, kills: int, seed: int, seconds: float) -> tuple[Load, Counter[str]]:
    """Kill until `kills` or the time is up; the load with what was wrong, and who was killed how often."""
    chance, done = random.Random(seed), Counter[str]()
    server = Server(folder, bare(folder))
    server.start()
    load = Load(server)
    with httpx.Client(headers={"Authorization": f"Bearer {server.key}"}, timeout=60) as client:
        assert load.send(client, f"INSERT DATA {{ {_COUNTER.partition('{')[2].replace('?n', '0')}").status_code == 204
    threads = load.threads()
    for thread in threads:
        thread.start()
    until = time.monotonic() + seconds
    try:
        while done.total() < kills and time.monotonic() < until:
            time.sleep(chance.uniform(0.02, 0.5))
            who = chance.choices(list(_SHARES), list(_SHARES.values()))[0]
            found = server.victims()[who]
            if found:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(chance.choice(found), signal.SIGKILL)
                    done[who] += 1
            if who == "web":
                server.stop(signal.SIGKILL)
                server.start()
    finally:
        load.stop.set()
        for thread in threads:
            thread.join()
        server.stop(signal.SIGKILL)
    _look_again(load)
    return load, done


def _look_again(load: Load) -> None:
    """After a last start nothing is missing, and a write works."""
    server, book = load.server, load.book
    server.start()
    try:
        with httpx.Client(headers={"Authorization": f"Bearer {server.key}"}, timeout=60) as client:
            load.ask(client)
            table = client.get(f"{server.url}/sparql", params={"query": _COUNTER}, headers={"Accept": "text/csv"}).text
            steps = int(table.splitlines()[1])
            if not book.added <= steps <= book.added + book.perhaps:
                book.wrong.append(f"{book.added} steps acknowledged, {book.perhaps} perhaps, {steps} made")
            if load.pair(client) is None:
                book.wrong.append("a write after all that is refused")
    finally:
        server.stop()
    if "Traceback" in (said := (server.folder / "stderr").read_text("utf-8")):
        book.wrong.append(said[said.index("Traceback") :].partition("\nERROR")[0][-2_000:])


def main() -> int:
    """Print a summary; 1 when something was wrong."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=86_400)
    given = parser.parse_args()
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        load, done = run(Path(folder) / "data", given.kills, given.seed, given.seconds)
    book = load.book
    print(f"{done.total()} kills ({', '.join(f'{n} of {who}' for who, n in sorted(done.items()))})")
    print(f"in {time.monotonic() - started:.0f} s, seed {given.seed}, {load.server.starts} starts")
    print(f"{len(book.written)} pairs acknowledged, {len(book.gone)} of them taken back, {book.unknown} could not be")
    print(
        f"{book.added} steps of the counter acknowledged, {book.perhaps} without an answer; {book.asked} answers looked at"
    )
    print("\n".join(f"WRONG: {one}" for one in book.wrong[:20]) or "nothing lost, nothing by half, nothing twice")
    return int(bool(book.wrong))


if __name__ == "__main__":
    sys.exit(main())
