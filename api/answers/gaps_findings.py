"""The findings that there are: how each is made, shown as JSON and written as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final, get_args

from api.answers import gaps_rows, gaps_tables
from api.answers.gaps_shown import Shown
from api.answers.gaps_table import Columns
from api.models_gaps import (
    BrokerageOut,
    BrokersOut,
    ChainsOut,
    DesertsOut,
    GapsOut,
    MatrixOut,
    OrphansOut,
    PairsOut,
    VentureDayOut,
    WhiteSpaceOut,
)
from graph.gaps.answer import Answer
from graph.gaps.brokerage import brokerage
from graph.gaps.brokers import brokers
from graph.gaps.candidates import History
from graph.gaps.chains import chains
from graph.gaps.collaboration import Collaboration
from graph.gaps.deserts import deserts
from graph.gaps.grouping import BY
from graph.gaps.matrix import matrix
from graph.gaps.newcomers import newcomers
from graph.gaps.orphans import orphans
from graph.gaps.pairs import pairs
from graph.gaps.scope import Scope
from graph.gaps.venture_day import venture_day
from graph.gaps.whitespace import white_space

HISTORIES: Final[tuple[History, ...]] = get_args(History)
MOST: Final = 1_000

_OF_ONE: Final = 20  # rows of one organisation


@dataclass(frozen=True)
class Ask:
    """A question: `name` of the finding and its scope. `by` is how groups are made, `actor` a node id, `most` how many rows are
    worked out; 0: all that can be had.

    `answers` are what people said, by pairs of node ids; `stamp` stands for them where asks are compared.
    """

    name: str
    scope: Scope
    by: str = ""
    most: int = 0
    history: tuple[History, ...] = ("never",)
    actor: int | None = None
    stamp: str = ""
    answers: Mapping[tuple[int, int], str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Finding:
    """`by`: the ways to make groups, the first is the default. `paired`: its rows are pairs of organisations, chosen by
    `history` and `other_region`, too. `answered`: what people say of pairs counts in it. `reasoned`: it needs the score of pairs and their reasons. `most` rows are worked out, whatever
    page is asked for, so that pages fit together; but one that is `spread` over several lists depends on how many rows are
    asked for, and has one page. Title, formula and limits stand in `gaps.toml`."""

    run: Callable[[Collaboration, Ask], Answer[Any]]
    shape: Callable[[Shown, Scope, Any], Any]
    model: type[GapsOut]
    table: Columns
    by: tuple[str, ...] = ()
    paired: bool = False
    answered: bool = False
    reasoned: bool = False
    most: int = MOST
    spread: bool = False


def _by(ask: Ask) -> Any:  # noqa: ANN401 - one of the words of the finding, which `by` of it lists
    return ask.by or FINDINGS[ask.name].by[0]


FINDINGS: Final[Mapping[str, Finding]] = {
    "matrix": Finding(
        lambda net, ask: matrix(net, by=_by(ask), limit=MOST), gaps_rows.cell_of, MatrixOut, gaps_tables.MATRIX, BY
    ),
    "pairs": Finding(
        lambda net, ask: pairs(net, limit=most_of(ask), history=ask.history, actor=ask.actor, answers=ask.answers),
        gaps_rows.pair_of,
        PairsOut,
        gaps_tables.PAIRS,
        paired=True,
        answered=True,
        reasoned=True,
        most=200,
    ),
    "newcomers": Finding(
        lambda net, ask: newcomers(net, limit=most_of(ask), answers=ask.answers),
        gaps_rows.pair_of,
        PairsOut,
        gaps_tables.PAIRS,
        answered=True,
        reasoned=True,
        most=200,
    ),
    "brokers": Finding(
        lambda net, ask: brokers(net, by=_by(ask), limit=MOST),
        gaps_rows.dependence_of,
        BrokersOut,
        gaps_tables.BROKERS,
        ("type", "region"),
    ),
    "brokerage": Finding(
        lambda net, _: brokerage(net, limit=MOST), gaps_rows.brokerage_of, BrokerageOut, gaps_tables.BROKERAGE
    ),
    "orphans": Finding(lambda net, _: orphans(net, limit=MOST), gaps_rows.orphan_of, OrphansOut, gaps_tables.ORPHANS),
    "deserts": Finding(lambda net, _: deserts(net, limit=MOST), gaps_rows.desert_of, DesertsOut, gaps_tables.DESERTS),
    "chains": Finding(lambda net, _: chains(net, limit=MOST), gaps_rows.chain_of, ChainsOut, gaps_tables.CHAINS),
    "whitespace": Finding(
        lambda net, _: white_space(net, limit=MOST), gaps_rows.white_space_of, WhiteSpaceOut, gaps_tables.WHITE_SPACE
    ),
    "venture-day": Finding(
        lambda net, ask: venture_day(net, limit=most_of(ask), answers=ask.answers),
        gaps_rows.introduction_of,
        VentureDayOut,
        gaps_tables.VENTURE_DAY,
        answered=True,
        most=300,
        spread=True,
    ),
}


def most_of(ask: Ask) -> int:
    """How many rows can be had."""
    return ask.most or FINDINGS[ask.name].most


def spread(ask: Ask, limit: int) -> Ask:
    """The question for so many rows, where what is found depends on that."""
    finding = FINDINGS[ask.name]
    return replace(ask, most=min(limit, finding.most)) if finding.spread else ask


def of_one(ask: Ask, actor: int) -> Ask:
    """The question for one organisation."""
    return replace(ask, actor=actor, most=_OF_ONE)
