"""Who may write: the key in the Authorization header of a request, and what becomes of an edit."""

from __future__ import annotations

import asyncio
import hmac
import logging
from dataclasses import replace

from fastapi import Request

from api.keys import Key, KeyFileError, Keys, Need
from api.problem import ApiError
from api.served import Served
from graph.writer import Edit, Outcome

_log = logging.getLogger("cleantech.edits")
_SCOPES: dict[Need, str] = {
    "update": "update, graph:<prefix> or admin",
    "ingest": "ingest or admin",
    "review": "review or admin",
    "admin": "admin",
}


async def writer_key(request: Request, served: Served, need: Need | None = "update") -> Key:
    """The key of the request; a problem 403 while there are no keys or when its scope is not enough, 401 when it has
    none that fits. `need` None: a key of any scope. It is read from the Authorization header and nowhere else."""
    keys = Keys.of(served.settings.data)
    scheme, _, secret = request.headers.get("authorization", "").partition(" ")
    secret = secret.strip() if scheme.lower() == "bearer" else ""
    local = _local(request, secret)
    if local is not None:
        return local
    try:
        held = await asyncio.to_thread(keys.all)
        key = await asyncio.to_thread(keys.find, secret) if secret else None
    except KeyFileError as error:
        _log.error("%s", error)
        raise ApiError(503, "The keys cannot be read; the log of the server says why.") from error
    if not held:
        raise ApiError(403, "Writing is off: no key was made. `cleantech keys add NAME` makes one.")
    if key is None:
        challenge = 'Bearer realm="cleantech-kg"' + (', error="invalid_token"' if scheme else "")
        detail = "Send a key that holds as `Authorization: Bearer …`."
        raise ApiError(401, detail, headers={"WWW-Authenticate": challenge})
    if need is not None:
        check_scope(key, need)
    return key


def check_scope(key: Key, need: Need) -> None:
    """A problem 403 that names the scope that is needed, when the key does not have it."""
    if not key.may(need):
        raise ApiError(
            403,
            f"The key {key.name} has the scope {key.scope}; this needs {_SCOPES[need]}.",
            headers={"WWW-Authenticate": 'Bearer realm="cleantech-kg", error="insufficient_scope"'},
        )


def _local(request: Request, secret: str) -> Key | None:
    """The command line of this machine, which has read the token of this server from the data folder."""
    token: str | None = request.app.state.local_token
    if not token or not secret or not hmac.compare_digest(token.encode(), secret.encode("utf-8", "surrogatepass")):
        return None
    return Key("local", "admin", "", "", "")


async def write(served: Served, key: Key, edit: Edit, *, durable: bool) -> Outcome:
    """Send an edit to the writer and log who did it. `durable` waits for the disk."""
    edit = replace(edit, author=key.fingerprint)
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
