"""The findings that there are: how each is made, shown as JSON and written as a table."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from api.answers.gaps_shown import Shown
from api.answers.gaps_table import Columns
from api.models_gaps import GapsOut
from graph.gaps.answer import Answer
from graph.gaps.collaboration import Collaboration
from graph.gaps.scope import Scope

History = Literal["never", "lapsed"]
MOST: Final = 1_000  # rows that can be asked for
_DEPTHS: Final = (100, MOST)  # rows that are found at a time, so that the pages of one question share one analysis


@dataclass(frozen=True)
class Ask:
    """A question: `name` of the finding, its scope, how many rows it must find. `actor` is a node id.

    `answers` are what people said, by pairs of node ids; `stamp` stands for them where asks are compared.
    """

    name: str
    scope: Scope
    depth: int
    history: tuple[History, ...] = ("never",)
    actor: int | None = None
    stamp: str = ""
    answers: Mapping[tuple[int, int], str] = field(default_factory=dict, compare=False)


@dataclass(frozen=True)
class Finding:
    """`answered`: what people say of pairs counts in it. Title, formula and limits stand in `gaps.toml`."""

    run: Callable[[Collaboration, Ask], Answer[Any]]
    shape: Callable[[Shown, Scope, Any], Any]
    model: type[GapsOut]
    table: Columns
    answered: bool = False


FINDINGS: Final[Mapping[str, Finding]] = {}


def depth_of(last: int) -> int:
    """How many rows to find so that row number `last`, at most `MOST`, is among them."""
    return next(depth for depth in _DEPTHS if last <= depth)
