"""How an answer of the gap finder is sent: 304, kept bodies, one analysis of one question at a time, work in threads."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from typing import Any, TypeVar
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import Response
from pydantic import BaseModel

from api.analyses import Analyses
from api.answers.gaps import analysis, answer_out, answer_table, empty_said
from api.answers.gaps_findings import Ask
from api.cache import Kept
from api.respond import etag, is_fresh, not_modified, packed_aside
from api.served import Served, Snapshot
from graph.gaps.words import Lang

_JSON = "application/json"
TABLE = "text/csv; charset=utf-8; header=present"
_PLAIN = " ,.;:()'/-"  # of what a header may hold, so that plain sentences can be read as they are
_NONE: Mapping[str, str] = {}
_T = TypeVar("_T")


async def page(request: Request, served: Served, current: Snapshot, ask: Ask, offset: int, limit: int) -> Response:
    """A page of a finding as JSON."""

    def shown(found: Any) -> bytes:  # noqa: ANN401 - what `analysis` gives
        return as_json(answer_out(current, ask, found, offset, limit))

    work = (ask, lambda: analysis(current.columns, ask))
    return await send(request, served, current, work, shown, ask.stamp, quick=ask.actor is not None)


async def table(request: Request, served: Served, current: Snapshot, ask: Ask, limit: int, lang: Lang) -> Response:
    """The best rows of a finding as CSV."""

    def shown(found: Any) -> bytes:  # noqa: ANN401
        return answer_table(current, ask, found, limit, lang)

    name = ask.name if ask.actor is None else f"{ask.name}-{current.columns.key_of[ask.actor].replace('/', '-')}"
    headers = {"Content-Disposition": f'attachment; filename="cleantech-gaps-{name}.csv"'}
    work = (ask, lambda: analysis(current.columns, ask))

    def beside(found: Any) -> dict[str, str]:  # noqa: ANN401
        why = empty_said(current, found, lang)
        return {"X-Cleantech-Empty": quote(why, safe=_PLAIN)} if why else {}

    return await send(request, served, current, work, shown, ask.stamp, TABLE, headers, told=beside)


async def send(
    request: Request,
    served: Served,
    current: Snapshot,
    question: tuple[object, Callable[[], _T]],
    shown: Callable[[_T], bytes],
    beside: str = "",
    media_type: str = _JSON,
    headers: Mapping[str, str] = _NONE,
    *,
    quick: bool = False,
    told: Callable[[_T], dict[str, str]] = lambda _: {},
) -> Response:
    """The answer to a request that its address and `beside` decide: 304, a kept body, or `shown` of what the question
    gives. `question` is what tells it apart, and the work. What is `quick` waits behind no analysis of a whole map. `told`
    are headers that depend on what was found."""
    tag = etag(current, request.url.path, request.url.query, *([beside] if beside else []))
    if is_fresh(request, tag):
        return not_modified(tag)
    kept = served.answers.get(tag)
    if kept is None:
        analyses: Analyses = request.app.state.lookups if quick else request.app.state.analyses
        key, work = question
        found = await analyses.answer((current.version, key), work)
        kept = Kept(await asyncio.to_thread(shown, found), told(found))
        served.answers.put(tag, kept)
    return await packed_aside(request, kept.body, media_type, {"ETag": tag} | dict(headers) | dict(kept.headers))


def as_json(answer: BaseModel) -> bytes:
    """As every answer of `/api/v1` is written."""
    return answer.model_dump_json(by_alias=True).encode()
