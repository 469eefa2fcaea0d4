"""Ways between two organisations as a table: one line for each thing in which the two ends of a step met."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from api.answers.gaps_table import Column, Columns, In, actor, documents, named, plain, table
from api.models_gaps import ActorOut, HopOut, PathsOut, TieOut
from graph.gaps.words import Lang
from ontology.terms import SCHEMES

Section = Literal["way", "introduction"]


@dataclass(frozen=True)
class _Line:
    """`number` of the way, or of the organisation that could introduce; `step` counts from 1."""

    section: Section
    number: int
    step: int
    a: ActorOut
    b: ActorOut
    tie: str
    tied: TieOut


def paths_table(answer: PathsOut, lang: Lang) -> bytes:
    """The ways, then those who could introduce, with the records of each step; CSV as every table."""
    return table(_COLUMNS, _lines(answer), answer.evidence, lang)


def _lines(answer: PathsOut) -> Iterator[_Line]:
    for number, path in enumerate(answer.paths, 1):
        yield from _steps("way", number, path.hops)
    for number, one in enumerate(answer.between, 1):
        yield from _steps("introduction", number, [one.to_a, one.to_b])


def _steps(section: Section, number: int, hops: list[HopOut]) -> Iterator[_Line]:
    for step, hop in enumerate(hops, 1):
        for tied in hop.ties:
            yield _Line(section, number, step, hop.a, hop.b, tied.tie.value, tied)


def _thing(given: In) -> object:
    held: TieOut = given.row.tied
    return None if held.thing is None else given.text(held.thing.name)


def _key(given: In) -> object:
    held: TieOut = given.row.tied
    return None if held.thing is None else held.thing.key


def _roles(side: Literal["a", "b"]) -> Column:
    def made(given: In) -> object:
        held: TieOut = given.row.tied
        slugs = held.roles_a if side == "a" else held.roles_b
        return [_role(slug, given.lang) for slug in slugs]

    return (f"{side}_roles", made)


def _role(slug: str, lang: Lang) -> str:
    term = SCHEMES["role"].get(slug)
    return slug if term is None else term.label_en if lang == "en" else term.label_sv


def _records(given: In) -> object:
    found = (given.evidence.get(number) for proof in given.row.tied.proofs for number in proof.evidence)
    return list(dict.fromkeys(one.record for one in found if one is not None and one.record))


_COLUMNS: Final[Columns] = (
    *named("section", "section"),
    *plain("number", "step"),
    *actor("a"),
    *actor("b"),
    *named("tie", "tie"),
    ("thing", _key),
    ("thing_name", _thing),
    ("start", lambda given: given.row.tied.start),
    ("end", lambda given: given.row.tied.end),
    _roles("a"),
    _roles("b"),
    ("strength", lambda given: given.row.tied.strength),
    *documents("tied.proofs"),
    ("records", _records),
)
