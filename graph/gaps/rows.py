"""The rows of the nine findings. Organisations, technologies and places are node ids; money is euro; distances are km."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from graph.gaps.actors import ActorType
from graph.gaps.answer import Note, Proof, Reason

Status = Literal["gap", "as-expected", "over-linked", "cannot-say", "too-few-actors"]
SILENT: tuple[Status, ...] = ("cannot-say", "too-few-actors")  # nothing is said, so no number may look like a finding
Stage = Literal["research", "development", "pilot", "company", "market"]
STAGES: tuple[Stage, ...] = ("research", "development", "pilot", "company", "market")


@dataclass(frozen=True, slots=True)
class Group:
    """Actors of one type in one region. `region` is a key of a place or an ISO code; None = anywhere, or with `outside`
    everywhere but in the regions of the scope. `heads`: how many they are when a corporate group, or a university with its
    own groups, is one; that is what thresholds ask."""

    region: str | None
    type: ActorType | None
    actors: int
    outside: bool = False
    heads: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """Two groups within a technology (None = all that the map knows): ties seen and expected (sums of weights),
    ln((O+1)/(E+1)), the interval of the gap from reshuffles (95 %; None where nothing can be said), and what that says.
    Only with the status gap, as-expected or over-linked are the numbers more than what stands in the records."""

    technology: int | None
    a: Group
    b: Group
    observed: float
    expected: float
    gap: float
    low: float | None
    high: float | None
    status: Status
    missing_pairs: int  # pairs across the groups that were never linked


@dataclass(frozen=True, slots=True)
class MissingPair:
    """Two organisations that never worked together, or not for long. `parts` are what the score is made of."""

    a: int
    b: int
    history: Literal["never", "lapsed"]
    score: float
    parts: Mapping[str, float]
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]
    last_year: int | None  # when the later of the two was last active
    km: float | None
    answer: str | None = None  # what people said of the pair, see ingest.gap_answers
    last_years: tuple[int | None, int | None] = (None, None)  # when each of the two was last active


@dataclass(frozen=True, slots=True)
class Dependence:
    """Two groups that hang together through one broker: its share of the paths of two steps between them."""

    a: Group
    b: Group
    broker: int
    share: float
    paths: int
    lost: int | None  # pairs that have no path of three steps or fewer without it; None: too many actors to count
    pairs: int | None  # pairs that have one with it
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Brokerage:
    """The place of one organisation between others. `roles` counts triads by Gould-Fernandez role, `z` against chance."""

    actor: int
    pagerank: float
    betweenness: float
    constraint: float | None
    effective_size: float | None
    roles: Mapping[str, int]
    z: Mapping[str, float | None]


@dataclass(frozen=True, slots=True)
class Orphan:
    """Research in a region whose ties to companies are fewer than expected. The nearest companies: in topic, in km."""

    technology: int
    region: str
    researchers: int
    mass: float
    observed: float
    expected: float
    low: float | None
    high: float | None
    status: Status
    near_in_topic: int | None
    near_on_map: int | None
    km: float | None
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Desert:
    """Active organisations with little money: per organisation against the same technology elsewhere."""

    technology: int
    region: str
    actors: int
    money: float | None
    per_actor: float | None  # of those with a known amount
    threshold: float | None  # the 10th percentile elsewhere
    funders: int
    coverage: float  # share of the participations and payments whose amount is known
    status: Literal["desert", "as-expected", "cannot-say", "too-few-actors"]
    why: Note
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """One stage of a chain: who is there and how many of them have a tie to the stage before."""

    stage: Stage
    actors: tuple[int, ...]
    tied: int
    known: bool = True  # False: the sources show this stage nowhere in the country, so nobody can call it missing


@dataclass(frozen=True, slots=True)
class Chain:
    """Research to market in one technology and region, and where it first breaks: no actor, or no tie to the stage before."""

    technology: int
    region: str
    links: tuple[Link, ...]
    breaks: Stage | None
    why: Note
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class WhiteSpace:
    """A technology that a region does little of, although it does much of what is related to it."""

    technology: int
    region: str
    actors: int
    advantage: float  # revealed comparative advantage; below 1
    density: float  # relatedness density; in the top quartile
    related: tuple[int, ...]  # the technologies that make it dense
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class Introduction:
    """Two to seat together: a company that has research but no investor with an investor, and so on."""

    list: Literal["investor", "company-for-research", "foreign-partner"]
    a: int
    b: int
    score: float
    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]
    answer: str | None = None
