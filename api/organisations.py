"""Organisations by what people call them: their key, a key that they had before, or their page."""

from __future__ import annotations

from api.served import Snapshot

_LOOKED_THROUGH, _MOST_NEAR = 50, 5  # hits of a search


def plain_key(said: str) -> str:
    """The key of a page (`/org/kth`), or the key as it is."""
    return said.removeprefix("/org/")


def node_under(snapshot: Snapshot, key: str) -> int | None:
    """The node id of whatever stands, or stood, under a plain key; None when nothing did."""
    things = snapshot.things
    node = things.find(key)
    if node is not None:
        return node
    new = snapshot.identities.leads_to.get(key)
    return things.former.get(key) if new is None else snapshot.columns.node_of.get(new)


def is_organisation(snapshot: Snapshot, node: int) -> bool:
    """Only organisations work together."""
    return snapshot.things.groups[node] == "organisation"


def near(snapshot: Snapshot, key: str) -> list[str]:
    """Keys of organisations that a search for the key finds."""
    hits = snapshot.search.find(key.replace("-", " "), limit=_LOOKED_THROUGH)
    return [hit.key for hit in hits if is_organisation(snapshot, snapshot.columns.node_of[hit.key])][:_MOST_NEAR]
