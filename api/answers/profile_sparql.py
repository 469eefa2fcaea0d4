"""The query behind each panel of a profile: what it shows can be asked again at /sparql, and changed."""

from __future__ import annotations

from collections.abc import Iterable

from api.served import Snapshot

_PREFIXES = {
    "ce": "https://w3id.org/cleantech-kg/ns#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
}
_BEGUN = "ce:start|ce:founded|ce:announced"
_ANY_DATE = f"{_BEGUN}|ce:end|ce:dissolved"
_INTO = "ce:inEffort|ce:fundedEffort"
_WHEN = f"""OPTIONAL {{ ?payment {_BEGUN} ?own }}
      OPTIONAL {{ ?payment ce:round/({_BEGUN}) ?round }}
      OPTIONAL {{ ?payment ({_INTO})/({_BEGUN}) ?begun }}
      BIND (COALESCE(?own, ?round, ?begun) AS ?date)"""
_NO_ORGANISATION = "FILTER NOT EXISTS { ?effort a ce:Organization }"


class Queries:
    """Queries about one thing."""

    def __init__(self, snapshot: Snapshot, node: int) -> None:
        self._snapshot = snapshot
        self._iri = f"<{snapshot.names.thing(snapshot.columns.key_of[node]).value}>"
        self._group = snapshot.things.groups[node]

    def facts(self, properties: Iterable[str]) -> str:
        """Plain values."""
        named = " ".join(f"ce:{name}" for name in sorted(set(properties)))
        return _query(
            f"SELECT ?property ?value WHERE {{\n  VALUES ?property {{ {named} }}\n  {self._iri} ?property ?value\n}}"
        )

    def relations(self) -> str:
        """Every relation with the others in it, and the plain part-of properties."""
        parts = "ce:unitOf|ce:partOf|ce:programme"
        return _query(
            f"""SELECT DISTINCT ?relation ?kind ?other WHERE {{
  {{
    ?relation ce:about {self._iri} ; a ce:Relation ; ce:kind ?kind .
    OPTIONAL {{ ?relation ce:about ?other FILTER (?other != {self._iri}) }}
  }} UNION {{
    {self._iri} {parts} ?other BIND ("part of" AS ?kind)
  }} UNION {{
    ?other {parts} {self._iri} BIND ("has part" AS ?kind)
  }}
}} ORDER BY ?kind ?other"""
        )

    def partners(self) -> str:
        """Those it works with, takes part in it, works on it or sits in it: one row for each."""
        where = {"organisation": self._collaborators, "effort": self._participants}.get(
            self._group, self._organisations
        )
        return _query(
            f"""SELECT ?who (SAMPLE(?called) AS ?name) (COUNT(DISTINCT ?effort) AS ?efforts) WHERE {{
{where()}
  OPTIONAL {{ ?who ce:name ?called }}
}} GROUP BY ?who ORDER BY DESC(?efforts) ?who"""
        )

    def _collaborators(self) -> str:
        return f"""  {self._iri} ce:collaboratesWith ?who .
  ?who a ce:Organization .
  OPTIONAL {{ {self._iri} ce:participatesIn ?effort . ?who ce:participatesIn ?effort }}"""

    def _participants(self) -> str:
        return f"""  ?who ce:participatesIn {self._iri} ; a ce:Organization .
  BIND ({self._iri} AS ?effort)"""

    def _organisations(self) -> str:
        if self._group == "place":
            return f"""  ?who ce:inRegion {self._iri} ; a ce:Organization .
  OPTIONAL {{ ?who ce:participatesIn ?effort }}"""
        return f"""  {{ SELECT DISTINCT ?who ?effort WHERE {{
    {{ ?who ce:inField {self._iri} ; a ce:Organization }}
    UNION {{
      {{ ?narrow skos:broader* {self._iri} . ?effort ce:topic ?narrow }} UNION {{ ?effort ce:inField {self._iri} }}
      {_NO_ORGANISATION}
      ?who ce:participatesIn ?effort ; a ce:Organization
    }}
  }} }}"""

    def technologies(self) -> str:
        """What it works on, or in how many organisations of the place."""
        if self._group == "place":
            where = f"  ?effort ce:inRegion {self._iri} ; ce:worksOn ?technology ."
        else:
            where = f"""  {{ {self._iri} ce:worksOn|ce:topic ?technology }}
  UNION {{ {self._iri} ce:participatesIn ?effort . ?effort ce:topic|ce:worksOn ?technology }}"""
        counted = "organisations" if self._group == "place" else "efforts"
        return _query(
            f"""SELECT ?technology (SAMPLE(?label) AS ?name) (COUNT(DISTINCT ?effort) AS ?{counted}) WHERE {{
{where}
  OPTIONAL {{ ?technology skos:prefLabel ?label FILTER (lang(?label) = "en") }}
}} GROUP BY ?technology ORDER BY DESC(?{counted})"""
        )

    def money(self, way: str, *, parts: bool = False) -> str:
        """Payments and euro by year. `parts`: of an effort to which nobody is said to have given anything."""
        where = f"?payment ce:funder|ce:investor {self._iri} ." if way == "out" else self._received(parts)
        counted = "" if way == "out" else "\n        FILTER NOT EXISTS { ?payment ce:round/ce:amount ?held }"
        return _query(
            f"""SELECT ?year (COUNT(?payment) AS ?payments) (SUM(COALESCE(?euro, 0)) AS ?sum) WHERE {{
  {{ SELECT ?payment (SAMPLE(?eur) AS ?euro) (year(MIN(?date)) AS ?year) WHERE {{
      {{ SELECT DISTINCT ?payment WHERE {{
      {where}
      }} }}
      ?payment a ce:Relation .
      OPTIONAL {{ ?payment ce:amount/ce:valueEUR ?eur{counted} }}
      {_WHEN}
    }} GROUP BY ?payment }}
}} GROUP BY ?year ORDER BY ?year"""
        )

    def _received(self, parts: bool) -> str:
        if self._group == "effort":
            part = f"?payment ce:inEffort {self._iri} ; ce:participant ?anybody ; ce:amount ?amount ."
            return part if parts else f"?payment ce:fundedEffort {self._iri} ."
        if self._group == "technology":
            return f"""{{ ?narrow skos:broader* {self._iri} . ?effort ce:topic ?narrow . ?payment ce:fundedEffort ?effort }}
      UNION {{ ?effort ce:inField {self._iri} . ?payment ce:fundedEffort ?effort }}
      UNION {{ ?who ce:inField {self._iri} . ?payment ce:recipient ?who ; a ce:Investment }}
      UNION {{ ?who ce:inField {self._iri} . ?payment ce:recipient ?who ; a ce:InvestmentRound }}"""
        who = f"?who ce:inRegion {self._iri} ." if self._group == "place" else f"VALUES ?who {{ {self._iri} }}"
        return f"""{who}
      {{ ?payment ce:recipient ?who }}
      UNION {{ ?payment ce:participant ?who ; ce:amount ?amount ; ce:inEffort ?in
        FILTER NOT EXISTS {{ ?given ce:recipient ?who ; ce:fundedEffort ?in }} }}"""

    def timeline(self) -> str:
        """Everything with a date."""
        if self._group in ("technology", "place"):
            return self._area()
        return _query(
            f"""SELECT ?event ?what (MIN(?at) AS ?date) WHERE {{
  {{
    {{ ?event ce:about {self._iri} ; {_ANY_DATE} ?at }}
    UNION {{ ?event ce:about {self._iri} ; ce:round ?round . ?round {_ANY_DATE} ?at }}
    UNION {{ ?event ce:about {self._iri} ; {_INTO} ?effort FILTER (?effort != {self._iri}) ?effort {_ANY_DATE} ?at }}
    ?event a ce:Relation ; ce:kind ?what .
    FILTER NOT EXISTS {{ ?event a ce:Site }} FILTER NOT EXISTS {{ ?event a ce:TechnologyActivity }}
    FILTER NOT EXISTS {{ ?event a ce:Position }}
  }} UNION {{
    {self._iri} {_BEGUN} ?at BIND ({self._iri} AS ?event) BIND ("founded" AS ?what)
  }} UNION {{
    {self._iri} ce:dissolved|ce:end ?at BIND ({self._iri} AS ?event) BIND ("closed" AS ?what)
  }}
}} GROUP BY ?event ?what ORDER BY DESC(?date)"""
        )

    def _area(self) -> str:
        """Efforts, organisations and payments of a technology or place."""
        things = (
            f"?event ce:inRegion {self._iri} ."
            if self._group == "place"
            else f"{{ ?event ce:inField {self._iri} }} UNION {{ ?narrow skos:broader* {self._iri} . ?event ce:topic ?narrow }}"
        )
        return _query(
            f"""SELECT ?event ?what (MIN(?at) AS ?date) WHERE {{
  {{
    {things}
    {{ ?event a ce:JointEffort FILTER NOT EXISTS {{ ?event a ce:Organization }} ?event {_ANY_DATE} ?at BIND ("effort" AS ?what) }}
    UNION {{ ?event a ce:Organization ; {_BEGUN} ?at BIND ("founded" AS ?what) }}
    UNION {{ ?event a ce:Organization ; ce:dissolved|ce:end ?at BIND ("closed" AS ?what) }}
  }} UNION {{
    {{ SELECT (?payment AS ?event) (?date AS ?at) WHERE {{
      {{ SELECT DISTINCT ?payment WHERE {{
      {self._received(False)}
      }} }}
      FILTER NOT EXISTS {{ ?payment a ce:Participation }}
      {_WHEN} FILTER (BOUND(?date))
    }} }}
    BIND ("payment" AS ?what)
  }}
}} GROUP BY ?event ?what ORDER BY DESC(?date)"""
        )

    def similar(self, others: Iterable[int]) -> str:
        """What those that were found have in common with it. How alike they are is reckoned beside the store."""
        keys = self._snapshot.columns.key_of
        named = " ".join(f"<{self._snapshot.names.thing(keys[one]).value}>" for one in others)
        return _query(
            f"""SELECT ?who (SAMPLE(?called) AS ?name) (COUNT(DISTINCT ?technology) AS ?shared) WHERE {{
  VALUES ?who {{ {named} }}
  OPTIONAL {{
    {self._iri} ce:worksOn|(ce:participatesIn/(ce:topic|ce:worksOn)) ?technology .
    ?who ce:worksOn|(ce:participatesIn/(ce:topic|ce:worksOn)) ?technology
  }}
  OPTIONAL {{ ?who ce:name ?called }}
}} GROUP BY ?who ORDER BY DESC(?shared)"""
        )


def _query(body: str) -> str:
    heads = [f"PREFIX {name}: <{address}>" for name, address in _PREFIXES.items() if f"{name}:" in body]
    return "\n".join([*heads, body])
