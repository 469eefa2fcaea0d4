"""What tells a record again when its source gives it another key."""

from __future__ import annotations

import hashlib
import json
import re
import unicodedata

from graph.node import Node, Text, Value
from ontology.terms import PROPERTIES

_NAMES = ("name", "legalName", "title")
_SAID = (*_NAMES, *sorted(name for name, term in PROPERTIES.items() if "identifier" in term.parents))
_LENGTH = 16


def fingerprint(node: Node) -> str:
    """Sixteen hex digits of what the record says of itself: names, country, identifiers; neither order nor case matters.

    An identifier that the key is made of is left out, for it changes with the key.
    """
    own = re.split(r"[:/]", node.key)[-1].casefold()
    said = {
        name: words
        for name in _SAID
        if (words := sorted({_plain(value) for value in node.values.get(name, ())} - ({own} - {""})))
    }
    written = json.dumps(said, ensure_ascii=False, sort_keys=True).encode("utf-8")
    return hashlib.sha256(written).hexdigest()[:_LENGTH]


def _plain(value: Value) -> str:
    words = value.value if isinstance(value, Text) else str(value)
    return " ".join(unicodedata.normalize("NFKC", words).casefold().split())
