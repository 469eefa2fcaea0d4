"""Who may write: the key in the Authorization header of a request, and what becomes of an edit."""

from __future__ import annotations

import asyncio
import logging

from fastapi import Request

from api.keys import Key, KeyFileError, Keys
from api.problem import ApiError
from api.served import Served
from graph.writer import Edit, Outcome

_log = logging.getLogger("cleantech.edits")


async def writer_key(request: Request, served: Served) -> Key:
    """The key of the request; a problem 403 while there are no keys, 401 when it has none that fits."""
    keys = Keys.of(served.settings.data)
    try:
        held = await asyncio.to_thread(keys.all)
        scheme, _, secret = request.headers.get("authorization", "").partition(" ")
        key = await asyncio.to_thread(keys.find, secret.strip()) if scheme.lower() == "bearer" else None
    except KeyFileError as error:
        _log.error("%s", error)
        raise ApiError(503, "The keys cannot be read; the log of the server says why.") from error
    if not held:
        raise ApiError(403, "Writing is off: no key was made. `cleantech keys add NAME` makes one.")
    if key is None:
        challenge = 'Bearer realm="cleantech-kg"' + (', error="invalid_token"' if scheme else "")
        detail = "Send a key that holds as `Authorization: Bearer …`."
        raise ApiError(401, detail, headers={"WWW-Authenticate": challenge})
    return key


async def write(request: Request, served: Served, key: Key, edit: Edit) -> Outcome:
    """Send an edit to the writer and log who did it. `durable=true` in the address waits for the disk."""
    durable = request.query_params.get("durable", "").lower() in {"true", "1"}
    try:
        outcome = await served.writer.write(edit, key.name, durable=durable)
    except Exception as error:
        reason = type(error).__name__
        held = {"key": key.name, "kind": edit.kind, "bytes": len(edit.body), "refused": reason}
        _log.info("key %s: %s of %d bytes refused: %s", key.name, edit.kind, len(edit.body), reason, extra=held)
        raise
    held = {"key": key.name, "kind": edit.kind, "bytes": len(edit.body), "edit": outcome.number}
    _log.info("key %s: %s of %d bytes is edit %d", key.name, edit.kind, len(edit.body), outcome.number, extra=held)
    return outcome


def edit_headers(outcome: Outcome) -> dict[str, str]:
    """What the answer to a write says of it."""
    return {"X-Edit": str(outcome.number), "Cache-Control": "no-store"}
