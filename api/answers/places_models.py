"""The shapes of what `/api/v1/map/…` says of places, of flows between them and of the rows of the table."""

from __future__ import annotations

from typing import Literal

from api.models import Model, Pair, Ref

SpotLevel = Literal["town", "county", "country"]


class PlacesColumns(Model):
    """Columns of one length. `lat` and `lon` are null for a country; a county stands in the middle of its towns. `level` says how
    much is known: of what is at a `county` or `country` nobody says in which town it is."""

    key: list[str]
    en: list[str]
    sv: list[str]
    level: list[SpotLevel]
    lat: list[float | None]
    lon: list[float | None]
    county: list[str | None]
    country: list[str | None]
    organisations: list[int]
    efforts: list[int]


class Nowhere(Model):
    """What has no place at all."""

    organisations: int
    efforts: int


class PlacesOut(Model):
    """The places of what the filter leaves, with how many things are there."""

    generation: int
    places: PlacesColumns
    nowhere: Nowhere


class FlowsOut(Model):
    """Joint efforts between regions, most first; `a` and `b` are positions in `keys` and `names`. A key is that of a place, or an ISO code of a
    country. `pairs` of regions have any; of `efforts` there are `across` in more than one region."""

    level: SpotLevel
    keys: list[str]
    names: list[Pair | None]
    a: list[int]
    b: list[int]
    count: list[int]
    pairs: int
    efforts: int
    across: int


class FlowTie(Model):
    """One joint effort; `tie` is project, partnership, lead or venture, `effort` null for a partnership; parties of either region."""

    tie: str
    effort: Ref | None
    start: int | None
    end: int | None
    a: list[Ref]
    b: list[Ref]


class FlowOut(Model):
    """The joint efforts between two regions, the latest first; `total` of them there are."""

    total: int
    ties: list[FlowTie]


class There(Ref):
    """A thing at a place; `at` is the key of the place as it was asked for."""

    at: str
    degree: int


class ThereOut(Model):
    """Things at some places, the best linked first at each; `totals` by place, in the order asked."""

    totals: list[int]
    things: list[There]


class RowOut(Model):
    """A row of the table. `links` counts others of the selection; `technologies` those that it works on by itself."""

    key: str
    path: str
    name: Pair
    kind: str
    county: str | None
    country: str | None
    place: Pair | None
    links: int
    since: int | None
    technologies: int


class RowsOut(Model):
    """A part of the table; `total` rows there are."""

    total: int
    offset: int
    rows: list[RowOut]
