"""The one module of this room that speaks to a network: files of sources, from listed hosts alone, over https."""

from __future__ import annotations

import ssl
import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urljoin

import httpx

from ingest.download_address import HTTPS_PORT, DownloadError, check_address, check_numbers, check_place
from ingest.download_body import LIMITS, BrokenError, DownloadLimits, write_body
from ingest.download_checks import check_answer, goes_on, retry_after
from ingest.download_kept import Kept, Version

AGENT = "cleantech-kg/0.1 (+https://w3id.org/cleantech-kg)"
_AGAIN = frozenset({408, 425, 429, 500, 502, 503, 504})
_LEADS_ON = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Downloader:
    """Fetches addresses into `folder`, from `hosts` (`host`, or `host:port`) alone.

    What is whole is kept, with its ETag, and asked for again only if it changed; what broke off goes on where it broke off.
    `inside` are hosts that may be in our own network, and `trust` whose certificates count: for tests. Proxies and other
    settings of the environment are not read.
    """

    folder: Path
    hosts: Sequence[str]
    limits: DownloadLimits = LIMITS
    inside: Collection[str] = ()
    trust: ssl.SSLContext | None = None
    sleep: Callable[[float], None] = time.sleep
    clock: Callable[[], float] = time.monotonic
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def fetch(self, address: str) -> Path:
        """The file that holds what stands at the address; DownloadError when it may not or cannot be had."""
        check_address(address, self.hosts)
        self.folder.mkdir(parents=True, exist_ok=True)
        kept = Kept.of(self.folder, address)
        for attempt in range(1, self.limits.tries + 1):
            try:
                return self._attempt(address, kept)
            except (BrokenError, httpx.TransportError, OSError) as error:
                if attempt == self.limits.tries:
                    message = f"cannot be read: {error or type(error).__name__} ({attempt} times)"
                    raise DownloadError(address, message, "try again later; what came so far is kept") from error
                asked = error.wait if isinstance(error, BrokenError) else None
                self.sleep(min(2.0**attempt if asked is None else asked, self.limits.longest_wait))
        raise AssertionError("at least one try is made")

    def _attempt(self, address: str, kept: Kept) -> Path:
        whole, (begun, size) = kept.whole(), kept.begun()
        heads: Mapping[str, str] = whole.conditions() if whole else {}
        if begun and begun.strong and size:
            heads = {"Range": f"bytes={size}-", "If-Range": begun.strong}
        with self._client() as client, self._asked(client, address, heads) as answer:
            if answer.status_code == 304 and whole:
                kept.drop()
                return kept.file
            if answer.status_code in _AGAIN:
                raise BrokenError(f"answered {answer.status_code}", retry_after(answer.headers, self.now()))
            if answer.status_code == 416 or (answer.status_code == 206 and not goes_on(answer.headers, begun, size)):
                kept.drop()
                raise BrokenError("has changed since the download broke off", 0.0)
            more = answer.status_code == 206
            check_answer(address, answer.status_code, answer.headers, self.limits.size - (size if more else 0))
            version = (
                begun if more and begun else Version(*map(answer.headers.get, ("etag", "last-modified"), ("", "")))
            )
            if not more:
                kept.begin(version)
            write_body(address, kept, answer.iter_raw(), self.limits, self.clock)
        return kept.finish(version)

    def _client(self) -> httpx.Client:
        limits = self.limits
        timeout = httpx.Timeout(limits.read, connect=limits.connect)
        verify = True if self.trust is None else self.trust
        heads = {"User-Agent": AGENT, "Accept-Encoding": "identity"}  # packed on the way, a length would say nothing
        return httpx.Client(verify=verify, trust_env=False, timeout=timeout, headers=heads)

    @contextmanager
    def _asked(self, client: httpx.Client, address: str, heads: Mapping[str, str]) -> Iterator[httpx.Response]:
        """The answer after all redirects, each of which is checked like the address itself."""
        here = address
        for _ in range(self.limits.redirects + 1):
            parts = check_address(here, self.hosts)
            host, port = str(parts.hostname), parts.port or HTTPS_PORT
            url = httpx.URL(here)
            if (url.host, url.port or HTTPS_PORT) != (host.lower(), port):
                raise DownloadError(here, "can be read in two ways", "write it without letters that are not plain")
            check_place(here, host, port, self.inside)
            with client.stream("GET", url, headers=heads) as answer:
                stream = answer.extensions.get("network_stream")
                if stream is not None and host.lower() not in self.inside:  # the name may lead elsewhere by now
                    check_numbers(here, [stream.get_extra_info("server_addr")[0]])
                if answer.status_code not in _LEADS_ON or "location" not in answer.headers:
                    yield answer
                    return
                here = urljoin(here, answer.headers["location"])
        message = f"leads on more than {self.limits.redirects} times"
        raise DownloadError(address, message, "mend the address on the card of the source")
