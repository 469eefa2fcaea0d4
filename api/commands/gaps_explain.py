"""`cleantech gaps explain`: what is known of two organisations, on the command line."""

from __future__ import annotations

import sys

from rich.console import Console

from api.answers.gaps_explain import Two, explain_out, known
from api.commands.failure import TypedError
from api.commands.gaps_blocks import line, proofs, reasons, whole
from api.commands.gaps_desk import Desk, as_json, put, told
from api.commands.gaps_options import Given, Printed
from api.commands.gaps_pair import One, Other, ends, tie_shown
from api.commands.gaps_show import console, rests
from api.commands.gaps_words import Tongue
from api.models_gaps import BridgeOut, ExplainOut
from graph.gaps.known import ActorError

_TIES = 10
_BETWEEN = 5


def explain(one: One, other: Other, given: Given, printed: Printed) -> None:
    """What ties two organisations, with the records; where nothing does, what speaks for and against that they meet."""
    with told("explain"):
        if printed.shape == "csv" or (printed.out and printed.shape == "table"):
            raise TypedError("this is printed as text or as json; say --format json for a file")
        desk = Desk.open(printed.data)
        two = Two(given.scope(desk.snapshot.columns), *ends(desk, one, other), desk.said.stamp, desk.said.answers)
        try:
            answer = explain_out(desk.snapshot, two, known(desk.snapshot.columns, two))
        except ActorError as error:
            raise TypedError(f"rolled up, {one} and {other} are one organisation; leave --rollup out") from error
        if printed.shape == "json":
            put(printed, as_json(answer))
        else:
            _show(console(), answer, Tongue(printed.lang))


def _show(out: Console, answer: ExplainOut, say: Tongue) -> None:
    line(out, say.actor(answer.a), 0, "bold")
    line(out, say.actor(answer.b), 0, "bold")
    facts = [say.value("state", answer.state)]
    facts += [f"{say.word('strength')} {say.number(answer.strength, 3)}"] * bool(answer.ties)
    facts += [f"{say.word('said')}: {say.value('answer', answer.answer)}"] * (answer.answer is not None)
    line(out, " · ".join(facts), 0)
    whole(out, f"{answer.a.path}  {answer.b.path}", 0, "cyan")
    if answer.ties:
        line(out, f"{say.word('met')}:", 0)
    for tie in answer.ties[:_TIES]:
        tie_shown(out, tie, answer.evidence, say, 2)
    if len(answer.ties) > _TIES:
        line(out, say.word("more", n=say.number(len(answer.ties) - _TIES)), 2, "dim")
    if answer.pair is not None:
        reasons(out, answer.pair.reasons, answer.pair.against, answer.evidence, say)
    if answer.between:
        line(out, f"{say.word('between')}:", 0)
    for bridge in answer.between[:_BETWEEN]:
        _bridge(out, bridge, answer, say)
    if answer.between_total > _BETWEEN:
        line(out, say.word("more", n=say.number(answer.between_total - _BETWEEN)), 2, "dim")
    out.print()
    sys.stdout.flush()
    rests(console(error=True), answer.coverage, answer.notes, say)


def _bridge(out: Console, bridge: BridgeOut, answer: ExplainOut, say: Tongue) -> None:
    strengths = f"{say.number(bridge.strength_a, 3)} / {say.number(bridge.strength_b, 3)}"
    line(out, f"{say.actor(bridge.actor)} · {say.word('strength')} {strengths}", 2, hang=2)
    proofs(out, bridge.proofs, answer.evidence, say, 4)
