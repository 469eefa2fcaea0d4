"""Why two records may be one thing: decisions of people, equal strong identifiers, equal legal names in one place."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from rapidfuzz.fuzz import ratio, token_set_ratio, token_sort_ratio

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
_LEAST_ACRONYM = 3
_NEAR = 90.0  # how alike two names are, 0 to 100, of organisations with one home page
_TELLING = 5  # letters of a name of one word that says who is meant
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


def links_by_name(records: Collection[Record]) -> list[Link]:
    """Links by equal names in one country whose legal forms and places agree."""
    namesakes: dict[tuple[str, str], list[Record]] = {}
    words: Counter[tuple[str, str]] = Counter()
    for record in records:
        if record.is_organisation:
            cores = {name.core for name in record.names}
            for country in record.countries or {""}:
                for core in cores:
                    namesakes.setdefault((core, country), []).append(record)
                words.update((word, country) for word in {word for core in cores for word in core.split()})
        else:
            for core in {name.core for name in record.names if name.words > 2}:
                for year in record.years:
                    namesakes.setdefault((core, str(year)), []).append(record)
    links: set[Link] = set()
    for (core, where), held in namesakes.items():
        if 1 < len(held) <= _MOST_NAMESAKES:
            alone = not _is_shared(held)
            rare = alone and words[core, where] == len(held)
            for one, other in combinations(held, 2):
                if exclude(one.kind, other.kind) or told_apart(one, other):
                    continue
                if one.is_organisation:
                    rule = _agree(one, other, core, alone=alone, rare=rare)
                else:  # a source that has two projects of one name has two projects
                    rule = "" if set(one.sources) & set(other.sources) else "name and year"
                if rule:
                    links.add(Link(NAME, *_pair(one, other), rule))
    return sorted(links, key=lambda link: (link.a, link.b, link.rule))


def _agree(one: Record, other: Record, core: str, *, alone: bool, rare: bool) -> str:
    """The rule by which two organisations of one name in one country are one; empty when there is none.

    A form that only one of them gives does not tell them apart when the name has two words or more, or when no source has
    another one of that name in the country (`alone`). Without a town in common, an equal home page does; without a town at
    all, that the name is the only one in the country; a name of one word then has the same form, or the word stands in no
    other name in the country (`rare`), for groups are called by one word. A foundation is not what it is named after,
    unless both have one acronym or home page.
    """
    names = [[name for name in record.names if name.core == core] for record in (one, other)]
    forms = [{name.form for name in held} for held in names]
    same_form = bool(forms[0] & forms[1])
    several = " " in core
    plain = all(name.is_plain for held in names for name in held) or _one_sign(one, other)
    if not same_form and not ({""} in forms and plain and (several or alone)):
        return ""
    if one.towns & other.towns:
        return "name and town" if same_form else "name without form and town"
    if one.hosts & other.hosts:
        return "name and home page"
    if one.towns and other.towns or not alone:
        return ""
    if several or (rare and len(core) >= _TELLING) or (forms[0] & forms[1]) - {""}:
        return "only one of that name in the country"
    return ""


def _one_sign(one: Record, other: Record) -> bool:
    """Whether two records of two sources have one acronym or home page."""
    return set(one.sources).isdisjoint(other.sources) and bool(one.acronyms & other.acronyms or one.hosts & other.hosts)


def links_by_sign(records: Iterable[Record]) -> list[Link]:
    """Links of organisations that share a sign in one country which no source gives twice there: a home page, with an
    acronym or nearly a name, or of universities an acronym, with a town."""
    holders: dict[tuple[str, str], list[Record]] = {}
    for record in records:
        if record.is_organisation:
            schools = record.acronyms if record.kind == "HigherEducationInstitution" else ()
            for sign in (*record.hosts, *(acronym for acronym in schools if len(acronym) >= _LEAST_ACRONYM)):
                for country in record.countries:
                    holders.setdefault((sign, country), []).append(record)
    links: set[Link] = set()
    for (sign, _), held in holders.items():
        if 1 < len(held) <= _MOST_HOLDERS and not _is_shared(held):
            for one, other in combinations(held, 2):
                if not exclude(one.kind, other.kind) and not told_apart(one, other):
                    town = "university's acronym and town" if one.towns & other.towns else ""
                    rule = _one_page(one, other) if "." in sign else town
                    if rule:
                        links.add(Link(NAME, *_pair(one, other), rule))
    return sorted(links, key=lambda link: (link.a, link.b, link.rule))


def _one_page(one: Record, other: Record) -> str:
    if one.short_names & other.acronyms or other.short_names & one.acronyms:
        return "acronym and home page"
    near = any(
        max(ratio(a.core, b.core), token_sort_ratio(a.core, b.core)) >= _NEAR
        for a in one.names
        for b in other.names
        if min(a.words, b.words) > 1 and (a.form == b.form or not (a.form and b.form))
    )
    return "home page and nearly the name" if near else ""
