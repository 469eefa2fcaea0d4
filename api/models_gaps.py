"""The shapes of the JSON of `/api/v1/gaps` and `/api/v1/paths`.

Things are `Ref`s and sentences are in both languages; `evidence` holds, by number, what the proofs of an answer name.
A null number was not drawn or is not known: never show it as 0.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from api.models import EvidenceOut, Model, Pair, PlaceRef, Ref, SourceOf, YearCount
from graph.gaps.rows import Stage, Status

AnswerWord = Literal["useful", "not-useful", "already-together", "competitors"]


class Choice(Model):
    """A value as the parameter takes it, and its name. `path` is its page, where it has one.

    `sort` is technology, place, country (`value` is its ISO code), type, tie, stage, role or status.
    """

    value: str
    sort: str
    name: Pair
    path: str | None


class OfferOut(Choice):
    """A choice of a filter and how many organisations it leads to; `depth` counts from the top of the technologies (0)."""

    count: int
    depth: int


class ChoicesOut(Model):
    """`/gaps/choices`: what each filter offers while the other ones stay. `actors` are the organisations of the filter.

    `region` holds counties, then countries; `years` how many projects and partnerships were active.
    """

    actors: int
    technology: list[OfferOut]
    region: list[OfferOut]
    type: list[OfferOut]
    years: list[YearCount]


class Sentence(Pair):
    """One sentence in both languages; `things` are those that it names, as links need them."""

    code: str
    things: list[Ref]


class ProofOut(Model):
    """A record behind a statement: the page of `thing`, and what says so (numbers in `evidence` of the answer)."""

    thing: Ref
    evidence: list[int]


class ReasonOut(Sentence):
    """Why, or why not, with the records behind it, never none; `weight` is its part of the score where that can be told."""

    proofs: list[ProofOut]
    weight: float | None


class ActorOut(Ref):
    """An organisation; `type` is its type of actor (research, company, ...), `country` an ISO code."""

    type: Choice
    place: PlaceRef | None
    country: str | None


class ScopeOut(Model):
    """What was looked at: every parameter as it was understood. Empty lists and nulls do not narrow.

    `as_of` is the year that ages are counted from, also when nobody said it. `query` are the parameters that differ from
    the defaults, as an address takes them (without `?`; empty when none does).
    """

    technology: list[Choice]
    region: list[Choice]
    other_region: list[Choice]
    reach: Literal["within", "touching"]
    type: list[Choice]
    from_: int | None
    to: int | None
    as_of: int
    tie: list[Choice]
    max_partners: int
    half_life: float
    rollup: bool
    query: str

    model_config = ConfigDict(frozen=True, alias_generator=lambda name: name.rstrip("_"), populate_by_name=True)


class CoverageOut(Model):
    """How much of what was looked at says what the finding needs; `told` says it in sentences.

    Of `actors` organisations: `tied` to another one, `placed`, `typed`, with a `technology`. Of `occasions` (projects,
    partnerships ...): `dated`, `with_money`. `sources` are all of the map.
    """

    actors: int
    tied: int
    placed: int
    typed: int
    technology: int
    occasions: int
    dated: int
    with_money: int
    first_year: int | None
    last_year: int | None
    sources: list[str]
    told: list[Sentence]


class GapsOut(Model):
    """What every finding answers; `rows` are added by each.

    `rows` are the best `limit` after the first `offset` of `total`, of which `available` can be had: the best, and never more
    than `most`. With `at_least` the question was too large to look at all of it, and `total` counts what was looked at: there
    are more. `next` is the address of the next page, `by` how the groups were made (null: there are none). `notes` say what
    the answer cannot say; `empty` says why there are no rows. `csv` is the address of the whole table.
    """

    generation: int
    built: str
    scope: ScopeOut
    coverage: CoverageOut
    notes: list[Sentence]
    empty: Sentence | None
    by: str | None
    total: int
    at_least: bool
    available: int
    most: int
    offset: int
    limit: int
    next: str | None
    csv: str
    evidence: dict[int, EvidenceOut]
    sources: dict[str, SourceOf]


class GroupOut(Model):
    """Actors of one type in one region; null = any, or with `outside` everywhere but in the regions of the scope."""

    region: Choice | None
    outside: bool
    type: Choice | None
    actors: int


class CellOut(Model):
    """Two groups within a technology (null = all). `observed` and `expected` are sums of weights, `gap` is
    ln((O+1)/(E+1)), `low` and `high` the 95 % interval of it by reshuffling.

    `pairs` is the address of the missing pairs of this cell.
    """

    technology: Choice | None
    a: GroupOut
    b: GroupOut
    observed: float
    expected: float
    gap: float
    low: float | None
    high: float | None
    status: Status
    missing_pairs: int
    pairs: str


class MatrixOut(GapsOut):
    """`/gaps/matrix`: the largest gaps first, then what is as expected, over-linked or cannot be said."""

    rows: list[CellOut]


class MissingPairOut(Model):
    """Two organisations that never worked together (`never`) or not for long (`lapsed`). `parts` are what the score is made
    of, by the names that `/gaps/method` explains; `last_year` is the later of those in which each was last active (null: not
    known); `explain` is the address of all that is known of the two."""

    a: ActorOut
    b: ActorOut
    history: Literal["never", "lapsed"]
    score: float
    parts: dict[str, float]
    reasons: list[ReasonOut]
    against: list[ReasonOut]
    last_year: int | None
    last_year_a: int | None
    last_year_b: int | None
    km: float | None
    answer: AnswerWord | None
    explain: str


class PairsOut(GapsOut):
    """`/gaps/pairs`, `/gaps/pairs/{key}` (then `of` is that organisation, and `a` of every row) and `/gaps/newcomers`."""

    of: ActorOut | None
    history: list[Literal["never", "lapsed"]]
    rows: list[MissingPairOut]


class DependenceOut(Model):
    """Two groups that hang together through one broker. `share`: of the paths of two steps between them, through it.

    Of `pairs` that have a path of three steps or fewer, `lost` have none without it (null: too many actors to count).
    """

    a: GroupOut
    b: GroupOut
    broker: ActorOut
    share: float
    paths: int
    lost: int | None
    pairs: int | None
    proofs: list[ProofOut]


class BrokersOut(GapsOut):
    """`/gaps/brokers`."""

    rows: list[DependenceOut]


class RoleOut(Model):
    """Triads in which it stands in the middle in this Gould-Fernandez role, and how far from chance that is."""

    role: Choice
    count: int
    z: float | None


class BrokerageRow(Model):
    """The place of one organisation between others; `constraint` and `effective_size` are Burt's."""

    actor: ActorOut
    pagerank: float
    betweenness: float
    constraint: float | None
    effective_size: float | None
    roles: list[RoleOut]


