"""`python -m tests.contract`: run the W3C suite and, when nothing unknown fails, write docs/reference/conformance.md."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.contract.document import PAGE, render
from tests.contract.suite import ABSENT, cases
from tests.contract.verdicts import known_faults


def main() -> int:
    """0 when the page was written."""
    suite = cases()
    if not suite:
        print(ABSENT, file=sys.stderr)
        return 1
    failed = pytest.main(["-q", str(Path(__file__).with_name("test_w3c.py")), *sys.argv[1:]])
    if not failed:
        PAGE.write_text(render(suite, known_faults()), encoding="utf-8")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main())
