"""`/api/v1`: the JSON of the explorer and of whoever else wants it."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import Response

from api.answers.entity import entity
from api.answers.facets import facets_of
from api.answers.map import map_of
from api.answers.map_communities import communities_of
from api.answers.map_packed import MEDIA_TYPE, Part, packed_map
from api.answers.neighbourhood import around
from api.answers.search import search
from api.answers.stats import stats
from api.answers.table import table
from api.answers.vocabulary import vocabulary
from api.dependencies import Current, Filtered, Lang, known_parameters
from api.models import CommunitiesOut, Entity, FacetsOut, MapOut, NeighbourhoodOut, SearchOut, Stats, Vocabulary
from api.moved import moved
from api.problem import BAD, PROBLEM, ApiError
from api.respond import respond
from api.served import Snapshot

_MOVED = {"description": "It was merged; Location is where it stands now"}
MISSING: dict[int | str, dict[str, Any]] = {**BAD, 301: _MOVED, 404: PROBLEM, 410: PROBLEM}

router = APIRouter(prefix="/api/v1", tags=["data"], responses=BAD, dependencies=[Depends(known_parameters)])
Key = Annotated[str, Path(description="The key, such as kth, tech/batteries or place/se-ab.", max_length=300)]


@router.get("/stats", response_model=Stats)
def get_stats(request: Request, current: Current) -> Response:
    """Key figures, the day of the build, the sources, five questions to begin with."""
    contact: str = request.app.state.settings.contact
    return respond(request, current, lambda: stats(current, contact), beside=contact)


@router.get("/vocabulary", response_model=Vocabulary)
def get_vocabulary(request: Request, current: Current) -> Response:
    """Every label, in English and Swedish."""
    return respond(request, current, lambda: vocabulary(current))


@router.get("/search", response_model=SearchOut)
def get_search(
    request: Request,
    current: Current,
    q: Annotated[str, Query(max_length=200, description="What was typed.")],
    limit: Annotated[int, Query(ge=1, le=100, description="How many things at most.")] = 10,
    lang: Lang = "en",
) -> Response:
    """Organisations, efforts, technologies and places by name, alias, acronym, beginning or close spelling."""
    return respond(request, current, lambda: search(current, q, lang, limit))


@router.get("/facets", response_model=FacetsOut)
def get_facets(request: Request, current: Current, chosen: Filtered) -> Response:
    """How much each choice would give, all other choices staying as they are."""
    return respond(request, current, lambda: facets_of(current, chosen))


@router.get("/map", response_model=MapOut)
def get_map(request: Request, current: Current, chosen: Filtered) -> Response:
    """What the filter leaves of the map, in columns."""
    return respond(request, current, lambda: map_of(current, chosen))


@router.get("/map/packed", response_class=Response, responses={200: {"content": {MEDIA_TYPE: {}}}})
def get_map_packed(
    request: Request,
    current: Current,
    chosen: Filtered,
    part: Annotated[
        Part, Query(description="The picture, the rest of the table, or a measure for the sizes.")
    ] = "picture",
    top: Annotated[int | None, Query(ge=1, description="Only so many things, the best connected first.")] = None,
) -> Response:
    """The same for a picture: arrays of bytes after a header of JSON."""
    return respond(request, current, lambda: packed_map(current, chosen, part, top), MEDIA_TYPE)


@router.get("/map/communities", response_model=CommunitiesOut)
def get_map_communities(request: Request, current: Current) -> Response:
    """What the communities of the map are called."""
    return respond(request, current, lambda: communities_of(current))


@router.get("/map.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def get_map_csv(request: Request, current: Current, chosen: Filtered, lang: Lang = "en") -> Response:
    """The same as a table for a spreadsheet."""
    headers = {"Content-Disposition": 'attachment; filename="cleantech-map.csv"'}
    media_type = "text/csv; charset=utf-8; header=present"
    return respond(request, current, lambda: table(current, chosen, lang), media_type, headers)


@router.get("/entity/{key:path}", response_model=Entity, responses=MISSING)
def get_entity(request: Request, current: Current, key: Key) -> Response:
    """What is known about one thing, each fact with its evidence; of long lists the beginning, with `counts` of the whole."""
    node = current.things.find(key)
    if node is None:
        return elsewhere(request, current, key, "entity")
    return respond(request, current, lambda: entity(current, node))


@router.get("/neighbourhood/{key:path}", response_model=NeighbourhoodOut, responses=MISSING)
def get_neighbourhood(
    request: Request,
    current: Current,
    key: Key,
    depth: Annotated[int, Query(ge=1, le=4, description="How many steps from the thing.")] = 1,
    limit: Annotated[int, Query(ge=1, le=500, description="How many things at most, with the focus.")] = 60,
) -> Response:
    """What stands around one thing: the nearest and best connected first."""
    node = current.things.find(key)
    if node is None:
        return elsewhere(request, current, key, "neighbourhood")
    return respond(request, current, lambda: around(current, node, depth, limit))


def elsewhere(request: Request, current: Snapshot, key: str, answer: str, part: str = "") -> Response:
    """The way on from a former key; for any other key a problem 404 with what comes near."""
    on = moved(request, current, key, lambda new, _: f"{router.prefix}/{answer}/{new}{part}")
    if on is not None:
        return on
    near = [hit.key for hit in current.search.find(key.rpartition("/")[2].replace("-", " "), limit=5)]
    hint = f" Did you mean {', '.join(near)}?" if near else ""
    raise ApiError(404, f"There is nothing under the key {key[:100]!r}.{hint}", extra={"near": near})
