"""What is known of two organisations, as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, cast

import numpy as np

from api.answers.gaps import prepared
from api.answers.gaps_rows import pair_of
from api.answers.gaps_scope import coverage_out, scope_out
from api.answers.gaps_shown import Shown, exact, rounded
from api.models_gaps import AnswerWord, BridgeOut, ExplainOut, TieOut
from api.served import Snapshot
from graph.columns import Columns
from graph.gaps.answer import Answer
from graph.gaps.collaboration import Collaboration
from graph.gaps.coverage import absence, coverage
from graph.gaps.explain import Bridge, Explanation, TieSeen, explain
from graph.gaps.pairs import EXCLUDING
from graph.gaps.scope import TIES, Scope

State = Literal["linked", "acquainted", "lapsed", "missing", "answered"]


@dataclass(frozen=True)
class Two:
    """A question: two node ids; `answers` and `stamp` are as in `gaps_findings.Ask`."""

    scope: Scope
    a: int
    b: int
    stamp: str = ""
    answers: Mapping[tuple[int, int], str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Known:
    """What was found: the explanation, and an answer without rows for its coverage."""

    told: Explanation
    around: Answer[None]
    as_of: int


def known(columns: Columns, two: Two) -> Known:
    """Look. ActorError when roll-up makes one of the two."""
    net = prepared(columns, two.scope)
    return Known(explain(net, two.a, two.b, dict(two.answers)), _around(net, two), net.as_of)


def _around(net: Collaboration, two: Two) -> Answer[None]:
    mask = np.isin(net.nodes, [two.a, two.b])
    held = coverage(net, mask)
    return Answer(net.scope, held, (), 0, (absence(held),))


def explain_out(snapshot: Snapshot, two: Two, found: Known) -> ExplainOut:
    """As JSON."""
    shown, told = Shown(snapshot), found.told
    said = two.answers.get((two.a, two.b), two.answers.get((two.b, two.a)))
    head = {
        "generation": snapshot.generation.number,
        "built": snapshot.generation.manifest.built,
        "scope": scope_out(shown, two.scope, found.as_of),
        "a": shown.actor(two.a),
        "b": shown.actor(two.b),
        "state": _state(told, said),
        "ties": [_tie(shown, tie) for tie in told.ties],
        "strength": exact(told.strength),
        "between": [_bridge(shown, one) for one in told.through],
        "between_total": told.bridges,
        "pair": None if told.pair is None else pair_of(shown, two.scope, told.pair),
        "answer": cast("AnswerWord | None", said),
        "coverage": coverage_out(shown, found.around.coverage),
        "notes": [shown.sentence(note) for note in (*found.around.notes, *told.notes)],
    }
    return ExplainOut(**head, **shown.evidence())


def _state(told: Explanation, said: str | None) -> State:
    if told.pair is not None and said in EXCLUDING:
        return "answered"
    if told.pair is not None:
        return "lapsed" if told.pair.history == "lapsed" else "missing"
    return "linked" if any(tie.tie in TIES for tie in told.ties) else "acquainted"


def _tie(shown: Shown, tie: TieSeen) -> TieOut:
    return TieOut(
        tie=shown.word("tie", tie.tie),
        thing=None if tie.thing is None else shown.snapshot.things.ref(tie.thing),
        start=tie.start,
        end=tie.end,
        partners=tie.actors,
        strength=rounded(tie.weight),
        proofs=shown.proofs(tie.proofs),
        roles_a=[],
        roles_b=[],
    )


def _bridge(shown: Shown, one: Bridge) -> BridgeOut:
    ref = shown.snapshot.things.ref
    return BridgeOut(
        actor=shown.actor(one.partner),
        strength_a=exact(one.strength_a),
        strength_b=exact(one.strength_b),
        thing_a=None if one.thing_a is None else ref(one.thing_a),
        thing_b=None if one.thing_b is None else ref(one.thing_b),
        proofs=shown.proofs(one.proofs),
    )
