"""The W3C suite, test by test."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

import pytest

from tests.contract import evaluation
from tests.contract.description import describe
from tests.contract.exchange import talk_graph_store, talk_sparql
from tests.contract.service import Service
from tests.contract.suite import ABSENT, Case, cases
from tests.contract.verdicts import EXCLUDED, known_faults

CHECKS: Final[Mapping[str, Callable[[Case, Service], None]]] = {
    "QueryEvaluationTest": evaluation.evaluate_query,
    "CSVResultFormatTest": evaluation.evaluate_csv,
    "UpdateEvaluationTest": evaluation.evaluate_update,
    "PositiveSyntaxTest11": evaluation.accept_query,
    "NegativeSyntaxTest11": evaluation.refuse_query,
    "PositiveUpdateSyntaxTest11": evaluation.accept_update,
    "NegativeUpdateSyntaxTest11": evaluation.refuse_update,
    "ProtocolTest": talk_sparql,
    "GraphStoreProtocolTest": talk_graph_store,
    "ServiceDescriptionTest": describe,
}
CASES: Final = cases()


def _marks(case: Case) -> list[pytest.MarkDecorator]:
    if case.group in EXCLUDED:
        return [pytest.mark.skip(reason=EXCLUDED[case.group])]
    reason = known_faults().get(case.iri)
    return [pytest.mark.xfail(strict=True, raises=AssertionError, reason=reason)] if reason else []


@pytest.mark.parametrize("case", [pytest.param(case, id=case.id, marks=_marks(case)) for case in CASES])
@pytest.mark.skipif(not CASES, reason=ABSENT)
def test_the_service_does_what_the_suite_says(case: Case, service: Service) -> None:
    CHECKS[case.kind](case, service)


@pytest.mark.skipif(not CASES, reason=ABSENT)
def test_known_faults_are_tests_of_the_suite() -> None:
    assert set(known_faults()) <= {case.iri for case in CASES if case.group not in EXCLUDED}
    assert set(EXCLUDED) <= {case.group for case in CASES}
