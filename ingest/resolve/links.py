"""Why two records may be one thing: decisions of people, equal strong identifiers, equal legal names in one place."""

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
_MOST_HOLDERS = 40
_MOST_NAMESAKES = 40


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


def _pair(one: Record, other: Record) -> tuple[str, str]:
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
            shared = _is_shared(held) or scheme == "grantNumber"
            for one, other in combinations(held[:_MOST_HOLDERS], 2):
                if exclude(one.kind, other.kind) or told_apart(one, other):
                    continue
                if shared and not alike(one, other):
                    reason = f"{scheme} {code} is given to both, but their names differ"
                    conflicts.append(Conflict(*_pair(one, other), reason))
                else:
                    links.append(Link(STRENGTH[scheme], *_pair(one, other), scheme, code))
    return links, conflicts


def _is_shared(held: Sequence[Record]) -> bool:
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


def links_by_name(records: Iterable[Record]) -> list[Link]:
    """Links by equal names in one country whose legal forms and places agree."""
    namesakes: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        if record.is_organisation:
            for core in {name.core for name in record.names}:
                for country in record.countries or {""}:
                    namesakes.setdefault((core, country), []).append(record)
        else:
            for core in {name.core for name in record.names if name.words > 2}:
                for year in record.years:
                    namesakes.setdefault((core, str(year)), []).append(record)
    links: set[Link] = set()
    for (core, _), held in namesakes.items():
        if 1 < len(held) <= _MOST_NAMESAKES:
            alone = not _is_shared(held)
            for one, other in combinations(held, 2):
                if exclude(one.kind, other.kind) or told_apart(one, other):
                    continue
                rule = _agree(one, other, core, alone) if one.is_organisation else "name and year"
                if rule:
                    links.add(Link(NAME, *_pair(one, other), rule))
    return sorted(links, key=lambda link: (link.a, link.b, link.rule))


def _agree(one: Record, other: Record, core: str, alone: bool) -> str:
    """The rule by which two organisations of one name in one country are one; empty when there is none.

    A form that only one of them gives does not tell them apart when the name has two words or more. Without a town in
    common, an equal home page does; without a town at all, that no source has another one of that name in the country.
    """
    names = [[name for name in record.names if name.core == core] for record in (one, other)]
    forms = [{name.form for name in held} for held in names]
    same_form = bool(forms[0] & forms[1])
    several = " " in core
    if not same_form and not (several and {""} in forms and all(name.is_plain for held in names for name in held)):
        return ""
    if one.towns & other.towns:
        return "name and town" if same_form else "name without form and town"
    if one.hosts & other.hosts:
        return "name and home page"
    if alone and several and not (one.towns and other.towns):
        return "only one of that name in the country"
    return ""
