"""Evidence and the sources that it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from api.models import EvidenceOut, Pair, SourceOf
from api.served import Snapshot


def evidence_of(snapshot: Snapshot, rows: Iterable[int]) -> dict[int, EvidenceOut]:
    """By row number."""
    wanted = sorted(set(rows))
    table = snapshot.columns.evidence[wanted]
    found = {}
    for row in table.iter_rows(named=True):
        number = row.pop("evidence")
        confidence = row.pop("confidence")
        shown = None if confidence is None else round(confidence, 3)
        found[number] = EvidenceOut(**row, host=_host(row["document"]), confidence=shown)
    return found


def sources_of(snapshot: Snapshot, evidence: Iterable[EvidenceOut]) -> dict[str, SourceOf]:
    """Title and licence of the sources that some evidence names."""
    named = {one.source for one in evidence}
    return {
        source.name: SourceOf(title=Pair(en=source.title["en"], sv=source.title["sv"]), licence=source.licence)
        for source in snapshot.generation.manifest.sources
        if source.name in named
    }


def _host(document: str | None) -> str | None:
    try:
        return (urlsplit(document).hostname or "").removeprefix("www.") or None if document else None
    except ValueError:
        return None
