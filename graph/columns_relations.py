"""The table of relations: one row for each pair of parties (and role) of each relation."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations, product
from typing import TypeAlias

import polars as pl

from graph.columns import RELATIONS
from graph.columns_evidence import EvidenceRows
from graph.columns_rows import Row, table
from graph.merge import Entry
from graph.node import Concept, Money, PartialDate, Ref, Value
from graph.rates import in_euro
from graph.ties import PART_PROPERTIES, TIES
from ontology.schema import is_a
from ontology.terms import PROPERTIES

_Party: TypeAlias = tuple[str, int]  # property, node
_Pair: TypeAlias = tuple[_Party, _Party | None]

_UNNUMBERED = pl.Schema({name: kind for name, kind in RELATIONS.items() if name != "relation"})
_KEY, _ROLE, _A, _B = (list(_UNNUMBERED).index(name) for name in ("key", "role", "a", "b"))
_PLAIN = list(_UNNUMBERED).index("evidence") - list(_UNNUMBERED).index("start")  # columns that a part has no values for

_ROLES = ("role", *sorted(name for name, term in PROPERTIES.items() if "role" in term.parents), "instrument")


def relation_rows(entries: Mapping[str, Entry], node_of: Mapping[str, int], evidence: EvidenceRows) -> pl.DataFrame:
    """The relations in the order of their keys, then the plain part-of properties of things."""
    rows = [
        row for entry in entries.values() if entry.is_relation for row in _relation(entry, entries, node_of, evidence)
    ]
    rows += [row for entry in entries.values() if entry.is_thing for row in _parts(entry, node_of, evidence)]
    rows.sort(key=_order)
    frame = table(rows, _UNNUMBERED)
    return frame.with_row_index("relation").cast(RELATIONS).select(*RELATIONS)


def _order(row: Row) -> tuple[str, str, str, str]:
    return str(row[_KEY]), str(row[_A]), str(row[_B]), str(row[_ROLE])


@cache
def tie_of(kind: str) -> str:
    """The tie that the class of a relation makes."""
    return next((name for name, tie in TIES.items() if tie.kind and is_a(kind, tie.kind)), "part")


def _relation(
    entry: Entry, entries: Mapping[str, Entry], node_of: Mapping[str, int], evidence: EvidenceRows
) -> Iterator[Row]:
    tie = tie_of(entry.kind)
    round_ = _round(entry, entries)
    times, money = _times(entry, round_), _money(entry.values.get("amount", ()))
    part_of = round_.key if round_ is not None and round_.values.get("amount") else None
    share, note = _number(entry.values.get("share", ())), _first_text(entry.values.get("note", ()))
    proofs = evidence.ids([*entry.evidence, *(proof for held in entry.proofs.values() for proof in held)])
    pairs = list(dict.fromkeys(_pairs(entry, tie, round_, node_of)))
    for (first, second), role in product(pairs, _roles(entry) or [None]):
        a_property, a = first
        b_property, b = second or (None, None)
        slug, scheme = (role.slug, role.scheme) if role else (None, None)
        ends = (slug, scheme, a, b, a_property, b_property)
        yield entry.key, entry.kind, tie, *ends, *times, *money, part_of, share, note, proofs


def _round(entry: Entry, entries: Mapping[str, Entry]) -> Entry | None:
    refs = [value.key for value in entry.values.get("round", ()) if isinstance(value, Ref)]
    return entries[refs[0]] if refs else None


def _parties(entry: Entry | None, name: str, node_of: Mapping[str, int]) -> list[_Party]:
    values = () if entry is None else entry.values.get(name, ())
    keys = [key for value in values if (key := thing_key(value)) is not None]
    return [(name, node_of[key]) for key in keys if key in node_of]


def thing_key(value: Value) -> str | None:
    """The key of the thing that a value points to: a node or a technology."""
    if isinstance(value, Ref):
        return value.key
    return f"tech/{value.slug}" if isinstance(value, Concept) and value.scheme == "tech" else None


def _pairs(entry: Entry, tie: str, round_: Entry | None, node_of: Mapping[str, int]) -> Iterator[_Pair]:
    names = list(dict.fromkeys(name for pair in TIES[tie].pairs for name in pair))
    found = {name: _parties(entry, name, node_of) for name in names}
    if tie == "investment":
        found["recipient"] += _parties(round_, "recipient", node_of)
    if tie == "partnership":
        parties = {node: (name, node) for name in reversed(names) for _, node in found[name]}
        order = sorted(parties.values(), key=lambda party: (names.index(party[0]), party[1]))
        pairs: list[_Pair] = list(combinations(order, 2))
    else:
        pairs = [pair for one, two in TIES[tie].pairs for pair in product(found[one], found[two])]
    yield from pairs or [(party, None) for name in names for party in found[name]]


def _roles(entry: Entry) -> list[Concept | None]:
    held = [value for name in _ROLES for value in entry.values.get(name, ()) if isinstance(value, Concept)]
    return list(dict.fromkeys(held))


def _times(entry: Entry, round_: Entry | None) -> Row:
    """start, end, start_year, end_year"""
    start, end = _date(entry, "start") or _date(entry, "announced"), _date(entry, "end")
    if start is None and end is None and round_ is not None:
        return _times(round_, None)
    return start and start.text, end and end.text, start and start.year, end and end.year


def _date(entry: Entry, name: str) -> PartialDate | None:
    dates = [value for value in entry.values.get(name, ()) if isinstance(value, PartialDate)]
    return min(dates, default=None) if name != "end" else max(dates, default=None)


def _money(values: Iterable[Value]) -> Row:
    """amount, currency, amount_eur"""
    money = next((value for value in values if isinstance(value, Money)), None)
    if money is None:
        return None, None, None
    euro = in_euro(money.value, money.currency, money.year)
    return format(money.value, "f"), money.currency, None if euro is None else float(euro)


def _number(values: Iterable[Value]) -> float | None:
    return next((float(str(value)) for value in values), None)


def _first_text(values: Iterable[Value]) -> str | None:
    texts = [str(getattr(value, "value", value)) for value in values]
    return "; ".join(texts) or None


def _parts(entry: Entry, node_of: Mapping[str, int], evidence: EvidenceRows) -> Iterator[Row]:
    for name in PART_PROPERTIES:
        for value in entry.values.get(name, ()):
            key = thing_key(value)
            if key is not None and key in node_of:
                digest = hashlib.sha256(f"{entry.key}\0{name}\0{key}".encode()).hexdigest()[:12]
                proofs = evidence.ids(entry.proofs.get((name, value)) or entry.evidence)
                ends = (None, None, node_of[entry.key], node_of[key], name, None)
                yield f"part/{digest}", name, "part", *ends, *[None] * _PLAIN, proofs
