"""How well missing pairs foretell who works together next, on the real CORDIS, beside the textbook ways."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict

import numpy as np

from graph.columns import Columns
from graph.gaps.backtest import Backtest, backtest
from graph.gaps.backtest_methods import OURS
from graph.gaps.collaboration import collaboration
from graph.gaps.doubles import doubles
from graph.gaps.scoring import scored
from tests.benchmarks.gaps.halved import among, halved
from tests.benchmarks.gaps.halves import lasting
from tests.benchmarks.gaps.real_map import clean_technology, real_map
from tests.benchmarks.gaps.report import markdown
from tests.benchmarks.rig import Rig
from tests.benchmarks.row import Row

_CUTS = (2016, 2017, 2018)
_MANY = 5  # projects of an organisation of the dense core
_SPLIT = 100
_MIDDLE = 2016


def measure(rig: Rig) -> Iterator[Row]:
    """Three cuts of two networks, the halves of the years, and organisations split in two."""
    columns = real_map(rig)
    things = clean_technology(columns)
    runs = [("Clean-tech projects", backtest(columns, cut, things=things)) for cut in _CUTS]
    runs += [("Organisations with 5 or more projects", backtest(columns, cut, least=_MANY)) for cut in _CUTS]
    rig.texts["gaps_quality"] = markdown(runs)
    rig.details["gaps_quality"] = {f"{name}, {run.cut}": asdict(run) for name, run in runs}
    for name, run in runs:
        yield from _told(f"gaps: {name}, {run.cut}", run)
    for least in (1, 5, 20):
        value, cells = lasting(columns, _MIDDLE, least)
        yield Row(f"gaps: groups over two halves, rank correlation at E >= {least}", value, "", cells)
    yield from _doubles(columns)


def _told(what: str, run: Backtest) -> Iterator[Row]:
    row = next(one for one in run.rows if one.method == OURS)
    names = ("recall", "precision", "coverage", "matched_auc", "small_recall")
    for name in names:
        yield Row(f"{what}: {name}", getattr(row, name) or 0.0, "")


def _doubles(columns: Columns) -> Iterator[Row]:
    held, pairs = halved(columns, _SPLIT)
    net = collaboration(held)
    rows = net.row_of[pairs]
    table = scored(net, actors=np.asarray(net.strength > 0), per_actor=10)
    yield Row("gaps: halves of one organisation among the first 100 pairs", among(net, table, pairs, _SPLIT), "")
    flagged = doubles(net, rows[:, 0], rows[:, 1]).mean()
    yield Row("gaps: halves of one organisation flagged as probable duplicates", float(flagged), "", _SPLIT)
