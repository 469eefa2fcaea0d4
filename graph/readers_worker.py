"""A reader process: `python -m graph.readers_worker STORE MEMORY PARENT` answers requests from stdin on stdout.

It opens one immutable store, gives up sockets and most memory, and then answers one request after another until its
stdin closes. Whoever started it kills it when a query takes too long.
"""

from __future__ import annotations

import signal
import sys

from pyoxigraph import Store

from graph.readers_answer import answer
from graph.readers_sandbox import die_with_parent, limit_memory, no_core_dumps, no_network, private_stdout
from graph.readers_wire import Request, frame, read_frame


def main(store_path: str, memory: int, parent: int) -> None:
    """Serve until stdin closes; the first frame says whether sockets are shut, or why the store does not open."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    die_with_parent(parent)
    no_core_dumps()
    pipe = private_stdout()
    sealed = no_network()
    try:
        store = Store.read_only(store_path)
    except OSError as error:
        pipe.write(frame({"error": "store", "message": str(error)}, b""))
        return
    limit_memory(memory)
    pipe.write(frame({"ready": True, "sealed": sealed}, b""))
    while (header := read_frame(sys.stdin.buffer)) is not None:
        del header["size"]
        if "open" not in header:
            pipe.write(frame(*answer(store, Request(**header))))
            continue
        try:
            store = Store.read_only(header["open"])
            pipe.write(frame({}, b""))
        except OSError as error:
            pipe.write(frame({"error": "store", "message": str(error)}, b""))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), int(sys.argv[3]))
