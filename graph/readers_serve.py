"""Inside a reader: answer one request after another until the socket closes."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any, Protocol

from pyoxigraph import Store

from graph.readers_answer import answer, explain, stream
from graph.readers_wire import Request, frame, read_frame


class Shortcut(Protocol):
    """A quicker way to some answers on the first store: exactly those of the engine, or none.

    Not named by its class here: readers on the disk have none, and shall not load what it needs.
    """

    def answer(self, request: Request) -> tuple[dict[str, Any], bytes] | None:
        """As `graph.readers_answer.answer` or, in that mode, `explain`; None when the engine must answer."""
        ...

    def stream(self, request: Request, send: Callable[[bytes], None]) -> bool:
        """As `graph.readers_answer.stream`; False, and nothing is sent, when the engine must answer."""
        ...


def serve(line: socket.socket, store: Store, shortcut: Shortcut | None = None, **hello: object) -> None:
    """Say hello and serve. A frame `{"open": path}` lets it answer from another store from then on."""
    heard = line.makefile("rb")
    line.sendall(frame({"ready": True, **hello}, b""))
    while (header := read_frame(heard)) is not None:
        del header["size"]
        if "open" in header:
            try:
                store, shortcut = Store.read_only(header["open"]), None
                line.sendall(frame({}, b""))
            except OSError as error:
                line.sendall(frame({"error": "store", "message": str(error)}, b""))
            continue
        _serve_one(line, store, shortcut, Request(**header))


def _serve_one(line: socket.socket, store: Store, shortcut: Shortcut | None, request: Request) -> None:
    if request.mode == "stream":
        if shortcut is None or not shortcut.stream(request, line.sendall):
            stream(store, request, line.sendall)
        return
    said = None if shortcut is None else shortcut.answer(request)
    line.sendall(frame(*(said or (explain if request.mode == "explain" else answer)(store, request))))
