"""The table of evidence, and a look-up from a proof to its row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from graph.columns import EVIDENCE
from graph.merge import Entry, Proof


@dataclass(frozen=True, slots=True)
class EvidenceRows:
    """`ids(proofs)` gives row numbers of `frame`, ascending, each once."""

    frame: pl.DataFrame
    _number: Mapping[Proof, int]

    def ids(self, proofs: Iterable[Proof]) -> list[int]:
        """Row numbers for the proofs."""
        return sorted({self._number[proof] for proof in proofs})


def evidence_rows(entries: Iterable[Entry]) -> EvidenceRows:
    """Each proof once, in the order of source, document and record."""
    found = {proof for entry in entries for proof in _proofs(entry)}
    ordered = sorted(found, key=lambda proof: (proof[0], proof[1].document, proof[1].record or "", repr(proof[1])))
    rows = [
        {
            "evidence": number,
            "document": evidence.document,
            "published": evidence.published and evidence.published.text,
            "retrieved": evidence.retrieved and evidence.retrieved.isoformat(),
            "source": source,
            "record": evidence.record,
            "quote": evidence.quote and evidence.quote.value,
            "method": evidence.method,
            "confidence": float(evidence.confidence),
        }
        for number, (source, evidence) in enumerate(ordered)
    ]
    return EvidenceRows(pl.DataFrame(rows, schema=EVIDENCE), {proof: number for number, proof in enumerate(ordered)})


def _proofs(entry: Entry) -> Sequence[Proof]:
    return [*entry.evidence, *(proof for proofs in entry.proofs.values() for proof in proofs)]
