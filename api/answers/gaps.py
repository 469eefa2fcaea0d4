"""The findings as the doors ask for them: run, shown as JSON, written as a table."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Any
from urllib.parse import quote

from api.answers.gaps_findings import FINDINGS, Ask, most_of
from api.answers.gaps_scope import coverage_out, query_of, scope_out
from api.answers.gaps_shown import Shown
from api.answers.gaps_table import table
from api.models_gaps import GapsOut, PairsOut
from api.served import Snapshot
from graph.columns import Columns
from graph.gaps.answer import Answer
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.ground import ground
from graph.gaps.scope import Scope
from graph.gaps.scoring_model import model
from graph.gaps.why import untold
from graph.gaps.words import Lang

BASE = "/api/v1/gaps"
_NETS, _PREPARING = Lock(), Lock()
_PAGE = 50  # rows, unless a number is asked for


@lru_cache(maxsize=4)
def _net(columns: Columns, scope: Scope) -> Collaboration:
    return collaboration(columns, scope)


def net_of(columns: Columns, scope: Scope) -> Collaboration:
    """The network of a scope, with what was derived from it so far."""
    with _NETS:
        return _net(columns, scope)


def prepared(columns: Columns, scope: Scope) -> Collaboration:
    """The same, with all that scores and reasons stand on: who needs it at the same time waits for it, and the work of
    seconds is done once."""
    net = net_of(columns, scope)
    with _PREPARING:
        model(net)
        ground(net)
    return net


def analysis(columns: Columns, ask: Ask) -> tuple[Answer[Any], int]:
    """The answer, and the year that ages were counted from: seconds of work on a large map."""
    finding = FINDINGS[ask.name]
    plain = net_of(columns, ask.scope)
    silent = untold(plain, ask.name)
    if silent is not None:
        return silent, plain.as_of
    net = prepared(columns, ask.scope) if finding.reasoned else plain
    return finding.run(net, ask), net.as_of


def answer_out(
    snapshot: Snapshot, ask: Ask, found: tuple[Answer[Any], int], offset: int = 0, limit: int = _PAGE
) -> GapsOut:
    """A page of it as JSON."""
    answer, as_of = found
    finding, shown = FINDINGS[ask.name], Shown(snapshot)
    rows = [finding.shape(shown, ask.scope, row) for row in answer.rows[offset : offset + limit]]
    more = offset + limit < len(answer.rows)
    head = {
        "generation": snapshot.generation.number,
        "built": snapshot.generation.manifest.built,
        "scope": scope_out(shown, ask.scope, as_of),
        "coverage": coverage_out(shown, answer.coverage),
        "notes": [shown.sentence(note) for note in answer.notes],
        "empty": None if answer.empty is None else shown.sentence(answer.empty),
        "by": (ask.by or finding.by[0]) if finding.by else None,
        "total": answer.total,
        "at_least": answer.at_least,
        "available": len(answer.rows),
        "most": most_of(ask),
        "offset": offset,
        "limit": limit,
        "next": _page(snapshot, ask, offset + limit, limit) if more else None,
        "csv": _csv(snapshot, ask),
        "rows": rows,
    }
    if finding.model is PairsOut:
        head |= {"of": shown.maybe(ask.actor), "history": list(ask.history)}
    return finding.model(**head, **shown.evidence())


def empty_said(snapshot: Snapshot, found: tuple[Answer[Any], int], lang: Lang) -> str:
    """Why there are no rows, in one language; nothing when there are some."""
    empty = found[0].empty
    return "" if empty is None or found[0].rows else str(getattr(Shown(snapshot).sentence(empty), lang))


def answer_table(snapshot: Snapshot, ask: Ask, found: tuple[Answer[Any], int], limit: int, lang: Lang) -> bytes:
    """The best `limit` rows of it as CSV."""
    shown = answer_out(snapshot, ask, found, 0, limit)
    rows = shown.rows  # type: ignore[attr-defined]  # every one of them has rows
    return table(FINDINGS[ask.name].table, rows, shown.evidence, lang)


def _page(snapshot: Snapshot, ask: Ask, offset: int, limit: int) -> str:
    """Where a page of the same question is answered over HTTP."""
    key = "" if ask.actor is None else f"/{quote(snapshot.columns.key_of[ask.actor])}"
    paging: list[tuple[str, str | int]] = [("offset", offset), ("limit", min(limit, most_of(ask) - offset))]
    return _address(f"{ask.name}{key}", ask, paging)


def _csv(snapshot: Snapshot, ask: Ask) -> str:
    """Where it is answered as a table."""
    return _address(f"{ask.name}.csv", ask, [] if ask.actor is None else [("of", snapshot.columns.key_of[ask.actor])])


def _address(path: str, ask: Ask, more: Sequence[tuple[str, str | int]]) -> str:
    said: list[tuple[str, str | int]] = [("history", one) for one in ask.history if ask.history != ("never",)]
    said += [("by", ask.by)] * bool(ask.by)
    query = query_of(ask.scope, [*said, *more])
    return f"{BASE}/{path}" + (f"?{query}" if query else "")
