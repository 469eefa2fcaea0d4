"""`cleantech gaps score`: the scores of all candidate pairs as a file, for judges outside of this program."""

from __future__ import annotations

from difflib import get_close_matches
from pathlib import Path
from typing import Annotated

import polars as pl
import typer

from api.answers.gaps import net_of
from api.commands.export_output import target
from api.commands.failure import CommandError, TypedError
from api.commands.gaps_desk import Desk, told
from api.commands.gaps_options import AsOf, Force, HalfLife, MaxPartners, Rollup, Tie, YearFrom, YearTo
from api.commands.options import DEFAULT_DATA, Data
from graph.columns import Columns
from graph.gaps.scope import Scope, scope_of
from graph.gaps.score_file import PER_ACTOR, write_scores
from ontology.terms import PROPERTIES

_DEFAULT = Scope()


def score(
    id_scheme: Annotated[
        str, typer.Option("--id-scheme", metavar="NAME", help="How organisations are numbered, such as cordisPic.")
    ],
    out: Annotated[str, typer.Option("--out", metavar="FILE", help="Where to write: org_a,org_b,score.")],
    per_actor: Annotated[
        int, typer.Option("--per-actor", metavar="N", min=1, max=10_000, help="How many partners of each.")
    ] = PER_ACTOR,
    year_from: YearFrom = None,
    year_to: YearTo = None,
    as_of: AsOf = None,
    tie: Tie = [],  # noqa: B006  Typer reads the default and never changes it
    max_partners: MaxPartners = _DEFAULT.max_partners,
    half_life: HalfLife = _DEFAULT.half_life,
    rollup: Rollup = False,
    force: Force = False,
    data: Data = DEFAULT_DATA,
) -> None:
    """Write a score for every candidate pair: of each organisation the best partners that it never met, best first."""
    with told("score"):
        path = _file(out, force)
        columns = Desk.open(data).snapshot.columns
        _check_scheme(columns, id_scheme)
        scope = scope_of(
            columns,
            year_from=year_from,
            year_to=year_to,
            as_of=as_of,
            tie=tie,
            max_partners=max_partners,
            half_life=half_life,
            rollup=rollup,
        )
        try:
            written = write_scores(net_of(columns, scope), id_scheme, path, per_actor=per_actor)
        except OSError as error:
            raise CommandError(f"{path} cannot be written: {error.strerror}") from error
    typer.echo(
        f"{path}: {written.pairs:,} pairs of {written.organisations:,} organisations; {written.without_id:,} have no "
        f"{id_scheme} and are left out.",
        err=True,
    )


def _file(out: str, force: bool) -> Path:
    path = target(out, force)
    if path is None:
        raise TypedError("the scores are many; name a file with --out")
    return path


def _check_scheme(columns: Columns, scheme: str) -> None:
    """TypedError unless some organisation has a number of it."""
    organisations = columns.nodes.filter(pl.col("group") == "organisation")["node"]
    said = columns.facts.filter(pl.col("node").is_in(organisations.implode()))["property"].unique()
    known = sorted(name for name in said if "identifier" in PROPERTIES[name].parents)
    if scheme not in known:
        near = ", ".join(get_close_matches(scheme, known, 5, 0.6) or known) or "none"
        raise TypedError(f"--id-scheme: no organisation has {scheme[:100]!r}; known are {near}")
