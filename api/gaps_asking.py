"""What the routes of the gap finder ask for: a checked scope, paging, organisations by key, and what people said."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated

from fastapi import Depends, Query, Request

from api.answers.gaps_findings import FINDINGS, HISTORIES, MOST, Ask, most_of
from api.dependencies import Current, Year, YearTo, known_values
from api.gap_answers import GapAnswers, Said
from api.organisations import is_organisation, near, node_under, plain_key
from api.problem import ApiError
from api.served import Snapshot
from graph.gaps.candidates import History
from graph.gaps.scope import Scope, ScopeError, scope_of
from ingest.problem import InputError

_DEFAULT = Scope()
Words = tuple[str, ...]
Limit = Annotated[int, Query(ge=1, le=MOST, description="How many rows at most.")]
AnyLimit = Annotated[
    int | None, Query(ge=1, le=MOST, description="How many rows at most; without it all that can be had.")
]
Offset = Annotated[int, Query(ge=0, lt=MOST, description="How many rows to leave out first.")]
Key = Annotated[str, Query(min_length=1, max_length=300, description="An organisation by its key, such as kth.")]


def _wide(
    current: Current,
    year_from: Year = None,
    year_to: YearTo = None,
    as_of: Annotated[int | None, Query(ge=1, le=9999, description="The year that ages are counted from.")] = None,
    tie: Annotated[Words, Query(description="What counts: project, partnership, lead, venture; without it all.")] = (),
    max_partners: Annotated[
        int, Query(description="Projects with more partners make no ties (2 to 10,000).")
    ] = _DEFAULT.max_partners,
    half_life: Annotated[
        float, Query(description="Years until a tie is worth half (0 to 100); 0: ties do not age.")
    ] = _DEFAULT.half_life,
    rollup: Annotated[bool, Query(description="Subsidiaries and units count as the organisation above.")] = False,
) -> Scope:
    """What counts as a tie; a problem 400 that names the parameter, what is wrong and what comes near."""
    with refused():
        return scope_of(
            current.columns,
            year_from=year_from,
            year_to=year_to,
            as_of=as_of,
            tie=tie,
            max_partners=max_partners,
            half_life=half_life,
            rollup=rollup,
        )


WideScoped = Annotated[Scope, Depends(_wide)]


def _scope(
    current: Current,
    wide: WideScoped,
    technology: Annotated[
        Words, Query(description="Technologies by slug, such as batteries; narrower ones count.")
    ] = (),
    region: Annotated[
        Words, Query(description="Places by key (place/se-ab) or NUTS code (SE110), countries by code (SE).")
    ] = (),
    reach: Annotated[
        str, Query(max_length=20, description="touching: one end in the region; within: both.")
    ] = _DEFAULT.reach,
    type: Annotated[  # noqa: A002 - the name of the parameter
        str, Query(max_length=60, description="The types of the two, such as company-research.")
    ] = "",
) -> Scope:
    """The same, and what is looked at."""
    with refused():
        narrow = scope_of(current.columns, technology=technology, region=region, reach=reach, type=type)
    return replace(
        wide, technologies=narrow.technologies, regions=narrow.regions, reach=narrow.reach, types=narrow.types
    )


@contextmanager
def refused() -> Iterator[None]:
    """Turn what the scope cannot be into a problem 400."""
    try:
        yield
    except ScopeError as error:
        name = error.parameter.replace("-", "_")
        extra = {"parameter": name, "value": error.value[:100], "near": list(error.near)}
        said = f"{name}{str(error).removeprefix(error.parameter)}"
        detail = said if said.endswith("?") else f"{said}."
        raise ApiError(400, detail, extra=extra) from error


Scoped = Annotated[Scope, Depends(_scope)]


def _pair_scope(
    current: Current,
    scope: Scoped,
    other_region: Annotated[
        Words, Query(description="Then one end of a pair is in `region`, the other in these; elsewhere: outside of it.")
    ] = (),
) -> Scope:
    if not other_region:
        return scope
    with refused():
        return replace(scope, other_regions=scope_of(current.columns, other_region=other_region).other_regions)


PairScoped = Annotated[Scope, Depends(_pair_scope)]


def _history(
    history: Annotated[Words, Query(description="never linked, lapsed (not for long), or both.")] = ("never",),
) -> tuple[History, ...]:
    known_values("history", history, HISTORIES)
    return tuple(one for one in HISTORIES if one in history)


Histories = Annotated[tuple[History, ...], Depends(_history)]


def check_limit(ask: Ask, limit: int) -> None:
    """A problem 400 for more rows than are worked out."""
    most = most_of(ask)
    if limit > most:
        detail = f"limit: {limit} is more than the {most:,} best rows that can be had here."
        raise ApiError(400, detail, extra={"parameter": "limit", "value": str(limit)})


def check_page(ask: Ask, offset: int, limit: int) -> None:
    """A problem 400 for a page that ends after the last row that is worked out, or asks for more than these."""
    check_limit(ask, limit)
    most = most_of(ask)
    if offset + limit > most and offset:
        detail = f"offset: {offset} and limit={limit} go beyond the {most:,} best rows; narrow the question instead."
        raise ApiError(400, detail, extra={"parameter": "offset", "value": str(offset)})


def organisation(current: Snapshot, parameter: str, key: str) -> int:
    """The node id of an organisation by its key, or one that it had before, or its page (`/org/kth`); a problem 404 or 400
    else."""
    key = plain_key(key)
    node = node_under(current, key)
    if node is None:
        found = near(current, key)
        hint = f" Did you mean {', '.join(found)}?" if found else ""
        extra = {"parameter": parameter, "value": key[:100], "near": found}
        raise ApiError(404, f"{parameter}: there is nothing under the key {key[:100]!r}.{hint}", extra=extra)
    if not is_organisation(current, node):
        detail = f"{parameter}: {key[:100]!r} is no organisation, and only organisations work together."
        raise ApiError(400, detail, extra={"parameter": parameter, "value": key[:100]})
    return node


def _ends(current: Current, a: Key, b: Key) -> tuple[int, int]:
    one, other = organisation(current, "a", a), organisation(current, "b", b)
    if one == other:
        raise ApiError(400, "a and b are the same organisation; name two.", extra={"parameter": "b", "value": b[:100]})
    return one, other


Ends = Annotated[tuple[int, int], Depends(_ends)]


async def _said(request: Request, current: Current) -> Said:
    """What people said; a problem 503 while their answers cannot be read."""
    held: GapAnswers = request.app.state.gap_answers
    try:
        return await asyncio.to_thread(held.now, current)
    except InputError as error:
        detail = f"The answers cannot be read until somebody mends them: {error}"
        raise ApiError(503, detail, headers={"Retry-After": "60"}, reason="gap_answers") from error


Answered = Annotated[Said, Depends(_said)]


def asking(name: str) -> Callable[..., Ask]:
    """The dependency that gives the question of a request to a finding."""
    finding = FINDINGS[name]

    def plain(scope: Scoped) -> Ask:
        return Ask(name, scope)

    def grouped(
        scope: Scoped,
        by: Annotated[str, Query(max_length=20, description="How groups are made: type, region, region-type.")] = "",
    ) -> Ask:
        known_values("by", [by] * bool(by), finding.by)
        return Ask(name, scope, "" if by == finding.by[0] else by)

    def paired(
        scope: PairScoped,
        history: Histories,
        said: Answered,
    ) -> Ask:
        return Ask(name, scope, history=history, stamp=said.stamp, answers=said.answers)

    def answered(scope: Scoped, said: Answered) -> Ask:
        return Ask(name, scope, stamp=said.stamp, answers=said.answers)

    return paired if finding.paired else answered if finding.answered else grouped if finding.by else plain
