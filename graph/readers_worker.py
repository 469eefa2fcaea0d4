"""A reader process on the disk: `python -m graph.readers_worker STORE MEMORY SEAL PARENT FD` answers requests on FD.

It opens one immutable store, gives up sockets (SEAL is `sealed`) and most memory, and then answers one request after
another until FD closes. Whoever started it kills it when a query takes too long.
"""

from __future__ import annotations

import signal
import socket
import sys

from pyoxigraph import Store

from graph.readers_sandbox import die_with_parent, give_way, limit_memory, no_core_dumps, no_network
from graph.readers_serve import serve
from graph.readers_wire import frame


def main(store_path: str, memory: int, seal: bool, parent: int, line: socket.socket) -> None:
    """Serve until the socket closes; the first frame says whether sockets are shut, or why the store does not open."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that started this one
    die_with_parent(parent)
    no_core_dumps()
    give_way()
    sealed = no_network() if seal else False
    try:
        store = Store.read_only(store_path)
    except OSError as error:
        line.sendall(frame({"error": "store", "message": str(error)}, b""))
        return
    limit_memory(memory)
    serve(line, store, sealed=sealed)


if __name__ == "__main__":
    main(
        sys.argv[1], int(sys.argv[2]), sys.argv[3] == "sealed", int(sys.argv[4]), socket.socket(fileno=int(sys.argv[5]))
    )
