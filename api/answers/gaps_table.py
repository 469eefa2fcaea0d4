"""The findings as tables for a spreadsheet: one line a row, sentences joined by " | ", things as keys and names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import Any, TypeAlias

from api.answers.gaps_words import header, word, words
from api.models import EvidenceOut, Pair
from api.models_gaps import ActorOut, Choice, ProofOut, RoleOut
from graph.gaps.words import Lang
from visualisations.plain import csv_text

Evidence = Mapping[int, EvidenceOut]


@dataclass(frozen=True)
class In:
    """What a cell is made with."""

    row: Any
    lang: Lang
    evidence: Evidence

    def text(self, pair: Pair | None) -> str | None:
        """In the language of the table."""
        return None if pair is None else str(getattr(pair, self.lang))


Column: TypeAlias = tuple[str, Callable[[In], object]]
Columns: TypeAlias = tuple[Column, ...]


def table(columns: Sequence[Column], rows: Iterable[Any], evidence: Evidence, lang: Lang) -> bytes:
    """UTF-8 without a mark, RFC 4180; cells that look like formulas begin with an apostrophe."""
    given = (In(row, lang, evidence) for row in rows)
    lines = ([make(one) for _, make in columns] for one in given)
    return csv_text((getattr(header(name), lang) for name, _ in columns), lines).encode()


def plain(*names: str) -> Columns:
    """Fields as they are."""
    return tuple((name, _field(name)) for name in names)


def _field(name: str) -> Callable[[In], object]:
    get = attrgetter(name)
    return lambda given: get(given.row)


def named(name: str, sort: str) -> Columns:
    """A value of a vocabulary, by its name."""
    get = attrgetter(name)

    def made(given: In) -> object:
        value = get(given.row)
        return None if value is None else given.text(word(sort, value))

    return ((name, made),)


def actor(name: str) -> Columns:
    """An organisation: key, name, type, place, country."""
    get = attrgetter(name)

    def of(part: Callable[[In, ActorOut], object]) -> Callable[[In], object]:
        def made(given: In) -> object:
            held: ActorOut | None = get(given.row)
            return None if held is None else part(given, held)

        return made

    return (
        (f"{name}_key", of(lambda _, held: held.key)),
        (f"{name}_name", of(lambda given, held: given.text(held.name))),
        (f"{name}_type", of(lambda given, held: given.text(held.type.name))),
        (f"{name}_place", of(lambda given, held: given.text(held.place.name) if held.place else None)),
        (f"{name}_country", of(lambda _, held: held.country)),
    )


def choice(field: str, name: str = "") -> Columns:
    """A technology, a region or a type: its value and its name."""
    get, name = attrgetter(field), name or field

    def value(given: In) -> object:
        held: Choice | None = get(given.row)
        return None if held is None else held.value

    def shown(given: In) -> object:
        held: Choice | None = get(given.row)
        return None if held is None else given.text(held.name)

    return ((name, value), (f"{name}_name", shown))


def group(name: str) -> Columns:
    """Actors of one type in one region."""
    kind = attrgetter(f"{name}.type")

    def type_of(given: In) -> object:
        held: Choice | None = kind(given.row)
        return None if held is None else given.text(held.name)

    region, region_name = choice(f"{name}.region", f"{name}_region")
    outside = attrgetter(f"{name}.outside")

    def name_of(given: In) -> object:
        return given.text(word("reach", "outside")) if outside(given.row) else region_name[1](given)

    return (
        region,
        (region_name[0], name_of),
        (f"{name}_type", type_of),
        (f"{name}_actors", _field(f"{name}.actors")),
    )


def sentences(*names: str) -> Columns:
    """Reasons, or one sentence, in words."""

    def of(name: str) -> Callable[[In], object]:
        get = attrgetter(name)

        def made(given: In) -> object:
            held = get(given.row)
            return [given.text(one) for one in held] if isinstance(held, list) else given.text(held)

        return made

    return tuple((name, of(name)) for name in names)


def choices(name: str) -> Columns:
    """Several values by their names."""
    get = attrgetter(name)
    return ((name, lambda given: [given.text(one.name) for one in get(given.row)]),)


def parts() -> Columns:
    """What a score is made of."""
    return (
        (
            "parts",
            lambda given: [f"{given.text(word('part', name))} {value:g}" for name, value in given.row.parts.items()],
        ),
    )


def documents(*names: str) -> Columns:
    """The addresses of the documents behind a row, each once."""

    def made(given: In) -> object:
        found: dict[str, None] = {}
        for name in names:
            for one in attrgetter(name)(given.row):
                for proof in [one] if isinstance(one, ProofOut) else one.proofs:
                    found |= dict.fromkeys(_addresses(proof, given.evidence))
        return list(found)

    return (("documents", made),)


def _addresses(proof: ProofOut, evidence: Evidence) -> Iterable[str]:
    return (address for number in proof.evidence if number in evidence and (address := evidence[number].document))


def roles() -> Columns:
    """Two columns for each role of a broker."""

    def of(name: str, part: str) -> Callable[[In], object]:
        def made(given: In) -> object:
            held: list[RoleOut] = given.row.roles
            return next((getattr(one, part) for one in held if one.role.value == name), None)

        return made

    return tuple(
        (f"{name}{end}", of(name, part)) for name in words("role") for part, end in (("count", ""), ("z", "_z"))
    )


def links() -> Columns:
    """Two columns for each stage of a chain; empty where the sources do not show the stage."""

    def of(name: str, part: str) -> Callable[[In], object]:
        def made(given: In) -> object:
            return next((getattr(one, part) for one in given.row.links if one.stage.value == name and one.known), None)

        return made

    return tuple(
        (f"{name}{end}", of(name, part)) for name in words("stage") for part, end in (("actors", ""), ("tied", "_tied"))
    )
