"""The table of evidence, and a look-up from a proof to its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from graph.columns import EVIDENCE
from graph.columns_rows import Row, table
from graph.merge import Entry, Proof
from graph.node import Evidence


@dataclass(frozen=True, slots=True)
class EvidenceRows:
    """`ids(proofs)` gives row numbers of `frame`, ascending, each once."""

    frame: pl.DataFrame
    _number: Mapping[str, Mapping[int, int]]  # by source and identity of the object: to hash its nine fields takes long

    def ids(self, proofs: Iterable[Proof]) -> list[int]:
        """Row numbers for the proofs, which must be those of the entries."""
        return sorted({self._number[source][id(evidence)] for source, evidence in proofs})


def evidence_rows(entries: Iterable[Entry]) -> EvidenceRows:
    """Each proof once, in the order of source, document and record."""
    found: dict[str, dict[int, Evidence]] = {}
    for entry in entries:
        for source, node in entry.said:
            held = found.setdefault(source, {})
            for proofs in (node.evidence, *node.proofs.values()):
                held.update((id(proof), proof) for proof in proofs)
    rows: list[Row] = []
    number = {source: _numbered(source, found[source].values(), rows) for source in sorted(found)}
    return EvidenceRows(table(rows, EVIDENCE), number)


def _numbered(source: str, proofs: Iterable[Evidence], rows: list[Row]) -> Mapping[int, int]:
    """Add a row for each different proof; the row by the identity of every object that says it."""
    places: dict[tuple[str, str], list[Evidence]] = {}
    for proof in proofs:
        places.setdefault((proof.document, proof.record or ""), []).append(proof)
    number: dict[int, int] = {}
    for place in sorted(places):
        same = places[place]
        last = None
        for proof in sorted(same, key=lambda proof: proof.words) if len(same) > 1 else same:
            if proof != last:
                rows.append(_row(len(rows), source, proof))
                last = proof
            number[id(proof)] = len(rows) - 1
    return number


def _row(number: int, source: str, evidence: Evidence) -> Row:
    return (
        number,
        evidence.document,
        evidence.published and evidence.published.text,
        evidence.retrieved and evidence.retrieved.isoformat(),
        source,
        evidence.record,
        evidence.quote and evidence.quote.value,
        evidence.method,
        float(evidence.confidence),
    )
