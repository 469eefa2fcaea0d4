"""Reasons of place: the same town, county or country, and how far apart."""

from __future__ import annotations

from collections.abc import Sequence
from math import isnan

import numpy as np

from graph.gaps.answer import Note, Proof, Reason
from graph.gaps.collaboration import Collaboration, Floats, Ints, Mask
from graph.gaps.earth import arc
from graph.gaps.ground import Ground

_EARTH = 6371.0
_DEGREE = 111.2  # km, of latitude
_NEAR = 100.0  # km
_CLOSE = 50.0
_WEIGHTS = {"same-town": 0.8, "same-county": 0.6, "near": 0.6, "same-country": 0.4}


def nearness_of(net: Collaboration, a: Ints, b: Ints) -> Floats:
    """What place adds to the score of many pairs, about: before reasons are told, to choose for whom they are."""
    country = np.array(["" if code is None else code for code in net.country])
    same = (country[a] == country[b]) & (country[a] != "")
    apart = np.hypot(net.lat[a] - net.lat[b], (net.lon[a] - net.lon[b]) * np.cos(np.radians(net.lat[a]))) * _DEGREE
    return np.where(
        np.nan_to_num(apart, nan=np.inf) <= _NEAR, _WEIGHTS["near"], np.where(same, _WEIGHTS["same-country"], 0.0)
    )


def near(net: Collaboration, rows: Ints) -> Mask:
    """Who of all is within 50 km of each of the rows."""
    lat, lon = np.radians(net.lat), np.radians(net.lon)
    north = lat[rows][:, np.newaxis] - lat[np.newaxis, :]
    east = (lon[rows][:, np.newaxis] - lon[np.newaxis, :]) * np.cos(lat[rows])[:, np.newaxis]
    return np.asarray(np.nan_to_num(np.hypot(north, east), nan=np.inf) * _EARTH <= _CLOSE, dtype=bool)


def distance(net: Collaboration, a: int, b: int) -> float | None:
    """Kilometres between two rows along the great circle; None when one has no coordinates."""
    km = _EARTH * float(arc(*(np.radians(held[row]) for row in (a, b) for held in (net.lat, net.lon))))
    return None if isnan(km) else round(km, 1)


def nearness(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """The narrowest that holds of: same town, same county, near, same country."""
    nodes = held.net.columns.nodes
    one, other = (int(held.net.nodes[row]) for row in (a, b))
    km = distance(held.net, a, b)
    things = {"a": (one,), "b": (other,)}

    def same(column: str) -> bool:
        return nodes[column][one] is not None and nodes[column][one] == nodes[column][other]

    town = same("municipality") or (same("place") and _is_town(held, one))
    code = (
        "same-town"
        if town
        else "same-county"
        if same("county")
        else "near"
        if km is not None and km <= _NEAR
        else "same-country"
        if held.net.country[a] is not None and held.net.country[a] == held.net.country[b]
        else None
    )
    if code is None:
        return ()
    place = {"same-town": "municipality" if same("municipality") else "place", "same-county": "county"}.get(code)
    if place is not None:
        things |= {"place": (_place(held, nodes[place][one]),)}
    values: dict[str, str | float] = {} if code in ("same-town", "same-county") or km is None else {"km": round(km)}
    if code == "same-country":
        values = {"country": str(held.net.country[a]), **values}
        code = code if km is None else "same-country-km"
    weight = _WEIGHTS[code.removesuffix("-km")]
    return (Reason(Note(code, values, things), (_site(held, a), _site(held, b)), weight),)


def _is_town(held: Ground, node: int) -> bool:
    """A site may be a whole country, where nothing nearer is known."""
    place = int(held.net.columns.nodes["place"][node])
    return (
        held.net.columns.nodes["kind"][place] != "AdministrativeArea"
        and held.net.columns.nodes["lat"][node] is not None
    )


def _place(held: Ground, said: str | int) -> int:
    return held.net.columns.node_of[said] if isinstance(said, str) else int(said)


def _site(held: Ground, row: int) -> Proof:
    node = int(held.net.nodes[row])
    sites = held.records.sites.of(row)[:, 0]
    return held.records.relation(node, *sites) if len(sites) else held.records.fact(node, "countryCode")
