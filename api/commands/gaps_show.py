"""The findings on a terminal: pairs as blocks with numbered reasons, all else as tables, and below what they rest on."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from shutil import get_terminal_size
from typing import Any, Final, TypeAlias

from rich.console import Console
from rich.table import Table
from rich.text import Text

from api.commands.gaps_blocks import introduction, line, pair
from api.commands.gaps_words import DASH, Tongue
from api.models_gaps import (
    BrokerageRow,
    CellOut,
    ChainOut,
    CoverageOut,
    DependenceOut,
    DesertOut,
    GapsOut,
    OrphanOut,
    Sentence,
    WhiteSpaceRow,
)
from graph.gaps.rows import SILENT

_WIDTH: Final = 120  # columns, where nobody looks at a terminal
_ROLES: Final = 2  # of an organisation, those furthest from chance
Cells: TypeAlias = Sequence[str]


def console(*, error: bool = False) -> Console:
    """Of standard output or standard error; without colour, and as wide as `COLUMNS` says or 120, unless somebody looks."""
    if (sys.stderr if error else sys.stdout).isatty():
        return Console(stderr=error)
    return Console(stderr=error, width=get_terminal_size((_WIDTH, 1)).columns, no_color=True)


def show(name: str, answer: GapsOut, rows: Sequence[Any], tongue: Tongue, *, long: bool = False) -> None:
    """Print the rows, pairs with every reason when it is `long`, and on standard error what they rest on."""
    out = console()
    if name in _BLOCKS:
        for number, row in enumerate(rows, answer.offset + 1):
            _BLOCKS[name](out, number, row, answer, tongue, long)
    elif rows:
        out.print(_table(name, rows, tongue))
    beside(answer, len(rows), tongue)


def beside(answer: GapsOut, shown: int, tongue: Tongue) -> None:
    """Why there is nothing, or how many of how many; coverage, and what cannot be said."""
    out = console(error=True)
    sys.stdout.flush()
    if answer.empty is not None:
        line(out, tongue.text(answer.empty), 0, "bold")
    else:
        counts = {"shown": tongue.number(shown), "total": tongue.number(answer.total)}
        said = tongue.word("rows_at_least" if answer.at_least else "rows", **counts)
        if answer.available < answer.total:
            said += f"; {tongue.word('rows_available', available=tongue.number(answer.available))}"
        out.print(Text(f"{said}.", style="bold"))
    rests(out, answer.coverage, answer.notes, tongue)


def rests(out: Console, coverage: CoverageOut, notes: Sequence[Sentence], tongue: Tongue) -> None:
    """Coverage, and what cannot be said."""
    line(out, f"{tongue.word('cannot')}:", 0, "bold")
    for said in (*coverage.told, *notes):
        line(out, f"· {tongue.text(said)}", 2, hang=2)


def _table(name: str, rows: Sequence[Any], tongue: Tongue) -> Table:
    heads, cells = _TABLES[name]
    table = Table(box=None, header_style="bold", pad_edge=False)
    for head, right in heads(tongue):
        table.add_column(head, overflow="fold", justify="right" if right else "left")
    for row in rows:
        table.add_row(*map(Text, cells(row, tongue)))
    return table


def _cell(row: CellOut, say: Tongue) -> Cells:
    return (
        say.choice(row.technology),
        say.group(row.a),
        say.group(row.b),
        say.value("status", row.status),
        say.number(row.observed, 1),
        say.number(row.expected, 1),
        DASH if row.status in SILENT else say.number(row.gap, 2),
        say.interval(row.low, row.high),
        say.number(row.missing_pairs),
    )


def _dependence(row: DependenceOut, say: Tongue) -> Cells:
    lost = DASH if row.lost is None else f"{say.number(row.lost)} / {say.number(row.pairs)}"
    return (
        say.group(row.a),
        say.group(row.b),
        say.actor(row.broker),
        f"{say.number(100 * row.share)} %",
        say.number(row.paths),
        lost,
    )


def _brokerage(row: BrokerageRow, say: Tongue) -> Cells:
    far = sorted((one for one in row.roles if one.count), key=lambda one: -(one.z or 0.0))[:_ROLES]
    roles = (f"{say.text(one.role.name)} {say.number(one.count)} ({say.number(one.z, 1)})" for one in far)
    return (
        say.actor(row.actor),
        say.number(row.pagerank, 5),
        say.number(row.betweenness, 5),
        say.number(row.constraint, 2),
        say.number(row.effective_size, 1),
        ", ".join(roles) or DASH,
    )


def _orphan(row: OrphanOut, say: Tongue) -> Cells:
    near = DASH if row.near_on_map is None else f"{say.actor(row.near_on_map)}, {say.number(row.km)} km"
    return (
        say.choice(row.technology),
        say.choice(row.region),
        say.value("status", row.status),
        say.number(row.researchers),
        say.number(row.observed, 1),
        say.number(row.expected, 1),
        say.interval(row.low, row.high),
        DASH if row.near_in_topic is None else say.actor(row.near_in_topic),
        near,
    )


def _desert(row: DesertOut, say: Tongue) -> Cells:
    return (
        say.choice(row.technology),
        say.choice(row.region),
        say.value("status", row.status),
        say.number(row.actors),
        say.number(row.per_actor),
        say.number(row.threshold),
        say.number(row.funders),
        say.text(row.why),
    )


def _chain(row: ChainOut, say: Tongue) -> Cells:
    return (
        say.choice(row.technology),
        say.choice(row.region),
        *(_stage(row, at, say) for at in range(len(row.links))),
        say.text(row.why),
    )


def _stage(row: ChainOut, at: int, say: Tongue) -> str:
    link = row.links[at]
    if not link.known:
        return DASH
    tied = "" if at == 0 else f" ({say.word('tied', n=say.number(link.tied))})"
    return f"{say.number(link.actors)}{tied}{' ✗' if row.breaks == link.stage.value else ''}"


def _white_space(row: WhiteSpaceRow, say: Tongue) -> Cells:
    return (
        say.choice(row.technology),
        say.choice(row.region),
        say.number(row.actors),
        say.number(row.advantage, 2),
        say.number(row.density, 2),
        ", ".join(map(say.choice, row.related)),
    )


def _heads(*names: str) -> Callable[[Tongue], list[tuple[str, bool]]]:
    """Heads of columns; those of numbers (right) begin with `#`, those of the terminal's own words with `!`."""

    def made(say: Tongue) -> list[tuple[str, bool]]:
        bare = [(name.lstrip("#!"), name) for name in names]
        return [(say.word(name) if "!" in said else say.head(name), "#" in said) for name, said in bare]

    return made


