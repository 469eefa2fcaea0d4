"""The shape of `/api/v1/sources`."""

from __future__ import annotations

from api.models import Model, Pair


class Named(Model):
    """A class, tie or property and how often it occurs."""

    value: str
    name: Pair
    count: int


class Known(Model):
    """Of `all` things, how many say what `value` names."""

    value: str
    known: int


class CoverageOut(Model):
    """How much is known of `all`."""

    all: int
    known: list[Known]


class HoldingOut(Model):
    """What a source, or the whole map, says; `published` and `retrieved` are the newest days that its pages name."""

    organisations: int
    efforts: int
    relations: int
    facts: int
    documents: int
    kinds: list[Named]
    ties: list[Named]
    properties: list[Named]
    published: str | None
    retrieved: str | None
    of_organisations: CoverageOut
    of_efforts: CoverageOut


class SourceOut(Model):
    """A source: its card, its last run (`date`: of the data, `started`: of the run), and what it gives; null where nothing
    on the map rests on it."""

    name: str
    title: Pair
    publisher: str
    homepage: str
    licence: str
    date: str
    started: str
    records: int
    rejected: int
    holds: HoldingOut | None


class SourcesOut(Model):
    """`/sources`: the generation, each source, and the whole. `base` begins the addresses of its things."""

    generation: int
    built: str
    base: str
    sha256: str
    whole: HoldingOut
    sources: list[SourceOut]
