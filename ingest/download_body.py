"""The bytes of a download on their way into the part: how many, how fast, and whether they are the right ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from ingest.download_address import DownloadError
from ingest.download_checks import HEAD, check_first
from ingest.download_kept import Kept


@dataclass(frozen=True, slots=True)
class DownloadLimits:
    """Bytes and seconds. A download slower than `slowest` bytes a second over `patience` seconds is broken off.

    `total` is for one attempt; `longest_wait` caps what Retry-After may ask for.
    """

    size: int = 2_000_000_000
    connect: float = 10.0
    read: float = 30.0
    total: float = 3600.0
    slowest: int = 1_000
    patience: float = 60.0
    redirects: int = 5
    tries: int = 5
    longest_wait: float = 120.0


LIMITS = DownloadLimits()


class BrokenError(Exception):
    """This attempt failed in a way that another may not; `wait` is what the server asked for, in seconds."""

    def __init__(self, said: str, wait: float | None = None) -> None:
        self.wait = wait
        super().__init__(said)


def write_body(
    address: str, kept: Kept, chunks: Iterable[bytes], limits: DownloadLimits, clock: Callable[[], float]
) -> None:
    """Add what comes to the part, as soon as it comes: a server that sends a byte now and then must be noticed."""
    began = clock()
    mark, came, looked = began, 0, False
    with kept.part.open("ab") as file, _dropping(kept):
        size = file.tell()
        for chunk in chunks:
            size, came = size + len(chunk), came + len(chunk)
            if size > limits.size:
                message = f"has more than {limits.size:,} bytes"
                raise DownloadError(address, message, "download it yourself and give it with --input")
            file.write(chunk)
            if not looked and size >= HEAD:
                file.flush()
                check_first(address, kept.head(HEAD))
                looked = True
            at = clock()
            if at - began > limits.total:
                raise BrokenError(f"took more than {limits.total:g} seconds")
            if at - mark > limits.patience:
                if came < limits.slowest * (at - mark):
                    raise BrokenError(f"came slower than {limits.slowest:,} bytes a second")
                mark, came = at, 0
        file.flush()
        check_first(address, kept.head(HEAD))


@contextmanager
def _dropping(kept: Kept) -> Iterator[None]:
    """Forget the part when it turns out to be no use."""
    try:
        yield
    except DownloadError:
        kept.drop()
        raise
