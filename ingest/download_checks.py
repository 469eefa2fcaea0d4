"""Whether an answer is what the address promises: an HTML page is no zip, however well it was sent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime
from email.utils import parsedate_to_datetime

from ingest.download_address import DownloadError
from ingest.download_kept import Version, name_in

HEAD = 1024  # bytes that tell what a file is
_BEGINS = {  # how the bytes of a file begin, by the ending of its name
    "zip": (b"PK\x03\x04", b"PK\x05\x06"),
    "xlsx": (b"PK\x03\x04",),
    "gz": (b"\x1f\x8b",),
}
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_MOVED = "open the address in a browser: the file may have moved, or the publisher asks for something"


def check_answer(address: str, status: int, heads: Mapping[str, str], most: int) -> None:
    """DownloadError when the answer is an error, packed, a web page by its own word, or longer than `most` bytes."""
    if status not in {200, 206}:
        advice = _MOVED if status in {401, 403, 404, 410} else "try again later"
        raise DownloadError(address, f"is answered {status}", advice)
    if heads.get("content-encoding", "identity").lower() not in {"", "identity"}:
        message = f"is sent packed as {heads['content-encoding'][:20]}, though it was asked for as it is"
        raise DownloadError(address, message, "download it yourself and give it with --input")
    if heads.get("content-type", "").partition(";")[0].strip().lower() in {"text/html", "application/xhtml+xml"}:
        raise DownloadError(address, "is an HTML page, not the file", _MOVED)
    length = heads.get("content-length", "")
    if length.isdecimal() and int(length) > most:
        message = f"has {int(length):,} bytes, more than the {most:,} that are read"
        raise DownloadError(address, message, "download it yourself and give it with --input")


def check_first(address: str, head: bytes) -> None:
    """DownloadError when the first bytes are those of a web page, or not those of the file that the address names."""
    if _PAGE.match(head.removeprefix(b"\xef\xbb\xbf")):
        raise DownloadError(address, "is an HTML page, not the file", _MOVED)
    ending = name_in(address).rpartition(".")[2].lower()
    if ending in _BEGINS and not head.startswith(_BEGINS[ending]):
        raise DownloadError(address, f"is no {ending}: it begins with {head[:12]!r}", _MOVED)


def retry_after(heads: Mapping[str, str], now: datetime) -> float | None:
    """The seconds that Retry-After asks for, which it says as a number or as a date; None when it says neither."""
    said = heads.get("retry-after", "")
    if said.isdecimal():
        return float(said)
    try:
        return max(0.0, (parsedate_to_datetime(said) - now).total_seconds())
    except (ValueError, TypeError):
        return None


def goes_on(heads: Mapping[str, str], begun: Version | None, size: int) -> bool:
    """Whether the part that came is the one that was asked for, of the version that was begun."""
    etag = heads.get("etag", "")
    same = begun is not None and (not etag or not begun.etag or etag == begun.etag)
    return same and heads.get("content-range", "").startswith(f"bytes {size}-")
