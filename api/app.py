"""The application: settings in, ASGI out."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import RedirectResponse, Response
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.routing import Match

from api import problem
from api.addresses import public_name, way_to
from api.admission import Admission
from api.analyses import Analyses
from api.cors import READ_HEADERS, OpenReads
from api.description import Counting
from api.gap_answers import GapAnswers
from api.heads import CarefulHeads
from api.jobs import Jobs
from api.local import Door, announced
from api.metrics import Metrics
from api.middleware import CarefulHeaders, HeadAsGet, KnownHosts, PlainPaths, UnreadBodies
from api.negotiation import wants_page
from api.observed import Observed
from api.problem import ApiError, problem_response
from api.reviewing import Reviewing
from api.routes import (
    compare,
    data,
    docs,
    edits,
    explorer,
    flows,
    gaps,
    gaps_answers,
    gaps_choices,
    gaps_pairs,
    graph_store,
    health,
    ingest,
    linked_data,
    map_files,
    map_places,
    profile,
    query_page,
    review,
    review_write,
    sources,
    sparql,
    time,
)
from api.served import Served
from api.settings import Settings
from api.warming import Warming
from graph.generation import DataFolder

_ROUTERS = (  # tried in this order: the quickest answers first
    sparql.router,
    health.router,
    profile.router,  # before `data`, whose keys may hold a slash
    data.router,
    flows.router,
    compare.router,
    map_files.router,
    map_places.router,
    gaps_choices.router,
    gaps.router,
    gaps_pairs.router,
    gaps_answers.router,
    time.router,
    sources.router,
    query_page.router,
    graph_store.router,
    edits.router,
    ingest.router,
    review.router,
    review_write.router,
    linked_data.router,
    docs.router,
    explorer.router,
)


def create_app(settings: Settings, static: Path = explorer.STATIC, url: str | None = None) -> FastAPI:
    """Serve the data folder of `settings`; `static` is the built explorer.

    `url` is where the command line of this machine reaches it; None: nowhere.
    """

    jobs = Jobs(settings.data)

    metrics = Metrics()
    analyses, lookups = (
        Analyses(settings.gaps_running, settings.gaps_waiting, settings.rest_timeout) for _ in range(2)
    )
    files = Analyses(2, 8, settings.rest_timeout, kept=4)  # large bodies: few are kept

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        door = Door(settings.data, url)
        warming = Warming()
        served = Served(settings, on_writing=door.announce, on_serving=warming.begin)
        try:
            await served.__aenter__()
        except Exception as error:
            app.state.failure = error  # for whoever runs the server: uvicorn would only log it
            raise
        app.state.served = served
        _tell(metrics, served)
        with announced(door) as app.state.local_token:
            yield
        analyses.close()
        lookups.close()
        files.close()
        await jobs.close()
        await asyncio.to_thread(warming.end)
        await served.__aexit__()

    app = FastAPI(
        title="Cleantech KG",
        version=version("cleantech-kg"),
        description="One open map of a cleantech ecosystem, with the source of every fact.",
        lifespan=lifespan,
        docs_url=None,
        redoc_url=None,
        redirect_slashes=False,  # it would lead to the host and path that this server sees
        middleware=[
            Middleware(
                CarefulHeaders, frame_ancestors=settings.frame_ancestors, embed_ancestors=settings.embed_ancestors
            ),
            Middleware(Observed, metrics=metrics),
            Middleware(UnreadBodies),
            Middleware(CarefulHeads, metrics=metrics),
            Middleware(KnownHosts, names=(*settings.allowed_hosts, *public_name(settings))),
            Middleware(OpenReads),
            Middleware(HeadAsGet),
            Middleware(PlainPaths),
            Middleware(Admission, settings=settings, metrics=metrics),
        ],
    )
    app.state.static = static
    app.state.settings = settings
    app.state.metrics = metrics
    app.state.counting = Counting()
    app.state.failure = None
    app.state.local_token = None
    app.state.jobs = jobs
    app.state.analyses = analyses
    app.state.files = files
    app.state.lookups = lookups  # of two organisations, or one: they wait behind no analysis of a whole map
    app.state.reviewing = Reviewing(DataFolder(settings.data))
    app.state.gap_answers = GapAnswers(DataFolder(settings.data))
    app.state.forms = asyncio.Lock()  # who holds it may take a large form apart
    problem.install(app)
    app.router.routes.append(sparql.express)
    for router in _ROUTERS:
        app.include_router(router)
    app.add_exception_handler(404, _not_found)
    return app


def _tell(metrics: Metrics, served: Served) -> None:
    """What is served, for who looks at the metrics."""
    metrics.gauge(
        "generation", "Generation served; 0: none.", lambda: served.maybe.generation.number if served.maybe else 0
    )
    metrics.gauge("edit", "Edits on top of it that are served.", lambda: served.maybe.edit if served.maybe else 0)
    metrics.gauge("readers", "Living reader processes.", lambda: len(served.readers))
    metrics.gauge("queries_running", "Queries that readers answer.", lambda: served.load.running)
    metrics.gauge("queries_waiting", "Queries that wait for a reader.", lambda: served.load.waiting)
    metrics.gauge("in_memory", "Whether readers answer from memory.", lambda: served.load.in_memory)
    metrics.gauge("kept_bytes", "Bytes of answers that are kept.", lambda: served.answers.bytes)


def _is_route(request: Request, path: str) -> bool:
    routes = request.app.router.routes
    return any(route.matches({**request.scope, "path": path})[0] != Match.NONE for route in routes)


async def _not_found(request: Request, error: Exception) -> Response:
    """People get the explorer, which says that there is no such page; programs get a problem. A slash too many leads on."""
    bare = request.scope["path"].rstrip("/")
    if bare != request.scope["path"] and _is_route(request, bare):
        query = f"?{request.url.query}" if request.url.query else ""
        return RedirectResponse(way_to(request, quote(bare)) + query, 307, READ_HEADERS)
    if wants_page(request.headers.get("accept")):
        return explorer.shell(request.app.state.static, 404)
    detail = error.detail if isinstance(error, HTTPException) and error.detail != "Not Found" else None
    return problem_response(ApiError(404, detail or f"There is nothing at {request.url.path}."))
