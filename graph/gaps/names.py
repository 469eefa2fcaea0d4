"""Names of organisations: which are none, and which say to whom somebody belongs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import polars as pl

from graph.columns import Columns
from graph.search_text import fold

# What ingest.sources writes in place of a name, where a source gives a number only: nobody can call them. A regular
# expression of Polars.
NAMELESS: Final = r"^(Organisation whose name is not known \(|Organisation [\d-]+$|Project \d+ of )"

_EMPTY: Final = (
    "ab aktiebolag publ stiftelsen stiftelse foundation the of for och and group holding gmbh ltd limited inc oy as aps"
    " sa srl spa bv nv plc sweden sverige"
)
_FORMS: Final = frozenset(_EMPTY.split())


def kin(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether all that is telling in one of the names of the one stands in one of the other, as of a foundation and its institute."""
    mine, theirs = ([_telling(name) for name in names] for names in (one, other))
    return any(left and right and (left <= right or right <= left) for left in mine for right in theirs)


def _telling(name: str) -> frozenset[str]:
    return frozenset(fold(name).split()) - _FORMS


@lru_cache(maxsize=2)
def called(columns: Columns) -> Mapping[int, Sequence[str]]:
    """All names of each organisation, by its node."""
    names = columns.facts.filter(pl.col("property").is_in(["name", "legalName", "altName"]))
    held = names.filter(columns.nodes["group"].gather(names["node"]) == "organisation")
    return dict(held.group_by("node").agg(pl.col("value")).sort("node").iter_rows())


_MOST_BEARERS = 15  # a first word of more names than this is no brand
_MOST_TEXTS = 3  # nor is one that stands in more running texts
_LEAST_LETTERS = 4


@lru_cache(maxsize=2)
def brands(columns: Columns) -> Sequence[str | None]:
    """For each organisation, in the order of its node: the first word of its name, folded, where that is a name of its
    own: in few names, hardly in running texts, and not of a place."""
    nodes = columns.nodes
    names = nodes.filter(pl.col("group") == "organisation")["name_en"]
    first = [(fold(name).split() or [""])[0] for name in names]
    bearers = Counter(first)
    rare = [word for word, count in bearers.items() if 1 < count <= _MOST_BEARERS and len(word) >= _LEAST_LETTERS]
    places = {word for name in nodes.filter(pl.col("group") == "place")["name_en"] for word in fold(name).split()}
    common = _in_texts(columns, rare)
    known = {word for word in rare if word not in places and common.get(word, 0) <= _MOST_TEXTS}
    return [word if word in known else None for word in first]


def _in_texts(columns: Columns, words: Sequence[str]) -> dict[str, int]:
    """In how many descriptions of efforts each of the words stands in small letters, as no name does."""
    texts = columns.nodes.filter(pl.col("group") == "effort").select("node", "description_en", "description_sv")
    said = (
        texts.unpivot(index="node").drop_nulls("value").select("node", pl.col("value").str.extract_all(r"\p{Ll}{4,}"))
    )
    split = said.explode("value", empty_as_null=False).filter(pl.col("value").is_in(words)).unique()
    return dict(split.group_by("value").len().iter_rows())
