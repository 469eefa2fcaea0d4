"""The middle of an ego: one organisation or effort, by its key or a key that it had before."""

from __future__ import annotations

from api.organisations import node_under, plain_key
from api.problem import ApiError
from api.served import Snapshot

_ON_MAP = ("organisation", "effort")
_FILTERS = {"technology": "tech", "place": "county"}
_LOOKED_THROUGH, _MOST_NEAR = 50, 5  # hits of a search


def ego_of(snapshot: Snapshot, said: str) -> str:
    """The key that the map has now; a problem 400 with what comes near when it is unknown or not on the map."""
    things = snapshot.things
    node = node_under(snapshot, plain_key(said).removeprefix("/effort/"))
    if node is not None and things.groups[node] in _ON_MAP:
        return snapshot.columns.key_of[node]
    near = _near(snapshot, said)
    if node is None:
        hint = f" Did you mean {', '.join(near)}?" if near else ""
        detail = f"ego: there is nothing under the key {said[:100]!r}.{hint}"
    else:
        other = _FILTERS.get(things.groups[node])
        hint = f" Filter by {other}= instead." if other else ""
        detail = f"ego: {said[:100]!r} is a {things.groups[node]}, and only organisations and efforts have lines.{hint}"
    raise ApiError(400, detail, extra={"parameter": "ego", "value": said[:100], "near": near})


def _near(snapshot: Snapshot, said: str) -> list[str]:
    """Keys of organisations and efforts that a search for the key finds."""
    hits = snapshot.search.find(said.rpartition("/")[2].replace("-", " "), limit=_LOOKED_THROUGH)
    found = (hit.key for hit in hits if snapshot.things.groups[snapshot.columns.node_of[hit.key]] in _ON_MAP)
    return list(found)[:_MOST_NEAR]
