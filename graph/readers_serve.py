"""Inside a reader: answer one request after another until the socket closes."""

from __future__ import annotations

import socket

from pyoxigraph import Store

from graph.columnar_index import Columns
from graph.columnar_request import from_columns, streamed_from_columns
from graph.readers_answer import answer, explain, stream
from graph.readers_wire import Request, frame, read_frame


def serve(line: socket.socket, store: Store, columns: Columns | None = None, **hello: object) -> None:
    """Say hello and serve. A frame `{"open": path}` lets it answer from another store from then on; `columns` hold the
    default graph of the first, and answer what they can."""
    heard = line.makefile("rb")
    line.sendall(frame({"ready": True, **hello}, b""))
    while (header := read_frame(heard)) is not None:
        del header["size"]
        if "open" in header:
            try:
                store, columns = Store.read_only(header["open"]), None
                line.sendall(frame({}, b""))
            except OSError as error:
                line.sendall(frame({"error": "store", "message": str(error)}, b""))
            continue
        request = Request(**header)
        if request.mode == "stream":
            if not streamed_from_columns(columns, request, line.sendall):
                stream(store, request, line.sendall)
        else:
            by_engine = explain if request.mode == "explain" else answer
            line.sendall(frame(*(from_columns(columns, request) or by_engine(store, request))))
