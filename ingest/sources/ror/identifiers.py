"""The ids of a record in other systems, as our ontology writes them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from graph.node import Iri, Node
from ingest.sources.ror.organisation import Organisation

WIKIDATA = "https://www.wikidata.org/entity/"
_FORMS = {
    "fundref": ("crossrefFunder", re.compile(r"[0-9]+")),
    "grid": ("grid", re.compile(r"grid\.[0-9]+\.[0-9a-f]{1,2}")),
    "isni": ("isni", re.compile(r"[0-9]{15}[0-9X]")),
    "wikidata": ("wikidata", re.compile(r"Q[1-9][0-9]*")),
}


def add_ids(node: Node, organisation: Organisation) -> Node:
    """Add what is well formed. Of several Wikidata ids the preferred one is the identifier, the others are records elsewhere."""
    for system, values in organisation.ids:
        good = [value for value in map(_bare, values) if system in _FORMS and _FORMS[system][1].fullmatch(value)]
        if system == "wikidata":
            sure = good[:1] if len(good) == 1 or system in organisation.preferred else []
            for value in good[len(sure) :]:
                node.add("sameRecord", Iri(f"{WIKIDATA}{value}"))
            good = sure
        for value in good:
            node.add(_FORMS[system][0], value)
    return node


def not_kept(organisation: Organisation) -> Iterator[str]:
    """What `add_ids` leaves out, in words to be counted."""
    for system, values in organisation.ids:
        if system not in _FORMS:
            yield f"ids of the system {system!r}, which ROR has given up"
        elif not all(_FORMS[system][1].fullmatch(_bare(value)) for value in values):
            yield f"malformed {system} ids"


def _bare(value: str) -> str:
    return value.replace(" ", "").removeprefix("https://www.grid.ac/institutes/")
