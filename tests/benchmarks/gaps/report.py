"""The back-tests as one table."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from graph.gaps.backtest import Backtest


def markdown(runs: Sequence[tuple[str, Backtest]]) -> str:
    """A block of rows for each network and cut."""
    return "\n".join([*_lines(runs), ""])


def _lines(runs: Sequence[tuple[str, Backtest]]) -> Iterator[str]:
    for name, run in runs:
        last = run.cut + run.window - 1
        yield (
            f"\n**{name}, before {run.cut}, tested on {run.cut}–{last}**: {run.known:,} organisations, {run.first:,} pairs that"
            f" met for the first time, {run.small:,} in projects of at most 10 partners.\n"
        )
        yield "| method | recall@10 | P@1000 | coverage | AUC | AUC, same degrees | recall@10, small projects |"
        yield "|---|--:|--:|--:|--:|--:|--:|"
        for row in run.rows:
            values = (row.recall, row.precision, row.coverage, row.auc, row.matched_auc, row.small_recall)
            yield f"| {row.method} | {' | '.join('' if one is None else f'{one:.3f}' for one in values)} |"
