"""The addresses under which the server speaks of itself: behind a proxy it cannot know them from a request."""

from __future__ import annotations

from fastapi import Request

from api.settings import Settings


def own_address(request: Request) -> str:
    """The absolute address of what is asked for, without its query, as the outside world sees it.

    `CLEANTECH_PUBLIC_URL` and the path as it was sent, with its %-escapes; without that setting, from the request.
    """
    public: str = request.app.state.settings.public_url
    return (public or f"{request.url.scheme}://{request.url.netloc}") + _path(request)


def way_to(request: Request, path: str) -> str:
    """A path of this server, relative to what is asked for: good as well where a proxy has put something before both."""
    ups = _path(request).count("/") - 1
    return ("../" * ups or "./") + path.removeprefix("/")


def _path(request: Request) -> str:
    raw: bytes = request.scope["raw_path"]
    return raw.decode("ascii")


def public_name(settings: Settings) -> tuple[str, ...]:
    """The host in the public address: a name that the server must answer to."""
    host = settings.public_url.partition("://")[2].partition("/")[0]
    name, separator, port = host.rpartition(":")
    return (name if separator and port.isdecimal() else host,) if host else ()
