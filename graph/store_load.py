"""Lines into a new store: the native parser reads from a pipe while they are made."""

from __future__ import annotations

import fcntl
import hashlib
import os
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from pyoxigraph import RdfFormat
from pyoxigraph import Store as Oxigraph

from graph.errors import StoreError

_CHUNK = 1 << 20


def load_lines(path: Path, texts: Iterable[str]) -> str:
    """Make a store in the folder `path` from N-Quads, compact it, and return the SHA-256 of the text in hex.

    Nothing that is read here was written by others: addresses are checked where they are made, not again. An error of
    `texts` leaves a store that holds a part; StoreError when it cannot be written.
    """
    try:
        store = Oxigraph(str(path))
        reading, writing = os.pipe()
        if hasattr(fcntl, "F_SETPIPE_SZ"):
            fcntl.fcntl(writing, fcntl.F_SETPIPE_SZ, _CHUNK)
        with ThreadPoolExecutor(1, "load") as pool:
            loaded = pool.submit(_load, store, reading)
            try:
                digest = _pour(texts, writing)
            except BrokenPipeError:
                digest = ""  # the reader has failed, and says why
            finally:
                os.close(writing)
            loaded.result()
        store.optimize()
        store.flush()
    except OSError as error:
        raise StoreError(f"the store in {path} cannot be written: {error}") from error
    return digest


def _load(store: Oxigraph, reading: int) -> None:
    try:
        store.bulk_load(path=f"/dev/fd/{reading}", format=RdfFormat.N_QUADS, lenient=True)
    finally:
        os.close(reading)


def _pour(texts: Iterable[str], writing: int) -> str:
    digest = hashlib.sha256()
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= _CHUNK:
            _write("".join(held).encode(), writing, digest)
            held, size = [], 0
    _write("".join(held).encode(), writing, digest)
    return digest.hexdigest()


def _write(raw: bytes, writing: int, digest: hashlib._Hash) -> None:
    digest.update(raw)
    view = memoryview(raw)
    while view:
        view = view[os.write(writing, view) :]
