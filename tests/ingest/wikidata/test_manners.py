"""How the endpoint is asked when it is busy, broken or silent."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from ingest.sparql_client import Endpoint, EndpointError, Manners
from tests.ingest.wikidata.proxy import (
    Proxy,
    Spoiler,
    broken_off,
    hung_up,
    other_shape,
    refusing,
    silent,
    web_page,
)

QUERY = "SELECT ?s WHERE { ?s ?p ?o } ORDER BY STR(?s) LIMIT 3"


def manners(waits: list[float], **changed: int) -> Manners:
    return Manners("tester", pause=1.0, sleep=waits.append, timeout=changed.get("timeout", 30), tries=3)


def test_a_pause_between_two_questions(front: Proxy) -> None:
    waits: list[float] = []
    endpoint = Endpoint(front.url, manners(waits))
    assert endpoint.select(QUERY).rows == endpoint.select(QUERY).rows
    assert waits == [1.0]


def test_429_is_obeyed(front: Proxy) -> None:
    waits: list[float] = []
    front.spoilers = [refusing(429, Retry_After="17")]
    assert len(Endpoint(front.url, manners(waits)).select(QUERY).rows) == 3
    assert waits == [17.0, 1.0]


def test_retry_after_may_be_a_date(front: Proxy) -> None:
    waits: list[float] = []
    then = datetime.now(UTC) + timedelta(seconds=100)
    front.spoilers = [refusing(503, Retry_After=format_datetime(then, usegmt=True))]
    Endpoint(front.url, manners(waits)).select(QUERY)
    assert 50 < waits[0] <= 100


def test_an_endpoint_that_asks_for_an_hour_is_left_alone(front: Proxy) -> None:
    waits: list[float] = []
    front.spoilers = [refusing(429, Retry_After="3600")]
    with pytest.raises(EndpointError, match="asks to wait 3600 s; run again after that, it goes on where it stopped"):
        Endpoint(front.url, manners(waits)).select(QUERY)
    assert waits == []


@pytest.mark.parametrize("spoiler", [refusing(503), refusing(500), web_page, broken_off, hung_up, other_shape])
def test_a_fault_that_passes_is_asked_again_after_ever_longer_waits(front: Proxy, spoiler: Spoiler) -> None:
    waits: list[float] = []
    front.spoilers = [spoiler, spoiler]
    assert len(Endpoint(front.url, manners(waits)).select(QUERY).rows) == 3
    assert waits == [5.0, 1.0, 10.0, 1.0]


@pytest.mark.parametrize(
    ("spoiler", "message"),
    [
        (refusing(503), "answers 503, 3 times; try again later"),
        (web_page, "answers with text/html instead of SPARQL results as JSON: '<!DOCTYPE html><title>Query timeout"),
        (broken_off, r"broke its answer off or sent no results; it ends '.*TimeoutException', 3 times"),
        (other_shape, "sent no results"),
    ],
)
def test_a_fault_that_stays_is_told(front: Proxy, spoiler: Spoiler, message: str) -> None:
    front.spoilers = [spoiler] * 3
    with pytest.raises(EndpointError, match=message):
        Endpoint(front.url, manners([])).select(QUERY)
    assert len(front.asked) == 3


def test_an_endpoint_that_says_nothing_is_given_up(front: Proxy) -> None:
    front.spoilers = [silent] * 3
    with pytest.raises(EndpointError, match="has not answered within 1 s, 3 times"):
        Endpoint(front.url, manners([], timeout=1)).select(QUERY)


@pytest.mark.parametrize("status", [400, 403, 404])
def test_a_refusal_is_not_asked_again(front: Proxy, status: int) -> None:
    front.spoilers = [refusing(status)]
    with pytest.raises(EndpointError):
        Endpoint(front.url, manners([])).select(QUERY)
    assert len(front.asked) == 1


def test_a_faulty_query_is_refused_with_the_words_of_the_endpoint(wikidata_endpoint: str) -> None:
    with pytest.raises(EndpointError, match="refuses the query"):
        Endpoint(wikidata_endpoint, manners([])).select("SELECT ?s WHERE { ?s ?p }")


def test_an_answer_beyond_the_limit_is_not_read(front: Proxy) -> None:
    waits: list[float] = []
    small = Manners("tester", largest=100, sleep=waits.append)
    with pytest.raises(EndpointError, match="more than 100 bytes; ask for smaller pages"):
        Endpoint(front.url, small).select(QUERY)
    assert len(front.asked) == 1


def test_nobody_at_the_address() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(EndpointError, match="cannot be reached"):
        Endpoint(f"http://127.0.0.1:{port}/sparql", manners([])).select(QUERY)
