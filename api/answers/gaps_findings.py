"""The findings that there are: how each is made, shown as JSON and written as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from api.answers import gaps_rows, gaps_tables
from api.answers.gaps_shown import Shown
from api.answers.gaps_table import Columns
from api.models_gaps import BrokersOut, ChainsOut, DesertsOut, GapsOut, MatrixOut, OrphansOut, WhiteSpaceOut
from graph.gaps.answer import Answer
from graph.gaps.brokers import brokers
from graph.gaps.chains import chains
from graph.gaps.collaboration import Collaboration
from graph.gaps.deserts import deserts
from graph.gaps.grouping import BY
from graph.gaps.matrix import matrix
from graph.gaps.orphans import orphans
from graph.gaps.scope import Scope
from graph.gaps.whitespace import white_space

History = Literal["never", "lapsed"]
MOST: Final = 1_000


@dataclass(frozen=True)
class Ask:
    """A question: `name` of the finding and its scope. `by` is how groups are made, `actor` a node id.

    `answers` are what people said, by pairs of node ids; `stamp` stands for them where asks are compared.
    """

    name: str
    scope: Scope
    by: str = ""
    history: tuple[History, ...] = ("never",)
    actor: int | None = None
    stamp: str = ""
    answers: Mapping[tuple[int, int], str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Finding:
    """`by`: the ways to make groups, the first is the default. `paired`: its rows are pairs of organisations, chosen by
    `history` and `other_region`, too. `answered`: what people say of pairs counts in it. `most` rows are worked out, whatever
    page is asked for, so that pages fit together. Title, formula and limits stand in `gaps.toml`."""

    run: Callable[[Collaboration, Ask], Answer[Any]]
    shape: Callable[[Shown, Scope, Any], Any]
    model: type[GapsOut]
    table: Columns
    by: tuple[str, ...] = ()
    paired: bool = False
    answered: bool = False
    most: int = MOST


def _by(ask: Ask) -> Any:  # noqa: ANN401 - one of the words of the finding, which `by` of it lists
    return ask.by or FINDINGS[ask.name].by[0]


FINDINGS: Final[Mapping[str, Finding]] = {
    "matrix": Finding(
        lambda net, ask: matrix(net, by=_by(ask), limit=MOST), gaps_rows.cell_of, MatrixOut, gaps_tables.MATRIX, BY
    ),
    "brokers": Finding(
        lambda net, ask: brokers(net, by=_by(ask), limit=MOST),
        gaps_rows.dependence_of,
        BrokersOut,
        gaps_tables.BROKERS,
        ("type", "region"),
    ),
    "orphans": Finding(lambda net, _: orphans(net, limit=MOST), gaps_rows.orphan_of, OrphansOut, gaps_tables.ORPHANS),
    "deserts": Finding(lambda net, _: deserts(net, limit=MOST), gaps_rows.desert_of, DesertsOut, gaps_tables.DESERTS),
    "chains": Finding(lambda net, _: chains(net, limit=MOST), gaps_rows.chain_of, ChainsOut, gaps_tables.CHAINS),
    "whitespace": Finding(
        lambda net, _: white_space(net, limit=MOST), gaps_rows.white_space_of, WhiteSpaceOut, gaps_tables.WHITE_SPACE
    ),
}


def most_of(ask: Ask) -> int:
    """How many rows can be had."""
    return FINDINGS[ask.name].most
