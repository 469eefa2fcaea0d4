"""What routes ask for: the snapshot, the readers, the settings, and the filter of the map."""

from __future__ import annotations

import re
from collections.abc import Iterable
from difflib import get_close_matches
from typing import Annotated, Literal

from fastapi import Depends, Query, Request

from api.answers.vocabulary import ROLE_SCHEMES
from api.egos import ego_of
from api.problem import ApiError
from api.served import Served, Snapshot
from graph.masks import COLLABORATION
from graph.selection import Filter
from graph.ties import TIES
from ontology.terms import CLASSES, SCHEMES


async def _served(request: Request) -> Served:  # async: a plain function would take a thread for each request
    served: Served = request.app.state.served
    return served


async def _snapshot(served: Annotated[Served, Depends(_served)]) -> Snapshot:
    return served.snapshot


_COUNTRY = re.compile("[A-Z]{2}")
_FEW = 80  # values that are listed in full

Serving = Annotated[Served, Depends(_served)]
Current = Annotated[Snapshot, Depends(_snapshot)]
Lang = Annotated[Literal["en", "sv"], Query(description="The language of headers and names.")]
Year = Annotated[int | None, Query(ge=1, le=9999, alias="from", description="Active in this year or later.")]
YearTo = Annotated[int | None, Query(ge=1, le=9999, alias="to", description="Active in this year or earlier.")]


def _filter(
    current: Current,
    kind: Annotated[
        tuple[str, ...], Query(description="Classes, such as Company; finds what is below them, too.")
    ] = (),
    tech: Annotated[tuple[str, ...], Query(description="Technologies by slug, such as batteries.")] = (),
    county: Annotated[tuple[str, ...], Query(description="Counties by key, such as place/se-ab.")] = (),
    role: Annotated[tuple[str, ...], Query(description="Roles, such as coordinator.")] = (),
    tie: Annotated[tuple[str, ...], Query(description="Sorts of links, such as funding.")] = (),
    year_from: Year = None,
    year_to: YearTo = None,
    q: Annotated[str, Query(max_length=200, description="What a search for these words finds.")] = "",
    mode: Annotated[Literal["all", "actors"], Query(description="actors: organisations alone.")] = "all",
    country: Annotated[tuple[str, ...], Query(description="Countries by ISO code, such as SE.")] = (),
    ego: Annotated[
        str, Query(max_length=300, description="Only this organisation or effort and what is near it.")
    ] = "",
    steps: Annotated[int | None, Query(ge=1, le=2, description="How near to the ego: 1 (the default) or 2.")] = None,
) -> Filter:
    """The filter of the map; a problem 400 that names the parameter, the value and what comes near."""
    roles = {slug for scheme in ROLE_SCHEMES for slug in SCHEMES[scheme]}
    known_values("kind", kind, CLASSES)
    known_values("tech", tech, SCHEMES["tech"])
    known_values("county", county, current.things.counties)
    for code in country:
        if not _COUNTRY.fullmatch(code):
            detail = f"country: {code[:100]!r} is no ISO code of two capital letters, such as SE."
            raise ApiError(400, detail, extra={"parameter": "country", "value": code[:100]})
    known_values("role", role, roles)
    known_values("tie", tie, (*TIES, COLLABORATION))
    if year_from is not None and year_to is not None and year_from > year_to:
        raise ApiError(400, f"from={year_from} is after to={year_to}.", extra={"parameter": "from"})
    if steps is not None and not ego:
        raise ApiError(400, "steps are counted from an ego: give ego=, too.", extra={"parameter": "steps"})
    centre = ego_of(current, ego) if ego else ""
    return Filter(kind, tech, county, role, tie, year_from, year_to, q, mode, country, centre, steps or 1)


Filtered = Annotated[Filter, Depends(_filter)]


async def known_parameters(request: Request) -> None:
    """A problem 400 when the query names a parameter that the OpenAPI document does not have for this path."""
    paths = request.app.openapi()["paths"]
    method = "get" if request.method == "HEAD" else request.method.lower()
    asked = paths[request.scope["route"].path_format][method].get("parameters", ())
    known = sorted(one["name"] for one in asked if one["in"] == "query")
    for name in request.query_params:
        if name not in known:
            near = get_close_matches(name, known, 5, 0.6)
            hint = f"Did you mean {', '.join(near)}? " if near else ""
            listed = f"Known are {', '.join(known)}." if known else "This path takes none."
            detail = f"There is no parameter {name[:100]!r} here. {hint}{listed}"
            raise ApiError(400, detail, extra={"parameter": name[:100], "near": near or known})


def known_values(parameter: str, values: Iterable[str], allowed: Iterable[str]) -> None:
    """A problem 400 for the first value that is not known, with what comes near, or all that are when they are few."""
    known = set(allowed)
    for value in values:
        if value not in known:
            near = get_close_matches(value, known, 5, 0.6)
            hint = f" Did you mean {', '.join(near)}?" if near else ""
            if not near and 0 < len(known) <= _FEW:
                hint = f" Known are {', '.join(sorted(known))}."
            detail = f"{parameter}: there is no {value[:100]!r}.{hint}"
            raise ApiError(400, detail, extra={"parameter": parameter, "value": value[:100], "near": near})
