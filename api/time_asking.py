"""What the routes of the time page ask for: a checked choice of events."""

from __future__ import annotations

import re
from typing import Annotated

from fastapi import Depends, Query

from api.dependencies import Current, known_values
from api.gaps_asking import Words, refused
from api.organisations import node_under
from api.problem import ApiError
from api.served import Snapshot
from graph.gaps.scope import scope_of
from graph.timeline import KINDS
from graph.timeline_choice import Choice

_PERIOD = re.compile(r"(?P<year>[0-9]{4})(-(0[1-9]|1[0-2]))?|undated")
_PAGES = re.compile(r"/(org|effort|tech|place)/")


def _choice(
    current: Current,
    of: Annotated[
        str, Query(max_length=300, description="An organisation, effort, technology or place by its key.")
    ] = "",
    technology: Annotated[
        Words, Query(description="Technologies by slug, such as batteries; narrower ones count.")
    ] = (),
    region: Annotated[
        Words, Query(description="Places by key (place/se-ab) or NUTS code (SE110), countries by code (SE).")
    ] = (),
    kind: Annotated[Words, Query(description=f"Kinds of events: {', '.join(KINDS)}.")] = (),
    year_from: Annotated[int | None, Query(ge=1, le=9999, alias="from", description="In this year or later.")] = None,
    year_to: Annotated[int | None, Query(ge=1, le=9999, alias="to", description="In this year or earlier.")] = None,
) -> Choice:
    """A choice without a period; a problem 400 that names the parameter, the value and what comes near."""
    known_values("kind", kind, KINDS)
    with refused():
        scope = scope_of(current.columns, technology=technology, region=region, year_from=year_from, year_to=year_to)
    return Choice(
        of=_thing(current, of) if of else None,
        technologies=scope.technologies,
        regions=scope.regions,
        kinds=tuple(one for one in KINDS if one in kind),
        year_from=year_from,
        year_to=year_to,
    )


Chosen = Annotated[Choice, Depends(_choice)]


def _with_period(
    choice: Chosen,
    period: Annotated[
        str, Query(max_length=20, description="One year (2020) or month (2020-05), or undated; instead of from and to.")
    ] = "",
) -> Choice:
    """The choice, of one period where it is named."""
    if not period:
        return choice
    found = _PERIOD.fullmatch(period)
    if found is None:
        detail = f"period: {period!r} is no year (2020), month (2020-05) or the word undated."
        raise ApiError(400, detail, extra={"parameter": "period", "value": period, "near": ["undated"]})
    year = None if found["year"] is None else int(found["year"])
    undated = period == "undated"
    month = None if undated or len(period) == 4 else period
    return Choice(choice.of, choice.technologies, choice.regions, choice.kinds, year, year, month, undated)


ChosenPeriod = Annotated[Choice, Depends(_with_period)]


def _thing(current: Snapshot, said: str) -> int:
    """The node id of a key, also a former one, or of a page (`/tech/batteries`); a problem 404 with what comes near."""
    key = _PAGES.sub("", said, count=1)
    node = node_under(current, key)
    if node is None:
        hits = current.search.find(key.rpartition("/")[2].replace("-", " "), limit=5)
        found = [hit.key for hit in hits]
        hint = f" Did you mean {', '.join(found)}?" if found else ""
        extra = {"parameter": "of", "value": key[:100], "near": found}
        raise ApiError(404, f"of: there is nothing under the key {key[:100]!r}.{hint}", extra=extra)
    return node
