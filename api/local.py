"""How the command line finds the server that runs on its data folder: `<data>/server.json`, for the owner's eyes only."""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path

_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - not bound here: where a server on all addresses is reached
NAME = "server.json"


@dataclass(frozen=True, slots=True)
class LocalDoor:
    """A running server. Whoever can read the file may do there what a key with the scope admin may."""

    url: str
    pid: int
    token: str


def address(host: str, port: int) -> str:
    """Where a server that listens on this address is reached from this machine."""
    host = _ANY.get(host, host)
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def find_server(data: Path) -> LocalDoor | None:
    """The server on a data folder; None when none runs. A file that a killed server left behind counts for nothing."""
    try:
        door = LocalDoor(**json.loads((data / NAME).read_text("utf-8")))
        os.kill(door.pid, 0)
    except PermissionError:
        raise
    except (OSError, ValueError, TypeError):
        return None
    return door


@contextmanager
def announced(data: Path, url: str | None) -> Iterator[str | None]:
    """Write the file until the block is left, and give the token; a server that runs there already keeps its own file.

    Without a url there is no door.
    """
    if url is None:
        yield None
        return
    door = LocalDoor(url, os.getpid(), secrets.token_urlsafe(32))
    path = data / NAME
    mine = False
    with suppress(OSError):  # the folder may be read-only: then nobody writes, and nothing can be taken back
        mine = find_server(data) is None and data.is_dir()
        if mine:
            _write(path, door)
    try:
        yield door.token
    finally:
        with suppress(OSError, ValueError):
            if mine and json.loads(path.read_text("utf-8"))["pid"] == door.pid:
                path.unlink()


def _write(path: Path, door: LocalDoor) -> None:
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(door), file)
    fresh.replace(path)
