"""Keys for writing, ingest and review: shown once, kept as salted hashes in `<data>/keys.json`, looked up in constant time."""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import re
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Literal

from graph.errors import DataFolderError

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_SCOPE = re.compile(r"update|ingest|review|admin|graph:[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"{}|\\^`]*")
_PREFIX = "ctk_"
Need = Literal["update", "ingest", "review", "admin"]


@dataclass(frozen=True, slots=True)
class Key:
    """Who may do what. `scope`: update, graph:<prefix of IRIs>, ingest, review or admin; `expires`: the last day (UTC) or None."""

    name: str
    scope: str
    salt: str
    sha256: str
    created: str
    expires: str | None = None

    @property
    def prefix(self) -> str | None:
        """What the IRIs of the graphs it may write begin with; None: any."""
        return self.scope.removeprefix("graph:") if self.scope.startswith("graph:") else None

    def may(self, need: Need) -> bool:
        """Whether its scope is enough: admin is enough for all; graph:… may update, in its graphs."""
        scope = "update" if self.scope.startswith("graph:") else self.scope
        return scope in {need, "admin"}

    @property
    def fingerprint(self) -> str | None:
        """Tells this key from one that had its name before; None for the command line of this machine."""
        return hashlib.sha256(f"{self.salt}:{self.name}".encode()).hexdigest()[:16] if self.salt else None

    @property
    def expired(self) -> bool:
        """Whether its last day is over."""
        return self.expires is not None and datetime.now(UTC).date() > date.fromisoformat(self.expires)

    def opens(self, secret: str) -> bool:
        """Whether this is its secret."""
        return hmac.compare_digest(self.sha256, _digest(self.salt, secret))


class KeyFileError(DataFolderError):
    """The keys cannot be read or written, or what was asked of them makes no sense."""


@dataclass(frozen=True, slots=True)
class Keys:
    """The file `keys.json` of a data folder, which only its owner may read."""

    path: Path

    @classmethod
    def of(cls, data: Path) -> Keys:
        """The keys of a data folder."""
        return cls(data / "keys.json")

    def all(self) -> Sequence[Key]:
        """All keys, also those that have expired; KeyFileError when the file is damaged."""
        try:
            return [Key(**held) for held in json.loads(self.path.read_text("utf-8"))]
        except FileNotFoundError:
            return []
        except (OSError, ValueError, TypeError) as error:
            raise KeyFileError(f"{self.path} cannot be read; mend or delete it") from error

    def find(self, secret: str) -> Key | None:
        """The key with this secret, if it has not expired; every key is compared, so that time tells nothing."""
        fitting = [key for key in self.all() if key.opens(secret)]
        return next((key for key in fitting if not key.expired), None)

    def add(self, name: str, scope: str, expires: date | None = None) -> str:
        """Make a key and return its secret, which is nowhere else."""
        if not _NAME.fullmatch(name):
            raise KeyFileError(f"{name!r} is no name for a key: letters, digits, dot, - and _, at most 64")
        if not _SCOPE.fullmatch(scope):
            raise KeyFileError(
                f"there is no scope {scope!r}; known are update, graph:<prefix of IRIs>, ingest, review and admin"
            )
        held = self.all()
        if any(key.name == name for key in held):
            raise KeyFileError(f"there is a key {name} already; revoke it first")
        secret, salt = _PREFIX + secrets.token_urlsafe(32), secrets.token_hex(16)
        created = datetime.now(UTC).isoformat(timespec="seconds")
        self._write(
            [*held, Key(name, scope, salt, _digest(salt, secret), created, expires.isoformat() if expires else None)]
        )
        return secret

    def revoke(self, name: str) -> None:
        """Take a key away; it ends at once."""
        held = self.all()
        left = [key for key in held if key.name != name]
        if len(left) == len(held):
            raise KeyFileError(f"there is no key {name}")
        self._write(left)

    def _write(self, keys: Sequence[Key]) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            fresh = self.path.with_suffix(".new")
            handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump([asdict(key) for key in keys], file, indent=1)
                file.flush()
                os.fsync(file.fileno())
            fresh.chmod(0o600)
            fresh.replace(self.path)
        except OSError as error:
            raise KeyFileError(f"{self.path} cannot be written: {error}") from error


def _digest(salt: str, secret: str) -> str:
    """One round is enough: a secret has 256 random bits and cannot be guessed from its hash."""
    return hashlib.sha256(f"{salt}:{secret}".encode("utf-8", "surrogatepass")).hexdigest()
