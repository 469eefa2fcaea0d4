"""The real data beside the project, read in place: never copied, absent on most machines."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from tests.benchmarks.row import SkippedError

SHARED: Final = Path(__file__).parents[3] / "shared" / "data"
CORDIS: Final = SHARED / "cordis" / "h2020-2014-2019.zip"
ROR: Final = (SHARED / "ror" / "ror_v2_latest.ndjson.gz", SHARED / "ror" / "ror_v1only_latest.ndjson.gz")
SWECRIS: Final = SHARED / "swecris" / "swecris_kth_no_people.csv.gz"


def missing() -> str:
    """Why the real data cannot be used, empty when all of it is there."""
    lacking = [path.name for path in (CORDIS, *ROR, SWECRIS) if not path.is_file()]
    return f"the real data is not beside the project (../shared/data lacks {', '.join(lacking)})" if lacking else ""


def require() -> None:
    """SkippedError when the real data is absent."""
    if reason := missing():
        raise SkippedError(reason)
