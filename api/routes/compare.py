"""`/api/v1/compare`: two regions, technologies, networks or organisations side by side."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import Response

from api.answers.compare import compare, compare_csv, proposals_of
from api.answers.compare_models import CompareOut, ProposalsOut
from api.dependencies import Current, Lang, known_parameters
from api.organisations import node_under, plain_key
from api.problem import BAD, ApiError
from api.respond import respond
from api.served import Snapshot
from graph.compared.sides import Side, Sort, sorts_of

router = APIRouter(prefix="/api/v1", tags=["data"], responses=BAD, dependencies=[Depends(known_parameters)])

_CSV = "text/csv; charset=utf-8; header=present"
_WORDS: dict[Sort, str] = {
    "region": "a region",
    "technology": "a technology",
    "network": "a network with members",
    "organisation": "an organisation",
}


def _sides(
    current: Current,
    a: Annotated[str, Query(max_length=300, description="A key, such as place/se-ab, kth or tech/batteries.")],
    b: Annotated[str, Query(max_length=300, description="A key of a thing of the same sort.")],
) -> tuple[Side, Side]:
    """Both sides, as the first sort that they have in common; a problem 400 when there is none."""
    one, other = _node(current, "a", a), _node(current, "b", b)
    if one == other:
        raise ApiError(400, "a and b are the same thing; name two.", extra={"parameter": "b", "value": b})
    mine, theirs = (sorts_of(current.columns, node) for node in (one, other))
    kinds = [next(iter(sorts), None) for sorts in (mine, theirs)]
    for name, value, node, sorts in (("a", a, one, mine), ("b", b, other, theirs)):
        if not sorts:
            detail = f"{name}: {_called(current, node)} cannot be compared; name a region, a technology, a network or an organisation."
            raise ApiError(400, detail, extra={"parameter": name, "value": value, "sorts": kinds})
    shared = next((sort for sort in mine if sort in theirs), None)
    if shared is None:
        detail = (
            f"{_called(current, one)} is {_WORDS[mine[0]]} and {_called(current, other)} is {_WORDS[theirs[0]]}: "
            "there is nothing to compare one by one. Name two regions, two technologies, two networks or two organisations."
        )
        raise ApiError(400, detail, extra={"parameter": "b", "value": b, "sorts": kinds})
    return Side(current.columns, one, shared), Side(current.columns, other, shared)


def _node(current: Snapshot, name: str, value: str) -> int:
    node = node_under(current, plain_key(value))
    if node is None:
        near = [hit.key for hit in current.search.find(value.rpartition("/")[2].replace("-", " "), limit=5)]
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        detail = f"{name}: there is nothing under the key {value[:100]!r}.{hint}"
        raise ApiError(400, detail, extra={"parameter": name, "value": value[:100], "near": near})
    return node


def _called(current: Snapshot, node: int) -> str:
    return current.things.name(node).en


Sides = Annotated[tuple[Side, Side], Depends(_sides)]


@router.get("/compare", response_model=CompareOut)
def get_compare(request: Request, current: Current, sides: Sides) -> Response:
    """What both have, what only one has, figures, and what flows between them. To share an arena is not to work together."""
    return respond(request, current, lambda: compare(current, *sides))


@router.get("/compare.csv", response_class=Response, responses={200: {"content": {"text/csv": {}}}})
def get_compare_csv(request: Request, current: Current, sides: Sides, lang: Lang = "en") -> Response:
    """Everything that one or both have, as a table for a spreadsheet."""
    headers = {"Content-Disposition": 'attachment; filename="cleantech-compare.csv"'}
    return respond(request, current, lambda: compare_csv(current, *sides, lang), _CSV, headers)


@router.get("/compare/proposals", response_model=ProposalsOut)
def get_proposals(request: Request, current: Current) -> Response:
    """Comparisons to begin with: the two greatest of each sort."""
    return respond(request, current, lambda: proposals_of(current))
