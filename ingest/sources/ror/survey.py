"""The first reading of all files: which records there are, and what each must know of the others."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from ingest.contract import Record
from ingest.problem import Problem
from ingest.sources.ror.identifiers import not_kept
from ingest.sources.ror.organisation import Location, Organisation, RorError
from ingest.sources.ror.reading import Item
from ingest.sources.ror.schemas import read, schema_of


@dataclass(slots=True)
class Survey:
    """What stands where. `chosen`: for each record that is used, its place among all items; `problems` by place, too."""

    countries: Collection[str]
    chosen: dict[str, tuple[int, int]] = field(default_factory=dict)  # -> schema, place
    where: dict[str, str] = field(default_factory=dict)
    statuses: dict[str, str] = field(default_factory=dict)
    said: dict[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    sites: dict[str, tuple[int, ...]] = field(default_factory=dict)
    towns: dict[int, Location] = field(default_factory=dict)
    problems: dict[int, Problem] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    newest: str = ""
    total: int = 0

    def look(self, item: Item) -> None:
        """Take in one item."""
        place = self.total
        self.total += 1
        try:
            schema, organisation = parsed(item)
        except RorError as error:
            self.problems[place] = Problem(item.file, item.line, error.field or None, None, error.message, error.advice)
            return
        if self.countries and not any(spot.country in self.countries for spot in organisation.locations):
            self.counts["outside the countries asked for"] += 1
            return
        before = self.chosen.get(organisation.ror)
        if before:
            self.counts["said again by another record of the same id"] += 1
            if before[0] >= schema:
                return
        self._take(schema, place, item, organisation)

    def _take(self, schema: int, place: int, item: Item, organisation: Organisation) -> None:
        self.chosen[organisation.ror] = (schema, place)
        self.where[organisation.ror] = f"{item.file}:{item.line}"
        self.statuses[organisation.ror] = organisation.status
        self.said[organisation.ror] = organisation.relations
        self.counts.update(not_kept(organisation))
        self.newest = max(self.newest, organisation.modified)
        if organisation.status != "withdrawn":
            self.sites[organisation.ror] = tuple(spot.geonames for spot in organisation.locations)
            for spot in organisation.locations:
                self.towns.setdefault(spot.geonames, spot)


def parsed(item: Item) -> tuple[int, Organisation]:
    """The schema and the record; RorError when the text is no record."""
    if isinstance(item.text, bytes):
        raise RorError("", "is not UTF-8", "save the file in the encoding UTF-8")
    if item.text.startswith(("<<<<<<<", "=======", ">>>>>>>")):
        raise RorError("", "is a mark of a merge that was not finished", "resolve the conflict in the file")
    try:
        raw = json.loads(item.text)
    except (ValueError, RecursionError) as error:
        raise RorError("", f"is no JSON ({str(error)[:100]})", "write one whole record on each line") from error
    return schema_of(raw), read(raw)


def survey(items: Iterable[Item], countries: Collection[str] = ()) -> Survey:
    """Look at everything once."""
    found = Survey(countries)
    for item in items:
        found.look(item)
    return found


def records(
    items: Iterable[Item], found: Survey, contexts: Mapping[str, Mapping[str, str]]
) -> Iterator[Record | Problem]:
    """The second reading, in the same order: what is used, with its context, and what is wrong."""
    used = {place: ror for ror, (_, place) in found.chosen.items() if ror in contexts}
    for place, item in enumerate(items):
        if place in found.problems:
            yield found.problems[place]
        elif place in used and isinstance(item.text, str):
            yield Record(item.file, item.line, {"json": item.text}, contexts[used[place]])
