"""Run as a program: N clients in threads of one process, which take their questions from one list, for a time.

One list in one order for all: with lists of their own, a server that lets the small ones pass would be asked more of them.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from itertools import cycle
from pathlib import Path
from random import Random
from statistics import median
from threading import Thread

from tests.benchmarks.sparql.client import Connection


def main(url: str, file: str, clients: int, seconds: float) -> None:
    """Print as JSON how many answers of each status came, requests a second and milliseconds of an answer."""
    messages = [text.encode("latin-1") for text in json.loads(Path(file).read_text("utf-8"))]
    statuses: Counter[int] = Counter()
    times: list[float] = []
    began = time.perf_counter()
    until = began + seconds

    asked = cycle(Random(2008).sample(messages, len(messages)))

    def client() -> None:
        link = Connection(url)
        while time.perf_counter() < until:
            reply = link.send(next(asked), 60)
            statuses[reply.status] += 1
            times.append(reply.seconds * 1000)

    threads = [Thread(target=client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - began
    held = {"statuses": statuses, "rate": statuses[200] / taken, "median": median(times), "worst": max(times)}
    print(json.dumps(held))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
