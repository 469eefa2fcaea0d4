"""The table of nodes: things and technologies with names, places, times, degree and position on the map."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from graph.columns import NODES
from graph.columns_evidence import EvidenceRows
from graph.columns_relations import Row
from graph.language import closure
from graph.layout import layout
from graph.merge import Entry
from graph.node import Concept, Iri, PartialDate, Ref, Text, Value
from ontology.schema import is_a
from ontology.terms import SCHEMES

_GROUPS = (("Organization", "organisation"), ("JointEffort", "effort"), ("Place", "place"), ("Person", "person"))
_COUNTY_KEY = re.compile(r"place/[a-z]{2}-[a-z]{1,3}")
_NUTS3_LENGTH = 5


def group_of(kind: str) -> str:
    """`organisation` (also when it is a joint effort), `effort`, `place`, `person` or `other`."""
    return next((group for top, group in _GROUPS if is_a(kind, top)), "other")


def shown_kind(entry: Entry) -> str:
    """The kind to show: a company whose stage is start-up is a `StartUp`."""
    return "StartUp" if Concept("stage", "start-up") in entry.values.get("companyStage", ()) else entry.kind


def node_rows(entries: Mapping[str, Entry], node_of: Mapping[str, int], evidence: EvidenceRows) -> list[Row]:
    """All columns but place, degree, community and position, in the order of `node_of`."""
    rows = []
    for key, node in node_of.items():
        row = _thing(entries[key], evidence) if key in entries else _technology(key.removeprefix("tech/"))
        rows.append({"node": node, "key": key, **row})
    return rows


def _technology(slug: str) -> Row:
    term = SCHEMES["tech"][slug]
    names = {"name_en": term.label_en, "name_sv": term.label_sv}
    return {"group": "technology", "kind": "TechnologyArea", **names, "evidence": []}


def _thing(entry: Entry, evidence: EvidenceRows) -> Row:
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


def add_places(rows: list[Row], entries: Mapping[str, Entry], node_of: Mapping[str, int], sites: pl.DataFrame) -> None:
    """Fill place, municipality, county, country and coordinates from sites and `within`."""
    above = within(entries)
    place_of = {node_of[key]: key for key in node_of if key in entries and group_of(entries[key].kind) == "place"}
    at = dict(place_of)
    ordered = sites.filter(pl.col("b").is_not_null()).sort(pl.col("role") != "head-office", "relation", nulls_last=True)
    for node, place in zip(ordered["a"].to_list(), ordered["b"].to_list(), strict=True):
        at.setdefault(node, place_of[place])
    for node, key in at.items():
        row, chain = rows[node], above[key]
        row["place"] = node_of[key]
        row["county"] = next((k for k in chain if _is_county(entries[k])), None)
        row["municipality"] = _municipality(chain, row["county"])
        row["country"] = row.get("country") or next(iter(_codes(entries, chain)), None)
        spot = next(
            (entries[k].values for k in chain if "lat" in entries[k].values and "long" in entries[k].values), None
        )
        if spot is not None:
            row["lat"], row["lon"] = float(str(spot["lat"][0])), float(str(spot["long"][0]))


def within(entries: Mapping[str, Entry]) -> Mapping[str, tuple[str, ...]]:
    """For each place itself and all places around it, the nearest first."""
    near = {
        key: [value.key for value in entry.values.get("within", ()) if isinstance(value, Ref)]
        for key, entry in entries.items()
        if is_a(entry.kind, "Place")
    }
    return {key: tuple(closure(key, near)) for key in near}


def _is_county(entry: Entry) -> bool:
    codes = [str(code) for code in entry.values.get("nutsCode", ())]
    return any(len(code) == _NUTS3_LENGTH for code in codes) or bool(_COUNTY_KEY.fullmatch(entry.key))


def _municipality(chain: tuple[str, ...], county: object) -> str | None:
    if county not in chain[1:]:
        return None
    return chain[chain.index(str(county)) - 1]


def _codes(entries: Mapping[str, Entry], chain: Iterable[str]) -> Iterable[str]:
    return (str(code) for key in chain for code in entries[key].values.get("countryCode", ()))


def add_positions(rows: list[Row], relations: pl.DataFrame) -> None:
    """Fill degree (different neighbours among organisations and efforts), and for these community, x and y."""
    actors = [index for index, row in enumerate(rows) if row["group"] in ("organisation", "effort")]
    number = {node: index for index, node in enumerate(actors)}
    ends = relations.filter(pl.col("b").is_not_null()).select("key", "a", "b").unique().sort("key", "a", "b")
    pairs = [pair for pair in zip(ends["a"].to_list(), ends["b"].to_list(), strict=True) if pair[0] != pair[1]]
    around: list[set[int]] = [set() for _ in rows]
    for one, two in [*pairs, *((b, a) for a, b in pairs)]:
        if two in number:
            around[one].add(two)
    drawn = layout(len(actors), [(number[a], number[b]) for a, b in pairs if a in number and b in number])
    for row, neighbours in zip(rows, around, strict=True):
        row["degree"] = len(neighbours)
    for index, node in enumerate(actors):
        rows[node]["community"] = drawn.community[index]
        rows[node] |= {"x": float(drawn.x[index]), "y": float(drawn.y[index])}


def node_frame(rows: list[Row]) -> pl.DataFrame:
    """The rows as the table `nodes`."""
    return pl.DataFrame(rows, schema=NODES)
