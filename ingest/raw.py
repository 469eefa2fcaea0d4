"""`raw/`: every file that was read, kept under its SHA-256, so that a run can be repeated."""

from __future__ import annotations

import hashlib
from pathlib import Path

from graph.generation import DataFolder


class RawStore:
    """Reads files and keeps their bytes. `inputs` is the SHA-256 by file name of all that was read."""

    def __init__(self, data: DataFolder | None) -> None:
        """With None nothing is kept, as in a dry run."""
        self._data = data
        self.inputs: dict[str, str] = {}

    def keep(self, path: Path) -> bytes:
        """The bytes of the file; a copy stands in `raw/ab/<sha256>` afterwards."""
        raw = path.read_bytes()
        digest = hashlib.sha256(raw).hexdigest()
        self.inputs[path.name] = digest
        if self._data is not None:
            place = self._data.folder("raw", digest[:2]) / digest
            if not place.exists() or place.stat().st_size != len(raw):
                draft = place.with_name(f".{digest}.new")
                with self._data.writing():
                    draft.write_bytes(raw)
                    draft.replace(place)
        return raw

    def clean(self) -> None:
        """Remove what a killed run left half written."""
        if self._data is not None:
            for draft in (self._data.path / "raw").glob("*/.*.new"):
                draft.unlink()
