"""The whole map as one self-contained page, with the start of the program."""

from __future__ import annotations

from collections.abc import Iterator

from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row


def measure(rig: Rig) -> Iterator[Row]:
    page = rig.folder / "map.html"
    arguments = ("export", "html", "--data", str(rig.data), "--out", str(page), "--force")
    yield Row.of("export html", [rig.run(*arguments).seconds for _ in range(rig.runs)], "s")
    yield Row("export html, size", page.stat().st_size / 1000, "kB")
