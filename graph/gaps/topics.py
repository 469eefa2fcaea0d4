"""What each actor works on, as words: TF-IDF over what its occasions say, and its own description."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from graph.gaps.collaboration import Collaboration
from graph.gaps.occasions import occasions
from graph.gaps.same import Same
from graph.gaps.words_said import frames_said, words_said

_RARE: Final = 2  # a word of one document ties nobody
_COMMON: Final = 0.2  # a word of more than this share of the documents says nothing ...
_MANY: Final = 50  # ... if it is in more than so many


@dataclass(frozen=True, eq=False)
class Topics:
    """Actors x words, float32, rows of length 1 (or empty, when nothing is said), and the names of the columns; `frames` is
    the same of programmes, calls and technologies."""

    vectors: csr_array
    words: tuple[str, ...]
    frames: csr_array


def topics(net: Collaboration) -> Topics:
    """Of all actors of the network, from what they took part in as far as it knows; kept for the next call."""
    return _topics(Same(net))


@lru_cache(maxsize=4)
def _topics(held: Same) -> Topics:
    net = held.net
    taken = net.met.tocoo()
    things = occasions(net.columns).table["thing"]
    parts = pl.DataFrame(
        {"row": taken.coords[0].astype(np.int64), "occasion": taken.coords[1].astype(np.int64)},
        schema={"row": pl.Int64, "occasion": pl.Int64},
    )
    parts = parts.select("row", things.gather(parts["occasion"]).alias("node")).drop_nulls()
    own = pl.DataFrame({"row": np.arange(len(net.nodes)), "node": net.nodes.astype(np.uint32)})
    parts = pl.concat([parts, own]).unique(["row", "node"]).sort("row", "node")
    vectors, words = _of_actors(len(net.nodes), parts, words_said(net.columns), _COMMON)
    frames, _ = _of_actors(len(net.nodes), parts, frames_said(net.columns), 1.0)
    return Topics(vectors, words, frames)


def _of_actors(size: int, parts: pl.DataFrame, said: pl.DataFrame, common: float) -> tuple[csr_array, tuple[str, ...]]:
    """The documents of each actor, added up."""
    said = said.join(parts.select("node").unique(), on="node", how="semi")
    documents = said["node"].unique().sort()
    weighed, words = _weighed(said, documents, common)
    place = pl.DataFrame({"node": documents, "document": np.arange(len(documents))})
    of_actor = parts.join(place, on="node")
    ones = np.ones(of_actor.height, dtype=np.float32)
    ends = of_actor["row"].to_numpy(), of_actor["document"].to_numpy()
    took = csr_array((ones, ends), shape=(size, len(documents)))
    return unit(csr_array(took @ weighed)), words


def _weighed(said: pl.DataFrame, documents: pl.Series, common: float) -> tuple[csr_array, tuple[str, ...]]:
    """(1 + ln count) x ln(documents / documents with the word), rows of length 1; the words in order."""
    spread = said.group_by("word").len("spread")
    most = max(common * len(documents), _MANY)
    spread = spread.filter(pl.col("spread").is_between(_RARE, most)).sort("word").with_row_index("column")
    used = said.join(spread, on="word")
    rows = documents.search_sorted(used["node"]).to_numpy().astype(np.int64)
    rarity = np.log(len(documents) / used["spread"].to_numpy())
    values = ((1 + np.log(used["count"].to_numpy())) * rarity).astype(np.float32)
    shape = (len(documents), spread.height)
    found = csr_array((values, (rows, used["column"].to_numpy().astype(np.int64))), shape=shape)
    return unit(found), tuple(spread["word"])


def unit(vectors: csr_array) -> csr_array:
    """The rows at length 1; an empty row stays empty."""
    squares = np.asarray(vectors.multiply(vectors).sum(axis=1)).ravel()
    length = np.sqrt(np.where(squares > 0, squares, 1)).astype(np.float32)
    found = csr_array(vectors.multiply(1 / length[:, np.newaxis]).tocsr())
    found.sort_indices()
    return found
