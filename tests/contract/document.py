"""`docs/reference/conformance.md`, from the manifests of the suite and the list of known faults."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Final

from tests.contract.suite import ROOT, Case
from tests.contract.verdicts import EXCLUDED

PAGE: Final[Path] = ROOT / "docs" / "reference" / "conformance.md"
_AREAS: Final[Mapping[str, str]] = {
    "QueryEvaluationTest": "Query: answers",
    "PositiveSyntaxTest11": "Query: syntax",
    "NegativeSyntaxTest11": "Query: syntax",
    "CSVResultFormatTest": "Query: answers as CSV",
    "UpdateEvaluationTest": "Update: what the store holds afterwards",
    "PositiveUpdateSyntaxTest11": "Update: syntax",
    "NegativeUpdateSyntaxTest11": "Update: syntax",
    "ProtocolTest": "Protocol",
    "GraphStoreProtocolTest": "Graph Store HTTP Protocol",
    "ServiceDescriptionTest": "Service Description",
}
_PAGE: Final = """\
# How much of the W3C suite holds

This page is written by `python -m tests.contract`; do not edit it. `make test` runs the suite test by test over HTTP, against
`cleantech serve` on a bare data folder, reads it from `../shared/w3c/sparql11` and fails when a test outside the list of known faults
fails, when a known fault passes, or when this page is not the one that the command writes.

| area | tests | passed | known faults | of the tests, approved by the working group |
|---|--:|--:|--:|--:|
{areas}

Approved are the tests that the working group of SPARQL 1.1 has marked so. The others were proposed, or were added to the suite later without a mark:
they are run, too. Tests that the suite has deprecated are not. The answer to each query is asked for as JSON and as XML, graphs as Turtle and as
RDF/XML. Tables and graphs are compared up to the names of blank nodes, numbers and truth values by value, rows in order where the query orders.

## Known faults

{faults}

## Not asked for

{excluded}
"""


def render(cases: Iterable[Case], faults: Mapping[str, str]) -> str:
    """The page as it is when all tests but the known faults pass, which the tests see to."""
    asked = [case for case in cases if case.group not in EXCLUDED]
    passed_over = [case for case in cases if case.group in EXCLUDED]
    rows = [
        _row(area, [case for case in asked if _AREAS[case.kind] == area], faults)
        for area in dict.fromkeys(_AREAS.values())
    ]
    rows.append(_row("**all**", asked, faults))
    known = [f"| `{case.id}` | {case.approval or '—'} | {faults[case.iri]} |" for case in asked if case.iri in faults]
    table = ["| test | mark | why |", "|---|---|---|", *known] if known else ["None."]
    excluded = [f"- `{group}`, {_count(passed_over, group)} tests: {reason}." for group, reason in EXCLUDED.items()]
    return _PAGE.format(areas="\n".join(rows), faults="\n".join(table), excluded="\n".join(excluded))


def _row(area: str, cases: list[Case], faults: Mapping[str, str]) -> str:
    known = sum(case.iri in faults for case in cases)
    approved = sum(case.approval == "Approved" for case in cases)
    return f"| {area} | {len(cases)} | {len(cases) - known} | {known} | {approved} |"


def _count(cases: Iterable[Case], group: str) -> int:
    return sum(case.group == group for case in cases)
