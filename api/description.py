"""What the service says of itself: the SPARQL 1.1 Service Description, with the size of each graph."""

from __future__ import annotations

import asyncio
import json
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.responses import RedirectResponse, Response
from pyoxigraph import BlankNode, Literal, NamedNode, RdfFormat, Triple, serialize

from api.addresses import own_address, way_to
from api.negotiation import Offer, best, wants_page
from api.problem import ApiError
from api.respond import etag, is_fresh, not_modified, packed_aside
from api.served import Served, Snapshot
from graph.readers import ReaderError

SD: Final = "http://www.w3.org/ns/sparql-service-description#"
_VOID: Final = "http://rdfs.org/ns/void#"
_RDFS: Final = "http://www.w3.org/2000/01/rdf-schema#"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_PREFIXES: Final = {"sd": SD, "void": _VOID, "format": _FORMATS, "rdfs": _RDFS}
_TYPE: Final = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_SPARQL_12: Final = NamedNode("https://www.w3.org/TR/sparql12-query/")

_RESULTS: Final = (
    *(f"SPARQL_Results_{name}" for name in ("JSON", "XML", "CSV", "TSV")),
    *("Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD"),
)
_INPUTS: Final = ("Turtle", "N-Triples", "N-Quads", "TriG", "RDF_XML", "JSON-LD")
_LANGUAGES: Final = ("SPARQL10Query", "SPARQL11Query", "SPARQL11Update")
OFFERS: Final = tuple(
    Offer(media_type, media_type, suffix)
    for media_type, suffix in (
        ("text/turtle", "ttl"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdf"),
        ("application/ld+json", "jsonld"),
    )
)

_MOST = 1_000  # named graphs that are listed
_DEFAULT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
_COUNTED = f"SELECT ?g (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} }} GROUP BY ?g LIMIT {_MOST}"
_NAMED = f"SELECT ?g {{ GRAPH ?g {{}} }} LIMIT {_MOST}"
_JSON = "application/sparql-results+json"


@dataclass(frozen=True, slots=True)
class Sizes:
    """Triples of the default graph (None: could not be counted in time) and of named graphs, by IRI."""

    default: int | None
    named: dict[str, int | None]


class Counting:
    """Counts the graphs of a snapshot once, however many ask."""

    def __init__(self) -> None:
        self._version = ""
        self._task: asyncio.Task[Sizes] | None = None

    async def sizes(self, served: Served, current: Snapshot) -> Sizes:
        """The sizes of the graphs of the current snapshot."""
        if self._task is None or self._version != current.version:
            self._version, self._task = current.version, asyncio.create_task(_count(served))
        return await asyncio.shield(self._task)


async def describe(request: Request, served: Served, current: Snapshot, *, federated: bool = False) -> Response:
    """The description in the RDF format that the client wants; people are sent to the documentation."""
    accept = request.headers.get("accept")
    if wants_page(accept):
        return RedirectResponse(way_to(request, "/docs#sparql"), 303)
    offer = _offer(accept)
    if offer is None:
        raise ApiError(406, f"The description can be had as {', '.join(offer.media_type for offer in OFFERS)}.")
    endpoint = own_address(request)
    tag = etag(current, endpoint, offer.media_type)
    if is_fresh(request, tag):
        return not_modified(tag)
    sizes = await request.app.state.counting.sizes(served, current)
    body = written(endpoint, sizes, offer.media_type, federated=federated)
    return await packed_aside(request, body, offer.content_type, {"ETag": tag})


def _offer(accept: str | None) -> Offer | None:
    place = best(accept, [offer.media_type for offer in OFFERS])
    return None if place is None else OFFERS[place]


def written(endpoint: str, sizes: Sizes, media_type: str, *, federated: bool) -> bytes:
    """The description as a document."""
    triples = [*_service(endpoint, federated), *_dataset(endpoint, sizes)]
    form = RdfFormat.from_media_type(media_type)
    return serialize(triples, format=form or RdfFormat.TURTLE, prefixes=_PREFIXES) or b""


def _service(endpoint: str, federated: bool) -> list[Triple]:
    service = NamedNode(endpoint)
    features = ["EmptyGraphs", *(["BasicFederatedQuery"] if federated else [])]
    said = [
        *(("feature", NamedNode(SD + name)) for name in features),
        *(("supportedLanguage", NamedNode(SD + name)) for name in _LANGUAGES),
        *(("resultFormat", NamedNode(_FORMATS + name)) for name in _RESULTS),
        *(("inputFormat", NamedNode(_FORMATS + name)) for name in _INPUTS),
        ("endpoint", service),
        ("languageExtension", _SPARQL_12),
    ]
    words = "SPARQL 1.2: triple terms and their functions, annotations, the direction of language-tagged strings"
    return [
        Triple(service, _TYPE, NamedNode(f"{SD}Service")),
        *(Triple(service, NamedNode(SD + name), thing) for name, thing in said),
        Triple(_SPARQL_12, _TYPE, NamedNode(f"{SD}Feature")),
        Triple(_SPARQL_12, NamedNode(f"{_RDFS}label"), Literal(words, language="en")),
    ]


def _dataset(endpoint: str, sizes: Sizes) -> list[Triple]:
    dataset, default = BlankNode(), BlankNode()
    made = [
        Triple(NamedNode(endpoint), NamedNode(f"{SD}defaultDataset"), dataset),
        Triple(dataset, _TYPE, NamedNode(f"{SD}Dataset")),
        Triple(dataset, NamedNode(f"{SD}defaultGraph"), default),
        *_graph(default, sizes.default),
    ]
    for name, size in sorted(sizes.named.items()):
        named, graph = BlankNode(), BlankNode()
        made += [
            Triple(dataset, NamedNode(f"{SD}namedGraph"), named),
            Triple(named, _TYPE, NamedNode(f"{SD}NamedGraph")),
            Triple(named, NamedNode(f"{SD}name"), NamedNode(name)),
            Triple(named, NamedNode(f"{SD}graph"), graph),
            *_graph(graph, size),
        ]
    return made


def _graph(node: BlankNode, size: int | None) -> list[Triple]:
    kind = Triple(node, _TYPE, NamedNode(f"{SD}Graph"))
    return [kind] if size is None else [kind, Triple(node, NamedNode(f"{_VOID}triples"), Literal(size))]


async def _count(served: Served) -> Sizes:
    """What cannot be counted within the limits of a query is told without its size."""
    default = await _rows(served, _DEFAULT)
    named = await _rows(served, _NAMED)
    counted = await _rows(served, _COUNTED)
    sizes: dict[str, int | None] = {}
    if named is not None:
        sizes |= {row["g"]["value"]: None if counted is None else 0 for row in named if row["g"]["type"] == "uri"}
    sizes |= {row["g"]["value"]: int(row["n"]["value"]) for row in counted or () if row["g"]["type"] == "uri"}
    return Sizes(int(default[0]["n"]["value"]) if default else None, dict(sorted(sizes.items())[:_MOST]))


async def _rows(served: Served, query: str) -> list[dict[str, dict[str, str]]] | None:
    try:
        result = await served.pool.query(query, _JSON)
    except ReaderError:
        return None
    rows: list[dict[str, dict[str, str]]] = json.loads(result.body)["results"]["bindings"]
    return rows
