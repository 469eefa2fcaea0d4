"""What an unfriendly client may send: queries, and raw bytes that are hardly HTTP."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

SORTED: Final = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"  # may reach the memory limit first
PRODUCT: Final = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
DISTINCT: Final = "SELECT DISTINCT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
_DOUBLED = " ".join(f"BIND(CONCAT(?x{step}, ?x{step}) AS ?x{step + 1})" for step in range(34))
DOUBLED: Final = f"SELECT (STRLEN(?x34) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?x0) {_DOUBLED} }}"
NESTED: Final = "SELECT * { FILTER(" + "(" * 10_000 + "1" + ")" * 10_000 + ") }"
LONG_IRI: Final = f"ASK {{ <http://example.org/{'a' * 1_000_000}> ?p ?o }}"
CLOSURE: Final = "SELECT (COUNT(*) AS ?n) { ?a (<x:p>|!<x:p>)* ?b . ?b (<x:p>|!<x:p>)* ?c }"

QUERIES: Final = {
    "product": PRODUCT,
    "sorted product": SORTED,
    "distinct product": DISTINCT,
    "doubled string": DOUBLED,
    "nested 10,000 deep": NESTED,
    "IRI of a megabyte": LONG_IRI,
    "closure of everything": CLOSURE,
}

HOST: Final = b"Host: 127.0.0.1\r\n"
GET: Final = b"GET /health HTTP/1.1\r\n" + HOST
POST: Final = b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\n"
CHUNKED: Final = POST + b"Transfer-Encoding: chunked\r\n\r\n"
SLOW_QUERY: Final = b"GET /sparql?query=" + quote(PRODUCT).encode() + b" HTTP/1.1\r\n" + HOST + b"\r\n"
LARGE_ANSWER: Final = (
    b"GET /sparql?query="
    + quote("SELECT * { ?s ?p ?o BIND('" + "x" * 100 + "' AS ?x) } LIMIT 60000").encode()
    + b" HTTP/1.1\r\n"
    + HOST
    + b"Accept: application/sparql-results+json\r\n\r\n"
)


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes for a connection: `first`, then `more` again and again, as often as `times` says."""

    first: bytes
    more: bytes = b""
    times: int = 0


MALFORMED: Final = {
    "no HTTP": Raw(b"\x00\xff\r\n\r\n"),
    "TLS": Raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
    "HTTP/2": Raw(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    "no path": Raw(b"GET HTTP/1.1\r\n" + HOST + b"\r\n"),
    "unknown method": Raw(b"BREW /health HTTP/1.1\r\n" + HOST + b"\r\n"),
    "tunnel": Raw(b"CONNECT example.org:80 HTTP/1.1\r\n" + HOST + b"\r\n"),
    "bytes in the path": Raw(b"GET /\xff\xfe HTTP/1.1\r\n" + HOST + b"\r\n"),
    "two hosts": Raw(GET + HOST + b"\r\n"),
    "two other hosts": Raw(GET + b"Host: evil.example\r\n\r\n"),
    "another host in the target": Raw(b"GET http://evil.example/health HTTP/1.1\r\n" + HOST + b"\r\n"),
    "user in the target": Raw(b"GET http://127.0.0.1@evil.example/health HTTP/1.1\r\n" + HOST + b"\r\n"),
    "two keys": Raw(GET + b"Authorization: a\r\nAuthorization: b\r\n\r\n"),
    "two types": Raw(POST + b"Content-Type: text/turtle\r\nContent-Length: 0\r\n\r\n"),
    "no host": Raw(b"GET /health HTTP/1.1\r\n\r\n"),
    "two lengths": Raw(POST + b"Content-Length: 1\r\nContent-Length: 2\r\n\r\nAA"),
    "length and chunks": Raw(POST + b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "negative length": Raw(POST + b"Content-Length: -1\r\n\r\n"),
    "bad chunk": Raw(CHUNKED + b"ZZ\r\n"),
    "folded header": Raw(GET + b"A: b\r\n c\r\n\r\n"),
    "space before colon": Raw(GET + b"A : b\r\n\r\n"),
}
ENDLESS: Final = {
    "header": Raw(GET + b"A: ", b"a" * 100_000, 40),
    "headers": Raw(GET, b"A: b\r\n" * 1_000, 40),
    "path": Raw(b"GET /", b"a" * 100_000, 40),
    "chunk extension": Raw(CHUNKED + b"3;", b"a" * 100_000, 40),
    "trailer": Raw(CHUNKED + b"3\r\nASK\r\n0\r\nA: ", b"a" * 100_000, 40),
    "chunks": Raw(CHUNKED, b"1000\r\n" + b"a" * 4_096 + b"\r\n", 2_000),
    "body": Raw(POST + b"Content-Length: 99999999999\r\n\r\n", b"a" * 100_000, 40),
}
