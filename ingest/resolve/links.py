"""Why two records may be one thing: decisions of people and equal strong identifiers; names and home pages stand beside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.fuzz import token_set_ratio

from ingest.resolve.codes import ONE_ONLY
from ingest.resolve.records import Record
from ontology.schema import exclude

PEOPLE, NAME = 100, 10
# The strongest first: what names exactly one thing, then what a group of companies may share.
STRENGTH: Mapping[str, int] = {
    "ror": 90,
    "lei": 85,
    "orgNumber": 80,
    "cordisPic": 75,
    "isni": 72,
    "wikidata": 70,
    "grid": 65,
    "grantNumber": 60,
    "vatNumber": 50,
}
_LIKE = 80.0  # how alike two names must be, 0 to 100, that share a number which one source gives to several records
MOST_HOLDERS = 40


@dataclass(frozen=True, slots=True)
class Link:
    """Two records (`a` < `b`) that are one thing for the reason `rule`, unless a stronger link says otherwise."""

    strength: int
    a: str
    b: str
    rule: str
    value: str = ""


@dataclass(frozen=True, slots=True)
class Conflict:
    """Two records (`a` < `b`) that something joins and something else keeps apart; for people to decide."""

    a: str
    b: str
    reason: str


def pair_of(one: Record, other: Record) -> tuple[str, str]:
    """Their keys, sorted."""
    return (one.key, other.key) if one.key < other.key else (other.key, one.key)


def links_by_code(records: Iterable[Record]) -> tuple[list[Link], list[Conflict]]:
    """Links by equal identifiers.

    When one source gives a number to several of its records (the VAT number of a group), the number joins only records
    whose names are alike; the others are conflicts.
    """
    holders: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        for scheme, codes in record.codes.items():
            for code in codes:
                holders.setdefault((scheme, code), []).append(record)
    links: list[Link] = []
    conflicts: list[Conflict] = []
    for (scheme, code), held in sorted(holders.items()):
        if len(held) > 1:
            shared = is_shared(held) or scheme == "grantNumber"
            for one, other in combinations(held[:MOST_HOLDERS], 2):
                if exclude(one.kind, other.kind) or told_apart(one, other):
                    continue
                if shared and not alike(one, other):
                    reason = f"{scheme} {code} is given to both, but their names differ"
                    conflicts.append(Conflict(*pair_of(one, other), reason))
                else:
                    links.append(Link(STRENGTH[scheme], *pair_of(one, other), scheme, code))
    return links, conflicts


def is_shared(held: Sequence[Record]) -> bool:
    """Whether one source has several of them."""
    return max(Counter(source for record in held for source in record.sources).values()) > 1


def told_apart(one: Record, other: Record) -> bool:
    """Whether one source gives the two different numbers of a scheme in which a thing has one: then it knows them apart."""
    return not set(one.sources).isdisjoint(other.sources) and any(
        not one.codes[scheme] & other.codes[scheme]
        for scheme in ONE_ONLY
        if scheme in one.codes and scheme in other.codes
    )


def alike(one: Record, other: Record) -> bool:
    """Whether a name of one is nearly a name of the other."""
    return any(
        a.core == b.core or (token_set_ratio(a.core, b.core) >= _LIKE and min(a.words, b.words) > 1)
        for a in one.names
        for b in other.names
    )
