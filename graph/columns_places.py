"""Where things are: from their sites, and from the places around those."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from graph.columns import NODES
from graph.columns_nodes import Filled, group_of
from graph.language import closure
from graph.merge import Entry
from graph.node import Ref
from ontology.schema import is_a

_COUNTY_KEY = re.compile(r"place/[a-z]{2}-[a-z]{1,3}")
_NUTS3_LENGTH = 5


def add_places(
    rows: Sequence[Filled], entries: Mapping[str, Entry], node_of: Mapping[str, int], relations: pl.DataFrame
) -> pl.DataFrame:
    """The table `nodes`, with place, municipality, county, country and coordinates from sites and `within`."""
    above = within(entries)
    place_of = {node_of[key]: key for key in node_of if key in entries and group_of(entries[key].kind) == "place"}
    at = dict(place_of)
    sites = relations.filter(pl.col("tie") == "site", pl.col("b").is_not_null())
    ordered = sites.sort(pl.col("role") != "head-office", "relation", nulls_last=True)
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
    return pl.DataFrame(
        [pl.Series(name, [row.get(name) for row in rows], dtype=kind, strict=False) for name, kind in NODES.items()]
    )


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
