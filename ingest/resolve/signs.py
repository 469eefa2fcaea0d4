"""Links by what an organisation shows: its home page, and the acronym of a university."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from rapidfuzz.fuzz import ratio, token_sort_ratio

from ingest.resolve.links import MOST_HOLDERS, NAME, Link, is_shared, pair_of, told_apart
from ingest.resolve.records import Record
from ontology.schema import exclude

_LEAST_ACRONYM = 3
_NEAR = 90.0  # how alike two names are, 0 to 100, of organisations with one home page


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
        if 1 < len(held) <= MOST_HOLDERS and not is_shared(held):
            for one, other in combinations(held, 2):
                if not exclude(one.kind, other.kind) and not told_apart(one, other):
                    town = "university's acronym and town" if one.towns & other.towns else ""
                    rule = _one_page(one, other) if "." in sign else town
                    if rule:
                        links.add(Link(NAME, *pair_of(one, other), rule))
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
