"""What a download leaves in its folder: the file, or the part that came so far, each with a small JSON beside it."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingest.download_address import shown

_NAMED = re.compile(r"[^/]*\.(?:zip|gz|json|ndjson|jsonl|csv|xlsx|ttl|jsonld|nt|rdf)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Version:
    """Which state of a file the bytes are of, as the server named it; `sha256` and `size` once it is whole."""

    etag: str = ""
    modified: str = ""
    sha256: str = ""
    size: int = 0

    @property
    def strong(self) -> str:
        """What If-Range may hold: a strong ETag, else the date; empty when a broken download cannot go on."""
        return self.modified if not self.etag or self.etag.startswith("W/") else self.etag

    def conditions(self) -> Mapping[str, str]:
        """The heads that ask for the file only when it has changed."""
        if self.etag:
            return {"If-None-Match": self.etag}
        return {"If-Modified-Since": self.modified} if self.modified else {}


@dataclass(frozen=True, slots=True)
class Kept:
    """The files of one address in the folder of downloads."""

    file: Path

    @classmethod
    def of(cls, folder: Path, address: str) -> Kept:
        """`<12 hex digits of the address>-<the name in it>`."""
        digest = hashlib.sha256(address.encode("utf-8")).hexdigest()[:12]
        return cls(folder / f"{digest}-{name_in(address)}")

    @property
    def part(self) -> Path:
        """The bytes that came before the connection broke."""
        return self.file.with_name(f"{self.file.name}.part")

    def whole(self) -> Version | None:
        """The version of the kept file; None when there is none, or when its bytes are not those that came."""
        version = _read(self.file)
        return version if version and self.file.is_file() and self.file.stat().st_size == version.size else None

    def begun(self) -> tuple[Version | None, int]:
        """The version of the part and how many bytes of it are there."""
        version = _read(self.part)
        return (version, self.part.stat().st_size) if version and self.part.is_file() else (None, 0)

    def begin(self, version: Version) -> None:
        """Forget the part that there is and begin another."""
        self.drop()
        self.part.touch()
        _write(self.part, version)

    def head(self, size: int) -> bytes:
        """The first bytes of the part."""
        with self.part.open("rb") as stream:
            return stream.read(size)

    def drop(self) -> None:
        """Forget the part."""
        for path in (self.part, _beside(self.part)):
            path.unlink(missing_ok=True)

    def finish(self, version: Version) -> Path:
        """Make the part the kept file, in one step; a kill in between leaves the file that was there, or this one."""
        with self.part.open("rb") as stream:
            os.fsync(stream.fileno())
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = self.part.stat().st_size
        _beside(self.file).unlink(missing_ok=True)
        self.part.replace(self.file)
        _write(self.file, Version(version.etag, version.modified, digest, size))
        self.drop()
        return self.file


def name_in(address: str) -> str:
    """The last step of the path that looks like a file's name, else the last one, in plain letters."""
    steps = [step for step in unquote(urlsplit(shown(address)).path).split("/") if step]
    named = [step for step in steps if _NAMED.fullmatch(step)]
    name = (named or steps or ["download"])[-1]
    return re.sub(r"[^A-Za-z0-9._-]+", "-", name).strip(".-")[-80:] or "download"


def _beside(path: Path) -> Path:
    return path.with_name(f"{path.name}.json")


def _read(path: Path) -> Version | None:
    try:
        return Version(**json.loads(_beside(path).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def _write(path: Path, version: Version) -> None:
    draft = path.with_name(f".{path.name}.json.new")
    draft.write_text(json.dumps(asdict(version), ensure_ascii=False), "utf-8")
    draft.replace(_beside(path))
