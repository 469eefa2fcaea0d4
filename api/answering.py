"""From a query to its answer: who asks, what the guard sees, what is kept already, a reader, the format."""

from __future__ import annotations

import asyncio
import time

from fastapi import Request
from fastapi.responses import Response

from api.asking import Asker, asker, while_there
from api.cache import Kept
from api.cors import READ_HEADERS
from api.encodings import wanted
from api.metrics import metrics_of
from api.models import Explanation
from api.negotiation import GRAPHS, TABLES, Offer, leaves_open, offer_for, offer_named
from api.problem import ApiError
from api.query_text import Asked
from api.respond import etag, is_fresh, not_modified, packed, packed_aside
from api.served import Served, Snapshot
from api.streamed import Streamed
from graph.guard import Inspection, look_at
from graph.readers import Question, ReaderError, Result, Timing

_LONG = 20_000  # characters of a query: from here on a thread reads it
_FRESH = {"Cache-Control": "no-store"}


async def answer(request: Request, served: Served, current: Snapshot, asked: Asked) -> Response:
    """The answer to a query, within the limits of whoever asks; any ReaderError, GuardError or ApiError may come."""
    request.state.text = asked.query  # for the excerpt of a problem
    who = await asker(request, served)
    seen = await _look_at(asked.query, served)
    offer = _chosen(request, asked.format, TABLES if seen.form in {"SELECT", "ASK"} else GRAPHS)
    question = _question(asked, who, seen, offer)
    if asked.explain:
        return await _explained(request, served, seen, question)
    tag = _tag(current, seen, question, offer)
    if tag is None:
        return await fresh(request, served, who, question, offer)
    if is_fresh(request, tag, exists=False):
        return not_modified(tag)
    key = (tag, request.headers.get("accept-encoding"))
    kept = served.answers.get(key)
    if kept is not None:
        metrics_of(request.app).count_query("kept", 0, 0)
        if is_fresh(request, tag):
            return not_modified(tag)
        return Response(kept.body, headers=kept.headers)
    if who.has_key:
        return await fresh(request, served, who, question, offer)
    result = await _ask(request, served, question)
    headers = _told(result)
    if result.store != current.store:  # the map was replaced meanwhile: no tag rather than a wrong one
        return await packed_aside(request, result.body, offer.content_type, headers)
    response = await packed_aside(request, result.body, offer.content_type, headers | {"ETag": tag})
    served.answers.put(key, Kept(bytes(response.body), dict(response.headers)))
    return not_modified(tag) if is_fresh(request, tag) else response


def _question(asked: Asked, who: Asker, seen: Inspection, offer: Offer) -> Question:
    return Question(
        asked.query,
        offer.made_as,
        client=who.client,
        seconds=min(asked.seconds or who.seconds, who.seconds),
        dataset=asked.dataset,
        outside=bool(seen.services),
    )


async def _look_at(text: str, served: Served) -> Inspection:
    limits, services = served.settings.guard_limits, served.settings.service_to
    if len(text) < _LONG:
        return look_at(text, limits, services=services)
    return await asyncio.to_thread(look_at, text, limits, services=services)


def _chosen(request: Request, word: str | None, offers: tuple[Offer, ...]) -> Offer:
    """By the Accept header; where that leaves it open, by the word in the address or the form."""
    accept = request.headers.get("accept")
    offer = offer_named(word, offers) if word and leaves_open(accept) else offer_for(accept, offers)
    if offer is None:
        raise ApiError(406, f"This query can be answered as {', '.join(offer.media_type for offer in offers)}.")
    return offer


def _tag(current: Snapshot, seen: Inspection, question: Question, offer: Offer) -> str | None:
    """None for an answer that may be another one the next time."""
    if seen.volatile or seen.services:
        return None
    default, named = question.dataset.default_graphs, question.dataset.named_graphs
    # That graphs were named at all counts, too: an empty set of them is not the whole store.
    graphs = (str(default is None), *(default or ()), "|", str(named is None), *(named or ()))
    return etag(current, question.text, offer.media_type, *graphs)


async def _ask(request: Request, served: Served, question: Question) -> Result:
    metrics, began = metrics_of(request.app), time.perf_counter()
    try:
        result = await while_there(request, served.pool.ask(question))
    except ReaderError as error:
        metrics.count_query(type(error).__name__.removesuffix("Error").lower(), time.perf_counter() - began, 0)
        raise
    metrics.count_query("ok", time.perf_counter() - began, result.rows)
    return result


def _told(result: Result) -> dict[str, str]:
    timing = result.timing or Timing(0, result.seconds)
    parts = {"queue": timing.queue, result.by: timing.engine, "reader": result.seconds}
    told = ", ".join(f"{name};dur={seconds * 1000:.2f}" for name, seconds in parts.items())
    return {"X-Rows": str(result.rows), "Server-Timing": told}


async def fresh(request: Request, served: Served, who: Asker, question: Question, offer: Offer) -> Response:
    """An answer that is not kept: streamed if it is long and who asks has a key."""
    if not who.has_key:
        result = await _ask(request, served, question)
        return await packed_aside(request, result.body, offer.content_type, _told(result) | _FRESH)
    stream = await while_there(request, served.pool.stream(question))
    if stream.whole:
        await stream.close()
        return await packed_aside(request, stream.first, offer.content_type, _FRESH)
    headers = _FRESH | {"Content-Type": offer.content_type, "Vary": "Accept-Encoding, Accept"} | READ_HEADERS
    return Streamed(stream, headers, wanted(request.headers.get("accept-encoding", "")))


async def _explained(request: Request, served: Served, seen: Inspection, question: Question) -> Response:
    """What the guard saw and where the time went, instead of the answer."""
    result = await while_there(request, served.pool.ask(question, mode="explain"))
    timing = result.timing or Timing(0, result.seconds)
    report = Explanation(
        form=seen.form,
        text_bytes=seen.size,
        tokens=seen.tokens,
        nesting=seen.nesting,
        operators=seen.operators,
        volatile=seen.volatile,
        services=list(seen.services),
        rows=result.rows,
        in_memory=served.pool.in_memory,
        by=result.by,
        queue_seconds=timing.queue,
        engine_seconds=timing.engine,
        writing_seconds=timing.writing or 0.0,
    )
    return packed(request, report.model_dump_json(by_alias=True).encode(), "application/json", _FRESH)
