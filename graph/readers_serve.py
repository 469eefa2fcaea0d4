"""Inside a reader: answer one request after another until the socket closes."""

from __future__ import annotations

import socket

from pyoxigraph import Store

from graph.readers_answer import answer, explain, stream
from graph.readers_wire import Request, frame, read_frame


def serve(line: socket.socket, store: Store, **hello: object) -> None:
    """Say hello and serve. A frame `{"open": path}` lets it answer from another store from then on."""
    heard = line.makefile("rb")
    line.sendall(frame({"ready": True, **hello}, b""))
    while (header := read_frame(heard)) is not None:
        del header["size"]
        if "open" in header:
            try:
                store = Store.read_only(header["open"])
                line.sendall(frame({}, b""))
            except OSError as error:
                line.sendall(frame({"error": "store", "message": str(error)}, b""))
            continue
        request = Request(**header)
        if request.mode == "stream":
            stream(store, request, line.sendall)
        else:
            line.sendall(frame(*(explain if request.mode == "explain" else answer)(store, request)))
