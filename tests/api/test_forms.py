"""Forms: long ones are read only of who may write, taken apart without a stop for others, and mean what they say."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

import httpx
import psutil
import pytest

from tests.api.writing import UPDATE, Desk, bare, desk

FORM = "application/x-www-form-urlencoded"
MANY, ESCAPES = b"update=x" + b"&a=" * 12_000_000, b"update=" + b"%20" * 15_900_000


@pytest.fixture(scope="module")
def held(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("forms")
    with desk(folder, bare(folder)) as opened:
        yield opened


def _post(held: Desk, body: bytes, key: str = "", **headers: str) -> httpx.Response:
    sent = {"Content-Type": FORM} | ({"Authorization": f"Bearer {key}"} if key else {})
    sent |= {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.post(f"{held.url}/sparql", content=body, headers=sent, timeout=90)


@contextmanager
def _watched(held: Desk, seconds: float, memory: float) -> Iterator[None]:
    """`/health` answers within the seconds, and the server grows by no more than the bytes."""
    process, over = psutil.Process(held.running.process.pid), threading.Event()
    before, waits, sizes = process.memory_info().rss, [0.0], [0]

    def look() -> None:
        with httpx.Client() as client:
            while not over.wait(0.002):
                begun = time.perf_counter()
                client.get(f"{held.url}/health", timeout=30).raise_for_status()
                waits.append(time.perf_counter() - begun)
                sizes.append(process.memory_info().rss)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
    assert sorted(waits)[-3:][0] < seconds  # of a shared machine, the two worst are left out
    assert max(sizes) - before < memory


@pytest.mark.parametrize("body", [MANY, ESCAPES], ids=["fields", "escapes"])
@pytest.mark.parametrize("packed", [True, False])
def test_a_long_form_without_a_key_is_not_read(held: Desk, body: bytes, packed: bool) -> None:
    sent = gzip.compress(body, 1) if packed else body
    headers = {"Content_Encoding": "gzip"} if packed else {}
    with _watched(held, 1.0, 50e6):
        answer = _post(held, sent, **headers)
        assert (answer.status_code, "key" in answer.json()["detail"]) == (413, True)
        assert _post(held, sent, "wrong", **headers).status_code == 401


@pytest.mark.parametrize(("body", "status"), [(MANY, 400), (ESCAPES, 204)], ids=["fields", "escapes"])
def test_a_long_form_with_a_key_stops_nobody(held: Desk, body: bytes, status: int) -> None:
    packed = gzip.compress(body, 1)
    with _watched(held, 1.0, 250e6):
        assert _post(held, packed, held.key, Content_Encoding="gzip").status_code == status


def test_a_long_update_in_a_form_is_applied(held: Desk) -> None:
    body = b"update=INSERT+DATA+%7B+%3Cx:long%3E+%3Cx:p%3E+'" + b"%C3%A5" * 1_000_000 + b"'+%7D&durable=true"
    assert _post(held, body, held.key).status_code == 204
    assert held.rows("SELECT (STRLEN(?o) AS ?n) { <x:long> ?p ?o }") == [["1000000"]]


def test_a_long_update_as_the_body_waits_for_the_key(held: Desk) -> None:
    body = b"INSERT DATA { <x:direct> <x:p> 1 } #" + b"a" * 2_000_000
    headers = {"Content-Type": UPDATE, "Expect": "100-continue"}
    assert httpx.post(f"{held.url}/sparql", content=body, headers=headers).status_code == 401
    assert held.update(body.decode()).status_code == 204


def test_escapes_are_the_same_in_every_place(held: Desk) -> None:
    text = "ASK { FILTER('%41+å 😀&=%' = 'x') } #" + "%é+ " * 70_000
    assert len(text.encode()) > 1 << 18
    form = httpx.post(f"{held.url}/sparql", data={"query": text}, timeout=30)
    direct = httpx.post(f"{held.url}/sparql", content=text, headers={"Content-Type": "application/sparql-query"})
    assert (form.status_code, direct.status_code) == (413, 413)
    for start in range(4):  # an escape is cut by the pieces that are unquoted at a time, wherever it stands
        padded = "a" * ((1 << 18) - 60 + start) + "å" * 40
        update = f"INSERT DATA {{ <x:cut{start}> <x:p> '{padded}' }}"
        answer = httpx.post(
            f"{held.url}/sparql", data={"update": update}, headers={"Authorization": f"Bearer {held.key}"}
        )
        assert answer.status_code == 204
        assert held.rows(f"SELECT (STRLEN(?o) AS ?n) (STRENDS(?o, 'aåå') AS ?e) {{ <x:cut{start}> ?p ?o }}") == [
            [str(len(padded)), "false"]
        ]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"query=ASK+%7B%7D&" + b"debug=&" * 1_022, 200),
        (b"query=ASK+%7B%7D&" + b"debug=&" * 1_100, 400),
        (b"%71uery=ASK+%7B%7D", 200),
        (b"query=%EF%BB%BFASK+%7B%7D", 200),
        (b"query=ASK+%7B%7D&" + b"a" * 500, 400),
        (b"query=ASK+%7B%7D&debug=%f", 400),
        (b"query=ASK+%7B%7D%ff", 400),
        (b"query=ASK+%7B%7D&timeout=%d9%a3", 400),
        (b"", 400),
    ],
)
def test_a_form_is_read_exactly(held: Desk, body: bytes, status: int) -> None:
    answer = _post(held, body)
    assert answer.status_code == status, answer.text


def test_the_name_of_a_field_may_be_encoded_and_a_text_begin_with_a_mark(held: Desk) -> None:
    assert _post(held, b"%75pdate=INSERT+DATA+%7B%3Cx:n%3E+%3Cx:p%3E+1%7D", held.key).status_code == 204
    assert _post(held, b"update=%EF%BB%BFINSERT+DATA+%7B%3Cx:n%3E+%3Cx:p%3E+2%7D", held.key).status_code == 204
    assert held.update("\ufeffINSERT DATA { <x:n> <x:p> 3 }").status_code == 204
    assert len(held.rows("\ufeffSELECT ?o { <x:n> ?p ?o }")) == 3
    for charset in ("us-ascii", "UTF-8"):
        headers = {"Content-Type": f"application/sparql-query; charset={charset}"}
        assert httpx.post(f"{held.url}/sparql", content="\ufeffASK {}", headers=headers).status_code == 200
