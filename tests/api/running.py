"""A real server in a process of its own, on a free port."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

COMMAND = [sys.executable, "-W", "error", "-P", "-m", "api.cli"]


@dataclass(frozen=True, slots=True)
class Running:
    """`process` is the web process; its readers are children of it."""

    url: str
    process: subprocess.Popen[str]


@contextmanager
def running(*arguments: str, expected: str = "", **environment: str) -> Iterator[Running]:
    """`cleantech serve` with these arguments, until the block is left; a line on stderr that is not expected fails."""
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env=os.environ | environment,
    )
    try:
        line = process.stdout.readline() if process.stdout else ""
        found = re.search(r"http://\S+", line)
        if found is None:
            raise AssertionError(f"the server says {line!r} and {process.communicate(timeout=30)[1]!r}")
        yield Running(found[0], process)
    finally:
        process.terminate()
        _, said = process.communicate(timeout=30)
    unexpected = [line for line in said.splitlines() if line != expected]
    assert unexpected == [], said


def run(*arguments: str, given: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """`cleantech` with these arguments, to its end."""
    return subprocess.run(
        [*COMMAND, *arguments], input=given, capture_output=True, text=True, timeout=120, env=os.environ | environment
    )
