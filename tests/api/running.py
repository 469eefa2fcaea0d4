"""A real server in a process of its own, on a free port."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_EDIT = re.compile(
    r"INFO cleantech\.edits: key [\w.-]+: (\w+ of \d+ bytes (is edit \d+|refused: \w+)|(decision|answer) [\w-]+ (is|takes back) [\w-]+)"
)
_FOLLOWS = "another server writes in this data folder"  # many tests share one folder
COMMAND = [sys.executable, "-W", "error", "-P", "-m", "api.cli"]


@dataclass(frozen=True, slots=True)
class Running:
    """`process` is the web process; its readers are children of it. `said` is the file of its stderr."""

    url: str
    process: subprocess.Popen[str]
    said: Path

    def log(self) -> str:
        """What it said on stderr so far."""
        return self.said.read_text("utf-8")


@contextmanager
def running(*arguments: str, expected: str = "", **environment: str) -> Iterator[Running]:
    """`cleantech serve` with these arguments, until the block is left; lines on stderr that are not expected fail.

    Lines about writes with a key are expected, and all of level INFO in a log of JSON. They go to a file: a pipe that nobody reads would stop the server.
    """
    with tempfile.TemporaryDirectory() as folder, (Path(folder) / "stderr").open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            [*COMMAND, "serve", "--port", "0", *arguments],
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
            env=os.environ | environment,
        )
        said = Path(stderr.name)
        try:
            line = process.stdout.readline() if process.stdout else ""
            found = re.search(r"http://\S+", line)
            if found is None:
                process.wait(timeout=30)
                raise AssertionError(f"the server says {line!r} and {said.read_text('utf-8')!r}")
            yield Running(found[0], process, said)
        finally:
            process.terminate()
            process.communicate(timeout=30)
        log = said.read_text("utf-8")
    known = re.compile(r'\{.*"level": "INFO".*\}') if environment.get("CLEANTECH_LOG") == "json" else _EDIT
    good = expected.splitlines()
    unexpected = [
        line for line in log.splitlines() if line not in good and not known.fullmatch(line) and _FOLLOWS not in line
    ]
    assert unexpected == [], log


def run(*arguments: str, given: str | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """`cleantech` with these arguments, to its end."""
    return subprocess.run(
        [*COMMAND, *arguments], input=given, capture_output=True, text=True, timeout=120, env=os.environ | environment
    )
