"""Links to clusters: the strongest first, each only when nothing in the two clusters keeps them apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from ingest.resolve.codes import ONE_ONLY
from ingest.resolve.links import PEOPLE, Conflict, Link
from ingest.resolve.records import Record
from ontology.schema import exclude


@dataclass(slots=True)
class _Cluster:
    members: list[str]
    kinds: set[str]
    codes: dict[str, set[str]]

    @classmethod
    def of(cls, record: Record) -> _Cluster:
        """One record alone."""
        codes = {scheme: set(codes) for scheme, codes in record.codes.items() if scheme in ONE_ONLY}
        return cls([record.key], {record.kind}, codes)


@dataclass(frozen=True, slots=True)
class Clusters:
    """`members` are sorted lists of keys in the order of their first; `rules` counts the links that joined two clusters."""

    members: Sequence[Sequence[str]]
    conflicts: Sequence[Conflict]
    rules: Mapping[str, int]


def clustered(
    records: Mapping[str, Record],
    links: Iterable[Link],
    *,
    different: Iterable[tuple[str, str]] = (),
    parts: Iterable[tuple[str, str]] = (),
) -> Clusters:
    """The clusters of all records, the same whatever the order of the links.

    `different`: pairs that people told apart. `parts`: pairs of which a source says that one is part, owner or successor
    of the other; a link between these is passed over without a word, for it is the rule that they share numbers.
    """
    told, kin = _both_ways(different, records), _both_ways(parts, records)
    home = {key: _Cluster.of(record) for key, record in records.items()}
    conflicts: dict[tuple[str, str], Conflict] = {}
    rules: Counter[str] = Counter()
    for link in sorted(links, key=lambda link: (-link.strength, link.a, link.b, link.rule, link.value)):
        one, other = home[link.a], home[link.b]
        if one is other or _meet(one, other, kin) or link.b in told.get(link.a, _NONE):
            continue
        told_apart = "but people told them, or what was joined with them, apart" if _meet(one, other, told) else ""
        against = told_apart or _against(one, other, people=link.strength == PEOPLE)
        if against:
            said = f"{link.rule} {link.value}".strip()
            conflicts.setdefault((link.a, link.b), Conflict(link.a, link.b, f"{said} joins them, {against}"))
            continue
        rules[link.rule] += 1
        _join(home, one, other)
    found = {id(cluster): sorted(cluster.members) for cluster in home.values()}
    return Clusters(sorted(found.values()), sorted(conflicts.values(), key=lambda c: (c.a, c.b)), dict(rules))


_NONE: frozenset[str] = frozenset()


def _both_ways(pairs: Iterable[tuple[str, str]], records: Mapping[str, Record]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = {}
    for a, b in pairs:
        if a in records and b in records and a != b:
            found.setdefault(a, set()).add(b)
            found.setdefault(b, set()).add(a)
    return found


def _meet(one: _Cluster, other: _Cluster, apart: Mapping[str, set[str]]) -> bool:
    less, more = sorted((one, other), key=lambda cluster: len(cluster.members))
    return any(apart.get(key, _NONE) and not apart[key].isdisjoint(more.members) for key in less.members)


def _against(one: _Cluster, other: _Cluster, *, people: bool) -> str:
    """What keeps two clusters apart; empty when nothing does. People may join what has two numbers, not two kinds."""
    for kind in sorted(one.kinds):
        for another in sorted(other.kinds):
            if exclude(kind, another):
                return f"but a {kind} is no {another}"
    if people:
        return ""
    for scheme in sorted(one.codes.keys() & other.codes.keys()):
        if one.codes[scheme].isdisjoint(other.codes[scheme]):
            values = sorted(one.codes[scheme] | other.codes[scheme])
            return f"but their {scheme} differ: {', '.join(values[:4])}"
    return ""


def _join(home: dict[str, _Cluster], one: _Cluster, other: _Cluster) -> None:
    less, more = sorted((one, other), key=lambda cluster: len(cluster.members))
    more.members += less.members
    more.kinds |= less.kinds
    for scheme, codes in less.codes.items():
        more.codes.setdefault(scheme, set()).update(codes)
    for key in less.members:
        home[key] = more
