"""Packing of answers: zstd or gzip, by the q-values of Accept-Encoding (RFC 9110, 12.5.3)."""

from __future__ import annotations

import gzip
import zlib
from typing import Literal, Protocol

import zstandard

Encoding = Literal["zstd", "gzip"]

_GZIP_LEVEL, _ZSTD_LEVEL = 5, 3
_WORTH = 1_000  # bytes; below it packing costs more than it saves


class Packing(Protocol):
    """Packs an answer piece by piece."""

    def compress(self, data: bytes, /) -> bytes:
        """What can be sent of it by now."""

    def flush(self) -> bytes:
        """The rest, at the end."""


def wanted(accepted: str) -> Encoding | None:
    """The packing that a client wants most; zstd of two wanted alike, and only where it is named."""
    rated = {name: quality for name, quality in map(_rated, accepted.lower().split(",")) if name}
    zstd, plain = rated.get("zstd", 0.0), rated.get("identity", 0.0)
    gzipped = rated.get("gzip", rated.get("x-gzip", rated.get("*", 0.0)))
    if max(zstd, gzipped) <= 0 or plain > max(zstd, gzipped):
        return None
    return "zstd" if zstd >= gzipped else "gzip"


def is_worth(size: int) -> bool:
    """Whether a body of so many bytes is packed at all."""
    return size >= _WORTH


def pack(body: bytes, encoding: Encoding) -> bytes:
    """The whole body."""
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(body)
    return gzip.compress(body, compresslevel=_GZIP_LEVEL, mtime=0)


def packing(encoding: Encoding) -> Packing:
    """For a body that comes in pieces."""
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compressobj()
    return zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, zlib.MAX_WBITS | 16)


def _rated(part: str) -> tuple[str, float]:
    name, _, parameters = part.strip().partition(";")
    quality = 1.0
    for key, _, value in (parameter.partition("=") for parameter in parameters.split(";")):
        if key.strip() == "q":
            try:
                quality = min(max(float(value), 0.0), 1.0)
            except ValueError:
                quality = 0.0
    return name.strip(), quality if quality == quality else 0.0
