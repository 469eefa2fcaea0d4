"""The code of a page's first load, as the network log of a real browser lists it."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import httpx

from tests.benchmarks.explorer.browser import watched

PAGES: Final = (
    "/", "/map", "/gaps", "/org/kth", "/tech/batteries", "/place/se-ab", "/path", "/flows", "/compare", "/time",
    "/query", "/query/build", "/review", "/about", "/about/data", "/about/method",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Load:
    """Bytes of scripts, styles and the page itself: packed by gzip at its best, as served to one who takes gzip, and Brotli."""

    page: str
    files: int
    raw: int
    packed: int
    gzip: int
    brotli: int


def loads(address: str, pages: Sequence[str]) -> Iterator[Load]:
    """Some of `PAGES`, each in a fresh browser."""
    with httpx.Client() as client:
        for path in pages:
            urls = _asked(address + path)
            raw = [_body(client, url, "identity") for url in urls]
            yield Load(
                page=path,
                files=len(urls),
                raw=sum(map(len, raw)),
                packed=sum(len(gzip.compress(body, 9, mtime=0)) for body in raw),
                gzip=sum(len(_body(client, url, "gzip")) for url in urls),
                brotli=sum(len(_body(client, url, "br")) for url in urls),
            )


def _asked(url: str) -> list[str]:
    """The page and the assets that the browser asked for until it had nothing more to do."""
    found = [url]
    with watched() as page:
        page.page.on("request", lambda request: found.append(request.url))
        page.page.goto(url)
        page.page.wait_for_load_state("networkidle")
        page.rest()
    return [one for one in dict.fromkeys(found) if one == url or ("/assets/" in one and not one.endswith(".svg"))]


def _body(client: httpx.Client, url: str, coding: str) -> bytes:
    """As it comes over the wire."""
    with client.stream("GET", url, headers={"Accept-Encoding": coding}) as answer:
        answer.raise_for_status()
        return b"".join(answer.iter_raw())
