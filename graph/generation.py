"""The data folder: numbered generations and the pointer `current`, which moves in one atomic step.

raw/  nodes/<source>/  decisions/  generations/<n>/ { store/ columns/ search.sqlite manifest.json }  current  lock
"""

from __future__ import annotations

import errno
import fcntl
import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from graph.errors import DataFolderError, LockedError
from graph.manifest import Manifest

BUILDING = ".building-"


@dataclass(frozen=True, slots=True)
class Generation:
    """One built graph with everything beside it; never changed after it was published."""

    path: Path
    manifest: Manifest

    @classmethod
    def open(cls, path: Path) -> Generation:
        """Read the generation in `path`; DataFolderError when it is not whole."""
        generation = cls(path, Manifest.read(path / "manifest.json"))
        for part in (generation.store, generation.columns, generation.search):
            if not part.exists():
                raise DataFolderError(f"{part} is missing; build the generation again")
        return generation

    def stamped(self, made_of: str) -> Generation:
        """With a digest of all that it was made of; before it is published."""
        stamped = replace(self, manifest=replace(self.manifest, made_of=made_of))
        fresh = self.path / "manifest.new"
        stamped.manifest.write(fresh)
        _sync(fresh)
        fresh.replace(self.path / "manifest.json")
        return stamped

    @property
    def number(self) -> int:
        """1 for the first; greater is newer."""
        return self.manifest.number

    @property
    def store(self) -> Path:
        """The folder of the RDF store."""
        return self.path / "store"

    @property
    def columns(self) -> Path:
        """The folder of the Parquet tables."""
        return self.path / "columns"

    @property
    def identities(self) -> Path:
        """The folder of the tables of who is who."""
        return self.path / "identities"

    @property
    def search(self) -> Path:
        """The SQLite file of the search index."""
        return self.path / "search.sqlite"


class DataFolder:
    """Where everything that changes is kept; `./var` unless told otherwise. Nothing is made before the first lock."""

    def __init__(self, path: Path | str) -> None:
        self.path = Path(path)
        self._depth = 0
        self._owner: int | None = None  # the thread that holds the lock

    @property
    def generations(self) -> Path:
        """The folder of the numbered generations."""
        return self.path / "generations"

    def folder(self, *parts: str) -> Path:
        """A folder inside, such as `folder("nodes", "sweden")`, made when it is missing."""
        path = self.path.joinpath(*parts)
        with _writing(self.path):
            path.mkdir(parents=True, exist_ok=True)
        return path

    def current(self) -> Generation | None:
        """The published generation; None when nothing was ever published; DataFolderError when it is damaged."""
        number = self.current_number()
        return None if number is None else Generation.open(self.generations / str(number))

    def check(self) -> None:
        """DataFolderError when the path cannot be a data folder, for it is a file or must not be read."""
        self.current_number()

    def current_number(self) -> int | None:
        """The number of the published generation; None when nothing was ever published."""
        try:
            return int((self.path / "current").read_text("ascii"))
        except FileNotFoundError:
            return None
        except (IsADirectoryError, ValueError) as error:
            said = f"{self.path / 'current'} does not hold the number of a generation"
            raise DataFolderError(f"{said}; delete it and ingest again") from error
        except OSError as error:
            raise DataFolderError(_advice(self.path, error, "read")) from error

    @contextmanager
    def writing(self) -> Iterator[None]:
        """What is written to the folder inside fails with a DataFolderError that says what to do."""
        with _writing(self.path):
            yield

    @contextmanager
    def lock(self) -> Iterator[None]:
        """Hold the right to build, across processes and threads; LockedError at once when somebody else has it.

        Re-entrant within one thread.
        """
        if self._depth and self._owner == threading.get_ident():
            self._depth += 1
            try:
                yield
            finally:
                self._depth -= 1
            return
        self.folder()
        with _writing(self.path):
            handle = os.open(self.path / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
        try:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError as error:
                raise LockedError(f"another process is building in {self.path}; wait for it or stop it") from error
            self._depth, self._owner = 1, threading.get_ident()
            try:
                yield
            finally:
                self._depth, self._owner = 0, None
        finally:
            os.close(handle)

    def new_draft(self) -> tuple[int, Path]:
        """Under the lock: clear the litter of killed builds, give the next number and an empty folder to build in."""
        current = self.current_number() or 0
        generations = self.folder("generations")
        with _writing(self.path):
            for entry in generations.iterdir():
                if not entry.name.isdecimal() or int(entry.name) > current:
                    shutil.rmtree(entry)
            draft = generations / f"{BUILDING}{current + 1}"
            draft.mkdir()
        return current + 1, draft

    def finish_draft(self, draft: Path) -> Generation:
        """Give the whole draft its number; it is not served yet."""
        manifest = Manifest.read(draft / "manifest.json")
        with _writing(self.path):
            for path in draft.rglob("*"):
                _sync(path)
            final = self.generations / str(manifest.number)
            draft.rename(final)
            _sync(final)
            _sync(self.generations)
        return Generation.open(final)

    def publish(self, generation: Generation) -> None:
        """Make it the current one in one step, then drop all but it and the one before, which readers may still hold."""
        with self.lock(), _writing(self.path):
            before = self.current_number()
            fresh = self.path / "current.new"
            fresh.write_text(f"{generation.number}\n", "ascii")
            _sync(fresh)
            fresh.replace(self.path / "current")
            _sync(self.path)
            kept = {str(generation.number), str(before)}
            for entry in self.generations.iterdir():
                if entry.name not in kept:
                    shutil.rmtree(entry)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise DataFolderError(_advice(path, error, "written")) from error


def _advice(path: Path, error: OSError, done: str) -> str:
    """What is wrong with the data folder and what to do, without the names of files inside it."""
    match error.errno:
        case errno.ENOTDIR | errno.EEXIST:
            return f"the data folder {path} is not a folder; name another with --data"
        case errno.ENOSPC | errno.EDQUOT:
            return f"the data folder {path} cannot be written: the disk is full; free some space"
        case errno.EROFS | errno.EACCES | errno.EPERM if done == "written":
            return f"the data folder {path} is read-only; choose another with --data or mend its rights"
        case errno.EACCES | errno.EPERM:
            return f"the data folder {path} cannot be read; choose another with --data or mend its rights"
        case _:
            return f"the data folder {path} cannot be {done}: {error.strerror or 'no reason is given'}"
