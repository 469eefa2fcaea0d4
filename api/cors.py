"""Any site may read: headers on answers and errors, and the preflight of browsers. Writing is for programs."""

from __future__ import annotations

from fastapi.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

EXPOSED = "Content-Location, ETag, Link, Location, Retry-After, Server-Timing, X-Cleantech-Empty, X-Edit, X-Request-Id, X-Rows, X-Total"
READ_HEADERS = {"Access-Control-Allow-Origin": "*", "Access-Control-Expose-Headers": EXPOSED}
PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
    "Allow": "GET, HEAD, OPTIONS",
}

# /sparql and /graph-store answer OPTIONS themselves: they know more methods.
_READ = ("/api/v1/", "/id/", "/health", "/limits", "/metrics", "/openapi.json")
_RAW = [(name.lower().encode(), value.encode()) for name, value in READ_HEADERS.items()]


class OpenReads:
    """Answers OPTIONS on what can only be read, and marks what comes from there as open to any site."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on, but for OPTIONS."""
        if scope["type"] != "http" or not scope["path"].startswith(_READ):
            await self.app(scope, receive, send)
            return
        if scope["method"] == "OPTIONS":
            await Response(status_code=204, headers=PREFLIGHT)(scope, receive, send)
            return

        async def send_open(message: Message) -> None:
            if message["type"] == "http.response.start":
                held = message["headers"]
                if not any(name == _RAW[0][0] for name, _ in held):
                    message = {**message, "headers": [*held, *_RAW]}
            await send(message)

        await self.app(scope, receive, send_open)
