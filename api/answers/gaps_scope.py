"""What an answer looked at and how much it knows of it, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from api.answers.gaps_shown import Shown
from api.models_gaps import CoverageOut, ScopeOut
from graph.gaps.answer import Coverage, Note
from graph.gaps.scope import Scope

_DEFAULT = Scope()


def scope_out(shown: Shown, scope: Scope, as_of: int) -> ScopeOut:
    """The echo of the parameters."""
    return ScopeOut(
        technology=[shown.technology_of(slug) for slug in scope.technologies],
        region=[shown.region(key) for key in scope.regions],
        other_region=[shown.region(key) for key in scope.other_regions],
        reach=scope.reach,
        type=[shown.word("type", name) for name in scope.types or ()],
        from_=scope.year_from,
        to=scope.year_to,
        as_of=as_of,
        tie=[shown.word("tie", name) for name in scope.ties],
        max_partners=scope.max_partners,
        half_life=scope.half_life,
        rollup=scope.rollup,
        query=query_of(scope),
    )


def query_of(scope: Scope, more: Sequence[tuple[str, str | int]] = ()) -> str:
    """The parameters that differ from the defaults, as an address takes them, and `more` of them."""
    said: list[tuple[str, Any]] = [("technology", slug) for slug in scope.technologies]
    said += [("region", key) for key in scope.regions]
    said += [("other_region", key) for key in scope.other_regions]
    if scope.reach != _DEFAULT.reach:
        said.append(("reach", scope.reach))
    if scope.types is not None:
        said.append(("type", "-".join(scope.types)))
    said += [
        (name, value)
        for name, value in (("from", scope.year_from), ("to", scope.year_to), ("as_of", scope.as_of))
        if value is not None
    ]
    if set(scope.ties) != set(_DEFAULT.ties):
        said += [("tie", tie) for tie in scope.ties]
    if scope.max_partners != _DEFAULT.max_partners:
        said.append(("max_partners", scope.max_partners))
    if scope.half_life != _DEFAULT.half_life:
        said.append(("half_life", f"{scope.half_life:g}"))
    if scope.rollup:
        said.append(("rollup", "true"))
    return urlencode([*said, *more])


def coverage_out(shown: Shown, held: Coverage) -> CoverageOut:
    """The numbers, and the same in sentences."""
    first, last = ("?" if year is None else str(year) for year in (held.first_year, held.last_year))
    notes = [
        Note("coverage-actors", {name: getattr(held, name) for name in ("actors", "tied", "placed", "technology")}),
        Note("coverage-occasions", {"occasions": held.occasions, "dated": held.dated, "first": first, "last": last})
        if held.dated
        else Note("coverage-undated", {"occasions": held.occasions}),
        Note("coverage-money", {"occasions": held.occasions, "money": held.with_money}),
        Note("coverage-sources", {"sources": ", ".join(held.sources) or "–"}),
    ]
    numbers = {name: getattr(held, name) for name in CoverageOut.model_fields if name not in ("sources", "told")}
    return CoverageOut(
        **numbers, sources=list(held.sources), told=[shown.sentence(note) for note in notes if _says(note, held)]
    )


def _says(note: Note, held: Coverage) -> bool:
    return bool(held.occasions) or note.code not in ("coverage-occasions", "coverage-undated", "coverage-money")
