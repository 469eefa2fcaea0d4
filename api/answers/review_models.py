"""The shapes of the JSON of `/api/v1/review`."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import ConfigDict, Field

from api.models import Count, Model, Pair, PlaceRef, Ref

State = Literal["equal", "shared", "different", "only_one", "only_other"]


class CandidateOut(Model):
    """A pair that looks alike: the records by key, the things in which they stand now, and why somebody should look."""

    one: str
    other: str
    one_thing: Ref
    other_thing: Ref
    one_country: str | None
    other_country: str | None
    score: float
    weight: float
    reasons: list[str]


class ChoicesOut(Model):
    """How many pairs each choice of a filter would give, the other filters staying."""

    kind: list[Count]
    country: list[Count]
    source: list[Count]
    reason: list[Count]


class QueueOut(Model):
    """A page of the pairs that nobody decided. `total` are left by the filter of `open` in all; `decided` wait no more.

    `waiting` decisions are not in this map yet. `next` is the address of the next page.
    """

    total: int
    open: int
    decided: int
    waiting: int
    offset: int
    pairs: list[CandidateOut]
    choices: ChoicesOut
    next: str | None


class RecordOut(Model):
    """A record of a source."""

    key: str
    source: str
    title: Pair | None


class ValueOut(Model):
    """A value as it is shown; `equal`: the other side has it, too."""

    text: str | Pair
    lang: str | None
    href: str | None
    equal: bool


class FieldOut(Model):
    """One property of both, side by side."""

    property: str
    label: Pair
    identifier: bool
    state: State
    one: list[ValueOut]
    other: list[ValueOut]


class SumOut(Model):
    """Money in one currency; `amount` is a decimal."""

    currency: str
    amount: str
    relations: int


class SideOut(Model):
    """One side: the record that looks alike, the thing in which it stands, all records of that, and what it is tied to."""

    record: str
    thing: Ref
    records: list[RecordOut]
    ties: dict[str, int]
    partners: list[PlaceRef]
    partner_count: int
    money_in: list[SumOut]
    money_out: list[SumOut]


class ClashOut(Model):
    """An identifier that differs."""

    property: str
    label: Pair
    one: list[str]
    other: list[str]


class Some(Model):
    """How many, and the first of them."""

    count: int
    first: list[PlaceRef]


class EffectOut(Model):
    """What a merge would do. `between`: relations that join the two and would fall away; `together`: efforts in which
    both stand, each for itself; `shared`: partners of both; `new_for_…`: partners that each would win.

    `kinds_fit`: whether their kinds allow a merge at all. `merged`: they are one thing in this map already.
    """

    merged: bool
    between: int
    together: Some
    shared: Some
    new_for_one: Some
    new_for_other: Some
    agree: list[Pair]
    clashes: list[ClashOut]
    kinds_fit: bool


class DecisionOut(Model):
    """What somebody said about two records. `built`: this map was made with it. `moved` are keys that have gone, with
    those that stand for them now; `unknown` are keys that are nowhere in this map: the decision waits for them."""

    id: str
    at: str
    by: str
    one: str
    other: str
    verdict: Literal["same", "different", "unsure"]
    note: str
    built: bool
    moved: dict[str, str]
    unknown: list[str]
    one_name: Pair | None
    other_name: Pair | None


class PairOut(Model):
    """Two records side by side; `candidate` is null when nothing proposes them; `score` and `reasons` are its."""

    one: SideOut
    other: SideOut
    fields: list[FieldOut]
    effect: EffectOut
    score: float | None
    weight: float | None
    reasons: list[str]
    decided: bool


class DecisionsOut(Model):
    """Decisions in force, the newest first. `today` counts those of this day (UTC), `waiting` those
    that are not in this map yet."""

    total: int
    today: int
    waiting: int
    decisions: list[DecisionOut]
    next: str | None


class DecidedOut(Model):
    """The line that was written, and how many decisions wait for a new build."""

    decision: DecisionOut
    waiting: int


class UndoneOut(Model):
    """The id of the undo and of what it took back."""

    id: str
    undoes: str
    waiting: int


class RebuildOut(Model):
    """A build that was asked for. `last` is the last line that it said."""

    job: str
    state: Literal["running", "done", "failed"]
    seconds: float
    last: str


class Asked(Model):
    """What is sent: strict, nothing unknown."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class DecisionIn(Asked):
    """Two records by key, in any order, and what they are."""

    one: Annotated[str, Field(min_length=1, max_length=300, examples=["cordis:org/999990946"])]
    other: Annotated[str, Field(min_length=1, max_length=300, examples=["ror:026vcq606"])]
    verdict: Annotated[Literal["same", "different", "unsure"], Field(examples=["same"])]
    note: Annotated[str, Field(max_length=2_000, examples=["The same address and web page"])] = ""


class UndoIn(Asked):
    """The id of the decision that is taken back."""

    id: Annotated[str, Field(min_length=1, max_length=200, examples=["019e1a2b3c4d-0a1b2c3d4e5f"])]
