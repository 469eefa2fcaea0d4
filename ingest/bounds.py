"""The bounds of a card: a run that says far less than before, or far more of it wrong, is not published."""

from __future__ import annotations

from graph.node import SourceCard
from ingest.partial import Harvest
from ingest.problem import BoundsError


def breached_by(card: SourceCard, found: Harvest) -> list[str]:
    """The bounds that the input breaches by itself, in words."""
    rows = found.records + found.rejected
    breached = []
    if found.records < card.min_records:
        breached.append(f"{found.records} good records, the card asks for at least {card.min_records}")
    if found.rejected > card.max_invalid * rows:
        breached.append(f"{found.rejected} of {rows} rows are rejected, the card allows {card.max_invalid:.1%}")
    return breached


def check_bounds(card: SourceCard, found: Harvest, records_before: int | None) -> None:
    """BoundsError when one is breached. `records_before`: of the last good run, if there was one."""
    breached = breached_by(card, found)
    if records_before is not None and found.records < (1 - card.max_drop) * records_before:
        breached.append(
            f"{found.records} good records after {records_before} last time, the card allows a drop of {card.max_drop:.0%} "
            "(all files of a source are given together; --accept-drop if it is right)"
        )
    if breached:
        message = f"source {card.name}: {'; '.join(breached)}. Nothing was published; mend the input or the card."
        raise BoundsError(message, found.rejects)
