"""The SPARQL that lists the sums of a flow of money."""

from __future__ import annotations

from api.served import Snapshot
from graph.flows.asked import Asked

_HEAD = """\
PREFIX ce: <https://w3id.org/cleantech-kg/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
# Each sum once: funding, rounds, and investments beside a round whose amount is stated.
SELECT ?sum ?eur (SAMPLE(?payer) AS ?funder) (SAMPLE(?what) AS ?purpose) WHERE {
  { SELECT DISTINCT ?sum WHERE {
      { ?sum a ce:Funding } UNION { ?sum a ce:Investment FILTER NOT EXISTS { ?sum ce:round/ce:amount ?all } }
"""
_SILENT = """\
      # a round of which nobody says the amount is told by its investments
      FILTER NOT EXISTS { ?part ce:round ?sum FILTER NOT EXISTS { ?sum ce:amount ?any } }
"""
_TAIL = """\
  } }
  OPTIONAL { ?sum ce:amount/ce:valueEUR ?eur }
  OPTIONAL { ?sum ce:funder|ce:investor ?payer }
  OPTIONAL { ?sum ce:fundedEffort|ce:recipient|ce:round ?what }
} GROUP BY ?sum ?eur ORDER BY DESC(?eur)
"""


def sparql(snapshot: Snapshot, asked: Asked) -> str:
    """A query that `/sparql` answers: payers and technologies of the filter are in it, what else is chosen it says."""
    lines = [_HEAD]
    if asked.funder:
        payers = " ".join(f"<{snapshot.names.thing(key).value}>" for key in asked.funder)
        lines.append(f"      VALUES ?who {{ {payers} }} ?sum ce:funder|ce:investor|^ce:round/ce:investor ?who .\n")
    if asked.technology:
        areas = " ".join(f"<https://w3id.org/cleantech-kg/tech/{slug}>" for slug in asked.technology)
        lines.append(f"      VALUES ?area {{ {areas} }}\n")
        lines.append("      { ?sum ce:fundedEffort ?on } UNION { ?sum ce:recipient|ce:round/ce:recipient ?on }\n")
        lines.append("      ?on (ce:topic|ce:worksOn)/skos:broader* ?area .\n")
    left = [name for name in ("region", "programme", "kind") if getattr(asked, name)]
    if asked.year_from is not None or asked.year_to is not None:
        left.append("years")
    if left:
        lines.append(f"      # chosen on the page, and not in this query: {', '.join(left)}\n")
    return "".join([*lines, _SILENT, _TAIL])
