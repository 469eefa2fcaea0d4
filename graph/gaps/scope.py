"""What a finding looks at: a checked choice of technology, region, types of actors, years, ties and size of projects."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from typing import Final, Literal, TypeVar

import polars as pl

from graph.columns import Columns
from graph.errors import GraphError
from graph.gaps.actors import TYPES, ActorType
from ontology.terms import SCHEMES

Tie = Literal["project", "partnership", "lead", "venture"]
TIES: Final[tuple[Tie, ...]] = ("project", "partnership", "lead", "venture")
Reach = Literal["within", "touching"]
_REACHES: Final[tuple[Reach, ...]] = ("within", "touching")
_Known = TypeVar("_Known", bound=str)
ELSEWHERE: Final = "elsewhere"
_FEW = 12  # values that are listed in full
_MOST_NEAR = 5
_FREQUENT = 10
_NUTS = re.compile(r"[a-z]{2}[a-z0-9]{1,2}")  # NUTS-1 and NUTS-2: all regions of NUTS-3 that begin so
_PLACES = "give a name, a key (place/se-ab), a NUTS code (SE110, SE11) or a country (SE)"


class ScopeError(GraphError):
    """A value of the scope can be none. `parameter` is its name here; the message says what is known or comes near."""

    def __init__(self, parameter: str, value: object, message: str, near: Sequence[str] = ()) -> None:
        super().__init__(f"{parameter}: {message}")
        self.parameter, self.value, self.near = parameter, str(value), tuple(near)


@dataclass(frozen=True, slots=True)
class Scope:
    """Made by `scope_of`, which checks it; the defaults are the whole map.

    technologies  slugs; narrower ones count as well; empty = all
    regions       keys of places (`place/se-ab`) or ISO codes of countries (`SE`); empty = everywhere
    other_regions of pairs alone: when given, one end is in `regions` and the other in these, in the order of `types`, and
                  `reach` does not count; `ELSEWHERE` alone is whatever `regions` are not
    reach         within: both ends of a pair are in the regions; touching: at least one
    types         the two types of actors of a pair, in this order; None = any
    years         only occasions active in [from, to]; what has no date is left out then
    as_of         the year that ages are counted from; what begins later makes no ties (but who met there does not count as
                  "never linked"); None = the newest in which anything of the map begins
    ties          what counts as working together
    max_partners  projects with more actors make no ties (but who met there does not count as "never linked")
    half_life     years until a tie is worth half; 0 = ties do not age
    rollup        subsidiaries and units count as the organisation above them
    """

    technologies: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    other_regions: tuple[str, ...] = ()
    reach: Reach = "touching"
    types: tuple[ActorType, ActorType] | None = None
    year_from: int | None = None
    year_to: int | None = None
    as_of: int | None = None
    ties: tuple[Tie, ...] = TIES
    max_partners: int = 60
    half_life: float = 5.0
    rollup: bool = False

    @property
    def in_years(self) -> pl.Expr:
        """Of a table with start and end: what was active in the years of the scope."""
        held = pl.lit(True)
        if self.year_from is not None:
            held &= pl.coalesce("end", "start") >= self.year_from
        if self.year_to is not None:
            held &= pl.coalesce("start", "end") <= self.year_to
        return held


def scope_of(
    columns: Columns,
    *,
    technology: Iterable[str] = (),
    region: Iterable[str] = (),
    other_region: Iterable[str] = (),
    reach: str = "touching",
    type: str = "",  # noqa: A002  the name of the option
    year_from: int | None = None,
    year_to: int | None = None,
    as_of: int | None = None,
    tie: Iterable[str] = (),
    max_partners: int = 60,
    half_life: float = 5.0,
    rollup: bool = False,
) -> Scope:
    """Check what was typed. `region`: keys, their ends (`se-ab`), names in either language, NUTS codes (`SE110`; `SE11` and
    `SE1` for all that lie in them), ISO codes; `type`: `company-research`.

    ScopeError for the first value that is wrong.
    """
    ties = tuple(dict.fromkeys(_known("tie", one, TIES) for one in tie)) or TIES
    if year_from is not None and year_to is not None and year_from > year_to:
        raise ScopeError("from", year_from, f"{year_from} is after to={year_to}; exchange them")
    if year_from is not None and as_of is not None and year_from > as_of:
        raise ScopeError("from", year_from, f"{year_from} is after as_of={as_of}, and what begins later does not count")
    if not 2 <= max_partners <= 10_000:
        raise ScopeError("max-partners", max_partners, "a project has 2 to 10,000 partners")
    if not 0 <= half_life <= 100:
        raise ScopeError("half-life", half_life, "give 0 (ties do not age) to 100 years")
    return Scope(
        technologies=tuple(dict.fromkeys(_technology(columns, one) for one in technology)),
        regions=_regions(columns, "region", region),
        other_regions=_other_regions(columns, tuple(other_region)),
        reach=_known("reach", reach, _REACHES),
        types=_types(type) if type else None,
        year_from=year_from,
        year_to=year_to,
        as_of=as_of,
        ties=ties,
        max_partners=max_partners,
        half_life=half_life,
        rollup=rollup,
    )


def _technology(columns: Columns, said: str) -> str:
    slug = said.removeprefix("tech/")
    if slug not in SCHEMES["tech"]:
        near = get_close_matches(slug, list(SCHEMES["tech"]), _MOST_NEAR, 0.6)
        often = f"most frequent here: {', '.join(_frequent(columns))}; GET /api/v1/gaps/choices lists all"
        hint = f"did you mean {', '.join(near)}?" if near else often
        raise ScopeError("technology", said, f"there is no {said[:100]!r}; {hint}", near)
    if f"tech/{slug}" not in columns.node_of:
        raise ScopeError("technology", said, f"nothing on this map has to do with {slug}")
    return slug


def _other_regions(columns: Columns, said: tuple[str, ...]) -> tuple[str, ...]:
    if ELSEWHERE in said and len(set(said)) > 1:
        raise ScopeError("other-region", ELSEWHERE, f"{ELSEWHERE} stands alone; leave the others out")
    return (ELSEWHERE,) if said and said[0] == ELSEWHERE else _regions(columns, "other-region", said)


def _frequent(columns: Columns) -> list[str]:
    """The technologies that most nodes have to do with."""
    count = columns.technology.unique(["node", "tech"])["tech"].value_counts()
    keys = [columns.key_of[tech] for tech in count.sort(["count", "tech"], descending=[True, False])["tech"]]
    return [key.removeprefix("tech/") for key in keys if key != "tech/cleantech"][:_FREQUENT]


def _regions(columns: Columns, parameter: str, said: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for one in said for key in _region(columns, parameter, one)))


def _region(columns: Columns, parameter: str, said: str) -> tuple[str, ...]:
    places, countries, nuts, names = _places(columns)
    code, small = said.removeprefix("place/").upper(), said.strip().lower()
    if code in countries:  # a country is known for more organisations than sit in one of its places
        return (code,)
    if small in places:
        return (places[small],)
    if _NUTS.fullmatch(small) and (inner := [nuts[one] for one in sorted(nuts) if one.startswith(small)]):
        return tuple(inner)
    found = names.get(small) or sorted(
        {key for name, keys in names.items() if name.startswith(f"{small} ") for key in keys}
    )
    if len(found) == 1:
        return (_code_of(found[0], countries),)
    near = [key.removeprefix("place/") for key in found][:_MOST_NEAR]
    near = near or get_close_matches(small, [*places, *(one.lower() for one in countries), *names], _MOST_NEAR, 0.6)
    hint = f"did you mean {', '.join(near)}?" if near else _PLACES
    what = f"{said[:100]!r} is the name of several places" if found else f"there is no {said[:100]!r} on this map"
    raise ScopeError(parameter, said, f"{what}; {hint}", near)


def _code_of(key: str, countries: frozenset[str]) -> str:
    """The code of a country for its key, and other keys as they are."""
    code = key.removeprefix("place/").upper()
    return code if code in countries else key


@lru_cache(maxsize=4)
def _places(columns: Columns) -> tuple[dict[str, str], frozenset[str], dict[str, str], dict[str, list[str]]]:
    """Keys of places by key, end of it and NUTS code, in small letters; the codes of the countries; keys by NUTS code
    alone; keys by names."""
    nodes = columns.nodes.filter(pl.col("group") == "place")
    keys = nodes["key"].to_list()
    called = {key.removeprefix("place/").lower(): key for key in keys} | {key.lower(): key for key in keys}
    codes = columns.facts.filter(pl.col("property") == "nutsCode").select("value", "node").iter_rows()
    nuts = {code.lower(): columns.key_of[node] for code, node in codes}
    called |= nuts
    names: dict[str, list[str]] = {}
    for key, *said in nodes.select("key", "name_en", "name_sv").iter_rows():
        for name in {one.lower() for one in said if one}:
            names.setdefault(name, []).append(key)
    return called, frozenset(columns.nodes["country"].drop_nulls().unique()), nuts, names


def _types(said: str) -> tuple[ActorType, ActorType]:
    parts = said.split("-")
    if len(parts) != 2:
        raise ScopeError("type", said, f"{said[:100]!r} is not two types; write company-research, say")
    one, other = (_known("type", part, TYPES) for part in parts)
    return one, other


def _known(parameter: str, said: str, known: Sequence[_Known]) -> _Known:
    for one in known:
        if one == said:
            return one
    near = get_close_matches(said, list[str](known), _MOST_NEAR, 0.6)
    hint = f"did you mean {', '.join(near)}?" if near or len(known) > _FEW else f"known are {', '.join(known)}"
    raise ScopeError(parameter, said, f"there is no {said[:100]!r}; {hint}", near)
