"""IRIs in requests: told to be none here, in plain words, before the engine sees them."""

from __future__ import annotations

import re
from typing import Final

from pyoxigraph import NamedNode

from api.problem import ApiError

LONGEST: Final = 8_000  # characters
_SHAPE = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:(?:[^\x00-\x20<>\"{}|^`\\%]|%[0-9A-Fa-f]{2})*")


def is_iri(written: str) -> bool:
    """Whether it is an absolute IRI as the engine takes them."""
    if len(written) > LONGEST or not _SHAPE.fullmatch(written):
        return False
    try:
        NamedNode(written)
    except ValueError:
        return False
    return True


def iri(written: str, parameter: str) -> str:
    """The same; a problem 400 that names the parameter when it is no absolute IRI, 414 when it is too long."""
    if len(written) > LONGEST:
        detail = f"{parameter}: an IRI has at most {LONGEST:,} characters."
        raise ApiError(414, detail, extra={"parameter": parameter})
    if not is_iri(written):
        detail = f"{parameter} must be an absolute IRI, such as http://example.org/graph."
        raise ApiError(400, detail, extra={"parameter": parameter, "value": written[:200]})
    return written
