"""Lines into a new store: the native parser reads a part in threads while the next is made."""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from pyoxigraph import Quad, RdfFormat
from pyoxigraph import Store as Oxigraph

from graph.errors import StoreError

_PART = 12_000_000  # letters: one bulk load of 1.1 million quads takes 1.3 GB of memory, parts of this size 0.24 GB
_THREADS = 2
_WAITING = 3  # parts that are loaded or wait for it


def load_lines(path: Path, texts: Iterable[str], named: Iterable[Quad] = ()) -> str:
    """Make a store in the folder `path` from N-Quads without blank nodes, and from `named`, whose blank nodes keep their
    names; compact it. Returns the SHA-256 of the N-Quads in the order in which they were given, in hex.

    Nothing that is read here was written by others: addresses are checked where they are made, not again. An error of
    `texts` leaves a store that holds a part; StoreError when it cannot be written.
    """
    digest = hashlib.sha256()
    try:
        store = Oxigraph(str(path))
        with ThreadPoolExecutor(_THREADS, "load") as pool:
            under_way: deque[Future[None]] = deque()
            for part in _parts(texts):
                digest.update(part)
                under_way.append(pool.submit(_load, store, part))
                if len(under_way) >= _WAITING:
                    under_way.popleft().result()
                del part
            for loaded in under_way:
                loaded.result()
        for quad in named:
            digest.update(f"{quad} .\n".encode())
            store.add(quad)
        _finish(store)
    except OSError as error:
        raise StoreError(f"the store in {path} cannot be written: {error}") from error
    return digest.hexdigest()


def _load(store: Oxigraph, part: bytes) -> None:
    store.bulk_load(input=part, format=RdfFormat.N_QUADS, lenient=True)


def _finish(store: Oxigraph) -> None:
    """Compact the files and make sure that they are on the disk."""
    store.optimize()
    store.flush()


def _parts(texts: Iterable[str]) -> Iterator[bytes]:
    held: list[str] = []
    size = 0
    for text in texts:
        held.append(text)
        size += len(text)
        if size >= _PART:
            whole = "".join(held)
            held.clear()
            size = 0
            yield whole.encode()
            del whole
    if held:
        yield "".join(held).encode()
