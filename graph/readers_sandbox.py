"""What a reader process takes away from itself before it hears the first query: sockets, memory, core dumps.

Linux on x86-64 and ARM64 has all of it; elsewhere `no_network` says False, and the guard stands alone against SERVICE.
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import struct
import sys
from pathlib import Path
from typing import BinaryIO

_PDEATHSIG, _SECCOMP, _NO_NEW_PRIVS = 1, 22, 38  # options of prctl(2)
_FILTER = 2  # SECCOMP_MODE_FILTER
_ALLOW, _ERRNO = 0x7FFF0000, 0x00050000
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06  # BPF: ld abs word, jeq, jge, ret

# AUDIT_ARCH and the numbers of socket, connect, execve, execveat, ptrace, io_uring_setup (which could open sockets).
_MACHINES = {
    "x86_64": (0xC000003E, (41, 42, 59, 322, 101, 425)),
    "aarch64": (0xC00000B7, (198, 203, 221, 281, 117, 425)),
}
_X32 = 0x40000000  # the second set of numbers of x86-64


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("code", ctypes.c_char_p))


def die_with_parent(parent: int) -> None:
    """Be killed when the process `parent` ends; end at once when it has ended already."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
    if os.getppid() != parent:
        sys.exit(0)


def no_core_dumps() -> None:
    """A reader that dies by a query leaves no file."""
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def give_way() -> None:
    """Let the web process go first where both want the processor: it has little to do, and everybody waits for it."""
    os.nice(5)


def limit_memory(above: int) -> None:
    """Let the address space grow by `above` bytes from here on; past it the process aborts."""
    statm = Path("/proc/self/statm")
    if statm.exists():  # elsewhere than on Linux RLIMIT_AS is not honoured
        pages = int(statm.read_text("ascii").split()[0])
        limit = pages * resource.getpagesize() + above
        resource.setrlimit(resource.RLIMIT_AS, (limit, limit))


def no_network() -> bool:
    """Refuse new sockets, connections and programs for good; False where this system offers no such filter."""
    code = _filter_code()
    if sys.platform != "linux" or code is None:
        return False
    libc = ctypes.CDLL(None)
    program = _Program(len(code) // 8, code)
    libc.prctl(_NO_NEW_PRIVS, 1, 0, 0, 0)
    sealed: int = libc.prctl(_SECCOMP, _FILTER, ctypes.byref(program), 0, 0)
    return sealed == 0


def _filter_code() -> bytes | None:
    machine = _MACHINES.get(platform.machine())
    if machine is None or sys.maxsize < 2**32:
        return None
    architecture, calls = machine
    refuse = len(calls) + 1  # the distance from the first test of a number to the last instruction
    steps = [
        (_LOAD, 0, 0, 4),  # the architecture
        (_EQUAL, 0, refuse + 2, architecture),
        (_LOAD, 0, 0, 0),  # the number of the call
        (_AT_LEAST, refuse, 0, _X32),
        *((_EQUAL, refuse - 1 - place, 0, call) for place, call in enumerate(calls)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _ERRNO | errno.EPERM),
    ]
    return b"".join(struct.pack("=HBBI", *step) for step in steps)


def private_stdout() -> BinaryIO:
    """The pipe to the parent; whatever a library prints goes to stderr instead."""
    pipe = os.fdopen(os.dup(1), "wb", buffering=0)
    os.dup2(2, 1)
    return pipe
