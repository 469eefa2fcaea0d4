"""The RDF of a thing: whole, or of one with very many relations a page of them at a time."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from fastapi import Request

from api.asking import ask
from api.problem import ApiError
from api.served import Served
from graph.readers import Result

PER_PAGE: Final = 500  # relations; with their evidence 2 MB of Turtle at most, of a limit of 20 MB
LDP_PAGE: Final = "http://www.w3.org/ns/ldp#Page"

_CE: Final = "https://w3id.org/cleantech-kg/ns#"
_HYDRA: Final = "http://www.w3.org/ns/hydra/core#"
_JSON: Final = "application/sparql-results+json"
_MOST_PAGES: Final = 1_000_000 // PER_PAGE

_SOME = "SELECT ?r {{ ?r <{ce}about> <{iri}> }} LIMIT {limit}"
_ORDERED = "SELECT ?r {{ ?r <{ce}about> <{iri}> }} ORDER BY ?r LIMIT {limit} OFFSET {offset}"

# What is said of the thing itself, and the places in documents that it was taken from.
_OWN = """\
  {{ BIND (<{iri}> AS ?s) ?s ?p ?o }}
  UNION {{ BIND (<{ce}evidence> AS ?p) BIND (<{iri}> AS ?s) GRAPH ?g {{ ?s ?p ?o }} }}
  UNION {{ GRAPH ?g {{ <{iri}> <{ce}evidence> ?s . ?s ?p ?o }} }}
  UNION {{ BIND (<{iri}> AS ?s) GRAPH ?g {{ ?s <{ce}source> ?from ; ?p ?o }} }}
"""
# The same of the relations that it is a party of: {some} binds their variable.
_RELATIONS = """\
  {{ {some} ?s ?p ?o }}
  UNION {{ {some} BIND (<{ce}evidence> AS ?p) GRAPH ?g {{ ?s ?p ?o }} }}
  UNION {{ {relations} GRAPH ?g {{ ?relation <{ce}evidence> ?s . ?s ?p ?o }} }}
"""


async def is_long(request: Request, served: Served, iri: str) -> bool:
    """Whether it is a party of more relations than one page holds."""
    query = _SOME.format(ce=_CE, iri=iri, limit=PER_PAGE + 1)
    return len(await _relations(request, served, query)) > PER_PAGE


async def whole(request: Request, served: Served, iri: str, media_type: str) -> Result:
    """All that is known of it; a problem 413 when that is more than an answer may hold."""
    any_one, with_name = (f"?{name} <{_CE}about> <{iri}> ." for name in ("s", "relation"))
    relations = _RELATIONS.format(ce=_CE, some=any_one, relations=with_name)
    own = _OWN.format(ce=_CE, iri=iri)
    return await ask(request, served, f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{\n{own}  UNION\n{relations}}}", media_type)


async def page_of(request: Request, served: Served, iri: str, page: int, media_type: str) -> tuple[Result, bool]:
    """A page (from 1) and whether another one follows; all pages together are the whole. A problem 404 after the last one."""
    offset = (page - 1) * PER_PAGE
    found: list[str] = []
    if page <= _MOST_PAGES:
        query = _ORDERED.format(ce=_CE, iri=iri, limit=PER_PAGE + 1, offset=offset)
        found = await _relations(request, served, query)
    if page > 1 and not found:
        raise ApiError(404, f"Page {page:,} is after the last one: `page=1` leads from page to page.")
    more = len(found) > PER_PAGE
    parts = [_view(iri, page, more)] if page > 1 or more else []
    if page == 1:
        parts.append(_OWN.format(ce=_CE, iri=iri))
    if found:
        parts.append(_chosen(found[:PER_PAGE]))
    query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{\n{'  UNION '.join(parts)}}}"
    return await ask(request, served, query, media_type), more


def _chosen(relations: Sequence[str]) -> str:
    listed = " ".join(f"<{one}>" for one in relations)
    return _RELATIONS.format(
        ce=_CE, some=f"VALUES ?s {{ {listed} }}", relations=f"VALUES ?relation {{ {listed} }}"
    ).lstrip()


def _view(iri: str, page: int, more: bool) -> str:
    """Says in the RDF itself that it is a part, and where the others are."""
    names = {"first": 1} | ({"previous": page - 1} if page > 1 else {}) | ({"next": page + 1} if more else {})
    said = "".join(f" (<{_HYDRA}{name}> <{iri}?page={at}>)" for name, at in names.items())
    kind = "(<http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
    rows = f"{kind}<{_HYDRA}PartialCollectionView>){said}"
    return f"{{ BIND (<{iri}?page={page}> AS ?s) VALUES (?p ?o) {{ {rows} }} }}\n"


async def _relations(request: Request, served: Served, query: str) -> list[str]:
    result = await ask(request, served, query, _JSON)
    rows = json.loads(result.body)["results"]["bindings"]
    return [row["r"]["value"] for row in rows if row["r"]["type"] == "uri"]
