"""Places with counts, flows between them, and what is behind both."""

from __future__ import annotations

from typing import Literal

from api.answers.places_models import (
    FlowOut,
    FlowsOut,
    FlowTie,
    Nowhere,
    PlacesColumns,
    PlacesOut,
    There,
    ThereOut,
)
from api.models import Pair
from api.problem import ApiError
from api.served import Snapshot
from graph import geography
from graph.selection import Filter
from ontology.schema import label
from visualisations.plain import csv_text

NO_PLACE = "none"
_LEVELS = {
    "town": Pair(en="town", sv="ort"),
    "county": Pair(en="county", sv="län"),
    "country": Pair(en="country", sv="land"),
}
_PLACES = {
    "key": Pair(en="key", sv="nyckel"),
    "place": Pair(en="place", sv="plats"),
    "level": Pair(en="known as", sv="känd som"),
    "county": Pair(en="county", sv="län"),
    "country": Pair(en="country", sv="land"),
    "lat": Pair(en="latitude", sv="latitud"),
    "lon": Pair(en="longitude", sv="longitud"),
    "organisations": Pair(en="organisations", sv="organisationer"),
    "efforts": Pair(en="joint efforts", sv="gemensamma insatser"),
}
_FLOW = {
    "tie": Pair(en="tie", sv="band"),
    "effort": Pair(en="joint effort", sv="gemensam insats"),
    "start": Pair(en="from", sv="från"),
    "end": Pair(en="to", sv="till"),
    "a": Pair(en="parties there", sv="deltagare där"),
    "b": Pair(en="parties at the other end", sv="deltagare i andra änden"),
}


def places(snapshot: Snapshot, chosen: Filter) -> PlacesOut:
    """Where the things of the selection are."""
    found = geography.placed(snapshot.columns, snapshot.search, chosen)
    table = geography.spots(snapshot.columns).table[found.rows.tolist()]
    names = {"en": table["name_en"], "sv": table["name_sv"]}
    same = {name: table[name].to_list() for name in ("key", "level", "county", "country")}
    return PlacesOut(
        generation=snapshot.generation.number,
        places=PlacesColumns(
            **same,
            **{lang: column.to_list() for lang, column in names.items()},
            lat=table["lat"].round(4).to_list(),
            lon=table["lon"].round(4).to_list(),
            organisations=found.organisations.tolist(),
            efforts=found.efforts.tolist(),
        ),
        nowhere=Nowhere(organisations=found.nowhere[0], efforts=found.nowhere[1]),
    )


def places_csv(snapshot: Snapshot, chosen: Filter, lang: Literal["en", "sv"]) -> bytes:
    """The same as a table, the fullest first; the last row is what has no place."""
    found = places(snapshot, chosen)
    held = found.places
    lines: list[list[object]] = []
    for row, key in enumerate(held.key):
        name = (held.sv if lang == "sv" else held.en)[row]
        level = getattr(_LEVELS[held.level[row]], lang)
        counts = (held.organisations[row], held.efforts[row])
        county = _county(snapshot, held.county[row], lang)
        lines.append([key, name, level, county, held.country[row], held.lat[row], held.lon[row], *counts])
    lines.sort(key=lambda line: -sum(number for number in line[-2:] if isinstance(number, int)))
    nowhere = "no place known" if lang == "en" else "ingen plats känd"
    if found.nowhere.organisations or found.nowhere.efforts:
        lines.append(["", nowhere, "", "", "", "", "", found.nowhere.organisations, found.nowhere.efforts])
    return csv_text([getattr(pair, lang) for pair in _PLACES.values()], lines).encode()


def there(snapshot: Snapshot, chosen: Filter, keys: tuple[str, ...], limit: int) -> ThereOut:
    """The first `limit` things of the selection at each of the places; `none` is what has no place."""
    position = {key: row for row, key in enumerate(geography.spots(snapshot.columns).table["key"])}
    found, totals = [], []
    for key in keys:
        row = geography.NOWHERE if key == NO_PLACE else position.get(key)
        if row is None:
            raise ApiError(400, f"at: nothing is at {key[:100]!r}.", extra={"parameter": "at", "value": key[:100]})
        nodes = geography.at_spot(snapshot.columns, snapshot.search, chosen, row).tolist()
        totals.append(len(nodes))
        degrees = snapshot.things.degrees
        found += [
            There(**snapshot.things.ref(node).model_dump(), at=key, degree=degrees[node]) for node in nodes[:limit]
        ]
    return ThereOut(totals=totals, things=found)


def flows(snapshot: Snapshot, chosen: Filter, level: geography.Level, most: int) -> FlowsOut:
    """The strongest flows between regions of a level; only the regions that have any are listed."""
    found = geography.flows(snapshot.columns, snapshot.search, chosen, level, most)
    used = sorted({*found.a.tolist(), *found.b.tolist()})
    position = {old: new for new, old in enumerate(used)}
    keys = [found.keys[old] for old in used]
    return FlowsOut(
        level=level,
        keys=keys,
        names=[_name(snapshot, key) for key in keys],
        a=[position[old] for old in found.a.tolist()],
        b=[position[old] for old in found.b.tolist()],
        count=found.count.tolist(),
        pairs=found.pairs,
        efforts=found.efforts,
        across=found.across,
    )


def flow(snapshot: Snapshot, chosen: Filter, level: geography.Level, ends: tuple[str, str], most: int) -> FlowOut:
    """The joint efforts between two regions of a level."""
    keys, _ = geography.regions(snapshot.columns, level)
    for parameter, key in zip("ab", ends, strict=True):
        if key not in keys:
            detail = f"{parameter}: there is no region {key[:100]!r} of the level {level}."
            raise ApiError(400, detail, extra={"parameter": parameter, "value": key[:100]})
    table = geography.flow(snapshot.columns, snapshot.search, chosen, level, *ends)
    ref = snapshot.things.ref
    ties = [
        FlowTie(
            tie=row["tie"],
            effort=None if row["thing"] is None else ref(row["thing"]),
            start=row["start"],
            end=row["end"],
            a=[ref(node) for node in row["a"]],
            b=[ref(node) for node in row["b"]],
        )
        for row in table.head(most).iter_rows(named=True)
    ]
    return FlowOut(total=table.height, ties=ties)


def flow_csv(found: FlowOut, lang: Literal["en", "sv"]) -> bytes:
    """The same as a table, one joint effort a line."""
    lines: list[list[object]] = [
        [
            one.tie if one.effort is None else label(one.effort.kind, lang),
            None if one.effort is None else getattr(one.effort.name, lang),
            one.start,
            one.end,
            "; ".join(getattr(party.name, lang) for party in one.a),
            "; ".join(getattr(party.name, lang) for party in one.b),
        ]
        for one in found.ties
    ]
    return csv_text([getattr(pair, lang) for pair in _FLOW.values()], lines).encode()


def _name(snapshot: Snapshot, key: str) -> Pair | None:
    """None for a country, which the reader's own language names."""
    node = snapshot.columns.node_of.get(key)
    return None if node is None or not key.startswith("place/") else snapshot.things.name(node)


def _county(snapshot: Snapshot, key: str | None, lang: str) -> str | None:
    pair = None if key is None else snapshot.things.counties.get(key)
    return key if pair is None else str(getattr(pair, lang))
