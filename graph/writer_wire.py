"""What the web process asks of the writer: one request at a time, a JSON header and a body."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Literal

from graph.readers_wire import frame

Kind = Literal["update", "put", "post", "delete", "undo"]


@dataclass(frozen=True, slots=True)
class Edit:
    """One edit. `graph` is the graph of a Graph Store request (None: the default graph).

    `prefix`: only graphs whose IRI starts with it may be written (None: all that are not managed). `undoes` are the
    edits that an undo takes back; `everything`: whatever was edited, they are all that stand. `author` is the fingerprint
    of the key, for the journal.
    """

    kind: Kind
    body: bytes
    graph: str | None = None
    media_type: str | None = None
    base: str | None = None
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
    prefix: str | None = None
    undoes: tuple[int, ...] = ()
    everything: bool = False
    author: str | None = None

    def frame(self, number: int) -> bytes:
        """The bytes for the pipe; `number` is that of the edit."""
        header = asdict(self)
        del header["body"]
        return frame({"op": "edit", "number": number} | header, self.body)


@dataclass(frozen=True, slots=True)
class Ground:
    """What the writer works on: the built store, the folder `edits`, the base of managed graphs (None: all are free).

    `undo_quads`: how many quads are looked at to tell what an edit changed. `load_from`: what addresses of LOAD begin
    with (none: no LOAD), `load_bytes`: how long such a document may be.
    """

    store: str
    edits: str
    base: str | None
    nesting: int = 100
    operators: int = 1_000
    undo_quads: int = 200_000
    load_from: tuple[str, ...] = ()
    load_bytes: int = 16_000_000
