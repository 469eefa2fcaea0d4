"""Two organisations on a terminal: who they are, why they should meet, why not, and the records behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.text import Text

from api.commands.gaps_words import Tongue, documents
from api.models import EvidenceOut
from api.models_gaps import ActorOut, GapsOut, IntroductionOut, MissingPairOut, ProofOut, ReasonOut

_NARROWEST: Final = 20  # columns
_PROOFS: Final = 3  # of a reason
_DOCUMENTS: Final = 2  # of a proof
Evidence = dict[int, EvidenceOut]


def pair(out: Console, number: int, row: MissingPairOut, answer: GapsOut, say: Tongue) -> None:
    """A missing pair."""
    facts = [f"{say.word('score')} {say.number(row.score, 2)}", say.value("history", row.history)]
    facts += [f"{say.number(row.km)} km"] * (row.km is not None)
    facts += [f"{say.word('last_active')} {row.last_year}"] * (row.last_year is not None)
    facts += [f"{say.word('said')}: {say.value('answer', row.answer)}"] * (row.answer is not None)
    _ends(out, number, row.a, row.b, facts, say)
    reasons(out, row.reasons, row.against, answer.evidence, say)


def introduction(out: Console, number: int, row: IntroductionOut, answer: GapsOut, say: Tongue) -> None:
    """Two to seat together."""
    facts = [say.value("list", row.list), f"{say.word('score')} {say.number(row.score, 2)}"]
    facts += [f"{say.word('said')}: {say.value('answer', row.answer)}"] * (row.answer is not None)
    _ends(out, number, row.a, row.b, facts, say)
    reasons(out, row.reasons, row.against, answer.evidence, say)


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
    out: Console, why: Sequence[ReasonOut], against: Sequence[ReasonOut], evidence: Evidence, say: Tongue
) -> None:
    """Why, and why not, numbered."""
    line(out, f"{say.word('reasons')}:" if why else say.word("without_reason"), 3)
    for number, reason in enumerate(why, 1):
        line(out, f"{number}. {say.text(reason)}", 5, hang=3)
        proofs(out, reason.proofs, evidence, say, 8)
    line(out, f"{say.word('against')}:" if against else say.word("none_against"), 3, "yellow" if against else "")
    for reason in against:
        line(out, f"! {say.text(reason)}", 5, "yellow", 2)
        proofs(out, reason.proofs, evidence, say, 8)
    out.print()


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
