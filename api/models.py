"""The shapes of the JSON that `/api/v1` answers with. Names come in both languages; the client chooses."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Made by us, never parsed: no field may be missing or unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Pair(Model):
    """The same words in English and Swedish."""

    en: str
    sv: str


class Words(Model):
    """Words in English and Swedish, where there are any; show the other language, marked as such, where one is null."""

    en: str | None
    sv: str | None


class Ref(Model):
    """A thing as a link needs it; `path` is its page."""

    key: str
    group: str
    kind: str
    name: Pair
    path: str


class PlaceRef(Model):
    """A place by key and name."""

    key: str
    name: Pair
    path: str


class SourceCardOut(Model):
    """One source; `date` is the day of its data."""

    name: str
    title: Pair
    publisher: str
    licence: str
    homepage: str
    date: str
    records: int


class StartingQuestion(Model):
    """A question to begin with; `href` leads to its answer."""

    id: str
    title: Pair
    href: str


class Stats(Model):
    """What is in the map: counts, the day of the build (UTC), sources, questions to start with; `contact` is where errors are
    reported, null when the server names nobody."""

    generation: int
    built: str
    counts: dict[str, int]
    sources: list[SourceCardOut]
    questions: list[StartingQuestion]
    contact: str | None


class KindOut(Pair):
    """A kind of thing; `group` is organisation, effort, technology, place, person or relation."""

    group: str


class TechnologyOut(Pair):
    """A technology; `broader` are the slugs right above it."""

    broader: list[str]


class Vocabulary(Model):
    """Every label, by the value that stands in the other answers."""

    kinds: dict[str, KindOut]
    roles: dict[str, Pair]
    ties: dict[str, Pair]
    technologies: dict[str, TechnologyOut]
    counties: dict[str, Pair]
    properties: dict[str, Pair]


class SearchResult(Ref):
    """A thing that was found; `matched` is the name or alias that fits."""

    matched: str
    place: Pair | None
    degree: int


class SearchOut(Model):
    """The best first."""

    query: str
    results: list[SearchResult]


class Count(Model):
    """How much a choice would give, all other choices staying as they are."""

    value: str
    count: int


class TechnologyCount(Count):
    """`depth` counts from the root of the scheme (0)."""

    depth: int
    broader: list[str]


class YearCount(Model):
    """Lines and efforts that are active in the year."""

    year: int
    count: int


class Total(Model):
    """What the whole filter leaves; `undated` was left out by the years because nobody says when."""

    nodes: int
    edges: int
    undated: int


class FacetsOut(Model):
    """The choices that still lead somewhere, most frequent first."""

    total: Total
    kinds: list[Count]
    technologies: list[TechnologyCount]
    counties: list[Count]
    countries: list[Count]
    roles: list[Count]
    ties: list[Count]
    years: list[YearCount]


class MapNames(Model):
    """`sv` is null where it is the same as `en`."""

    en: list[str]
    sv: list[str | None]


class MapNodes(Model):
    """Columns of one length; `kind` and `county` are positions in the lists of the payload."""

    key: list[str]
    kind: list[int]
    x: list[float]
    y: list[float]
    degree: list[int]
    community: list[int | None]
    county: list[int | None]
    year: list[int | None]
    name: MapNames


class MapEdges(Model):
    """Columns of one length; `a` and `b` are positions in the nodes, `tie` in the list of the payload."""

    a: list[int]
    b: list[int]
    tie: list[int]
    year: list[int | None]


class MapOut(Model):
    """The map in columns: small on the wire and quick to parse."""

    generation: int
    nodes: MapNodes
    edges: MapEdges
    kinds: list[str]
    ties: list[str]
    counties: list[str]


class CommunityOut(Model):
    """Things that are tied to each other more than to others, named after what it has beyond its share: technologies (slugs),
    places (keys), the most telling first. `strongest` is its best connected organisation."""

    number: int
    size: int
    name: Pair
    technologies: list[str]
    places: list[str]
    strongest: str


class CommunitiesOut(Model):
    """Those of at least three things, the largest first; `number` is the value of `community` in the map."""

    communities: list[CommunityOut]


class AltName(Model):
    """Another name or an acronym."""

    text: str
    lang: str | None


class FactOut(Model):
    """One value of one property; `evidence` are ids in the evidence of the entity."""

    property: str
    label: Pair
    value: str | Pair
    lang: str | None
    href: str | None
    evidence: list[int]


class RelationOut(Model):
    """A relation seen from the entity. When the source names no other party, `other.key` is empty.

    `part_of` is the key of the investment round whose stated amount already holds this one: leave it out of sums.
    """

    key: str
    kind: str
    tie: str
    role: str | None
    direction: Literal["out", "in"]
    other: Ref
    start: str | None
    end: str | None
    amount: str | None
    currency: str | None
    amount_eur: float | None
    part_of: str | None
    share: float | None
    note: str | None
    evidence: list[int]


class TechnologyOf(Model):
    """A technology that it works on; not `direct` when that follows from a narrower one."""

    key: str
    name: Pair
    path: str
    direct: bool
    evidence: list[int]


class CollaboratorOut(Model):
    """Somebody it works with, and in what they meet."""

    key: str
    name: Pair
    kind: str
    path: str
    via: list[PlaceRef]


class MoneyOut(Model):
    """Funding and investments by direction, each once."""

    in_: list[RelationOut]
    out: list[RelationOut]

    model_config = ConfigDict(frozen=True, alias_generator=lambda name: name.rstrip("_"), populate_by_name=True)


class EvidenceOut(Model):
    """A place in a document, and how it was read; `published` may be a year or a month."""

    document: str | None
    host: str | None
    published: str | None
    retrieved: str | None
    source: str | None
    record: str | None
    quote: str | None
    method: str | None
    confidence: float | None


class SourceOf(Model):
    """Where evidence comes from."""

    title: Pair
    licence: str


class RelationCount(Model):
    """How many rows a list of the profile has in all."""

    tie: str
    direction: Literal["out", "in"]
    total: int


class EntityCounts(Model):
    """How long the lists are in all; an entity holds the first of them, the parts under its address the rest."""

    relations: list[RelationCount]
    collaborators: int
    money_in: int
    money_out: int


class Entity(Model):
    """What is known about a thing, each fact with its evidence; `own_evidence` is that of its description.

    Of `relations` the first 25 of each tie and direction stand here, of `collaborators` (with 3 `via` each) and of each list
    of `money` the first 25; `counts` says how many there are. `sparql` are the queries behind facts and relations.
    """

    key: str
    iri: str
    group: str
    kind: str
    name: Pair
    description: Words | None
    alt: list[AltName]
    place: PlaceRef | None
    county: PlaceRef | None
    country: str | None
    start: str | None
    end: str | None
    homepage: str | None
    facts: list[FactOut]
    relations: list[RelationOut]
    technologies: list[TechnologyOf]
    collaborators: list[CollaboratorOut]
    money: MoneyOut
    counts: EntityCounts
    sparql: dict[str, str]
    own_evidence: list[int]
    evidence: dict[int, EvidenceOut]
    sources: dict[str, SourceOf]


class NeighbourOut(Ref):
    """A thing around the focus; `x` and `y` are its place on the whole map."""

    degree: int
    x: float | None
    y: float | None


class NeighbourEdge(Model):
    """A line; `a` and `b` are keys."""

    a: str
    b: str
    tie: str
    role: str | None
    start: str | None
    end: str | None


class NeighbourhoodOut(Model):
    """The focus first; `truncated` more would have been there."""

    focus: str
    nodes: list[NeighbourOut]
    edges: list[NeighbourEdge]
    truncated: int


class Health(Model):
    """`status` is ok, or empty before the first generation; `readers` counts the living reader processes."""

    status: Literal["ok", "empty"]
    generation: int | None
    built: str | None
    readers: int


class QueryLimits(Model):
    """What one query may use; `readers` run at the same time, `waiting` more may queue, `per_address` of one client."""

    seconds: float
    key_seconds: float
    memory_bytes: int
    text_bytes: int
    nesting: int
    operators: int
    answer_bytes: int
    answer_rows: int
    readers: int
    waiting: int
    per_address: int
    replica_quads: int
    cache_bytes: int
    service_to: list[str]


class UpdateLimits(Model):
    """What one update or graph write may use; they run one after the other. LOAD reads from `load_from`."""

    seconds: float
    memory_bytes: int
    body_bytes: int
    nesting: int
    operators: int
    waiting: int
    undo_quads: int
    load_from: list[str]


class RestLimits(Model):
    """How many requests to `/api/v1` are answered at the same time, and how long each may take; how many analyses of the gap
    finder run, and how many more may wait."""

    seconds: float
    per_address: int
    running: int
    gaps_running: int
    gaps_waiting: int


class ConnectionsOut(Model):
    """What a connection may do: `open` of them at a time; seconds of a head, of silence in a body, of a whole body,
    of an answer that is not taken, of nothing to do."""

    open: int
    head_bytes: int
    head_seconds: float
    body_stall_seconds: float
    body_seconds: float
    answer_stall_seconds: float
    idle_seconds: float


class LimitsOut(Model):
    """The limits in force."""

    query: QueryLimits
    update: UpdateLimits
    rest: RestLimits
    connection: ConnectionsOut


class Explanation(Model):
    """What the guard saw in a query, and where its time went: in the queue, in the engine, in writing the answer."""

    form: str
    text_bytes: int
    tokens: int
    nesting: int
    operators: int
    volatile: bool
    services: list[str]
    rows: int
    in_memory: bool
    by: str
    queue_seconds: float
    engine_seconds: float
    writing_seconds: float
