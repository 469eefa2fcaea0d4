from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path

import httpx
import pytest
import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.settings import Settings

PAGES = [
    "/",
    "/map",
    "/org/kth",
    "/effort/stockholm-cleantech-venture-day",
    "/tech/batteries",
    "/place/se-ab",
    "/about",
]
HTML = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.mark.parametrize("path", PAGES)
def test_each_page_answers_with_the_shell(server: str, path: str) -> None:
    answer = httpx.get(server + path, headers=HTML)
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("path", ["/org/nope", "/tech/nope", "/nope", "/assets"])
def test_a_page_that_is_not_there_is_404_with_the_shell(server: str, path: str) -> None:
    answer = httpx.get(server + path, headers=HTML)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")


def test_assets_never_change_and_lead_nowhere_else(server: str) -> None:
    named = re.findall(r'(?:src|href)="(/assets/[^"]+)"', httpx.get(server).text)
    assert named
    for path in named:
        answer = httpx.get(server + path)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["cache-control"]
    for path in ("/assets/nope.js", "/assets/..%2findex.html", "/assets/%2e%2e/index.html", "/assets/.hidden"):
        assert httpx.get(server + path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/api/v1/stats", "/sparql", "/id/kth.ttl", "/docs", "/nope", "/health"])
def test_every_answer_is_careful_and_head_works(server: str, path: str) -> None:
    get, head = httpx.get(server + path), httpx.head(server + path)
    assert (head.status_code, head.content) == (get.status_code, b"")
    policy = get.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert get.headers["x-content-type-options"] == "nosniff"
    assert "referrer-policy" in get.headers


@pytest.mark.parametrize(("host", "status"), [("evil.example", 400), ("127.0.0.1", 200), ("[::1]:80", 200), ("", 400)])
def test_only_known_names_are_answered(server: str, host: str, status: int) -> None:
    assert httpx.get(f"{server}/health", headers={"Host": host}).status_code == status


class _Foreign(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = dict(attrs)
        address = held.get("src") or (held.get("href") if tag == "link" else None) or ""
        if tag == "script" or "style" in held or (not address.startswith("/") and address):
            self.found.append(f"{tag} {address}")


def test_the_documentation_has_no_script_and_names_every_path(server: str) -> None:
    page = httpx.get(f"{server}/docs").text
    seen = _Foreign()
    seen.feed(page)
    assert seen.found == []
    for path in httpx.get(f"{server}/openapi.json").json()["paths"]:
        assert path in page
    assert httpx.get(f"{server}/docs.css").headers["content-type"].startswith("text/css")


def test_health_tells_the_generation(server: str) -> None:
    held = httpx.get(f"{server}/health").json()
    assert (held["status"], held["generation"]) == ("ok", 1)
    assert held["readers"] >= 1


@pytest.mark.parametrize(
    ("accepted", "sent"),
    [("gzip, br, zstd", "zstd"), ("gzip, br", "gzip"), ("gzip;q=0", None), ("br", None), ("identity", None)],
)
def test_assets_are_packed_for_who_takes_them(demo_data: Path, tmp_path: Path, accepted: str, sent: str | None) -> None:
    assets = tmp_path / "assets"
    assets.mkdir()
    content = b"const same = 1;\n" * 500
    (assets / "a.js").write_bytes(content)
    (assets / "small.js").write_bytes(b"plain")
    app = create_app(Settings(data=demo_data, readers=1), static=tmp_path)
    with _served(app) as url:
        for _ in range(2):
            answer = httpx.get(f"{url}/assets/a.js", headers={"Accept-Encoding": accepted})
            assert answer.content == content
            assert answer.headers.get("content-encoding") == sent
            assert (answer.num_bytes_downloaded < 500) is (sent is not None)
            assert "immutable" in answer.headers["cache-control"]
        small = httpx.get(f"{url}/assets/small.js", headers={"Accept-Encoding": accepted})
        assert (small.content, small.headers.get("content-encoding")) == (b"plain", None)
        assert "not built" in httpx.get(f"{url}/").text


@contextmanager
def _served(app: FastAPI) -> Iterator[str]:
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            time.sleep(0.01)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()
