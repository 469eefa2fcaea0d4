"""Where an export goes: a file, whole or not at all, or standard output."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from visualisations.export import ExportError

_HEAD = 1_000  # bytes, among which what is no text has a zero


def target(out: str, force: bool) -> Path | None:
    """Where to write, None for `-`; ExportError when a file is there and may not be overwritten."""
    if out == "-":
        return None
    path = Path(out)
    if path.is_dir():
        raise ExportError(f"{path} is a folder; name a file")
    if path.exists() and not force:
        raise ExportError(f"{path} exists; add --force to overwrite it or name another file with --out")
    return path


def write(path: Path | None, content: bytes) -> None:
    """Write beside the file and rename; a reader of standard output that has gone away is no error."""
    if path is None:
        if sys.stdout.isatty() and b"\0" in content[:_HEAD]:
            raise ExportError("this is no text, and would spoil the terminal; name a file with --out, or pipe it on")
        _print(content)
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        draft.write_bytes(content)
        draft.replace(path)
    except OSError as error:
        raise ExportError(f"{path} cannot be written: {error.strerror}") from error
    finally:
        draft.unlink(missing_ok=True)


def _print(content: bytes) -> None:
    try:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        # Python flushes once more at its end, and would complain there.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
