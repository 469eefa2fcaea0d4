"""The columns of the table of each finding."""

from __future__ import annotations

from typing import Final

from api.answers.gaps_table import (
    Columns,
    actor,
    choice,
    choices,
    documents,
    group,
    links,
    named,
    parts,
    plain,
    roles,
    sentences,
)
from graph.gaps.rows import SILENT

_WHERE: Final[Columns] = (*choice("technology"), *choice("region"))

MATRIX: Final[Columns] = (
    *choice("technology"),
    *group("a"),
    *group("b"),
    *named("status", "status"),
    *plain("observed", "expected"),
    ("gap", lambda given: None if given.row.status in SILENT else given.row.gap),
    *plain("low", "high", "missing_pairs"),
)
PAIRS: Final[Columns] = (
    *actor("a"),
    *actor("b"),
    *named("history", "history"),
    *plain("score"),
    *parts(),
    *sentences("reasons", "against"),
    *plain("last_year", "km"),
    *named("answer", "answer"),
    *documents("reasons", "against"),
)
BROKERS: Final[Columns] = (
    *group("a"),
    *group("b"),
    *actor("broker"),
    *plain("share", "paths", "lost", "pairs"),
    *documents("proofs"),
)
BROKERAGE: Final[Columns] = (
    *actor("actor"),
    *plain("pagerank", "betweenness", "constraint", "effective_size"),
    *roles(),
)
ORPHANS: Final[Columns] = (
    *_WHERE,
    *named("status", "status"),
    *plain("researchers", "mass", "observed", "expected", "low", "high"),
    *actor("near_in_topic"),
    *actor("near_on_map"),
    *plain("km"),
    *documents("proofs"),
)
DESERTS: Final[Columns] = (
    *_WHERE,
    *named("status", "status"),
    *plain("actors", "money", "per_actor", "threshold", "funders", "coverage"),
    *sentences("why"),
    *documents("proofs"),
)
CHAINS: Final[Columns] = (*_WHERE, *named("breaks", "stage"), *links(), *sentences("why"), *documents("proofs"))
WHITE_SPACE: Final[Columns] = (
    *_WHERE,
    *plain("actors", "advantage", "density"),
    *choices("related"),
    *documents("proofs"),
)
VENTURE_DAY: Final[Columns] = (
    *named("list", "list"),
    *actor("a"),
    *actor("b"),
    *plain("score"),
    *sentences("reasons", "against"),
    *named("answer", "answer"),
    *documents("reasons", "against"),
)
