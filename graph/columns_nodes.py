"""The table of nodes: things and technologies with names, places, times, degree and position on the map."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from graph.columns_evidence import EvidenceRows
from graph.merge import Entry
from graph.node import Concept, Iri, PartialDate, Text, Value
from ontology.schema import is_a
from ontology.terms import SCHEMES

Filled: TypeAlias = dict[str, object]  # a row as far as it is known, by column

_GROUPS = (("Organization", "organisation"), ("JointEffort", "effort"), ("Place", "place"), ("Person", "person"))


@cache
def group_of(kind: str) -> str:
    """`organisation` (also when it is a joint effort), `effort`, `place`, `person` or `other`."""
    return next((group for top, group in _GROUPS if is_a(kind, top)), "other")


def shown_kind(entry: Entry) -> str:
    """The kind to show: a company whose stage is start-up is a `StartUp`."""
    return "StartUp" if Concept("stage", "start-up") in entry.values.get("companyStage", ()) else entry.kind


def node_rows(entries: Mapping[str, Entry], node_of: Mapping[str, int], evidence: EvidenceRows) -> list[Filled]:
    """All columns but place, degree, community and position, in the order of `node_of`."""
    rows = []
    for key, node in node_of.items():
        row = _thing(entries[key], evidence) if key in entries else _technology(key.removeprefix("tech/"))
        rows.append({"node": node, "key": key, **row})
    return rows


def _technology(slug: str) -> Filled:
    term = SCHEMES["tech"][slug]
    names = {"name_en": term.label_en, "name_sv": term.label_sv}
    return {"group": "technology", "kind": "TechnologyArea", **names, "evidence": []}


def _thing(entry: Entry, evidence: EvidenceRows) -> Filled:
    values = entry.values
    start = _date(values, min, "founded", "start", "announced")
    end = _date(values, max, "dissolved", "end")
    return {
        "group": group_of(entry.kind),
        "kind": shown_kind(entry),
        "name_en": _words(values.get("name", ()), "en", "sv") or entry.key,
        "name_sv": _words(values.get("name", ()), "sv", "en") or entry.key,
        "description_en": _text(_both(values), "en"),
        "description_sv": _text(_both(values), "sv"),
        "start": start and start.text,
        "end": end and end.text,
        "start_year": start and start.year,
        "end_year": end and end.year,
        "homepage": next((v.value for v in values.get("homepage", ()) if isinstance(v, Iri)), None),
        "country": next((str(v) for v in values.get("countryCode", ())), None),
        "evidence": evidence.ids(entry.evidence),
    }


def _both(values: Mapping[str, Sequence[Value]]) -> list[Value]:
    return [*values.get("description", ()), *values.get("aim", ())]


def _text(values: Iterable[Value], lang: str) -> str | None:
    """The first text in that language alone."""
    return next((value.value for value in values if isinstance(value, Text) and value.lang == lang), None)


def _words(values: Iterable[Value], *langs: str) -> str | None:
    """The first text in the first of the languages, then in any."""
    held = list(values)
    texts = [value for value in held if isinstance(value, Text)]
    plain = [value for value in held if isinstance(value, str)]
    ordered = [text.value for lang in langs for text in texts if text.lang == lang]
    return next(iter([*ordered, *plain, *(text.value for text in texts)]), None)


def _date(values: Mapping[str, Sequence[Value]], pick: object, *names: str) -> PartialDate | None:
    for name in names:
        dates = sorted(value for value in values.get(name, ()) if isinstance(value, PartialDate))
        if dates:
            return dates[-1] if pick is max else dates[0]
    return None