class BrokerageOut(GapsOut):
    """`/gaps/brokerage`."""

    rows: list[BrokerageRow]


class OrphanOut(Model):
    """Research in a region whose ties to companies are fewer than expected; the nearest companies in topic and in km."""

    technology: Choice
    region: Choice
    researchers: int
    mass: float
    observed: float
    expected: float
    low: float | None
    high: float | None
    status: Status
    near_in_topic: ActorOut | None
    near_on_map: ActorOut | None
    km: float | None
    proofs: list[ProofOut]


class OrphansOut(GapsOut):
    """`/gaps/orphans`."""

    rows: list[OrphanOut]


class DesertOut(Model):
    """Active organisations with little money (euro) against the same technology elsewhere. `threshold`: the 10th
    percentile there; `coverage`: the share of occasions whose amount is known."""

    technology: Choice
    region: Choice
    actors: int
    money: float | None
    per_actor: float | None
    threshold: float | None
    funders: int
    coverage: float
    status: Literal["desert", "as-expected", "cannot-say", "too-few-actors"]
    why: Sentence
    proofs: list[ProofOut]


class DesertsOut(GapsOut):
    """`/gaps/deserts`."""

    rows: list[DesertOut]


class LinkOut(Model):
    """One stage of a chain: how many are there, the first of them, and how many have a tie to the stage before.

    Not `known`: the sources show this stage nowhere in the country, so nobody can call it missing."""

    stage: Choice
    actors: int
    first: list[ActorOut]
    tied: int
    known: bool


