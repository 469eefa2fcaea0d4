"""CORDIS itself for the comparison: a share of the real projects with all who take part."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from graph.node import SourceNodes
from tests.benchmarks import shared
from tests.benchmarks.mapped import said
from tests.benchmarks.scale.cut import cut


def real(scale: float) -> SourceNodes:
    """`scale` is the share of the projects, 1 all of them; SkippedError when the real data is absent."""
    shared.require()
    with TemporaryDirectory(prefix="cleantech-cordis-") as folder:
        archive = shared.CORDIS if scale >= 1 else cut(shared.CORDIS, scale, Path(folder) / "part.zip")
        return said("cordis", (archive,))
