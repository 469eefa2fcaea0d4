"""`cleantech gaps paths`: how two organisations hang together, on the command line."""

from __future__ import annotations

import sys
from typing import Annotated

import typer
from rich.console import Console

from api.answers.gaps_paths import Way, paths_out, ways
from api.commands.failure import TypedError
from api.commands.gaps_blocks import line, proofs, whole
from api.commands.gaps_desk import Desk, as_json, put, told
from api.commands.gaps_options import Given, Printed
from api.commands.gaps_show import console, rests
from api.commands.gaps_words import Tongue
from api.models import EvidenceOut
from api.models_gaps import HopOut, PathsOut, TieOut
from graph.gaps.routes import By

_TIES = 3  # of a hop
_MOST = 20

One = Annotated[str, typer.Argument(metavar="A", help="An organisation by its key, such as kth.")]
Other = Annotated[str, typer.Argument(metavar="B", help="Another one.")]
Ways = Annotated[int, typer.Option("--ways", metavar="N", min=1, max=_MOST, help="How many ways at most.")]
ByOption = Annotated[By, typer.Option("--by", help="shortest: fewest steps; strongest: the strongest ties.")]
Evidence = dict[int, EvidenceOut]


def paths(one: One, other: Other, given: Given, printed: Printed, k: Ways = 3, by: ByOption = "shortest") -> None:
    """Ways from one organisation to another over ties, with the records of every step, and who could introduce them."""
    with told("paths"):
        if printed.shape == "csv" or (printed.out and printed.shape == "table"):
            raise TypedError("ways are printed as text or as json; say --format json for a file")
        desk = Desk.open(printed.data)
        a, b = ends(desk, one, other)
        way = Way(given.scope(desk.snapshot.columns), a, b, k, by)
        answer = paths_out(desk.snapshot, way, ways(desk.snapshot.columns, way))
        if printed.shape == "json":
            put(printed, as_json(answer))
            return
        _show(console(), answer, Tongue(printed.lang))


def ends(desk: Desk, one: str, other: str) -> tuple[int, int]:
    """The node ids of two organisations; TypedError."""
    a, b = desk.organisation(one), desk.organisation(other)
    if a == b:
        raise TypedError(f"{one} and {other} are the same organisation; name two")
    return a, b


def _show(out: Console, answer: PathsOut, say: Tongue) -> None:
    for number, path in enumerate(answer.paths, 1):
        line(out, f"{say.word('way')} {number} · {say.word('strength')} {say.number(path.strength, 3)}", 0, "bold")
        line(out, say.actor(path.hops[0].a), 2)
        for hop in path.hops:
            hop_shown(out, hop, answer.evidence, say, 4)
            line(out, say.actor(hop.b), 2)
        out.print()
    if answer.between:
        line(out, f"{say.word('between')}:", 0, "bold")
        for one in answer.between:
            strength = f"{say.word('strength')} {say.number(one.strength, 3)}"
            line(out, f"{say.actor(one.actor)} · {strength}", 2, hang=2)
            whole(out, one.actor.path, 4, "cyan")
        out.print()
    sys.stdout.flush()
    beside = console(error=True)
    if answer.empty is not None:
        line(beside, say.text(answer.empty), 0, "bold")
    rests(beside, answer.coverage, answer.notes, say)


def hop_shown(out: Console, hop: HopOut, evidence: Evidence, say: Tongue, depth: int) -> None:
    """What ties two, the strongest first."""
    line(out, f"↓ {say.word('strength')} {say.number(hop.strength, 3)}", depth)
    for tie in hop.ties[:_TIES]:
        tie_shown(out, tie, evidence, say, depth + 2)
    if len(hop.ties) > _TIES:
        line(out, say.word("more", n=say.number(len(hop.ties) - _TIES)), depth + 2, "dim")


def tie_shown(out: Console, tie: TieOut, evidence: Evidence, say: Tongue, depth: int) -> None:
    """One thing in which two met, with its years and documents."""
    years = "–".join(str(year) for year in dict.fromkeys((tie.start, tie.end)) if year is not None)
    name = "" if tie.thing is None else f": {say.text(tie.thing.name)}"
    line(out, f"{say.text(tie.tie.name)}{name}{f' ({years})' if years else ''}", depth, hang=2)
    proofs(out, tie.proofs, evidence, say, depth + 2)