class ChainOut(Model):
    """Research to market in one technology and region; `breaks` is the first stage with no actor or no tie to the one
    before (null: it holds)."""

    technology: Choice
    region: Choice
    links: list[LinkOut]
    breaks: Stage | None
    why: Sentence
    proofs: list[ProofOut]


class ChainsOut(GapsOut):
    """`/gaps/chains`."""

    rows: list[ChainOut]


class WhiteSpaceRow(Model):
    """A technology that a region does little of (`advantage` below 1) although it does much of what is `related`."""

    technology: Choice
    region: Choice
    actors: int
    advantage: float
    density: float
    related: list[Choice]
    proofs: list[ProofOut]


class WhiteSpaceOut(GapsOut):
    """`/gaps/whitespace`."""

    rows: list[WhiteSpaceRow]


class IntroductionOut(Model):
    """Two to seat together, and on which list: a company that has research but no investor with an `investor`, research
    results with a company (`company-for-research`), a company without a foreign partner with one (`foreign-partner`)."""

    list: Literal["investor", "company-for-research", "foreign-partner"]
    a: ActorOut
    b: ActorOut
    score: float
    reasons: list[ReasonOut]  # type: ignore[valid-type]  # `list` is a field here
    against: list[ReasonOut]  # type: ignore[valid-type]
    answer: AnswerWord | None
    explain: str


class VentureDayOut(GapsOut):
    """`/gaps/venture-day`."""

    rows: list[IntroductionOut]


class TieOut(Model):
    """One thing in which two organisations met; `thing` is null for a partnership, which has no page of its own.

    `partners` took part (null: not counted). `strength` is what it adds to the tie of the two; null where it does not count:
    too many partners, other years, or no collaboration. `roles_a` and `roles_b` are what each of the two was there, as slugs of
    `/vocabulary` (of paths; empty: not said)."""

    tie: Choice
    thing: Ref | None
    start: int | None
    end: int | None
    partners: int | None
    strength: float | None
    proofs: list[ProofOut]
    roles_a: list[str]
    roles_b: list[str]


class BridgeOut(Model):
    """A partner of both: the strength of its tie to each, and the latest thing that it shares with each."""

    actor: ActorOut
    strength_a: float
    strength_b: float
    thing_a: Ref | None
    thing_b: Ref | None
    proofs: list[ProofOut]


class ExplainOut(Model):
    """`/gaps/explain`: what ties two organisations, or what speaks for and against that they work together.

    `linked`: they have `ties`. `missing` and `lapsed`: `pair` has the reasons. `answered`: no source ties them, and somebody
    answered that they work together already, compete or have no use of each other (`answer`). `acquainted`: a direct link that is no
    collaboration (ownership, investment ...), which stands in `ties`. `between` are the closest of the `between_total`
    partners of both.
    """

    generation: int
    built: str
    scope: ScopeOut
    a: ActorOut
    b: ActorOut
    state: Literal["linked", "acquainted", "lapsed", "missing", "answered"]
    ties: list[TieOut]
    strength: float
    between: list[BridgeOut]
    between_total: int
    pair: MissingPairOut | None
    answer: AnswerWord | None
    coverage: CoverageOut
    notes: list[Sentence]
    evidence: dict[int, EvidenceOut]
    sources: dict[str, SourceOf]


class HopOut(Model):
    """One step of a path, with what ties its two ends: the strongest of `meetings` things in which they met, from `first_year`
    to `last_year` (null: not known)."""

    a: ActorOut
    b: ActorOut
    strength: float
    meetings: int
    first_year: int | None
    last_year: int | None
    ties: list[TieOut]


