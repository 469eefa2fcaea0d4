"""An RDF store behind one small contract, so that an embedded one and a remote one are used alike."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path
from typing import Protocol, Self, TypeAlias

from pyoxigraph import Quad, QueryBoolean, QuerySolutions, QueryTriples, RdfFormat
from pyoxigraph import Store as Oxigraph

from graph.errors import StoreError

Answer: TypeAlias = QuerySolutions | QueryBoolean | QueryTriples


class Store(Protocol):
    """What the rest of the house asks of a store."""

    def query(self, text: str) -> Answer:
        """Answer a SPARQL query over the default graph; SyntaxError when it is malformed."""
        ...

    def dump(self, path: Path) -> str:
        """Write all quads as sorted N-Quads; return the SHA-256 of the file in hex."""
        ...

    def load(self, quads: Iterable[Quad]) -> None:
        """Add quads, all or none."""
        ...

    def close(self) -> None:
        """Give the files back."""
        ...


class EmbeddedStore:
    """Oxigraph in this process, in a folder or in memory. The web process must never open one: see graph.readers."""

    def __init__(self, store: Oxigraph) -> None:
        self._store: Oxigraph | None = store

    @classmethod
    def create(cls, path: Path | None = None) -> Self:
        """A new, empty store in the folder `path`, or in memory."""
        try:
            return cls(Oxigraph() if path is None else Oxigraph(str(path)))
        except OSError as error:
            raise StoreError(f"no store can be made in {path}: {error}") from error

    @classmethod
    def read_only(cls, path: Path) -> Self:
        """The store in `path`, for reading; many processes may do so at once."""
        if not path.is_dir():
            raise StoreError(f"there is no store in {path}")
        try:
            return cls(Oxigraph.read_only(str(path)))
        except OSError as error:
            raise StoreError(f"the store in {path} cannot be read: {error}") from error

    @property
    def _open(self) -> Oxigraph:
        if self._store is None:
            raise StoreError("the store is closed")
        return self._store

    def __len__(self) -> int:
        """How many quads it holds."""
        return len(self._open)

    def query(self, text: str) -> Answer:
        """Answer a SPARQL query; SyntaxError when it is malformed."""
        return self._open.query(text)

    def update(self, text: str) -> None:
        """Run a SPARQL update, all or nothing; SyntaxError when it is malformed."""
        self._open.update(text)

    def load(self, quads: Iterable[Quad]) -> None:
        """Add quads in bulk, all or none."""
        try:
            self._open.bulk_extend(quads)
        except OSError as error:
            raise StoreError(f"the quads cannot be written: {error}") from error

    def finish(self) -> None:
        """Compact the files and make sure that they are on the disk."""
        self._open.optimize()
        self._open.flush()

    def lines(self) -> list[bytes]:
        """All quads as N-Quads, sorted: the same content gives the same lines."""
        dumped = self._open.dump(format=RdfFormat.N_QUADS)
        return sorted((dumped or b"").splitlines(keepends=True))

    def digest(self) -> str:
        """SHA-256 of `lines`, in hex."""
        digest = hashlib.sha256()
        for line in self.lines():
            digest.update(line)
        return digest.hexdigest()

    def dump(self, path: Path) -> str:
        """Write `lines` to a file; return their SHA-256 in hex."""
        path.write_bytes(b"".join(self.lines()))
        return self.digest()

    def close(self) -> None:
        """Give the files back; a second time does nothing."""
        self._store = None