_WHERE: Final = ("technology", "region")
_TABLES: Final[Mapping[str, tuple[Callable[[Tongue], list[tuple[str, bool]]], Callable[[Any, Tongue], Cells]]]] = {
    "matrix": (
        _heads(
            "technology", "!group_a", "!group_b", "status", "#observed", "#expected", "#gap", "!interval",
            "#missing_pairs",
        ),
        _cell,
    ),
    "brokers": (_heads("!group_a", "!group_b", "broker_key", "#share", "#paths", "#!lost"), _dependence),
    "brokerage": (
        _heads("!organisation", "#pagerank", "#betweenness", "#constraint", "#effective_size", "!roles"),
        _brokerage,
    ),
    "orphans": (
        _heads(
            *_WHERE, "status", "#researchers", "#observed", "#expected", "!interval", "!nearest_topic", "!nearest_map"
        ),
        _orphan,
    ),
    "deserts": (_heads(*_WHERE, "status", "#actors", "#per_actor", "#threshold", "#funders", "why"), _desert),
    "chains": (_heads(*_WHERE, "research", "development", "pilot", "company", "market", "why"), _chain),
    "whitespace": (_heads(*_WHERE, "#actors", "#advantage", "#density", "related"), _white_space),
}  # fmt: skip
_BLOCKS: Final[Mapping[str, Callable[[Console, int, Any, GapsOut, Tongue, bool], None]]] = {
    "pairs": pair,
    "newcomers": pair,
    "venture-day": introduction,
}
