"""Which tests of the suite are not asked for, and which are known to fail, with the reasons."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Final

FAULTS: Final = Path(__file__).with_name("known_faults.toml")
EXCLUDED: Final[Mapping[str, str]] = {
    "entailment": "no entailment regime is offered: queries match what is written",
    "service": "SERVICE is off by design: a query never reaches the network",
}


def known_faults() -> Mapping[str, str]:
    """IRI of a test -> why it fails: the faults of the engine, and those of our own service."""
    read: Mapping[str, Mapping[str, str]] = tomllib.loads(FAULTS.read_text(encoding="utf-8"))
    return {**read["faults"], **read.get("ours", {})}
