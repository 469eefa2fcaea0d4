"""Actors that are probably one and the same: they share partners, topics and place, so that they look like perfect gaps."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import polars as pl
from anyascii import anyascii
from fingerprints import remove_types
from rapidfuzz.fuzz import ratio, token_sort_ratio
from rapidfuzz.process import cpdist
from scipy.sparse import csr_array, triu

from graph.columns import Columns
from graph.gaps.collaboration import Collaboration, Floats, Ints, Mask
from graph.gaps.earth import arc
from graph.gaps.same import Same

_NAMES: Final = ("name", "legalName", "altName")
_NUMBERS: Final = ("vatNumber", "orgNumber", "ror", "lei", "wikidata", "grid", "isni")
_OTHER: Final = re.compile(r"[^a-z0-9]+")
_ALIKE: Final = 0.92  # of two names, when nothing else speaks for it ...
_BESIDE: Final = 0.8  # ... and when they share an acronym or a home page too
_WORD: Final = 0.8  # of two words in the same place
_FAR: Final = 50.0  # km; between two who are further apart only the very same name counts
_HOST: Final = pl.col("value").str.to_lowercase().str.replace(r"^https?://(www\.)?", "").str.replace(r"/.*$", "")
_FREQUENT: Final = 40  # a word in more names than this is looked up in no other name


def doubles(net: Collaboration, a: Ints, b: Ints) -> Mask:
    """Whether the actors in the rows `a` and `b`, pair by pair, are a probable duplicate.

    They are when they have a registration number in common, or stand in one country (or nobody says where) under nearly
    the same name: legal form, order of the words, accents and slips do not count, a number in a name does. Two who are
    more than 50 km apart need the very same name.
    """
    if not len(a):
        return np.zeros(0, dtype=bool)
    return np.asarray(doubles_of(net)[a, b]).ravel().astype(bool)


def doubles_of(net: Collaboration) -> csr_array:
    """All of them: actors x actors, bool, symmetric; kept for the next call."""
    return _doubles(Same(net))


@lru_cache(maxsize=4)
def _doubles(held: Same) -> csr_array:
    net = held.net
    called = _called(net)
    one, other = _alike(net, called)
    same, too = _numbered(net)
    ends = np.concatenate([one, other, same, too]), np.concatenate([other, one, too, same])
    size = len(net.nodes)
    found = csr_array((np.ones(len(ends[0]), dtype=bool), ends), shape=(size, size))
    found.sum_duplicates()
    return found


@dataclass(frozen=True, slots=True)
class _Called:
    """Names (row, name), and what else marks an actor (row, mark): acronyms and home pages."""

    names: pl.DataFrame
    marks: pl.DataFrame


def _called(net: Collaboration) -> _Called:
    facts = _of_actors(net)
    names = facts.filter(pl.col("property").is_in(_NAMES))
    plain = {said: plain_name(said) for said in names["value"].unique()}
    names = names.select("row", pl.col("value").replace_strict(plain, return_dtype=pl.String).alias("name"))
    marks = facts.filter(pl.col("property").is_in(["acronym", "homepage"]))
    marks = marks.select("row", _HOST.alias("mark")).filter(pl.col("mark").str.len_chars() > 1)
    kept = names.filter(pl.col("name") != "").unique().sort("row", "name")
    return _Called(kept, marks.unique().sort("row", "mark"))


def home_pages(net: Collaboration) -> pl.DataFrame:
    """row, mark: the hosts of the home pages of each actor, in small letters, without `www.`."""
    pages = _of_actors(net).filter(pl.col("property") == "homepage")
    return (
        pages.select("row", _HOST.alias("mark")).filter(pl.col("mark").str.contains(r"\.")).unique().sort("row", "mark")
    )


def _of_actors(net: Collaboration) -> pl.DataFrame:
    return _facts(net.columns).with_columns(row=pl.Series(net.row_of).gather(_facts(net.columns)["node"]))


@lru_cache(maxsize=2)
def _facts(columns: Columns) -> pl.DataFrame:
    """What organisations are called and numbered."""
    used = [*_NAMES, *_NUMBERS, "acronym", "homepage"]
    held = columns.facts.filter(pl.col("property").is_in(used)).select("node", "property", "value")
    return held.filter(columns.nodes["group"].gather(held["node"]) == "organisation")


def plain_name(said: str) -> str:
    """In small Latin letters, without accents, punctuation and legal form."""
    plain = _OTHER.sub(" ", anyascii(said).lower()).strip()
    return (remove_types(plain) or plain).strip()


def _alike(net: Collaboration, called: _Called) -> tuple[Ints, Ints]:
    """Pairs of rows whose names say that they are one."""
    words = called.names.select("row", pl.col("name").str.split(" ").alias("word")).explode("word")
    shared = _sharing(words.filter(pl.col("word").str.len_chars() > 2), len(net.nodes))
    country = np.array([code or "" for code in net.country])
    held = shared.filter(
        pl.Series(_one_country(country[shared["a"].to_numpy()], country[shared["b"].to_numpy()]), dtype=pl.Boolean)
    )
    marked = _sharing(called.marks.rename({"mark": "word"}), len(net.nodes)).with_columns(marked=pl.lit(True))
    pairs = (
        held.join(marked, on=["a", "b"], how="left")
        .join(called.names.rename({"row": "a", "name": "one"}), on="a")
        .join(called.names.rename({"row": "b", "name": "other"}), on="b")
        .with_columns(pl.col("marked").fill_null(False))
    )
    names = pairs["one"].to_list(), pairs["other"].to_list()
    likeness = np.maximum(
        cpdist(*names, scorer=ratio, dtype=np.float32), cpdist(*names, scorer=token_sort_ratio, dtype=np.float32)
    )
    likeness = likeness.reshape(-1) / np.float32(100)
    far = _km(net, pairs["a"].to_numpy(), pairs["b"].to_numpy()) > _FAR
    enough = np.where(far, 1.0, np.where(pairs["marked"].to_numpy(), _BESIDE, _ALIKE))
    found = pairs.filter(pl.Series(likeness >= enough, dtype=pl.Boolean))
    alike = pl.Series(
        [_one_name(one, other) for one, other in found.select("one", "other").iter_rows()], dtype=pl.Boolean
    )
    kept = found.filter(alike).unique(["a", "b"]).sort("a", "b")
    return kept["a"].to_numpy().astype(np.int64), kept["b"].to_numpy().astype(np.int64)


def _sharing(words: pl.DataFrame, size: int) -> pl.DataFrame:
    """Pairs of rows a < b that share a word which few have."""
    words = words.unique()
    few = words.group_by("word").len().filter(pl.col("len").is_between(2, _FREQUENT)).sort("word")
    held = words.join(few.with_row_index("column").select("word", "column"), on="word")
    ones = np.ones(held.height, dtype=np.int32)
    ends = held["row"].to_numpy().astype(np.int64), held["column"].to_numpy().astype(np.int64)
    said = csr_array((ones, ends), shape=(size, few.height))
    shared = triu(said @ said.T, k=1).tocoo()
    a, b = shared.coords
    return pl.DataFrame({"a": a.astype(np.int64), "b": b.astype(np.int64)}).sort("a", "b")


def _one_country(one: np.ndarray, other: np.ndarray) -> Mask:
    return np.asarray((one == other) | (one == "") | (other == ""), dtype=bool)


def _one_name(one: str, other: str) -> bool:
    """Word by word: numbers and short words are the same, longer ones nearly so."""
    words, others = sorted(one.split()), sorted(other.split())
    if "".join(words) == "".join(others) or one.replace(" ", "") == other.replace(" ", ""):
        return True
    left = [word for word in words if word not in others]
    right = [word for word in others if word not in words]
    if len(left) != len(right):
        return all(len(word) < 4 and not word.isdigit() for word in left + right)
    return all(
        not any(sign.isdigit() for sign in word + much)
        and min(len(word), len(much)) > 3
        and ratio(word, much) >= _WORD * 100
        for word, much in zip(left, right, strict=True)
    )


def _numbered(net: Collaboration) -> tuple[Ints, Ints]:
    facts = _of_actors(net).filter(pl.col("property").is_in(_NUMBERS))
    words = facts.select("row", pl.concat_str("property", "value", separator=" ").alias("word"))
    shared = _sharing(words, len(net.nodes))
    return shared["a"].to_numpy(), shared["b"].to_numpy()


def _km(net: Collaboration, a: Ints, b: Ints) -> Floats:
    """Great circle; nan where a place is not known."""
    lat, lon = np.radians(net.lat), np.radians(net.lon)
    return np.asarray(6371.0 * arc(lat[a], lon[a], lat[b], lon[b]))
