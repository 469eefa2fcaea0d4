"""Type-ahead: things by what was typed."""

from __future__ import annotations

from typing import Literal

from api.models import SearchOut, SearchResult
from api.served import Snapshot


def search(snapshot: Snapshot, text: str, lang: Literal["en", "sv"], limit: int) -> SearchOut:
    """The best `limit` things."""
    things = snapshot.things
    places = snapshot.columns.nodes["place"]
    results = []
    for hit in snapshot.search.find(text, lang, limit):
        place = places[hit.node]
        results.append(
            SearchResult(
                **things.ref(hit.node).model_dump(),
                matched=hit.matched,
                place=None if place is None or place == hit.node else things.name(place),
                degree=things.degrees[hit.node],
            )
        )
    return SearchOut(query=text, results=results)
