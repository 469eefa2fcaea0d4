"""The review: which pairs to look at, and what was decided."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal
from urllib.parse import urlencode

from api.answers.review_models import CandidateOut, ChoicesOut, DecisionOut, DecisionsOut, QueueOut
from api.models import Count, Pair
from api.reviewing import Standing
from api.served import Snapshot
from graph.candidate_queue import DIMENSIONS, Wish, choices, open_pairs
from ingest.decision_lines import Decision
from ontology.schema import label
from visualisations.plain import csv_text

_HEADERS = {
    "one": Pair(en="record", sv="post"),
    "one_name": Pair(en="name", sv="namn"),
    "one_kind": Pair(en="kind", sv="typ"),
    "one_country": Pair(en="country", sv="land"),
    "other": Pair(en="other record", sv="annan post"),
    "other_name": Pair(en="name of the other", sv="den andras namn"),
    "other_kind": Pair(en="kind of the other", sv="den andras typ"),
    "other_country": Pair(en="country of the other", sv="den andras land"),
    "score": Pair(en="likeness", sv="likhet"),
    "weight": Pair(en="weight", sv="vikt"),
    "reasons": Pair(en="reasons", sv="skäl"),
}


def queue(snapshot: Snapshot, standing: Standing, wish: Wish, offset: int, limit: int) -> QueueOut:
    """A page of the pairs that are open."""
    found = open_pairs(snapshot.columns, snapshot.identities, standing.pairs, wish)
    everything = open_pairs(snapshot.columns, snapshot.identities, standing.pairs, Wish()).height
    more = offset + limit < found.height
    counted = choices(snapshot.columns, snapshot.identities, standing.pairs, wish)
    return QueueOut(
        total=found.height,
        open=everything,
        decided=len(standing.pairs),
        waiting=standing.waiting,
        offset=offset,
        pairs=[_candidate(snapshot, row) for row in found[offset : offset + limit].iter_rows(named=True)],
        choices=ChoicesOut(
            **{name: [Count(value=value, count=count) for value, count in counted[name]] for name in DIMENSIONS}
        ),
        next=f"/api/v1/review?{_query(wish, offset + limit, limit)}" if more else None,
    )


def _query(wish: Wish, offset: int, limit: int) -> str:
    filters = [(name, value) for name in DIMENSIONS for value in getattr(wish, name)]
    return urlencode([*filters, ("order", wish.order), ("offset", offset), ("limit", limit)])


def _candidate(snapshot: Snapshot, row: dict[str, Any]) -> CandidateOut:
    return CandidateOut(
        one=row["a_key"],
        other=row["b_key"],
        one_thing=snapshot.things.ref(row["a_node"]),
        other_thing=snapshot.things.ref(row["b_node"]),
        one_country=row["a_country"],
        other_country=row["b_country"],
        score=round(row["score"], 4),
        weight=round(row["weight"], 4),
        reasons=row["reasons"],
    )


def queue_table(
    snapshot: Snapshot, standing: Standing, wish: Wish, lang: Literal["en", "sv"], most: int | None = None
) -> bytes:
    """The pairs that the filter leaves, `most` of them or all, as a table like that of the map."""
    lines: list[list[object]] = []
    found = open_pairs(snapshot.columns, snapshot.identities, standing.pairs, wish)
    for row in (found if most is None else found.head(most)).iter_rows(named=True):
        shown = _candidate(snapshot, row)
        held = {name: getattr(shown, name, None) for name in _HEADERS}
        for side, thing in (("one", shown.one_thing), ("other", shown.other_thing)):
            held |= {f"{side}_name": getattr(thing.name, lang), f"{side}_kind": label(thing.kind, lang)}
        lines.append([*held.values()])
    return csv_text((getattr(pair, lang) for pair in _HEADERS.values()), lines).encode()


def decision_out(snapshot: Snapshot, standing: Standing, said: Decision) -> DecisionOut:
    """A decision, and how it stands to this map."""
    move = standing.moves.get(said.id)
    known = snapshot.identities.id_of
    return DecisionOut(
        id=said.id,
        at=said.at.astimezone(UTC).isoformat(timespec="milliseconds"),
        by=said.by,
        one=said.one,
        other=said.other,
        verdict=said.verdict,
        note=said.note,
        built=said.id not in standing.unbuilt,
        moved=dict(move.keys) if move else {},
        unknown=[key for key in said.pair if key not in known],
        one_name=name_of(snapshot, said.one),
        other_name=name_of(snapshot, said.other),
    )


def name_of(snapshot: Snapshot, key: str) -> Pair | None:
    """What the thing of a record is called; None when there is none."""
    node = snapshot.columns.node_of.get(snapshot.identities.id_of.get(key, ""))
    return None if node is None else snapshot.things.name(node)


def decisions_page(
    snapshot: Snapshot, standing: Standing, offset: int, limit: int, verdict: str | None, moved: bool
) -> DecisionsOut:
    """Decisions in force, the newest first; `moved`: only those that moved, or wait for a record."""
    flagged = {*standing.moves, *(held.id for held in standing.settled.waiting)}
    today = datetime.now(UTC).date()
    held = [
        said for said in standing.decisions if verdict in (None, said.verdict) and (not moved or said.id in flagged)
    ]
    shown = held[offset : offset + limit]
    filters = {"verdict": verdict} if verdict else {}
    on = urlencode({**filters, "moved": str(moved).lower(), "offset": offset + limit, "limit": limit})
    return DecisionsOut(
        total=len(held),
        today=sum(said.at.date() == today for said in standing.decisions),
        waiting=standing.waiting,
        decisions=[decision_out(snapshot, standing, said) for said in shown],
        next=f"/api/v1/review/decisions?{on}" if offset + limit < len(held) else None,
    )
