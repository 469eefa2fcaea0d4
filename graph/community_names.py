"""What to call the communities of the map: the technologies and places that each has beyond its share of the whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.columns import Columns
from graph.spoken import spoken

_FEWEST = 3  # members, for a technology or a place to name a community
_LEAST_SHARE = 0.1  # of the members of which anything is known: a rare sign says little of a large community
_EACH = 3  # technologies and places that are looked at
_SMALLEST = 3  # members; what is smaller has no name

Ids = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Community:
    """`number` as in the column `community`, 0 the largest; `technologies` and `places` are node ids, the most telling first;
    `strongest` is its best connected organisation. Names differ from each other in each language."""

    number: int
    size: int
    technologies: tuple[int, ...]
    places: tuple[int, ...]
    strongest: int
    en: str
    sv: str


@lru_cache(maxsize=4)
def named(columns: Columns) -> tuple[Community, ...]:
    """All communities of at least three things that have ties, the largest first."""
    member = columns.nodes.filter(pl.col("community").is_not_null(), pl.col("degree") > 0).select(
        "node", "community", "degree", (pl.col("group") == "organisation").alias("actor")
    )
    sizes = member.group_by("community").len().filter(pl.col("len") >= _SMALLEST).sort("community")
    techs = _telling(member, columns.technology.select("node", pl.col("tech").alias("sign")))
    regions = columns.links.filter(pl.col("property") == "inRegion")
    places = _telling(member, regions.select(pl.col("a").alias("node"), pl.col("b").alias("sign")))
    best = member.sort("actor", "degree", "node", descending=[True, True, False])
    strongest = dict(best.group_by("community", maintain_order=True).first().select("community", "node").iter_rows())
    english, swedish = columns.nodes["name_en"], columns.nodes["name_sv"]
    taken: tuple[set[str], set[str]] = (set(), set())
    found = []
    for number, size in sizes.iter_rows():
        of_it, there, lead = techs.get(number, ()), places.get(number, ()), int(strongest[number])
        en = _first_free(_proposals(english, of_it, there, lead, "Around"), taken[0], number)
        sv = _first_free(_proposals(swedish, of_it, there, lead, "Kring"), taken[1], number)
        found.append(Community(number, size, of_it, there, lead, en, sv))
    return tuple(found)


def _telling(member: pl.DataFrame, signs: pl.DataFrame) -> dict[int, tuple[int, ...]]:
    """By community the few signs that it has most beyond its share: count x ln(share here / share everywhere). Shares are of
    those members that have any sign at all."""
    held = member.join(signs.unique(), on="node").select("node", "community", "sign")
    if held.is_empty():
        return {}
    heads = held.group_by("community").agg(pl.col("node").n_unique().alias("heads"))
    everywhere = held.group_by("sign").agg(pl.len().alias("all"))
    total = held["node"].n_unique()
    worth = pl.col("here") * ((pl.col("here") / pl.col("heads")) / (pl.col("all") / total)).log()
    rated = (
        held.group_by("community", "sign")
        .agg(pl.len().alias("here"))
        .filter(pl.col("here") >= _FEWEST)
        .join(heads, on="community")
        .join(everywhere, on="sign")
        .with_columns(worth.alias("worth"))
        .filter(pl.col("worth") > 0, pl.col("here") >= pl.col("heads") * _LEAST_SHARE)
        .sort("community", "worth", "sign", descending=[False, True, False])
    )
    few = rated.group_by("community", maintain_order=True).agg(pl.col("sign").head(_EACH))
    return {number: tuple(held) for number, held in few.select("community", "sign").iter_rows()}


def _proposals(
    names: pl.Series, techs: tuple[int, ...], places: tuple[int, ...], strongest: int, around: str
) -> Iterator[str]:
    """Names for a community, the best first: what it does and where, and only then by one of its organisations."""
    tech, place, lead = (
        [_capital(names[node]) for node in techs],
        [names[node] for node in places],
        spoken(names[strongest]),
    )
    for where in place:
        for what in tech:
            yield f"{what} · {where}"
    known = tech or place
    if known:
        yield known[0]
        yield from (f"{known[0]} · {other}" for other in known[1:])
        yield from (f"{known[0]} · {lead}", " · ".join((*known[:2], lead)))
    yield f"{around} {lead}"


def _first_free(proposals: Iterator[str], taken: set[str], number: int) -> str:
    """The first that no larger community has."""
    last = ""
    for last in proposals:
        if last not in taken:
            break
    name = last if last not in taken else f"{last} ({number})"
    taken.add(name)
    return name


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]
