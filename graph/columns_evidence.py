"""The table of evidence, and a look-up from a proof to its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import polars as pl

from graph.columns import EVIDENCE
from graph.columns_rows import Row, table
from graph.merge import Entry, Proof
from graph.node import Evidence

_Place = tuple[str, str, str, str]  # source, document, record and all words: the order of the table


@dataclass(frozen=True, slots=True)
class EvidenceRows:
    """`ids(proofs)` gives row numbers of `frame`, ascending, each once."""

    frame: pl.DataFrame
    _number: Mapping[tuple[str, int], int]  # by source and identity of the object: a hash of its nine fields takes long

    def ids(self, proofs: Iterable[Proof]) -> list[int]:
        """Row numbers for the proofs, which must be those of the entries."""
        return sorted({self._number[source, id(evidence)] for source, evidence in proofs})


def evidence_rows(entries: Iterable[Entry]) -> EvidenceRows:
    """Each proof once, in the order of source, document and record."""
    place: dict[tuple[str, int], _Place] = {}
    found: dict[_Place, Evidence] = {}
    for entry in entries:
        for source, node in entry.said:
            for proofs in (node.evidence, *node.proofs.values()):
                for proof in proofs:
                    known = (source, id(proof))
                    if known not in place:
                        place[known] = (source, proof.document, proof.record or "", proof.words)
                        found.setdefault(place[known], proof)
    ordered = sorted(found)
    number = {spot: row for row, spot in enumerate(ordered)}
    rows = [_row(row, spot[0], found[spot]) for row, spot in enumerate(ordered)]
    return EvidenceRows(table(rows, EVIDENCE), {known: number[spot] for known, spot in place.items()})


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
