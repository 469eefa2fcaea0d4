"""Which things may be alike: those that share a rare word of a name, an acronym or a home page, in one country.

Comparing all with all would be billions of pairs; each block is a few things, and all together some hundred thousand pairs.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import polars as pl

from ingest.resolve.names import Name
from ingest.resolve.records import Record

_MOST_IN_A_BLOCK = 20
_LEAST_INITIALS = 3
_AT_ONCE = 100_000


@dataclass(slots=True, eq=False)
class Thing:
    """A cluster with all that its records are known by. `owner` gives the record that has a name."""

    number: int
    records: Sequence[Record]
    names: dict[Name, str] = field(default_factory=dict)
    acronyms: set[str] = field(default_factory=set)
    hosts: set[str] = field(default_factory=set)
    towns: set[str] = field(default_factory=set)
    countries: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, number: int, records: Sequence[Record]) -> Thing:
        """Unite the records."""
        thing = cls(number, records)
        for record in records:
            for name in sorted(record.names, key=lambda name: (name.core, name.form)):
                thing.names.setdefault(name, record.key)
            thing.acronyms |= record.acronyms
            thing.hosts |= record.hosts
            thing.towns |= record.towns
            thing.countries |= record.countries
        return thing

    @property
    def room(self) -> str:
        """`o` for organisations, `e` for efforts: these are never alike."""
        return "o" if self.records[0].is_organisation else "e"

    @property
    def sources(self) -> set[str]:
        """The sources of its records."""
        return {source for record in self.records for source in record.sources}

    @property
    def initials(self) -> set[str]:
        """What its names may be shortened to, with the acronyms that it has."""
        made = {"".join(word[0] for word in name.core.split()) for name in self.names if name.words >= _LEAST_INITIALS}
        return made | self.acronyms | {name.core for name in self.names if name.words == 1}


def pairs(things: Iterable[Thing]) -> pl.DataFrame:
    """`a` < `b`: numbers of things that share a block, each pair once, sorted."""
    parts = [pl.DataFrame(schema={"mark": pl.String, "thing": pl.UInt32})]
    held_back: list[tuple[str, int]] = []
    for thing in things:
        held_back += _marks(thing)
        if len(held_back) > _AT_ONCE:
            parts.append(pl.DataFrame(held_back, schema=parts[0].schema, orient="row"))
            held_back = []
    parts.append(pl.DataFrame(held_back, schema=parts[0].schema, orient="row"))
    marks = pl.concat(parts).unique()
    few = marks.group_by("mark").len().filter(pl.col("len").is_between(2, _MOST_IN_A_BLOCK)).select("mark")
    held = marks.join(few, on="mark", how="semi")
    joined = held.join(held, on="mark", suffix="_b").filter(pl.col("thing") < pl.col("thing_b"))
    return joined.select(a="thing", b="thing_b").unique().sort("a", "b")


def _marks(thing: Thing) -> Iterable[tuple[str, int]]:
    room, number = thing.room, thing.number
    for host in thing.hosts:
        yield f"{room}h {host}", number
    words = {word for name in thing.names for word in name.core.split() if len(word) > 1}
    for country in thing.countries or {""}:
        for word in words:
            yield f"{room}w {country} {word}", number
        for short in thing.initials:
            yield f"{room}a {country} {short}", number
        for town in (town for town in thing.towns if "/" in town):
            for word in words:
                yield f"{room}t {town} {word}", number
