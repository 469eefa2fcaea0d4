"""Two organisations on a terminal: who they are, why they should meet, why not, and the records behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from api.commands.gaps_words import DASH, Tongue, documents
from api.models import EvidenceOut
from api.models_gaps import ActorOut, GapsOut, IntroductionOut, MissingPairOut, ProofOut, ReasonOut

_NARROWEST: Final = 20  # columns
_REASONS: Final = 4  # of a pair, unless all are asked for
_PROOFS: Final = 3  # of a reason
_DOCUMENTS: Final = 2  # of a proof
Evidence = dict[int, EvidenceOut]


def pair(out: Console, number: int, row: MissingPairOut, answer: GapsOut, say: Tongue, long: bool) -> None:
    """A missing pair."""
    facts = [f"{say.word('score')} {say.number(row.score, 2)}", say.value("history", row.history)]
    facts += [f"{say.number(row.km)} km"] * (row.km is not None)
    if row.last_year is not None:
        years = {"year_a": str(row.last_year_a or DASH), "year_b": str(row.last_year_b or DASH)}
        facts.append(say.word("years_active", a=say.text(row.a.name), b=say.text(row.b.name), **years))
    facts += [f"{say.word('said')}: {say.value('answer', row.answer)}"] * (row.answer is not None)
    _ends(out, number, row.a, row.b, facts, say)
    reasons(out, row.reasons, row.against, answer.evidence, say, long=long)


def introduction(out: Console, number: int, row: IntroductionOut, answer: GapsOut, say: Tongue, long: bool) -> None:
    """Two to seat together."""
    facts = [say.value("list", row.list), f"{say.word('score')} {say.number(row.score, 2)}"]
    facts += [f"{say.word('said')}: {say.value('answer', row.answer)}"] * (row.answer is not None)
    _ends(out, number, row.a, row.b, facts, say)
    reasons(out, row.reasons, row.against, answer.evidence, say, long=long)


def line(out: Console, text: str, depth: int, style: str = "", hang: int = 0) -> None:
    """A paragraph, indented; its further lines by `hang` more."""
    first = True
    for part in Text(text).wrap(out, max(_NARROWEST, out.width - depth - hang)):
        out.print(Text(" " * (depth + (0 if first else hang)) + part.plain.rstrip(), style=style), soft_wrap=True)
        first = False


def whole(out: Console, text: str, depth: int, style: str = "") -> None:
    """A line that is never broken, such as an address."""
    out.print(Text(" " * depth + text, style=style), soft_wrap=True)


def _ends(out: Console, number: int, a: ActorOut, b: ActorOut, facts: Sequence[str], say: Tongue) -> None:
    mark = f"{number}."
    line(out, f"{mark} {say.actor(a)}", 0, "bold", len(mark) + 1)
    line(out, say.actor(b), len(mark) + 1, "bold")
    line(out, " · ".join(facts), len(mark) + 1)
    line(out, f"{a.path}  {b.path}", len(mark) + 1, "cyan")


def reasons(
    out: Console,
    why: Sequence[ReasonOut],
    against: Sequence[ReasonOut],
    evidence: Evidence,
    say: Tongue,
    *,
    long: bool = True,
) -> None:
    """Why, and why not, numbered; unless it is `long` the first four of each, with one record each."""
    record = proofs if long else _one_record
    shown = len(why) if long else _REASONS
    line(out, f"{say.word('reasons')}:" if why else say.word("without_reason"), 3)
    for number, reason in enumerate(why[:shown], 1):
        line(out, f"{number}. {say.text(reason)}", 5, hang=3)
        record(out, reason.proofs, evidence, say, 8)
    if len(why) > shown:
        line(out, f"{say.word('more', n=say.number(len(why) - shown))} (--long)", 5, "dim")
    line(out, f"{say.word('against')}:" if against else say.word("none_against"), 3, "yellow" if against else "")
    for reason in against:
        line(out, f"! {say.text(reason)}", 5, "yellow", 2)
        record(out, reason.proofs, evidence, say, 8)
    out.print()


def _one_record(out: Console, held: Sequence[ProofOut], evidence: Evidence, say: Tongue, depth: int) -> None:
    """The first document behind a statement, or the page of the first thing where there is none."""
    found = next((address for proof in held for address in documents(proof, evidence)), None)
    if found is not None:
        whole(out, found, depth, "dim")
    elif held:
        whole(out, f"{say.text(held[0].thing.name)}  {held[0].thing.path}", depth, "dim")


def proofs(out: Console, held: Sequence[ProofOut], evidence: Evidence, say: Tongue, depth: int) -> None:
    """The records behind a statement: page and documents of the first things, each once."""
    things = {proof.thing.key: proof.thing for proof in held}
    for key, thing in list(things.items())[:_PROOFS]:
        found = [one for proof in held if proof.thing.key == key for one in documents(proof, evidence)]
        whole(out, f"{say.text(thing.name)}  {thing.path}", depth, "dim")
        for address in list(dict.fromkeys(found))[:_DOCUMENTS]:
            whole(out, address, depth + 2, "dim")
    if len(things) > _PROOFS:
        line(out, say.word("more", n=say.number(len(things) - _PROOFS)), depth, "dim")
