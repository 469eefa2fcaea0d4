"""What `/metrics` tells Prometheus: one registry for each application, nothing global."""

from __future__ import annotations

from collections.abc import Callable

from fastapi import FastAPI
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import choose_encoder

_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_ROWS = (1, 10, 100, 1_000, 10_000, 100_000)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "DELETE", "PATCH", "OPTIONS"})


class Metrics:
    """Counters that others add to, and gauges that ask when somebody looks.

    Who has numbers of its own (the readers, the writer) calls `gauge` once and `count_query` for each query.
    """

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        self._requests = Counter(
            "cleantech_requests",
            "Requests by route, method and status.",
            ("route", "method", "status"),
            registry=self.registry,
        )
        self._seconds = Histogram(
            "cleantech_request_seconds", "Seconds of a request.", ("route",), buckets=_SECONDS, registry=self.registry
        )
        self._bytes = Counter("cleantech_answer_bytes", "Bytes of bodies sent.", ("route",), registry=self.registry)
        self._running = Gauge("cleantech_requests_running", "Requests under way.", registry=self.registry)
        self._refused = Counter(
            "cleantech_refused", "Requests refused, by reason.", ("reason",), registry=self.registry
        )
        self._queries = Counter("cleantech_queries", "Queries by outcome.", ("outcome",), registry=self.registry)
        self._query_seconds = Histogram(
            "cleantech_query_seconds", "Seconds of a query.", ("outcome",), buckets=_SECONDS, registry=self.registry
        )
        self._query_rows = Histogram(
            "cleantech_query_rows", "Rows or triples of an answer.", buckets=_ROWS, registry=self.registry
        )

        self._kept: dict[tuple[str, str, str], tuple[Counter, Histogram, Counter]] = {}

    def begin(self) -> None:
        """A request came."""
        self._running.inc()

    def end(self, route: str, method: str, status: int, seconds: float, size: int) -> None:
        """It was answered. `route` is a template such as /id/{key}, never a path that a client made up."""
        self._running.dec()
        key = (route, method if method in _METHODS else "other", str(status))
        counted = self._kept.get(key)
        if counted is None:  # looking a series up by its labels costs more than adding to it
            counted = self._kept[key] = (
                self._requests.labels(*key),
                self._seconds.labels(route),
                self._bytes.labels(route),
            )
        requests, times, sizes = counted
        requests.inc()
        times.observe(seconds)
        sizes.inc(size)

    def refuse(self, reason: str) -> None:
        """Something was refused; `reason` is one of few words, never text of a client."""
        self._refused.labels(reason).inc()

    def count_query(self, outcome: str, seconds: float, rows: int) -> None:
        """A query ended. `outcome`: ok, cached, deadline, memory, … (few words); `rows` is 0 when it gave none."""
        self._queries.labels(outcome).inc()
        self._query_seconds.labels(outcome).observe(seconds)
        if rows:
            self._query_rows.observe(rows)

    def gauge(self, name: str, what: str, ask: Callable[[], float]) -> None:
        """A number that is asked for whenever somebody looks; it must come at once and cannot fail."""
        Gauge(f"cleantech_{name}", what, registry=self.registry).set_function(ask)

    def page(self, accept: str) -> tuple[bytes, str]:
        """All of it, in the format that the Accept header wants, and its media type."""
        encode, media_type = choose_encoder(accept)
        return encode(self.registry), media_type


def metrics_of(app: FastAPI) -> Metrics:
    """Those of an application."""
    metrics: Metrics = app.state.metrics
    return metrics
