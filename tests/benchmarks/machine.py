"""On what the numbers were measured."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

_TOLD = ("polars", "pyoxigraph", "fastapi", "networkx", "pyvis")


def machine() -> dict[str, str]:
    """Cores that this process may use, memory, Python, and the packages that the numbers hang on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9
    return {
        "processor": _processor(),
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{memory:.0f} GB",
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
        **{name: version(name) for name in _TOLD},
    }


def _processor() -> str:
    """The name that Linux gives the processor, elsewhere the architecture."""
    listing = Path("/proc/cpuinfo")
    lines = listing.read_text("utf-8").splitlines() if listing.exists() else []
    named = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.machine())
