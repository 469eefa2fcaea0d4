"""A copy of the store in memory, held by one process that forks a reader from itself in milliseconds."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from pathlib import Path
from typing import Any, Self, TypeAlias

from graph.finish import finish
from graph.readers_errors import StoreError
from graph.readers_line import LineClosedError
from graph.readers_process import Reader
from graph.readers_sources import Spawned, over, spawn

_LOAD_SECONDS = 600.0
_FORK_SECONDS = 10.0
_MESSAGE = 4_096  # bytes; each is a packet of its own
_DISK_BYTES, _MEMORY_BYTES = 122, 400  # for each quad: measured on 1.29 million quads


End: TypeAlias = tuple[int | None, str]  # exit code, last words


class Forked:
    """A grandchild: the process that holds the copy tells of its end."""

    def __init__(self, pid: int, holder: Spawned, ended: asyncio.Future[End]) -> None:
        self.pid = pid
        self.said = ""
        self._holder = holder
        self._ended = ended

    @property
    def alive(self) -> bool:
        """Whether its end is not known yet."""
        return not self._ended.done() and self._holder.alive

    def kill(self) -> None:
        """SIGKILL, when it still lives."""
        if self.alive:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    async def wait(self) -> int | None:
        """Its exit code; -SIGKILL when the process that held the copy ended, for its forks end with it."""
        holder = asyncio.ensure_future(self._holder.wait())
        try:
            both: set[asyncio.Future[Any]] = {holder, self._ended}
            await asyncio.wait(both, return_when=asyncio.FIRST_COMPLETED)
        finally:
            holder.cancel()
        if not self._ended.done():
            return -signal.SIGKILL
        code, self.said = self._ended.result()
        return code


class Replica:
    """Forks readers of the copy of `store`. Make one with `load`, which takes seconds for each million of triples."""

    in_memory = True

    def __init__(self, store: Path, holder: Spawned, control: socket.socket, sealed: bool) -> None:
        self.store = store
        self._holder = holder
        self._control = control
        self._sealed = sealed
        self._forks: dict[int, asyncio.Future[End]] = {}
        self._asked: asyncio.Future[dict[str, Any]] | None = None
        self._turn = asyncio.Lock()
        asyncio.get_running_loop().add_reader(control.fileno(), self._hear)

    @classmethod
    async def load(cls, store: Path, *, columns: bool = True) -> Self:
        """Start the process and wait until it has read the store; StoreError when it does not come to that. `columns`:
        it holds the default graph as columns, too (see graph.columnar_encode)."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        ours.setblocking(False)
        holder = await spawn(
            *("graph.replica_worker", str(store), str(os.getpid()), "columns" if columns else "plain"), end=theirs
        )
        try:
            async with asyncio.timeout(_LOAD_SECONDS):
                told = await asyncio.get_running_loop().sock_recv(ours, _MESSAGE)
        except BaseException as error:
            holder.kill()
            ours.close()
            await finish(holder.wait())
            if isinstance(error, (TimeoutError, OSError)):
                raise StoreError("The store cannot be held in memory.") from error
            raise
        if not told:
            ours.close()
            await finish(holder.wait())
            raise StoreError("The store cannot be held in memory.")
        return cls(store, holder, ours, bool(json.loads(told)["sealed"]))

    @property
    def pid(self) -> int:
        """The number of the process that holds the copy."""
        return self._holder.pid

    @property
    def alive(self) -> bool:
        """Whether it can fork."""
        return self._holder.alive

    async def start(self, memory: int) -> Reader:
        """A fork; see graph.readers_sources.ReaderSource."""
        ours, theirs = socket.socketpair()
        try:
            async with self._turn:
                pid, ended = await self._fork(memory, theirs)
        except BaseException as error:
            ours.close()
            if isinstance(error, (TimeoutError, OSError)):
                raise StoreError("The process that holds the store in memory does not answer.") from error
            raise
        finally:
            theirs.close()
        child = Forked(pid, self._holder, ended)
        line = await over(child, ours)
        try:
            async with asyncio.timeout(_FORK_SECONDS):
                await line.receive()
        except BaseException as error:
            child.kill()
            line.close()
            if isinstance(error, (LineClosedError, TimeoutError)):
                raise StoreError("A reader process does not start.") from error
            raise
        return Reader(child, line, self.store, sealed=self._sealed, reopens=False)

    async def close(self) -> None:
        """End the process and with it all that it forked."""
        asyncio.get_running_loop().remove_reader(self._control.fileno())
        self._holder.kill()
        self._control.close()
        await finish(self._holder.wait())
        self._gone()

    async def _fork(self, memory: int, end: socket.socket) -> tuple[int, asyncio.Future[End]]:
        if not self._holder.alive:
            raise StoreError("The process that holds the store in memory has ended.")
        self._asked = asyncio.get_running_loop().create_future()
        socket.send_fds(self._control, [json.dumps({"memory": memory}).encode()], [end.fileno()])
        async with asyncio.timeout(_FORK_SECONDS):
            told = await self._asked
        if "pid" not in told:
            raise StoreError("The process that holds the store in memory cannot fork.")
        ended: asyncio.Future[End] = told["ends"]
        return told["pid"], ended

    def _hear(self) -> None:
        """What the process tells: a fork that was asked for, the end of one, or nothing more, for it has ended."""
        try:
            said = self._control.recv(_MESSAGE)
        except BlockingIOError:
            return
        except OSError:
            said = b""
        if not said:
            asyncio.get_running_loop().remove_reader(self._control.fileno())
            self._gone()
            return
        message: dict[str, Any] = json.loads(said)
        if "ended" in message:
            ended = self._forks.pop(message["ended"], None)
            if ended is not None and not ended.done():
                ended.set_result((message["code"], message["said"]))
            return
        if "pid" in message:
            message["ends"] = self._forks[message["pid"]] = asyncio.get_running_loop().create_future()
        if self._asked is not None and not self._asked.done():
            self._asked.set_result(message)

    def _gone(self) -> None:
        if self._asked is not None and not self._asked.done():
            self._asked.set_result({})
        for ended in self._forks.values():
            if not ended.done():
                ended.set_result((-signal.SIGKILL, ""))
        self._forks.clear()


def fits_in_memory(store: Path, quads: int) -> bool:
    """Whether the store has at most about so many quads, and the machine twice the memory that they need."""
    if sys.platform != "linux":
        return False
    size = sum(file.stat().st_size for file in store.iterdir())
    needed = size / _DISK_BYTES * _MEMORY_BYTES
    return size <= quads * _DISK_BYTES and 2 * needed < _free_memory()


def _free_memory() -> int:
    for line in Path("/proc/meminfo").read_text("ascii").splitlines():
        if line.startswith("MemAvailable:"):
            return int(line.split()[1]) * 1024
    return 0
