"""What the rows say together: which key each thing has, and what the references between the tables lead to."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ingest.keys import slugged
from ingest.problem import Problem
from ingest.sources.tabular.fields import ORGANISATION, PROJECT, ROWS
from ingest.sources.tabular.near import nearest
from ingest.sources.tabular.rows import MANY, Row
from ingest.sources.tabular.words import START_UP, folded
from ontology.schema import is_a

_THINGS = {ORGANISATION: "org", PROJECT: "effort"}
_WAYS = (("key",), ("name",), ("orgNumber", "ror", "vatNumber", "wikidata", "cordisPic", "lei"),
         ("legalName", "acronym", "altName", "formerName"))  # fmt: skip
_MOST_OFFERS = 50
_RANGES = {"organisation": ("Organization",), "effort": ("JointEffort",), "any": ("Organization", "JointEffort")}


@dataclass(frozen=True, slots=True)
class Settled:
    """A row with its key (empty for a relation) and, by field, the keys that its references lead to."""

    row: Row
    key: str
    refs: Mapping[str, tuple[str, ...]]


def settled(source: str, rows: Sequence[Row], lost: Mapping[str, str]) -> tuple[list[Settled], list[Problem]]:
    """The rows that hold together, and why the others do not.

    `lost` are the names of rows that were rejected before; a row that refers to one of those is rejected, too.
    """
    keys, kept, problems = _keyed(source, rows)
    gone = dict(lost)
    while True:
        index = _Index(keys, kept, gone)
        found = [(row, *index.settle(row)) for row in kept]
        bad = [(row, faults) for row, _, faults in found if faults]
        if not bad:
            return [Settled(row, keys.get(id(row), ""), refs) for row, refs, _ in found], problems
        for row, faults in bad:
            problems += faults
            for word in _words(row):
                gone.setdefault(folded(word), f"{row.label}:{row.line}")
        dropped = {id(row) for row, _ in bad}
        kept = [row for row in kept if id(row) not in dropped]


def kind_of(row: Row) -> str:
    """The class of the thing that the row describes."""
    return "Company" if row.values["kind"] == START_UP else row.values["kind"]


def _names(row: Row, name: str) -> list[str]:
    slots = (slot for slot in row.values if slot.partition("@")[0] == name)
    return [word for slot in slots for word in row.values[slot].split(MANY)]


def _words(row: Row) -> list[str]:
    return [word for way in _WAYS for name in way for word in _names(row, name)] if row.table.rows in _THINGS else []


def _keyed(source: str, rows: Sequence[Row]) -> tuple[dict[int, str], list[Row], list[Problem]]:
    """The key of each thing by the identity of its row; a key that comes twice is a fault that names both rows."""
    first: dict[str, Row] = {}
    keys: dict[int, str] = {}
    kept: list[Row] = []
    problems = []
    for row in rows:
        if row.table.rows not in _THINGS:
            kept.append(row)
            continue
        name = "key" if row.values.get("key") else "name"
        slug = slugged(_names(row, name)[0])
        key = f"{source}:{_THINGS[row.table.rows]}/{slug}"
        before = first.setdefault(key, row)
        if not slug:
            problems.append(row.problem(name, "no key can be made of this name", "map a column to key"))
        elif before is not row:
            message = f"{_names(row, name)[0]!r} stands at {before.label}:{before.line} already"
            advice = "make one row of the two, or map a column to key that tells them apart"
            problems.append(row.problem(name, message, advice))
        else:
            keys[id(row)] = key
            kept.append(row)
    return keys, kept, problems


class _Index:
    """Finds things by key, name or identifier, in this order; a word must fit exactly."""

    def __init__(self, keys: Mapping[int, str], rows: Iterable[Row], lost: Mapping[str, str]) -> None:
        self._keys, self._lost = keys, lost
        self._offers: dict[tuple[str, str], list[str]] = {}
        self._places: dict[str, str] = {}
        self._found: list[dict[str, dict[str, str]]] = [{} for _ in _WAYS]  # way -> word -> key -> kind
        for row in rows:
            if id(row) in keys:
                self._places[keys[id(row)]] = f"{row.label}:{row.line}"
                for known, way in zip(self._found, _WAYS, strict=True):
                    for word in (word for name in way for word in _names(row, name)):
                        known.setdefault(word, {})[keys[id(row)]] = kind_of(row)

    def settle(self, row: Row) -> tuple[dict[str, tuple[str, ...]], list[Problem]]:
        """The keys by field, and what leads nowhere."""
        refs: dict[str, tuple[str, ...]] = {}
        problems: list[Problem] = []
        for field in ROWS[row.table.rows]:
            if field.form != "reference" or not row.values.get(field.name):
                continue
            keys = []
            for word in row.many(field.name):
                found = self._find(word, _RANGES[field.of])
                if len(found) == 1:
                    keys += found
                else:
                    problems.append(row.problem(field.name, *self._complaint(word, field.of, found), word))
            own = self._keys.get(id(row), "")
            if own in keys and field.name != "memberOf":  # a cluster may stand in the list of its own members
                problems.append(row.problem(field.name, "it refers to itself", "empty the cell, or name another"))
            refs[field.name] = tuple(key for key in dict.fromkeys(keys) if key != own)
        return refs, problems

    def _find(self, word: str, kinds: Sequence[str]) -> list[str]:
        for known in self._found:
            fits = [key for key, kind in known.get(word, {}).items() if any(is_a(kind, above) for above in kinds)]
            if fits:
                return fits
        return []

    def _complaint(self, word: str, of: str, found: Sequence[str]) -> tuple[str, str]:
        if found:
            places = " and ".join(self._places[key] for key in found)
            return f"{word!r} may be {places}", "refer to it by its key or organisation number"
        if folded(word) in self._lost:
            return f"{word!r} was rejected ({self._lost[folded(word)]})", "mend that row"
        what = {"organisation": "organisation", "effort": "project or joint effort"}.get(of, "thing")
        near = self._near(word, of)
        advice = f"did you mean {' or '.join(map(repr, near))}?" if near else "add a row for it, or mend the name"
        return f"no {what} of these tables is called {word!r}", advice

    def _near(self, word: str, of: str) -> list[str]:
        """What comes near, for the first so many words: each costs a look at all names."""
        if (word, of) not in self._offers and len(self._offers) < _MOST_OFFERS:
            self._offers[word, of] = nearest(word, self._known(_RANGES[of]))
        return self._offers.get((word, of), [])

    def _known(self, kinds: Sequence[str]) -> Iterator[str]:
        for known in self._found:
            for word, things in known.items():
                if any(is_a(kind, above) for kind in things.values() for above in kinds):
                    yield word