class PathOut(Model):
    """One way from the first to the second organisation; `strength` is 1 / sum(1/w) of its hops."""

    hops: list[HopOut]
    strength: float


class GoBetweenOut(Model):
    """Somebody who has worked with both and could introduce them; `strength` is that of the weaker of its two ties."""

    actor: ActorOut
    strength: float
    to_a: HopOut
    to_b: HopOut


class PartOut(Model):
    """A part of the network that hangs together: how many organisations, and those of them with the strongest ties, `end` not
    among them."""

    end: ActorOut
    actors: int
    first: list[ActorOut]


class PathsOut(Model):
    """`/paths`: the `k` shortest or strongest ways; `empty` says why there is none. `between` are those who have worked with
    both, of whom there are `between_total`. `apart` are the two parts of the network that no way joins (null: one is joined, or
    an end has no ties). `csv` is the address of the same as a table."""

    generation: int
    built: str
    scope: ScopeOut
    a: ActorOut
    b: ActorOut
    by: Literal["shortest", "strongest"]
    k: int
    paths: list[PathOut]
    between: list[GoBetweenOut]
    between_total: int
    apart: tuple[PartOut, PartOut] | None
    csv: str
    coverage: CoverageOut
    notes: list[Sentence]
    empty: Sentence | None
    evidence: dict[int, EvidenceOut]
    sources: dict[str, SourceOf]


class ParameterOut(Model):
    """A parameter of the findings; `choices` where it takes one of few, `least` and `most` where it is a number."""

    name: str
    text: Pair
    default: str | int | float | bool | None
    choices: list[Choice] | None
    least: float | None
    most: float | None
    repeatable: bool


class FindingOut(Model):
    """A finding: its address, its formula in words, and what it cannot say."""

    name: str
    title: Pair
    path: str
    formula: Pair
    limits: list[Pair]


class BackTestRow(Model):
    """How well one method foretold who would work together for the first time: recall in lists of ten, precision of the best
    thousand, the share of organisations that any list names (`list_coverage`), areas under the curve (`matched_auc`: against pairs of the same
    degrees), recall of pairs from projects of at most ten partners. Null: nothing to measure."""

    method: str
    recall_at_10: float | None
    precision_at_1000: float | None
    list_coverage: float | None
    auc: float | None
    matched_auc: float | None
    small_recall_at_10: float | None


class BackTestOut(Model):
    """A test on the past: trained on what began before `cut`, judged on the `window` years from then on. `known`
    organisations; `first`: pairs of them that met for the first time in the window."""

    network: Pair
    cut: int
    window: int
    known: int
    first: int
    rows: list[BackTestRow]


class MethodOut(Model):
    """`/gaps/method`: how the findings are made. `docs` is the page of the long form. `words` are names of parts of scores,
    statuses, stages, roles and answers, by sort and value."""

    parameters: list[ParameterOut]
    findings: list[FindingOut]
    backtests: list[BackTestOut]
    limits: list[Pair]
    words: dict[str, dict[str, Pair]]
    docs: str


class FeedbackIn(Model):
    """POST `/gaps/answers`, with a key of the scope `review`: what somebody says of two organisations, by their keys."""

    one: Annotated[str, Field(min_length=1, max_length=300)]
    other: Annotated[str, Field(min_length=1, max_length=300)]
    answer: AnswerWord
    note: Annotated[str, Field(max_length=2000)] = ""


class FeedbackOut(Model):
    """One answer in force. `one` and `other` are null where the map no longer holds the key. `at` is UTC."""

    id: str
    at: str
    by: str
    one_key: str
    other_key: str
    one: Ref | None
    other: Ref | None
    answer: AnswerWord
    note: str


class FeedbackListOut(Model):
    """GET `/gaps/answers`, with a key: answers in force, the newest first; `next` is the address of the next page."""

    total: int
    answers: list[FeedbackOut]
    next: str | None


class FeedbackTakenOut(Model):
    """DELETE `/gaps/answers/{id}`, with a key: an answer that was taken back: `id` is the line that does it."""

    id: str
    undoes: str
