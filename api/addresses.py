"""The addresses under which the server speaks of itself: behind a proxy it cannot know them from a request."""

from __future__ import annotations

from fastapi import Request

from api.settings import Settings


def own_address(request: Request) -> str:
    """The absolute address of what is asked for, without its query, as the outside world sees it.

    `CLEANTECH_PUBLIC_URL` and the path; without that setting, from the request.
    """
    public: str = request.app.state.settings.public_url
    if not public:
        return str(request.url.replace(query="", fragment=""))
    return public + request.url.path


def public_name(settings: Settings) -> tuple[str, ...]:
    """The host in the public address: a name that the server must answer to."""
    host = settings.public_url.partition("://")[2].partition("/")[0]
    name, separator, port = host.rpartition(":")
    return (name if separator and port.isdecimal() else host,) if host else ()
