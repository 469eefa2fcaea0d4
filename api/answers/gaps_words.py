"""The words of the gap finder's doors, in both languages: names of values, headers of tables, the method."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from api.models import Pair

__all__ = ["header", "told", "word", "words"]


@cache
def told() -> Mapping[str, Any]:
    """`gaps.toml` as it stands."""
    return tomllib.loads((Path(__file__).parent / "gaps.toml").read_text("utf-8"))


@cache
def words(sort: str) -> Mapping[str, Pair]:
    """Names by value: `type`, `tie`, `stage`, `status`, `role`, `list`, `answer`, `history`, `reach` or `part`."""
    return {value: Pair(**pair) for value, pair in told()["words"][sort].items()}


def word(sort: str, value: str) -> Pair:
    """The name of a value; the value itself when it has none (a part of a score that a new method brings)."""
    return words(sort).get(value) or Pair(en=value, sv=value)


@cache
def header(name: str) -> Pair:
    """The head of a column of a table."""
    return Pair(**told()["headers"][name])
