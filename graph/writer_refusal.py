"""Inside the writer: why an edit is not applied."""

from __future__ import annotations

from typing import Any


class RefusedError(Exception):
    """The edit is not applied; `reason` is syntax, forbidden, too-large, media, missing or evaluation."""

    def __init__(self, reason: str, message: str, line: int | None = None, column: int | None = None) -> None:
        super().__init__(message)
        self.reason, self.line, self.column = reason, line, column

    @property
    def header(self) -> dict[str, Any]:
        """What the web process is told."""
        return {"error": self.reason, "message": str(self), "line": self.line, "column": self.column}
