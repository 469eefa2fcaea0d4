"""`/api/v1/entity/{key}/…`: the long lists of a profile, a page at a time, and as tables."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.answers.gaps import net_of
from api.answers.profile_money import money_part
from api.answers.profile_partners import found_partners, partners_part
from api.answers.profile_parts import (
    Page,
    chosen_links,
    relations_part,
    similar_part,
    technologies_part,
    timeline_part,
)
from api.answers.profile_tables import Tables
from api.dependencies import Current, Lang, Serving, known_parameters, known_values
from api.gaps_serving import as_json, send
from api.models_profile import MoneyPartOut, PartnersOut, RelationsOut, SimilarPartOut, TechnologiesOut, TimelineOut
from api.problem import BAD
from api.respond import respond
from api.routes.data import MISSING, Key, elsewhere
from api.routes.gaps import CSV
from api.served import Snapshot
from graph.gaps.scope import Scope
from graph.profile_similar import Similar, similar, similar_efforts
from graph.profile_timeline import EVENTS
from graph.ties import TIES

router = APIRouter(
    prefix="/api/v1/entity", tags=["data"], responses=BAD | MISSING, dependencies=[Depends(known_parameters)]
)
_CSV = "text/csv; charset=utf-8; header=present"
Offset = Annotated[int, Query(ge=0, le=1_000_000, description="How many rows to pass over.")]
Limit = Annotated[int, Query(ge=1, le=200, description="How many rows at most.")]
Tie = Annotated[str | None, Query(max_length=40, description="One sort of relation, such as participation.")]
Direction = Annotated[Literal["in", "out"] | None, Query(description="out: the thing does it; in: it is done to it.")]
Money = Annotated[Literal["in", "out"] | None, Query(description="Only what was received (in) or paid (out).")]


def _headers(current: Snapshot, node: int, part: str) -> dict[str, str]:
    name = current.columns.key_of[node].replace("/", "-")
    ascii_only = "".join(letter if letter.isascii() and letter not in '"\\' else "_" for letter in name)
    return {"Content-Disposition": f'attachment; filename="cleantech-{ascii_only}-{part}.csv"'}


def _csv(request: Request, current: Snapshot, key: str, part: str, make: Callable[[int], bytes]) -> Response:
    node = current.things.find(key)
    if node is None:
        return elsewhere(request, current, key, "entity", f"/{part}.csv")
    return respond(request, current, lambda: make(node), _CSV, _headers(current, node, part))


@router.get("/{key:path}/relations", response_model=RelationsOut)
def get_relations(
    request: Request,
    current: Current,
    key: Key,
    tie: Tie = None,
    direction: Direction = None,
    money: Money = None,
    offset: Offset = 0,
    limit: Limit = 25,
) -> Response:
    """Relations of one sort, in the order of the profile."""
    known_values("tie", [tie] if tie else [], TIES)
    node = current.things.find(key)
    if node is None:
        return elsewhere(request, current, key, "entity", "/relations")
    links = chosen_links(current, node, tie, direction, money)
    return respond(request, current, lambda: relations_part(current, node, Page(offset, limit), links))


@router.get("/{key:path}/relations.csv", response_class=Response, responses=CSV)
def get_relations_csv(request: Request, current: Current, key: Key, lang: Lang = "en") -> Response:
    """Every relation as a table."""

    def made(node: int) -> bytes:
        return Tables(current, node, lang).relations(chosen_links(current, node, None, None, None))

    return _csv(request, current, key, "relations", made)


@router.get("/{key:path}/partners", response_model=PartnersOut)
async def get_partners(
    request: Request, served: Serving, current: Current, key: Key, offset: Offset = 0, limit: Limit = 10
) -> Response:
    """Partners of an organisation by strength; participants of an effort; organisations of a technology or place."""
    node = current.things.find(key)
    if node is None:
        return elsewhere(request, current, key, "entity", "/partners")
    question = (("partners", node), lambda: found_partners(current.columns, node))
    page = Page(offset, limit)
    return await send(
        request, served, current, question, lambda found: as_json(partners_part(current, node, page, found)), quick=True
    )


@router.get("/{key:path}/partners.csv", response_class=Response, responses=CSV)
async def get_partners_csv(
    request: Request, served: Serving, current: Current, key: Key, lang: Lang = "en"
) -> Response:
    """All of them as a table."""
    node = current.things.find(key)
    if node is None:
        return elsewhere(request, current, key, "entity", "/partners.csv")
    question = (("partners", node), lambda: found_partners(current.columns, node))
    headers = _headers(current, node, "partners")
    tables = Tables(current, node, lang)
    return await send(request, served, current, question, tables.partners, "", _CSV, headers, quick=True)


@router.get("/{key:path}/technologies", response_model=TechnologiesOut)
def get_technologies(request: Request, current: Current, key: Key, offset: Offset = 0, limit: Limit = 30) -> Response:
    """What an organisation or effort works on, with the number of efforts; what organisations of a place work on."""
    node = current.things.find(key)
    if node is None:
        return elsewhere(request, current, key, "entity", "/technologies")
    return respond(request, current, lambda: technologies_part(current, node, Page(offset, limit)))


@router.get("/{key:path}/technologies.csv", response_class=Response, responses=CSV)
def get_technologies_csv(request: Request, current: Current, key: Key, lang: Lang = "en") -> Response:
    """The same as a table."""
    return _csv(request, current, key, "technologies", lambda node: Tables(current, node, lang).technologies())


@router.get("/{key:path}/money", response_model=MoneyPartOut)
def get_money(request: Request, current: Current, key: Key) -> Response:
    """Money received and paid, by year and by party; of a technology or place, what was paid for or to it."""
    node = current.things.find(key)
    if node is None:
        return elsewhere(request, current, key, "entity", "/money")
    return respond(request, current, lambda: money_part(current, node))


@router.get("/{key:path}/money.csv", response_class=Response, responses=CSV)
def get_money_csv(request: Request, current: Current, key: Key, lang: Lang = "en") -> Response:
    """Every payment as a table."""
    return _csv(request, current, key, "money", lambda node: Tables(current, node, lang).money())


@router.get("/{key:path}/timeline", response_model=TimelineOut)
def get_timeline(
    request: Request,
    current: Current,
    key: Key,
    event: Annotated[tuple[str, ...], Query(description="Sorts of events, such as project; repeatable.")] = (),
    offset: Offset = 0,
    limit: Limit = 25,
) -> Response:
    """What happened and when, the newest first."""
    known_values("event", event, EVENTS)
    node = current.things.find(key)
    if node is None:
        return elsewhere(request, current, key, "entity", "/timeline")
    return respond(request, current, lambda: timeline_part(current, node, Page(offset, limit), event))


@router.get("/{key:path}/timeline.csv", response_class=Response, responses=CSV)
def get_timeline_csv(request: Request, current: Current, key: Key, lang: Lang = "en") -> Response:
    """Every dated event as a table."""
    return _csv(request, current, key, "timeline", lambda node: Tables(current, node, lang).timeline())


@router.get("/{key:path}/similar", response_model=SimilarPartOut)
async def get_similar(
    request: Request, served: Serving, current: Current, key: Key, offset: Offset = 0, limit: Limit = 8
) -> Response:
    """Organisations that work on the same, write the same and are of the same type; efforts about the same with the same
    participants. At most 60."""
    node = current.things.find(key)
    if node is None:
        return elsewhere(request, current, key, "entity", "/similar")
    page = Page(offset, limit)
    return await send(
        request,
        served,
        current,
        (("similar", node), lambda: _similar(current, node)),
        lambda found: as_json(similar_part(current, node, page, found)),
        quick=True,
    )


@router.get("/{key:path}/similar.csv", response_class=Response, responses=CSV)
async def get_similar_csv(request: Request, served: Serving, current: Current, key: Key, lang: Lang = "en") -> Response:
    """All of them as a table."""
    node = current.things.find(key)
    if node is None:
        return elsewhere(request, current, key, "entity", "/similar.csv")
    headers, tables = _headers(current, node, "similar"), Tables(current, node, lang)
    question = (("similar", node), lambda: _similar(current, node))
    return await send(request, served, current, question, tables.similar, "", _CSV, headers, quick=True)


def _similar(current: Snapshot, node: int) -> list[Similar]:
    if current.things.groups[node] == "effort":
        return similar_efforts(current.columns, node)
    return similar(net_of(current.columns, Scope()), node)
