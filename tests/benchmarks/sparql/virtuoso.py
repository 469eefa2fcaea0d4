"""Virtuoso 7 from the Debian packages, unpacked into the folder of the bench; nothing is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tests.benchmarks.row import SkippedError
from tests.benchmarks.sparql.dataset import DEFAULT_GRAPH, Data
from tests.benchmarks.sparql.peer import HttpPeer, await_answer, free_port, process

_PACKAGES: Final = ("virtuoso-opensource-7-bin", "virtuoso-opensource-7-common", "libpcre3")
_SETTINGS: Final = """\
[Database]
DatabaseFile = {folder}/virtuoso.db
ErrorLogFile = {folder}/virtuoso.log
LockFile = {folder}/virtuoso.lck
TransactionFile = {folder}/virtuoso.trx
xa_persistent_file = {folder}/virtuoso.pxa
[TempDatabase]
DatabaseFile = {folder}/temp.db
TransactionFile = {folder}/temp.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
ServerThreads = 40
NumberOfBuffers = 170000
MaxDirtyBuffers = 130000
CheckpointInterval = 0
DirsAllowed = {folder}, {data}
ThreadsPerQuery = 2
MaxMemPoolSize = 400000000
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 32
KeepAliveTimeout = 60
[SPARQL]
ResultSetMaxRows = 1000000
MaxQueryCostEstimationTime = 100000
MaxQueryExecutionTime = 60
"""


@contextmanager
def virtuoso(data: Data, folder: Path) -> Iterator[HttpPeer]:
    """Its default graph is the union of all, so ours is loaded under a name and given as `default-graph-uri`."""
    place = folder / "virtuoso"
    place.mkdir()
    programs, libraries = _unpacked(place)
    sql, http = free_port(), free_port()
    settings = _SETTINGS.format(folder=place, data=data.named.parent, sql=sql, http=http)
    (place / "virtuoso.ini").write_text(settings, "utf-8")
    environment = {"LD_LIBRARY_PATH": ":".join(libraries)}
    command = [str(programs / "virtuoso-t"), "+foreground", "+configfile", str(place / "virtuoso.ini")]
    log = place / "said.txt"
    with process(command, log, environment, place) as started:
        url = f"http://127.0.0.1:{http}/sparql"
        await_answer(started, url, log, 60)
        _load(programs / "isql-vt", sql, data, environment)
        time.sleep(0.5)
        yield HttpPeer("virtuoso", url, _dataset(data))


def _dataset(data: Data) -> tuple[tuple[str, str], ...]:
    """Our default graph, and each of our named graphs, which Virtuoso hides when only the default is given."""
    return (("default-graph-uri", DEFAULT_GRAPH), *(("named-graph-uri", name) for name in data.graphs))


def _unpacked(place: Path) -> tuple[Path, Sequence[str]]:
    """Where its programs and libraries are; SkippedError where there is no Debian to get them from."""
    installed = shutil.which("virtuoso-t")
    if installed:
        return Path(installed).parent, [os.environ.get("LD_LIBRARY_PATH", "")]
    apt, dpkg = shutil.which("apt-get"), shutil.which("dpkg")
    if apt is None or dpkg is None:
        raise SkippedError("no Virtuoso 7 and no Debian to get it from")
    got = subprocess.run([apt, "download", *_PACKAGES], cwd=place, capture_output=True, text=True, check=False)
    if got.returncode:
        raise SkippedError(f"apt-get download failed: {got.stderr.strip()[-200:]}")
    for package in place.glob("*.deb"):
        subprocess.run([dpkg, "-x", package, place / "root"], check=True)
    libraries = sorted({str(path.parent) for path in (place / "root").rglob("*.so*")})
    return place / "root" / "usr" / "bin", libraries


def _load(isql: Path, port: int, data: Data, environment: dict[str, str]) -> None:
    commands = [
        f"ld_dir('{data.named.parent}', '{data.named.name}', '{DEFAULT_GRAPH}');",
        "rdf_loader_run();",
        "checkpoint;",
        "SELECT COUNT(*) FROM DB.DBA.LOAD_LIST WHERE ll_error IS NOT NULL OR ll_state <> 2;",
    ]
    done = subprocess.run(
        [isql, f"127.0.0.1:{port}", "dba", "dba", "VERBOSE=OFF", "BANNER=OFF", f"EXEC={' '.join(commands)}"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | environment,
    )
    if done.returncode or "Error" in done.stdout + done.stderr:
        raise SkippedError(f"Virtuoso did not load: {(done.stdout + done.stderr).strip()[-300:]}")
