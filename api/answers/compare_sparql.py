"""The SPARQL that asks for the heart of a comparison."""

from __future__ import annotations

from typing import Final

from api.served import Snapshot
from graph.compared.sides import Side, Sort

_PREFIXES: Final = """\
PREFIX ce: <https://w3id.org/cleantech-kg/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_QUERIES: Final[dict[Sort, str]] = {
    "organisation": """\
# What both work with, take part in, work on or are paid by
SELECT DISTINCT ?how ?what WHERE {
  VALUES ?how { ce:collaboratesWith ce:participatesIn ce:worksOn ce:fundedBy }
  <A> ?how ?what . <B> ?how ?what .
} ORDER BY ?how ?what
""",
    "region": """\
# Projects in which an organisation of each takes part
SELECT DISTINCT ?project WHERE {
  ?one ce:inRegion <A> ; ce:participatesIn ?project . ?other ce:inRegion <B> ; ce:participatesIn ?project .
  ?project a ce:Project FILTER (?one != ?other)
} ORDER BY ?project
""",
    "network": """\
# Who takes part in both
SELECT DISTINCT ?member WHERE { ?member ce:participatesIn <A> , <B> } ORDER BY ?member
""",
    "technology": """\
# Projects about both
SELECT DISTINCT ?project WHERE {
  ?project (ce:topic|ce:worksOn)/skos:broader* <A> , <B> ; a ce:Project .
} ORDER BY ?project
""",
}


def sparql(snapshot: Snapshot, a: Side, b: Side) -> str:
    """A query that `/sparql` answers."""
    one, other = (_iri(snapshot, side) for side in (a, b))
    return _PREFIXES + _QUERIES[a.sort].replace("<A>", f"<{one}>").replace("<B>", f"<{other}>")


def _iri(snapshot: Snapshot, side: Side) -> str:
    return str(snapshot.names.thing(snapshot.columns.key_of[side.node]).value)
