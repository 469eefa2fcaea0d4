"""How answers leave: packing, formats, CORS, excerpts of what was wrong."""

from __future__ import annotations

import gzip
import unicodedata

import httpx
import pytest
import zstandard
from hypothesis import given
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, parse

from api.encodings import packing, wanted
from api.excerpt import excerpt

TABLE = {"query": "SELECT * { ?s ?p ?o } LIMIT 100"}


def _raw(url: str, accepted: str | None, **parameters: str) -> tuple[httpx.Headers, bytes]:
    headers = {} if accepted is None else {"Accept-Encoding": accepted}
    with httpx.Client() as client:
        client.headers.pop("accept-encoding")
        with client.stream("GET", url, params=parameters or None, headers=headers) as answer:
            return answer.headers, b"".join(answer.iter_raw())


@pytest.mark.parametrize(
    ("accepted", "expected"),
    [
        ("", None),
        ("identity", None),
        ("br", None),
        ("gzip", "gzip"),
        ("x-gzip", "gzip"),
        ("*", "gzip"),
        ("zstd", "zstd"),
        ("gzip, deflate, br, zstd", "zstd"),
        ("zstd;q=0.5, gzip;q=0.8", "gzip"),
        ("zstd;q=0, gzip;q=0.1", "gzip"),
        ("gzip;q=0", None),
        ("gzip;q=0, *;q=1", None),
        ("identity;q=1, gzip;q=0.5", None),
        ("GZIP;Q=0.5", "gzip"),
        ("gzip;q=nan", None),
        ("gzip;q=", None),
        (";,=;q", None),
    ],
)
def test_the_packing_is_the_one_wanted_most(accepted: str, expected: str | None) -> None:
    assert wanted(accepted) == expected


@pytest.mark.parametrize("path", ["/api/v1/vocabulary", "/sparql", "/id/kth.ttl", "/graph-store?default"])
def test_answers_come_packed_to_who_takes_it(server: str, path: str) -> None:
    parameters = TABLE if path == "/sparql" else {}
    plain_headers, plain = _raw(server + path, None, **parameters)
    assert "content-encoding" not in plain_headers
    for accepted, unpack in (("gzip", gzip.decompress), ("zstd", zstandard.decompress)):
        headers, body = _raw(server + path, accepted, **parameters)
        assert headers["content-encoding"] == accepted
        assert "Accept-Encoding" in headers["vary"]
        assert headers["etag"] == plain_headers["etag"]
        assert len(body) < len(plain)
        if "graph-store" not in path and "id" not in path:  # blank nodes are named anew
            assert unpack(body) == plain


@pytest.mark.parametrize("encoding", ["gzip", "zstd"])
def test_a_body_in_pieces_is_packed_alike(encoding: str) -> None:
    packer = packing("zstd" if encoding == "zstd" else "gzip")
    packed = packer.compress(b"a" * 100_000) + packer.compress(b"b") + packer.flush()
    unpacked = (
        gzip.decompress(packed)
        if encoding == "gzip"
        else zstandard.ZstdDecompressor().decompressobj().decompress(packed)
    )
    assert unpacked == b"a" * 100_000 + b"b"


@pytest.mark.parametrize(("media", "suffix"), [("application/n-quads", "nq"), ("application/trig", "trig")])
def test_graphs_come_as_quads_too(server: str, media: str, suffix: str) -> None:
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 5"
    form = RdfFormat.from_media_type(media)
    assert form is not None
    for path, parameters in (
        ("/sparql", {"query": query}),
        ("/graph-store", {"graph": "https://w3id.org/cleantech-kg/graph/catalogue"}),
        ("/id/kth", {}),
        (f"/id/kth.{suffix}", {}),
    ):
        answer = httpx.get(
            server + path, params=parameters, headers={"Accept": "*/*" if path.endswith(suffix) else media}
        )
        assert (answer.status_code, answer.headers["content-type"]) == (200, media)
        assert list(parse(answer.content, format=form))
    assert f'type="{media}"' in httpx.get(f"{server}/id/kth.ttl").headers["link"]


