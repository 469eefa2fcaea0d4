"""morph-kgc on the tables of CORDIS, in a virtual environment of its own that is made for the run and thrown away.

In one process, as the map phase of an ingest is; without `number_of_processes` it would take two for each core.
"""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.benchmarks.rig import Rig
from tests.benchmarks.row import SkippedError
from tests.benchmarks.scale.cut import tables
from tests.benchmarks.watch import Watched, watched

_MAPPING: Final = Path(__file__).with_name("cordis.rml.ttl")
_PACKAGE: Final = "morph-kgc>=2.10,<3"
_LONGEST: Final = 300.0
_SOURCES: Final = """
<organisations> rml:source "{folder}/organization.csv" ; rml:referenceFormulation ql:CSV .
<projects> rml:source "{folder}/project.csv" ; rml:referenceFormulation ql:CSV .
"""
_CONFIG: Final = """[CONFIGURATION]
output_file={folder}/out.nt
output_format=N-TRIPLES
logging_level=ERROR
number_of_processes=1
[cordis]
mappings={folder}/mapping.ttl
"""


@dataclass(frozen=True, slots=True)
class Mapped:
    """The run of its command line, and how many triples it wrote."""

    usage: Watched
    triples: int


def installed(rig: Rig) -> str:
    """The Python of an environment with morph-kgc; SkippedError when it cannot be had."""
    folder = rig.folder / "morph-kgc"
    python = folder / "bin" / "python"
    commands = ([sys.executable, "-m", "venv", str(folder)], [str(python), "-m", "pip", "install", "-q", _PACKAGE])
    for command in commands:
        try:
            subprocess.run(command, capture_output=True, text=True, check=True, timeout=_LONGEST)
        except (OSError, subprocess.SubprocessError) as error:
            words = str(getattr(error, "stderr", "") or error).strip().splitlines()[-1:]
            raise SkippedError(f"morph-kgc cannot be installed here: {' '.join(words)}") from error
    return str(python)


def prepared(rig: Rig, archive: Path) -> Path:
    """A folder with the tables of the zip, the mapping, and the configuration."""
    folder = rig.folder / "tables"
    folder.mkdir()
    tables(archive, folder)
    mapping = _MAPPING.read_text("utf-8") + _SOURCES.format(folder=folder)
    (folder / "mapping.ttl").write_text(mapping, "utf-8")
    (folder / "morph.ini").write_text(_CONFIG.format(folder=folder), "utf-8")
    return folder


def mapped(python: str, folder: Path, log: Path) -> Mapped:
    """Map the tables to N-Triples."""
    usage = watched([python, "-m", "morph_kgc", str(folder / "morph.ini")], log)
    with (folder / "out.nt").open("rb") as lines:
        return Mapped(usage, sum(1 for _ in lines))
