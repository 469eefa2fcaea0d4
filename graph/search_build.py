"""Writes the search index: names, aliases and acronyms of organisations, efforts, technologies and places."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import polars as pl

from graph.columns import Columns
from graph.search_text import fold, tidy, trigrams
from ontology.schema import ancestors
from ontology.terms import PROPERTIES

_GROUPS = ("organisation", "effort", "technology", "place")
_NAME_PROPERTIES = ("name", *sorted(n for n, t in PROPERTIES.items() if n == "altName" or "altName" in t.parents))
_SCHEMA = """
CREATE TABLE node(node INTEGER PRIMARY KEY, key TEXT NOT NULL, degree INTEGER NOT NULL);
CREATE TABLE kind(node INTEGER NOT NULL, kind TEXT NOT NULL, PRIMARY KEY (kind, node)) WITHOUT ROWID;
CREATE TABLE name(id INTEGER PRIMARY KEY, node INTEGER NOT NULL, shown TEXT NOT NULL, lang TEXT, tidy TEXT NOT NULL,
                  folded TEXT NOT NULL, main INTEGER NOT NULL);
CREATE INDEX name_folded ON name(folded);
CREATE VIRTUAL TABLE words USING fts5(folded, content='name', content_rowid='id', tokenize='unicode61 remove_diacritics 0',
                                      prefix='1 2 3', detail='full');
CREATE TABLE word(id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);
CREATE TABLE gram(gram TEXT NOT NULL, word INTEGER NOT NULL, PRIMARY KEY (gram, word)) WITHOUT ROWID;
"""
_Name = tuple[int, str, str | None, int]


def build_search(columns: Columns, path: Path) -> None:
    """Make the SQLite file `path` from the columns; it must not exist."""
    nodes = columns.nodes.filter(pl.col("group").is_in(_GROUPS))
    names = sorted(set(_names(columns, nodes)), key=lambda name: (name[0], -name[3], name[1], name[2] or ""))
    with closing(sqlite3.connect(path)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA page_size = 4096;" + _SCHEMA)
        database.executemany("INSERT INTO node VALUES (?, ?, ?)", nodes.select("node", "key", "degree").iter_rows())
        kinds = ((n, top) for n, kind in nodes.select("node", "kind").iter_rows() for top in sorted(ancestors(kind)))
        database.executemany("INSERT INTO kind VALUES (?, ?)", kinds)
        database.executemany(
            "INSERT INTO name(node, shown, lang, tidy, folded, main) VALUES (?, ?, ?, ?, ?, ?)",
            ((node, text, lang, tidy(text), fold(text), main) for node, text, lang, main in names),
        )
        database.execute("INSERT INTO words(words) VALUES ('rebuild')")
        vocabulary = sorted({word for _, text, _, _ in names for word in fold(text).split()})
        database.executemany("INSERT INTO word(word) VALUES (?)", ((word,) for word in vocabulary))
        grams = ((gram, number) for number, word in enumerate(vocabulary, 1) for gram in sorted(trigrams(word)))
        database.executemany("INSERT INTO gram VALUES (?, ?)", grams)
        database.commit()
        database.execute("INSERT INTO words(words) VALUES ('optimize')")
        database.commit()
        database.execute("VACUUM")


def _names(columns: Columns, nodes: pl.DataFrame) -> Iterator[_Name]:
    """(node, text, language, 1 for the name to show and 0 for any other)."""
    for node, english, swedish in nodes.select("node", "name_en", "name_sv").iter_rows():
        yield node, english, "en", 1
        yield node, swedish, "sv", 1
    wanted = columns.facts.filter(pl.col("property").is_in(_NAME_PROPERTIES)).join(nodes.select("node"), on="node")
    for node, name, text, lang in wanted.select("node", "property", "value", "lang").iter_rows():
        if name != "name":
            yield node, text, lang, 0