READ = [
    "/health",
    "/limits",
    "/metrics",
    "/openapi.json",
    "/id/kth",
    "/api/v1/stats",
    "/api/v1/entity/kth",
    "/sparql",
    "/graph-store",
]


@pytest.mark.parametrize("path", READ)
def test_any_site_may_read_and_ask_whether_it_may(server: str, path: str) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "GET"}
    preflight = httpx.options(server + path, headers=asked)
    assert preflight.status_code == 204
    assert preflight.headers["access-control-allow-origin"] == "*"
    allowed = preflight.headers["access-control-allow-methods"]
    assert "GET" in allowed
    assert not {"PUT", "DELETE", "PATCH"} & set(allowed.split(", "))
    assert "Authorization" not in preflight.headers["access-control-allow-headers"]
    answer = httpx.get(
        f"{server}{path}{'?default' if path == '/graph-store' else ''}", headers={"Origin": "https://example.org"}
    )
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "X-Request-Id" in answer.headers["access-control-expose-headers"]


@pytest.mark.parametrize(
    ("method", "path", "headers", "status"),
    [
        ("GET", "/nothing", {}, 404),
        ("GET", "/health%00", {}, 404),
        ("GET", "/health", {"Host": "evil.example"}, 400),
        ("DELETE", "/health", {}, 405),
        ("GET", "/api/v1/map?kind=Nothing", {}, 400),
        ("GET", "/sparql?query=x", {"Accept": "image/png"}, 400),
        ("PUT", "/graph-store?default", {}, 403),
    ],
)
def test_any_site_may_read_errors(server: str, method: str, path: str, headers: dict[str, str], status: int) -> None:
    answer = httpx.request(method, server + path, headers=headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")
    assert answer.headers["access-control-allow-origin"] == "*"
    assert "Retry-After" in answer.headers["access-control-expose-headers"]
    assert len(answer.headers["x-request-id"]) == 16


def test_a_wrong_query_is_shown_with_its_place(server: str) -> None:
    for query, line in (("SELECT * {\n\t?s ?p FOO\n}", 2), ("SELECT * { SERVICE <x:y> {} }", 1)):
        problem = httpx.get(f"{server}/sparql", params={"query": query}).json()
        shown, caret = problem["excerpt"].split("\n")
        assert shown == query.split("\n")[line - 1]
        assert caret[:-1].strip() == ""
        assert (caret[-1], len(caret)) == ("^", problem["column"])
    assert httpx.get(f"{server}/sparql?query=%FF").json().get("excerpt") is None


@pytest.mark.parametrize(
    ("text", "line", "column", "expected"),
    [
        ("abc", 1, 2, "abc\n ^"),
        ("abc\r\ndef", 2, 1, "def\n^"),
        ("a\tb", 1, 3, "a\tb\n \t^"),
        ("日本x", 1, 3, "日本x\n    ^"),
        ("e\u0301x", 1, 3, "e\u0301x\n ^"),
        ("a\x1b[31mb", 1, 2, "a\ufffd[31mb\n ^"),
        ("", 1, 1, "\n^"),
        ("abc", 9, 9, "abc\n   ^"),
        ("abc", 0, -1, "abc\n^"),
    ],
)
def test_the_caret_stands_below_the_place(text: str, line: int, column: int, expected: str) -> None:
    assert excerpt(text, line, column) == expected


def test_a_long_line_is_cut_around_the_place() -> None:
    shown, caret = excerpt("a" * 500 + "X" + "b" * 500, 1, 501).split("\n")
    assert shown[caret.index("^")] == "X"
    assert len(shown) <= 164
    assert (shown[:2], shown[-2:]) == ("… ", " …")


@given(st.text(), st.integers(-5, 50), st.integers(-5, 500))
def test_an_excerpt_is_always_two_lines(text: str, line: int, column: int) -> None:
    shown, caret = excerpt(text, line, column).split("\n")
    assert caret.endswith("^")
    assert len(shown) <= 164
    assert not any(unicodedata.category(letter) in {"Cc", "Cs"} for letter in shown.replace("\t", ""))
