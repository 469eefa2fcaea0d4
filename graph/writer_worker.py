"""The writer process: `python -m graph.writer_worker GROUND MEMORY PARENT` owns the live store of one generation.

It gives up sockets (unless LOAD is allowed from somewhere) and most memory like a reader, and then applies one edit after another, each whole or not at all.
Whoever started it may kill it at any time: the first frame of the next one tells the number of the last edit applied.
"""

from __future__ import annotations

import contextlib
import json
import signal
import sys
import time
from pathlib import Path
from typing import Any

from pyoxigraph import Store

from graph.readers_sandbox import die_with_parent, limit_memory, no_core_dumps, no_network, private_stdout
from graph.readers_wire import frame, read_message
from graph.writer_refusal import RefusedError
from graph.writer_store import LiveStore, open_live
from graph.writer_wire import Edit, Ground

_TRIES = 20


def main(ground: Ground, memory: int, parent: int) -> None:
    """Serve until stdin closes; the first frame says whether sockets are shut, or why the store does not open."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    die_with_parent(parent)
    no_core_dumps()
    pipe = private_stdout()
    sealed = not ground.load_from and no_network()
    try:
        live = LiveStore(_open(ground), ground)
    except OSError as error:
        pipe.write(frame({"error": "store", "message": str(error)}, b""))
        return
    limit_memory(memory)
    pipe.write(frame({"ready": True, "sealed": sealed, "mark": live.mark}, b""))
    while (message := read_message(sys.stdin.buffer)) is not None:
        pipe.write(frame(_answer(live, *message), b""))


def _open(ground: Ground) -> Store:
    """The live store; waits a little for a writer that is being killed at this moment."""
    for _ in range(_TRIES):
        with contextlib.suppress(OSError):
            return open_live(ground)
        time.sleep(0.1)
    return open_live(ground)


def _answer(live: LiveStore, header: dict[str, Any], body: bytes) -> dict[str, Any]:
    operation = header.pop("op")
    del header["size"]
    try:
        match operation:
            case "edit":
                number = header.pop("number")
                header |= {name: tuple(header[name]) for name in ("using", "using_named", "undoes")}
                return live.apply(number, Edit(body=body, **header))
            case "checkpoint":
                live.checkpoint(Path(header["path"]))
            case _:
                live.store.flush()
    except RefusedError as error:
        return error.header
    except OSError as error:
        return {"error": "store", "message": str(error)}
    return {}


if __name__ == "__main__":
    given = json.loads(sys.argv[1])
    main(Ground(**given | {"load_from": tuple(given["load_from"])}), int(sys.argv[2]), int(sys.argv[3]))
