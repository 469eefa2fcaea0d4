"""Forms and query strings: cut into fields and unquoted, in pieces so short that others are served in between."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote_to_bytes

import numpy as np
from numpy.typing import NDArray

from api.problem import ApiError

MOST: Final = 1_024  # parameters of an address or a form
_LONGEST_NAME = 300  # bytes, as it was sent
_PIECE = 1 << 18  # bytes; numpy takes 3 ms for the worst of them, and nothing else can run meanwhile
_SHORT = 1_000  # bytes; below it the standard library is quicker than numpy begins
_BROKEN = re.compile(rb"%(?![0-9A-Fa-f]{2})")
_NONE = 255  # no hexadecimal digit

Fields = list[tuple[str, bytes]]


def _digits() -> NDArray[np.uint8]:
    table = np.full(256, _NONE, np.uint8)
    for value, digit in enumerate(b"0123456789abcdef"):
        table[digit] = table[ord(chr(digit).upper())] = value
    return table


_DIGITS: Final = _digits()


def count(raw: bytes) -> None:
    """A problem 400 when there are more parameters than anybody needs, before they are cut."""
    if len(raw) > MOST and raw.count(b"&") >= MOST:
        raise ApiError(400, f"There are more than {MOST:,} parameters.", reason="parameters")


def fields(raw: bytes) -> Fields:
    """Names and values, unquoted; a problem 400 when they are malformed or too many. For a thread when `raw` is long."""
    count(raw)
    view, made, start = memoryview(raw), Fields(), 0
    while start < len(raw):
        end = raw.find(b"&", start)
        end = len(raw) if end < 0 else end
        if end > start:
            equals = raw.find(b"=", start, end)
            equals = end if equals < 0 else equals
            if equals - start > _LONGEST_NAME:
                raise ApiError(400, f"The name of a parameter has at most {_LONGEST_NAME} bytes.")
            name = text(unquoted(view[start:equals], "The name of a parameter"), "The name of a parameter")
            made.append((name, unquoted(view[equals + 1 : end], name)))
        start = end + 1
    return made


def unquoted(raw: memoryview, name: str) -> bytes:
    """Without its %-escapes and with spaces for `+`; a problem 400 that names the parameter when one is broken."""
    made, start = [], 0
    while start < len(raw):
        piece = bytes(raw[start : start + _PIECE])
        if start + _PIECE < len(raw):  # an escape at the end belongs to the next piece
            cut = piece.rfind(b"%", -2)
            piece = piece if cut < 0 else piece[:cut]
        start += len(piece)
        piece = piece.replace(b"+", b" ")
        made.append(_without_escapes(piece, name) if b"%" in piece else piece)
    return b"".join(made)


def text(raw: bytes, name: str) -> str:
    """A problem 400 that names the parameter when it is not UTF-8."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError as error:
        detail = f"{name[:100]} is not UTF-8: byte {error.start} does not fit."
        raise ApiError(400, detail, extra={"parameter": name[:100]}) from error


def _without_escapes(piece: bytes, name: str) -> bytes:
    if len(piece) < _SHORT and not _BROKEN.search(piece):
        return unquote_to_bytes(piece)
    letters = np.frombuffer(piece, np.uint8).copy()
    at = np.flatnonzero(letters == ord("%"))
    if at[-1] + 2 < letters.size:
        high, low = _DIGITS[letters[at + 1]], _DIGITS[letters[at + 2]]
        if max(high.max(), low.max()) < _NONE:
            letters[at] = high << 4 | low
            kept = np.ones(letters.size, np.bool_)
            kept[at + 1] = kept[at + 2] = False
            return letters[kept].tobytes()
    detail = f"{name[:100]}: a percent sign must be followed by two hexadecimal digits."
    raise ApiError(400, detail, extra={"parameter": name[:100]})
