"""What people said of pairs, as JSON."""

from __future__ import annotations

from datetime import UTC

from api.gap_answers import Said
from api.models import Ref
from api.models_gaps import FeedbackListOut, FeedbackOut
from api.served import Snapshot
from ingest.gap_answers import GapAnswer, node_now


def said_out(snapshot: Snapshot, said: GapAnswer) -> FeedbackOut:
    """One answer."""
    return FeedbackOut(
        id=said.id,
        at=said.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        by=said.by,
        one_key=said.one,
        other_key=said.other,
        one=_ref(snapshot, said.one),
        other=_ref(snapshot, said.other),
        answer=said.answer,
        note=said.note,
    )


def said_page(snapshot: Snapshot, said: Said, offset: int, limit: int) -> FeedbackListOut:
    """Answers in force, the newest first."""
    shown = said.standing[offset : offset + limit]
    more = offset + limit < len(said.standing)
    return FeedbackListOut(
        total=len(said.standing),
        answers=[said_out(snapshot, one) for one in shown],
        next=f"/api/v1/gaps/answers?offset={offset + limit}&limit={limit}" if more else None,
    )


def _ref(snapshot: Snapshot, key: str) -> Ref | None:
    """Where a key leads on this map."""
    node = node_now(snapshot.columns, snapshot.identities, key)
    return None if node is None else snapshot.things.ref(node)
