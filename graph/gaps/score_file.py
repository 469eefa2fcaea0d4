"""The file of scores: a row for each candidate pair, for judges outside of this program."""

from __future__ import annotations

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import polars as pl

from graph.gaps.collaboration import Collaboration
from graph.gaps.scoring import scored

PER_ACTOR: Final = 100


@dataclass(frozen=True, slots=True)
class Written:
    """How many pairs and organisations are in the file, and how many organisations were left out, for they have no id."""

    pairs: int
    organisations: int
    without_id: int


def write_scores(net: Collaboration, scheme: str, path: Path, *, per_actor: int = PER_ACTOR) -> Written:
    """Write `org_a,org_b,score`, the best first: for each organisation its best `per_actor` partners that it never met.

    `scheme` is a property that numbers organisations, such as `cordisPic`; who has several numbers stands under the first
    in order, who has none is left out. The file appears whole or not at all. OSError when it cannot be written.
    """
    ids = identifiers(net, scheme)
    numbered = np.array([one is not None for one in ids], dtype=bool)
    table = scored(net, actors=numbered, per_actor=per_actor)
    names = pl.Series(ids, dtype=pl.String)
    told = table.select(
        names.gather(table["a"]).alias("org_a"), names.gather(table["b"]).alias("org_b"), pl.col("score").round(6)
    )
    _whole(told, path)
    there = pl.concat([table["a"], table["b"]]).n_unique()
    return Written(told.height, there, int((~numbered).sum()))


def identifiers(net: Collaboration, scheme: str) -> list[str | None]:
    """The first number of each actor in the scheme; None where it has none."""
    facts = net.columns.facts.filter(pl.col("property") == scheme).select("node", "value").sort("node", "value")
    first = dict(facts.unique("node", keep="first").iter_rows())
    return [first.get(node) for node in net.nodes.tolist()]


def _whole(table: pl.DataFrame, path: Path) -> None:
    """Under another name first, so that nobody reads half of it."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    part = Path(name)
    try:
        table.write_csv(part)
        part.chmod(0o644)
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
