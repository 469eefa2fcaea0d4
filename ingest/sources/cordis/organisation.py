"""One organisation out of all rows that name it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TypeAlias

Facts: TypeAlias = tuple[str, ...]  # VAT number, name, short name, activity, city, country, home page, updated


@dataclass(slots=True)
class Organisation:
    """What the rows say; of values that differ the latest counts, and of names with one date the longest."""

    key: str
    file: str
    line: int
    project: str
    names: dict[str, tuple[str, int]] = field(default_factory=dict)  # name -> (when last updated, length)
    values: dict[str, tuple[str, str, str]] = field(default_factory=dict)  # word -> (when last updated, value, place)
    sme: bool = False
    seen: set[Facts] = field(default_factory=set)

    def take(self, facts: Facts, small: bool | None, file: str, line: int, project: str) -> None:
        """Add what a row says; the row that has the name that is shown is the evidence."""
        self.sme = self.sme or bool(small)
        if facts in self.seen:
            return
        self.seen.add(facts)
        vat, name, short, activity, city, country, url, updated = (cell.strip() for cell in facts)
        country, place = country.upper(), f"{file}:{line}"
        for word, value in (("vat", vat), ("short", short), ("activity", activity), ("url", url), ("country", country)):
            self._keep(word, value, updated, place)
        if city:
            self._keep("town", f"{city}\t{country}", updated, place)
        if name:
            before = self.name
            self.names[name] = max(self.names.get(name, ("", 0)), (updated, len(name)))
            if self.name == name != before:
                self.file, self.line, self.project = file, line, project

    def _keep(self, word: str, value: str, updated: str, place: str) -> None:
        if value and (word not in self.values or updated > self.values[word][0]):
            self.values[word] = (updated, value, place)

    @property
    def name(self) -> str:
        """The latest name; of several the longest, and then the first in the alphabet; empty when there is none."""
        return min(self.names, key=lambda name: _latest(self.names[name], name), default="")

    def value(self, word: str) -> str:
        """The latest value, or nothing."""
        return self.values.get(word, ("", "", ""))[1]

    def place(self, word: str) -> str:
        """The `file:line` of the latest value."""
        return self.values[word][2] if word in self.values else f"{self.file}:{self.line}"


def _latest(when: tuple[str, int], name: str) -> tuple[int, int, str]:
    updated, length = when
    digits = "".join(letter for letter in updated if letter.isdigit())
    return (-int(digits or 0), -length, name)
