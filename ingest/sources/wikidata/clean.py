"""From the rows about one organisation to the values of a record; what is wrong is left out and counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from ingest.identifiers import web_address
from ingest.problem import CellError
from ingest.sources.wikidata.ask import ENTITY, Row
from ingest.sources.wikidata.values import PARSERS, count, dated, time

TEXTS = ("label", "description")
LISTS = ("P31", "P452", "P101", "P1056")
ONE_ONLY = ("P1278", "P6460")  # two LEIs or organisation numbers are two organisations
OWNING = ("P749", "P127", "P355")
_SHOWN = 3


@dataclass(slots=True)
class Oddities:
    """What was left out, by reason, with the first few organisations that it was found at."""

    seen: Counter[str] = field(default_factory=Counter)
    where: dict[str, list[str]] = field(default_factory=dict)

    def note(self, item: str, reason: str) -> None:
        """One more of a kind."""
        self.seen[reason] += 1
        places = self.where.setdefault(reason, [])
        if len(places) < _SHOWN and item not in places:
            places.append(item)

    def dump(self) -> str:
        """As text, for the state of a checkpoint."""
        return json.dumps([dict(self.seen), self.where])

    @classmethod
    def load(cls, text: str) -> Oddities:
        """What `dump` wrote; nothing of an empty text."""
        seen, where = json.loads(text or "[{}, {}]")
        return cls(Counter(seen), where)

    def warnings(self) -> Iterable[str]:
        """One line a reason, the most frequent first."""
        for reason, times in sorted(self.seen.items(), key=lambda pair: (-pair[1], pair[0])):
            yield f"{times} left out: {reason} (at {', '.join(self.where[reason])})"


def clean(item: str, rows: Sequence[Row], languages: Sequence[str], odd: Oddities) -> dict[str, str]:
    """The values by property, those that may be several as JSON lists; empty when there is no name."""
    found = {"item": item}
    by_what: dict[str, list[Row]] = {}
    for row in rows:
        by_what.setdefault(row["what"].value, []).append(row)

    def parsed(what: str, parse: Callable[[Row], str]) -> list[str]:
        values: list[str] = []
        for row in by_what.get(what, []):
            try:
                value = parse(row)
            except CellError as error:
                odd.note(item, f"{what}: {_kind(error, row)}")
                continue
            if value and value not in values:
                values.append(value)
        return values

    for what in TEXTS:
        found[what] = json.dumps(_by_language(by_what.get(what, []), languages, item, odd), ensure_ascii=False)
    found["alias"] = json.dumps(_aliases(by_what.get("alias", []), languages, item, odd), ensure_ascii=False)
    for what in LISTS:
        found[what] = json.dumps(sorted(parsed(what, _number)))
    for what in PARSERS.keys() - {*TEXTS, "alias"}:
        values = parsed(what, lambda row, parse=PARSERS[what]: parse(row["value"].value))  # type: ignore[misc]
        if what in ONE_ONLY and len(values) > 1:
            odd.note(item, f"{what}: several values that exclude each other")
            values = []
        found[what] = json.dumps(values)
    found["P856"] = json.dumps(parsed("P856", lambda row: web_address(row["value"].value)))
    for what in ("P571", "P576"):
        dates = parsed(what, lambda row: time(row["value"].value, row["extra"].value if "extra" in row else ""))
        if len(dates) > 1:
            odd.note(item, f"{what}: several dates; the first is taken")
        found[what] = min(dates, default="")
    if found["P576"] and found["P571"][: len(found["P576"])] > found["P576"]:
        odd.note(item, "P576: before P571")
        found["P576"] = ""
    found["P1128"] = _heads(by_what.get("P1128", []), item, odd)
    found["P17"] = json.dumps(parsed("P17", lambda row: row["value"].value))
    found["owning"] = json.dumps(_owning([row for what in OWNING for row in by_what.get(what, [])], item, odd))
    return found


def _kind(error: CellError, row: Row) -> str:
    return error.message.replace(repr(row["value"].value), "a value")


def _number(row: Row) -> str:
    value = row["value"].value
    return value.removeprefix(ENTITY) if value.startswith(f"{ENTITY}Q") else ""


def _text(row: Row, item: str, odd: Oddities) -> str:
    try:
        return PARSERS["label"](row["value"].value).strip()
    except CellError:
        odd.note(item, f"{row['what'].value}: a text with control characters")
        return ""


def _by_language(rows: Iterable[Row], languages: Sequence[str], item: str, odd: Oddities) -> dict[str, str]:
    """One text a language, in the order of preference; the label for all languages only where none of them has one."""
    said = {row["value"].lang: text for row in rows if len(text := _text(row, item, odd)) > 1}
    chosen = {lang: said[lang] for lang in languages if lang in said}
    return chosen or ({languages[0]: said["mul"]} if "mul" in said else {})


def _aliases(rows: Iterable[Row], languages: Sequence[str], item: str, odd: Oddities) -> list[tuple[str, str]]:
    pairs = {(text, row["value"].lang) for row in rows if (text := _text(row, item, odd))}
    return sorted((text, languages[0] if lang == "mul" else lang) for text, lang in pairs)


def _heads(rows: Iterable[Row], item: str, odd: Oddities) -> str:
    """The newest number of employees; none when several without a date disagree."""
    dates: dict[str, set[str]] = {}
    for row in rows:
        try:
            moment = row["extra"].value if "extra" in row else ""
            dates.setdefault(moment, set()).add(count(row["value"].value))
        except CellError as error:
            odd.note(item, f"P1128: {_kind(error, row)}")
    newest = dates.get(max(dates, default=""), set())
    if len(newest) > 1:
        odd.note(item, "P1128: several numbers for one time")
        return ""
    return next(iter(newest), "")


def _owning(rows: Iterable[Row], item: str, odd: Oddities) -> Sequence[Mapping[str, str]]:
    found = []
    for row in rows:
        other = _number(row)
        if not other or other == item:
            continue
        said = {"what": row["what"].value, "other": other}
        for name in ("start", "end"):
            try:
                said[name] = dated(row[name].value) if name in row else ""
            except CellError as error:
                odd.note(item, f"{row['what'].value} {name}: {error.message}")
        if said.get("start") and said.get("end") and said["start"][: len(said["end"])] > said["end"]:
            odd.note(item, f"{row['what'].value}: ends before it starts")
            continue
        said["share"] = row["extra"].value if "extra" in row else ""
        found.append(said)
    return found
