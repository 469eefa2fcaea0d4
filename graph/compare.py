"""Two things side by side, and what would become of the map if they were one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

import polars as pl

from graph.columns import Columns
from graph.profile import Link, Profile, profile
from ontology.schema import exclude, is_a

# Equal values of one of these speak for one thing. Of some a thing has one value only, so that two are two things.
STRONG = ("orgNumber", "vatNumber", "cordisPic", "ror", "lei", "wikidata")
_ONE_ONLY = frozenset({"orgNumber", "ror", "lei", "wikidata", "grantNumber"})
_OF_EFFORTS = ("grantNumber", "identifier")


@dataclass(frozen=True, slots=True)
class Sum:
    """Money of one direction in one currency, each relation once; rounds that hold other amounts count once, too."""

    currency: str
    amount: Decimal
    relations: int


@dataclass(frozen=True)
class Side:
    """One thing, as the review needs it; numbers are node ids."""

    known: Profile
    kind: str
    columns: Columns

    @classmethod
    def of(cls, columns: Columns, node: int) -> Side:
        """The thing in this row of `nodes`."""
        known = profile(columns, columns.key_of[node])
        if known is None:  # pragma: no cover - the node comes from the same columns
            raise KeyError(node)
        return cls(known, columns.nodes["kind"][node], columns)

    @cached_property
    def values(self) -> Mapping[str, list[str]]:
        """The plain values by property, in the order of the source."""
        held: dict[str, list[str]] = {}
        for fact in self.known.facts:
            held.setdefault(fact.property, []).append(fact.value)
        return held

    @cached_property
    def partners(self) -> frozenset[int]:
        """Who it works with."""
        return frozenset(one.node for one in self.known.collaborators)

    @cached_property
    def ties(self) -> Mapping[str, int]:
        """How many relations it stands in, by tie, each once."""
        keys = {(link.tie, link.key) for link in (*self.known.relations, *self.known.sites)}
        counted: dict[str, int] = {}
        for tie, _ in sorted(keys):
            counted[tie] = counted.get(tie, 0) + 1
        return counted

    @cached_property
    def efforts(self) -> frozenset[int]:
        """What it takes part in, memberships apart."""
        return frozenset(
            link.other
            for link in self.known.relations
            if link.tie == "participation" and link.property != "inEffort" and link.other is not None
        )

    @property
    def money_in(self) -> tuple[Sum, ...]:
        """What it was given, by currency."""
        return _sums(self.known.money_in)

    @property
    def money_out(self) -> tuple[Sum, ...]:
        """What it gave, by currency."""
        return _sums(self.known.money_out)


@dataclass(frozen=True, slots=True)
class Clash:
    """An identifier that both have with other values."""

    property: str
    one: tuple[str, ...]
    other: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a merge would do. `between`: relations that join the two, and would fall away; `together`: efforts in which
    both stand, each for itself, which speaks against it; `shared`: partners of both; `new_for_*`: partners that each
    would win from the other; `agree`: identifiers that are equal; `kinds_fit`: whether the kinds allow it at all."""

    between: int
    together: tuple[int, ...]
    shared: tuple[int, ...]
    new_for_one: tuple[int, ...]
    new_for_other: tuple[int, ...]
    agree: tuple[str, ...]
    clashes: tuple[Clash, ...]
    kinds_fit: bool


def effect(one: Side, other: Side) -> Effect:
    """What would change if they were one thing; nothing when they are already."""
    a, b = one.known.node, other.known.node
    relations = one.columns.relations
    joint = ((pl.col("a") == a) & (pl.col("b") == b)) | ((pl.col("a") == b) & (pl.col("b") == a))
    mine, theirs = one.partners - {b}, other.partners - {a}
    found = list(_identifiers(one, other))
    agree = tuple(name for name, held, said in found if set(held) & set(said))
    clashes = tuple(Clash(name, held, said) for name, held, said in found if name not in agree and name in _ONE_ONLY)
    return Effect(
        between=relations.filter(joint)["key"].n_unique(),
        together=_ordered(one.columns, one.efforts & other.efforts) if a != b else (),
        shared=_ordered(one.columns, mine & theirs),
        new_for_one=_ordered(one.columns, theirs - mine),
        new_for_other=_ordered(one.columns, mine - theirs),
        agree=agree,
        clashes=clashes,
        kinds_fit=not exclude(one.kind, other.kind),
    )


def _identifiers(one: Side, other: Side) -> Iterable[tuple[str, tuple[str, ...], tuple[str, ...]]]:
    efforts = is_a(one.kind, "JointEffort") and is_a(other.kind, "JointEffort")
    for name in (*STRONG, *(_OF_EFFORTS if efforts else ())):
        held, said = one.values.get(name), other.values.get(name)
        if held and said:
            yield name, tuple(held), tuple(said)


def _ordered(columns: Columns, nodes: Iterable[int]) -> tuple[int, ...]:
    """The best connected first."""
    degree = columns.nodes["degree"]
    return tuple(sorted(nodes, key=lambda node: (-degree[node], node)))


def _sums(links: Iterable[Link]) -> tuple[Sum, ...]:
    held: dict[str, list[Decimal]] = {}
    for link in links:
        if link.amount is not None and link.currency is not None and link.part_of is None:
            held.setdefault(link.currency, []).append(Decimal(link.amount))
    return tuple(Sum(currency, sum(amounts, Decimal(0)), len(amounts)) for currency, amounts in sorted(held.items()))
