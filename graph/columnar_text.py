"""Conditions on the text of terms, each different term looked at once."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

import numpy as np

from graph.columnar_syntax import Call, Const
from graph.columnar_table import LeaveError
from graph.columnar_terms import STRING, Dictionary, Ids, Mask, Terms, value

_PLAIN: Final = re.compile(r"(\^?)([A-Za-z0-9 _\-,:;/]*)(\$?)")


def text_kinds(terms: Dictionary) -> set[int]:
    """Plain strings and texts in a language."""
    return {STRING} | {kind for kind, start in enumerate(terms.headers) if start[:2] == b'"@'}


def language(header: bytes) -> bytes:
    """What LANG gives for a literal with this header."""
    return header[2:] if header[:2] == b'"@' else b""


def contained(terms: Terms, ids: Ids, test: Call) -> Mask:
    """Which of the terms pass CONTAINS, STRSTARTS, STRENDS or a REGEX that is no more than these."""
    wanted = test.args[1]
    if not (isinstance(wanted, Const) and wanted.key[:2] == b'"\0'):
        raise LeaveError
    needle, name = wanted.key[2:], test.name
    lower = isinstance(test.args[0], Call) and test.args[0].name == "LCASE"
    if name == "REGEX":
        name, needle = _pattern(needle.decode())
        if len(test.args) == 3:
            if test.args[2] != Const(b'"\0i'):
                raise LeaveError
            lower, needle = True, needle.lower()
    if lower and not (needle.isascii() and terms.base.plain_case and not _odd(terms)):
        raise LeaveError
    keys = terms.several(ids)
    if name == "CONTAINS" and needle and b"\0" not in needle:
        return _holding(keys, needle, lower)
    passes = _test(name, needle)
    found = [passes(value(key).lower() if lower else value(key)) for key in keys]
    return np.array(found, dtype=np.bool_)


def _holding(keys: Sequence[bytes], needle: bytes, lower: bool) -> Mask:
    """The terms whose text has the needle: one search through all of them, for which a zero byte stands between."""
    text = b"\0".join(keys)
    ends = np.cumsum(np.fromiter(map(len, keys), np.int64, len(keys)) + 1)
    hits = [match.start() for match in re.finditer(re.escape(needle), text.lower() if lower else text)]
    holds = np.zeros(len(keys), np.bool_)
    for place in np.unique(np.searchsorted(ends, hits, side="right")).tolist():
        said = value(keys[place])
        holds[place] = needle in (said.lower() if lower else said)  # not only in the header of the term
    return holds


def _test(name: str, needle: bytes) -> Callable[[bytes], bool]:
    match name:
        case "STRSTARTS":
            return lambda text: text.startswith(needle)
        case "STRENDS":
            return lambda text: text.endswith(needle)
        case "WHOLE":
            return lambda text: text == needle
    return lambda text: needle in text


def _pattern(pattern: str) -> tuple[str, bytes]:
    """A REGEX of nothing but letters, perhaps held to an end."""
    match = _PLAIN.fullmatch(pattern)
    if match is None:
        raise LeaveError
    name = {(False, False): "CONTAINS", (True, False): "STRSTARTS", (False, True): "STRENDS", (True, True): "WHOLE"}
    return name[bool(match[1]), bool(match[3])], match[2].encode()


def _odd(terms: Terms) -> bool:
    """Whether the query itself brings letters with another case of their own."""
    return any(not key.isascii() for key in terms.extra)
