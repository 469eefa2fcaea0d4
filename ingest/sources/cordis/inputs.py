"""The inputs of CORDIS: each table of each file, folder and zip once, with a name of its own."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath

from ingest.archive import Member, files_of, members
from ingest.contract import Extraction
from ingest.problem import InputError, Problem
from ingest.sources.cordis.releases import newest_first

SUFFIXES = (".csv", ".json")
ALL = (*SUFFIXES, ".zip")
PROGRAMMES = ("all", "h2020", "horizon")


@dataclass(slots=True)
class Counts:
    """What was seen beside the rows: dropped contact cells, files that are not used, the newest day in a zip, all bytes."""

    people: int = 0
    left: Counter[str] = field(default_factory=Counter)
    packed: str = ""
    digest: str = ""  # SHA-256 over the bytes of all files


class _Names:
    """A name for each table. What has the name of another gets a number, for a participation is told apart by its file."""

    def __init__(self) -> None:
        self._taken: Counter[str] = Counter()

    def of(self, name: str) -> str:
        """`organization.csv`, then `organization.csv (2)`."""
        self._taken[name] += 1
        return name if self._taken[name] == 1 else f"{name} ({self._taken[name]})"


class _Known:
    """The tables that were read, so that the same bytes are not read again; bytes are compared where sizes are equal."""

    def __init__(self) -> None:
        self._places: dict[int, list[tuple[str, Path, int]]] = {}

    def twin(self, member: Member, file: Path, place: int) -> str | None:
        """The name of a table with the same bytes, or None, and then this one is known from now on."""
        same = self._places.setdefault(member.size, [])
        raw = member.read() if same else b""
        for name, other, at in same:
            if members(other.name, other.read_bytes(), ALL)[at].read() == raw:
                return name
        same.append((member.name, file, place))
        return None


def given(task: Extraction, addresses: Mapping[str, str], counts: Counts) -> Iterator[Member]:
    """Every table of every file, folder and zip that was given, or downloaded; with the zip's name where there are two.

    Several inputs keep the order in which they are given; the files of a folder go by how new they say they are.
    Of tables with the same bytes the first is given, and a warning names both.
    """
    files = [(file.name, file) for path in task.inputs for file in newest_first(files_of(path, ALL))]
    keep = bool(files)
    wanted = programme(task)
    for name, address in {} if keep else addresses.items():
        if wanted in ("all", name):
            files.append((PurePosixPath(address).name, task.fetch(address)))
    digest = hashlib.sha256()
    names, known = _Names(), _Known()
    read: dict[bytes, str] = {}
    for number, (name, file) in enumerate(files, 1):
        raw = task.keep(file) if keep else file.read_bytes()
        own = hashlib.sha256(raw).digest()
        digest.update(own)
        counts.digest = digest.hexdigest()
        first = read.setdefault(own, f"{name} (input {number})")
        if first != f"{name} (input {number})":
            task.warn(f"{name} (input {number}) has the same bytes as {first}: it was read once")
            continue
        yield from _tables(task, name, raw, file, known, "" if len(files) == 1 else names.of(name))


def _tables(task: Extraction, name: str, raw: bytes, file: Path, known: _Known, above: str) -> Iterator[Member]:
    """The tables in one file; `above` is its name among several files, which goes before the names of those inside."""
    found = members(name, raw, ALL)
    if all(member.name.lower().endswith(".zip") for member in found):
        raise refusal(name, "the zip holds no table (.csv, .json)")
    names = _Names()
    for place, member in enumerate(found):
        own = names.of(member.name)
        inside = f"{above}/{own}" if member.name != name else above
        label = inside if above else own
        if member.name.lower().endswith(".zip"):
            task.warn(f"{label} was not read: it is a zip inside a zip; unpack it, and give it with --input")
            continue
        named = replace(member, name=label)
        twin = known.twin(named, file, place)
        if twin is None:
            yield named
        else:
            task.warn(f"{label} has the same bytes as {twin}: it was read once")


def programme(task: Extraction) -> str:
    """The option `programme`; InputError when it is unknown."""
    said = task.options.get("programme", "all")
    if said not in PROGRAMMES:
        advice = f"known are {', '.join(PROGRAMMES)}"
        raise InputError([Problem("--option", None, "programme", said, f"unknown programme {said!r}", advice)])
    return said


def refusal(file: str, message: str) -> InputError:
    """The error for a file that cannot be used."""
    return InputError([Problem(file, None, None, None, message, "get the files of CORDIS anew, or give others")])
