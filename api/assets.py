"""The built files of the explorer, packed once: their names change with their content."""

from __future__ import annotations

import gzip
from functools import lru_cache
from pathlib import Path

import zstandard

from api.encodings import Encoding

_KEPT = 256  # files in each packing; the explorer has some 80
_ZSTD_LEVEL = 19


@lru_cache(maxsize=_KEPT)
def packed(path: Path, encoding: Encoding, written: int) -> bytes:
    """The file, packed as small as it gets; kept for whoever asks next, while it is the one `written` then (ns)."""
    del written  # a part of the key
    body = path.read_bytes()
    if encoding == "zstd":
        return zstandard.ZstdCompressor(level=_ZSTD_LEVEL).compress(body)
    return gzip.compress(body, compresslevel=9, mtime=0)
