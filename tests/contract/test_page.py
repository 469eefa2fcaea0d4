from __future__ import annotations

import pytest

from tests.contract.document import PAGE, render
from tests.contract.suite import ABSENT, cases
from tests.contract.verdicts import known_faults


def test_the_page_of_conformance_is_fresh() -> None:
    suite = cases()
    if not suite:
        pytest.skip(ABSENT)
    assert PAGE.read_text(encoding="utf-8") == render(suite, known_faults())
