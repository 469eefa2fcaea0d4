"""Run as a program: N clients in threads of one process, each asking one question after another for a time."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
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

    def client(number: int) -> None:
        chance, link = Random(number), Connection(url)
        while time.perf_counter() < until:
            for message in chance.sample(messages, len(messages)):
                if time.perf_counter() >= until:
                    return
                reply = link.send(message, 60)
                statuses[reply.status] += 1
                times.append(reply.seconds * 1000)

    threads = [Thread(target=client, args=(number,)) for number in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    taken = time.perf_counter() - began
    held = {"statuses": statuses, "rate": statuses[200] / taken, "median": median(times), "worst": max(times)}
    print(json.dumps(held))


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), float(sys.argv[4]))
