"""Links by equal names in one country whose legal forms and places agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import combinations

from ingest.resolve.links import NAME, Link, is_shared, pair_of, told_apart
from ingest.resolve.records import Record
from ontology.schema import exclude, is_a

_TELLING = 5  # letters of a name of one word that says who is meant
_MOST_NAMESAKES = 40


def links_by_name(records: Iterable[Record]) -> list[Link]:
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
            alone = not is_shared(held)
            rare = alone and words[core, where] == len(held)
            for one, other in combinations(held, 2):
                if exclude(one.kind, other.kind) or told_apart(one, other):
                    continue
                if one.is_organisation:
                    rule = _agree(one, other, core, alone=alone, rare=rare)
                else:  # a source that has two projects of one name has two projects
                    rule = "" if set(one.sources) & set(other.sources) else "name and year"
                if rule:
                    links.add(Link(NAME, *pair_of(one, other), rule))
    return sorted(links, key=lambda link: (link.a, link.b, link.rule))


def _agree(one: Record, other: Record, core: str, *, alone: bool, rare: bool) -> str:
    """The rule by which two organisations of one name in one country are one; empty when there is none.

    A form that only one of them gives does not tell them apart when the name has two words or more, or when no source has
    another one of that name in the country (`alone`). Without a town in common, an equal home page does; without a town at
    all, that the name is the only one in the country. A name of one word then has the same form, or neither is a company
    (groups are called by one word), or the word stands in no other name in the country (`rare`). A foundation is not what
    it is named after, unless both have one acronym or home page.
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
    if (one.towns and other.towns) or not alone:
        return ""
    no_group = rare or not (is_a(one.kind, "Company") or is_a(other.kind, "Company"))
    if several or (no_group and len(core) >= _TELLING) or (forms[0] & forms[1]) - {""}:
        return "only one of that name in the country"
    return ""


def _one_sign(one: Record, other: Record) -> bool:
    """Whether two records of two sources have one acronym or home page."""
    return set(one.sources).isdisjoint(other.sources) and bool(one.acronyms & other.acronyms or one.hosts & other.hosts)
