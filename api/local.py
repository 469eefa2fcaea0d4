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


class Door:
    """The file for this server. `token` is what it asks of the command line; without a url there is none."""

    def __init__(self, data: Path, url: str | None) -> None:
        self._data = data
        self._held = None if url is None else LocalDoor(url, os.getpid(), secrets.token_urlsafe(32))

    @property
    def token(self) -> str | None:
        """Whoever knows it may do what a key with the scope admin may."""
        return None if self._held is None else self._held.token

    def announce(self) -> None:
        """Write the file; another server that runs there keeps its own."""
        with suppress(OSError):  # the folder may be read-only: then nobody writes, and nothing can be taken back
            if self._held is not None and find_server(self._data) is None and self._data.is_dir():
                _write(self._data / NAME, self._held)

    def withdraw(self) -> None:
        """Remove the file, if it is ours."""
        path = self._data / NAME
        with suppress(OSError, ValueError, TypeError):
            if self._held is not None and LocalDoor(**json.loads(path.read_text("utf-8"))) == self._held:
                path.unlink()


@contextmanager
def announced(door: Door) -> Iterator[str | None]:
    """Announce it until the block is left, and give its token."""
    door.announce()
    try:
        yield door.token
    finally:
        door.withdraw()


def _write(path: Path, door: LocalDoor) -> None:
    fresh = path.with_suffix(".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump(asdict(door), file)
    fresh.replace(path)
