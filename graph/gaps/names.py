"""Organisations of which a source gives a number only: nobody can call them."""

from __future__ import annotations

from typing import Final

# What ingest.sources writes in place of a name. A regular expression of Polars.
NAMELESS: Final = r"^(Organisation whose name is not known \(|Organisation [\d-]+$|Project \d+ of )"
