"""Oxigraph's own server on disk, and pyoxigraph in this process on our store."""

from __future__ import annotations

import io
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import QueryResultsFormat, QueryTriples, RdfFormat, Store, serialize

from tests.benchmarks.row import SkippedError
from tests.benchmarks.sparql.client import Reply
from tests.benchmarks.sparql.dataset import Data
from tests.benchmarks.sparql.peer import HttpPeer, await_answer, free_port, process
from tests.benchmarks.sparql.questions import Asked


@contextmanager
def oxigraph_serve(data: Data, folder: Path) -> Iterator[HttpPeer]:
    """`oxigraph load`, `optimize`, `serve`; the default graph is ours as it is."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        raise SkippedError("the PyPI package oxigraph is not installed (make setup installs it)")
    place, log = folder / "oxigraph", folder / "oxigraph.log"
    for arguments in (["load", "--file", str(data.quads)], ["optimize"]):
        done = subprocess.run(
            [program, arguments[0], "--location", place, *arguments[1:]], capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise SkippedError(f"oxigraph {arguments[0]} failed: {done.stderr[-300:]}")
    bind = f"127.0.0.1:{free_port()}"
    with process([str(program), "serve", "--location", str(place), "--bind", bind], log) as started:
        url = f"http://{bind}/query"
        await_answer(started, url, log, 30)
        yield HttpPeer("oxigraph serve", url)


class InProcess:
    """pyoxigraph on our own store on disk, results serialised, no process and no protocol in between."""

    name = "pyoxigraph in process"
    over_http = False

    def __init__(self, data: Data) -> None:
        self._store = Store.read_only(str(data.store))

    def ask(self, asked: Asked, limit: float) -> Reply:  # noqa: ARG002 - nothing can stop it
        """The answer; it takes as long as it takes."""
        began = time.perf_counter()
        results = self._store.query(asked.text)
        held = io.BytesIO()
        if isinstance(results, QueryTriples):
            serialize(results, held, format=RdfFormat.TURTLE)
        else:
            results.serialize(held, format=QueryResultsFormat.JSON)
        return Reply(200, held.getvalue(), time.perf_counter() - began)
