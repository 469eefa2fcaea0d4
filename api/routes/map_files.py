"""`/api/v1/map.gexf` and its sisters: what a filter leaves of the map, for other programs."""

from __future__ import annotations

import asyncio
from typing import Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from api.analyses import Analyses
from api.answers.map_files import FILES, file_of, part_of
from api.dependencies import Current, Filtered, Lang, known_parameters
from api.problem import BAD, PROBLEM
from api.respond import etag, is_fresh, not_modified, packed_aside

_REFUSED: dict[int | str, dict[str, Any]] = {**BAD, 404: PROBLEM, 413: PROBLEM}

router = APIRouter(prefix="/api/v1", tags=["data"], responses=_REFUSED, dependencies=[Depends(known_parameters)])


def _register(ending: str) -> None:
    """Give a form its path."""
    form = FILES[ending]
    media_type = form.media_type.partition(";")[0]

    @router.get(
        f"/map{ending}",
        response_class=Response,
        responses={200: {"content": {media_type: {}}}},
        summary=f"The map as {ending.lstrip('.-')}",
        description=form.use,
    )
    async def get_file(request: Request, current: Current, chosen: Filtered, lang: Lang = "en") -> Response:
        tag = etag(current, request.url.path, request.url.query)
        if is_fresh(request, tag):
            return not_modified(tag)
        part = await asyncio.to_thread(part_of, current, chosen, ending)  # what is refused waits behind no other file
        files: Analyses = request.app.state.files
        key = (current.version, ending, chosen, lang)
        body = await files.answer(key, lambda: file_of(current, chosen, part, ending, lang))
        headers = {"ETag": tag, "Content-Disposition": f'attachment; filename="cleantech-map{ending}"'}
        return await packed_aside(request, body, form.media_type, headers)


for _ending in FILES:
    _register(_ending)
