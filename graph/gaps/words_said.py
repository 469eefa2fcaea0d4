"""What the map says of things, as words, and under which programmes, calls and technologies it puts them."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

import polars as pl

from graph.columns import Columns

_SAID: Final = ("name", "altName", "description", "subject")
_WORD: Final = r"\p{L}{3,}"
# A name that a source had to make up, for it knows a number only.
_NUMBERED: Final = r"^Project [0-9]+( of CORDIS)?$"


@lru_cache(maxsize=2)
def words_said(columns: Columns) -> pl.DataFrame:
    """node, word, count: of efforts and organisations, in small letters. An effort has the words of its calls too; an
    organisation those of its description (its name says who it is, not what it does) and of the technologies it states."""
    group = columns.nodes["group"]
    said = columns.facts.filter(pl.col("property").is_in(_SAID), ~pl.col("value").str.contains(_NUMBERED))
    said = said.select("node", "property", "value").with_columns(group=group.gather(said["node"]))
    own = said.filter(
        (pl.col("group") == "effort") | ((pl.col("group") == "organisation") & (pl.col("property") == "description"))
    )
    names = said.filter(pl.col("property").is_in(["name", "altName"]))
    texts = [own.select("node", "value"), _by_call(columns, names), _by_technology(columns, names)]
    words = pl.concat(texts).select("node", pl.col("value").str.to_lowercase().str.extract_all(_WORD).alias("word"))
    counted = words.explode("word").drop_nulls().group_by("node", "word").len("count")
    return counted.sort("node", "word")


def _by_call(columns: Columns, names: pl.DataFrame) -> pl.DataFrame:
    calls = columns.facts.filter(pl.col("property") == "call").select("node", pl.col("value").alias("key"))
    keys = columns.nodes.select(pl.col("key"), pl.col("node").alias("other"))
    met = calls.join(keys, on="key").join(names.rename({"node": "other"}), on="other")
    return met.select("node", "value").unique(maintain_order=True)


def _by_technology(columns: Columns, names: pl.DataFrame) -> pl.DataFrame:
    stated = columns.technology.filter(columns.nodes["group"].gather(columns.technology["node"]) == "organisation")
    met = stated.join(names.rename({"node": "tech"}), on="tech")
    return met.select("node", "value").unique(maintain_order=True)


@lru_cache(maxsize=2)
def frames_said(columns: Columns) -> pl.DataFrame:
    """node, word, count: the programmes of efforts, their calls, the family of each call (`ICT` of ICT-37-2015-1), and their
    technologies, as words that are no language's."""
    facts = columns.facts.select("node", "property", "value")
    stated = facts.filter(pl.col("property").is_in(["programme", "call"]))
    stated = stated.select("node", (pl.col("property") + " " + pl.col("value")).alias("word"))
    numbered = facts.filter(pl.col("property") == "identifier")
    family = ("family " + pl.col("value").str.extract(r"^([^-]+)-")).alias("word")
    families = numbered.select(columns.nodes["key"].gather(numbered["node"]).alias("key"), family)
    calls = facts.filter(pl.col("property") == "call").select("node", pl.col("value").alias("key"))
    of_call = calls.join(families, on="key").select("node", "word").drop_nulls()
    areas = columns.technology.select("node", pl.format("technology {}", "tech").alias("word"))
    found = pl.concat([stated, of_call, areas]).unique()
    effort = columns.nodes["group"].gather(found["node"]) == "effort"
    return found.filter(effort).with_columns(pl.lit(1, dtype=pl.UInt32).alias("count")).sort("node", "word")
