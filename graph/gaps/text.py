"""What organisations write about: TF-IDF over names, descriptions and objectives, in both languages at once.

Words are cut down to a common form (`batteries`, `battery` and `batteri` meet), and words of most texts weigh nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from pathlib import Path

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array, diags_array

from graph.columns import Columns
from graph.gaps.names import NAMELESS

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]

_WORD = r"\p{L}[\p{L}\d]+(?:-[\p{L}\d]+)*"
_LEAST, _MOST = 3, 30  # letters
_IN_TEXTS = 2  # a word that stands in one text alone joins nobody
_COMMON = 0.05  # a word that stands in a larger share of the texts says nothing
_FEW = 200  # in a smaller collection than this, nothing is too common
_TELLING = 0.02  # a word of more texts than this is no reason for anything ...
_FEW_TELLING = 50  # ... unless the collection is small
_IN_TITLE = 3.0  # as many times as a word of the running text


@dataclass(frozen=True, eq=False)
class Texts:
    """`weights`: nodes x words, TF-IDF, rows of length 1 (or 0 where nothing is written); `shown` is how each word is
    mostly written; `rarity` its inverse document frequency; `telling` the weights without the words that say where
    somebody is, what form it has, or nothing much: rows are shorter than 1."""

    weights: csr_array
    shown: tuple[str, ...]
    rarity: Floats
    telling: csr_array

    def of_actors(self, own: csr_array, nodes: Ints) -> csr_array:
        """Actors x words, rows of length 1: their own texts and those of what they take part in (`own`: actors x nodes)."""
        found = csr_array(self.weights[nodes] + own.astype(np.float64) @ self.weights)
        return unit(found)


def unit(table: csr_array) -> csr_array:
    """Each row divided by its length; empty ones stay empty."""
    length = np.sqrt(np.asarray(table.multiply(table).sum(axis=1)).ravel())
    factor = np.divide(1.0, length, out=np.zeros_like(length), where=length > 0)
    return csr_array(diags_array(factor) @ table)


@lru_cache(maxsize=2)
def texts(columns: Columns) -> Texts:
    """Of all nodes of these columns, kept for the next call."""
    return _texts(columns)


@lru_cache(maxsize=2)
def own_texts(columns: Columns) -> Texts:
    """Of the organisations alone, which is quick: what they say of themselves, not what their projects are about."""
    organisation = pl.col("group") == "organisation"
    ids = columns.nodes.filter(organisation)["node"].implode()
    nodes = columns.nodes.with_columns(pl.when(organisation).then("group").otherwise(pl.lit("other")).alias("group"))
    return _texts(replace(columns, nodes=nodes, facts=columns.facts.filter(pl.col("node").is_in(ids))), columns)


def _texts(columns: Columns, whole: Columns | None = None) -> Texts:
    words = _words(columns)
    forms = _forms(words["word"].unique().sort())
    held = (
        words.join(forms, on="word")
        .filter(~pl.col("word").is_in(_stop_words()) & ~pl.col("form").is_in(_stop_words()))
        .group_by("node", "form")
        .agg(pl.col("weight").sum())
    )
    count = held["node"].n_unique()
    most = max(_COMMON * count, _FEW)
    seen = held.group_by("form").len("texts").filter(pl.col("texts").is_between(_IN_TEXTS, most)).sort("form")
    seen = seen.with_row_index("word_id")
    held = held.join(seen.select("form", "word_id"), on="form")
    rarity = np.log((1 + count) / (1 + seen["texts"].to_numpy().astype(np.float64)))
    ids = held["word_id"].to_numpy().astype(np.int64)
    values = (1 + np.log(held["weight"].to_numpy())) * rarity[ids]
    shape = (columns.nodes.height, seen.height)
    table = csr_array((values, (held["node"].to_numpy().astype(np.int64), ids)), shape=shape)
    table.sum_duplicates()
    shown, weights = _written(words, forms, seen), unit(table)
    rare = seen["texts"].to_numpy() <= max(_TELLING * count, _FEW_TELLING)
    kept = rare & np.array([word not in _empty(whole or columns) for word in shown], dtype=bool)
    return Texts(weights, shown, rarity, csr_array(weights @ diags_array(kept.astype(np.float64))))


def _empty(columns: Columns) -> frozenset[str]:
    """Names of places in both languages, and words that stand in `empty_words.txt`."""
    return _empty_words() | _place_names(columns)


@lru_cache(maxsize=2)
def _place_names(columns: Columns) -> frozenset[str]:
    places = columns.nodes.filter(pl.col("group") == "place")
    names = [name.lower() for side in ("name_en", "name_sv") for name in places[side].drop_nulls()]
    return frozenset(name.removesuffix(" county") for name in names if " " not in name.removesuffix(" county"))


def _words(columns: Columns) -> pl.DataFrame:
    """node, word, weight: every word of every text with the times that it stands there."""
    nodes = columns.nodes.filter(pl.col("group").is_in(["organisation", "effort"]))
    named = nodes.filter(~pl.col("name_en").str.contains(NAMELESS))
    titles = [named.select("node", "group", pl.col(name).alias("text")) for name in ("name_en", "name_sv")]
    titles[1] = titles[1].join(titles[0], on=["node", "text"], how="anti")
    effort = pl.col("group") == "effort"
    names = [part.filter(~effort).drop("group") for part in titles]
    titles = [part.filter(effort).drop("group") for part in titles]
    bodies = [nodes.select("node", pl.col(name).alias("text")) for name in ("description_en", "description_sv")]
    subjects = columns.facts.filter(pl.col("property") == "subject").select("node", pl.col("value").alias("text"))
    return pl.concat(
        [
            *(_split(part, _IN_TITLE) for part in titles),
            *(_split(part, 1.0) for part in (*names, *bodies, subjects)),
        ]
    )


def _split(texts: pl.DataFrame, weight: float) -> pl.DataFrame:
    return (
        texts.drop_nulls()
        .select("node", pl.col("text").str.to_lowercase().str.extract_all(_WORD).alias("word"))
        .explode("word", empty_as_null=False, keep_nulls=False)
        .filter(pl.col("word").str.len_chars().is_between(_LEAST, _MOST))
        .group_by("node", "word")
        .agg((pl.len() * weight).alias("weight"))
    )


def _forms(words: pl.Series) -> pl.DataFrame:
    """word, form: without the ending of the plural, and `y` as `i`, which Swedish writes where English writes `y`."""
    form = pl.col("word").str.replace(r"(\p{L}{2,})ies$", "${1}i").str.replace(r"(\p{L}{3,}[^aeiousåäö])e?s$", "$1")
    return pl.DataFrame({"word": words}).with_columns(form.str.replace(r"(\p{L}{3,})y$", "${1}i").alias("form"))


def _written(words: pl.DataFrame, forms: pl.DataFrame, seen: pl.DataFrame) -> tuple[str, ...]:
    """The commonest spelling of each form, in the order of its number; of two as common the first in the alphabet."""
    held = words.join(forms, on="word").join(seen.select("form", "word_id"), on="form")
    best = held.group_by("word_id", "word").len("n").sort("word_id", "n", "word", descending=[False, True, False])
    return tuple(best.group_by("word_id", maintain_order=True).first().sort("word_id")["word"])


def telling(one: csr_array, other: csr_array, most: int = 4) -> Sequence[int]:
    """The words that make two rows (1 x words) alike, the most telling first."""
    both = csr_array(one.multiply(other))
    order = np.lexsort((both.indices, -both.data))
    return [int(both.indices[place]) for place in order[:most]]


@cache
def _stop_words() -> list[str]:
    return _lines("stop_words.txt")


@cache
def _empty_words() -> frozenset[str]:
    return frozenset(_lines("empty_words.txt"))


def _lines(name: str) -> list[str]:
    lines = (Path(__file__).parent / name).read_text("utf-8").splitlines()
    return [line for line in lines if not line.startswith("#")]
