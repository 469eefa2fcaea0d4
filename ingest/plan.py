"""What a run is asked to do, as one digest: the same plan twice can give nothing new."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

import graph
import ontology
from graph.node import SourceCard
from ingest.problem import InputError, Problem

_MOST_FILES = 10_000
_CODE = frozenset({".py", ".toml", ".ttl", ".rq", ".csv", ".json"})


def plan_of(card: SourceCard, inputs: Iterable[Path], options: Mapping[str, str]) -> str:
    """SHA-256 over the code, the card, the options and every byte of the inputs; InputError when one cannot be read."""
    said = {
        "code": code_digest(),
        "card": asdict(card),
        "options": dict(sorted(options.items())),
        "inputs": [list(_files(path)) for path in inputs],  # a folder is not its files one after the other
    }
    return hashlib.sha256(json.dumps(said, sort_keys=True, default=list).encode()).hexdigest()


@cache
def code_digest() -> str:
    """SHA-256 over all that decides what a run gives: the packages ontology, graph and ingest."""
    digest = hashlib.sha256()
    for package in (Path(ontology.__file__), Path(graph.__file__), Path(__file__)):
        for path in sorted(package.parent.rglob("*")):
            if path.suffix in _CODE and path.is_file():
                digest.update(f"{path.relative_to(package.parent)}\0".encode())
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def _files(path: Path) -> Iterator[tuple[str, str]]:
    if path.is_file():
        yield path.name, file_digest(path)
        return
    found = sorted(file for file in path.rglob("*") if file.is_file() and not file.name.startswith("."))
    if len(found) > _MOST_FILES:
        message = f"the folder holds {len(found):,} files"
        raise InputError([Problem(path.name, None, None, None, message, "give the files of the source alone")])
    for file in found:
        yield file.relative_to(path).as_posix(), file_digest(file)


def file_digest(path: Path) -> str:
    """SHA-256 of a file, in hex; InputError when it cannot be read."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError as error:
        said = error.strerror or "no reason is given"
        raise InputError(
            [Problem(path.name, None, None, None, f"it cannot be read: {said}", "mend its rights")]
        ) from error
