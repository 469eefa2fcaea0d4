"""Keys of nodes that no source names: relations by what they join, places by where they are."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

import polars as pl

_LETTERS = str.maketrans({"ø": "o", "æ": "ae", "ß": "ss", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "œ": "oe"})


def relation_key(kind: str, *parts: str) -> str:
    """`rel/` and twelve hex digits that depend on the kind and the parts alone."""
    said = json.dumps([kind, *parts], ensure_ascii=False).encode("utf-8")
    return f"rel/{hashlib.sha256(said).hexdigest()[:12]}"


def slugged(name: str) -> str:
    """`Mo i Rana` -> `mo-i-rana`, `Göteborg` -> `goteborg`, `Wrocław` -> `wroclaw`."""
    if name.isascii() and name.isalnum():
        return name.lower()
    plain = unicodedata.normalize("NFKD", name.lower().translate(_LETTERS)).encode("ascii", "ignore").decode("ascii")
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def slugs(names: pl.Expr) -> pl.Expr:
    """`slugged` of a whole column."""
    letters = {chr(letter): plain for letter, plain in _LETTERS.items()}
    plain = names.str.to_lowercase().str.replace_many(letters).str.normalize("NFKD")
    return plain.str.replace_all(r"[^\x00-\x7F]", "").str.replace_all(r"[^a-z0-9]+", "-").str.strip_chars("-")
