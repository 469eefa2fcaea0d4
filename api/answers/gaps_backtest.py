"""The track record as JSON."""

from __future__ import annotations

from api.models import Pair
from api.models_gaps import BackTestOut, BackTestRow
from graph.gaps.backtest import Backtest


def backtest_out(found: Backtest) -> BackTestOut:
    """One cut, one row a method."""
    return BackTestOut(
        network=Pair(en="This map", sv="Den här kartan"),
        cut=found.cut,
        window=found.window,
        known=found.known,
        first=found.first,
        rows=[
            BackTestRow(
                method=row.method,
                recall_at_10=row.recall,
                precision_at_1000=row.precision,
                list_coverage=row.coverage,
                auc=row.auc,
                matched_auc=row.matched_auc,
                small_recall_at_10=row.small_recall,
            )
            for row in found.rows
        ],
    )
