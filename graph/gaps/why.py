"""Why there is nothing to show, in words that name the cause: the filters by their names, years and limits, or the sources."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np
import polars as pl

from graph.columns import Columns
from graph.gaps.actors import ActorType
from graph.gaps.answer import Answer, Both, Note
from graph.gaps.collaboration import Collaboration, Mask
from graph.gaps.coverage import absence, coverage
from graph.gaps.occasions import occasions
from graph.gaps.scope import Scope
from graph.gaps.words import both

__all__ = ["filters", "limits", "no_ties", "nobody", "untold"]

_DEFAULT: Final = Scope()
# Where nothing is tied, these would call everybody a gap; pairs as well when it is the question that leaves nothing.
_OF_TIES: Final = ("orphans", "venture-day")
_OF_CHOSEN_TIES: Final = (*_OF_TIES, "pairs", "newcomers", "chains")


def untold(net: Collaboration, finding: str) -> Answer[None] | None:
    """The empty answer of a finding that rests on ties where there are none, so that no absence looks like a finding; None
    when it can be made."""
    if net.occasions.height or finding not in (_OF_CHOSEN_TIES if limits(net.scope) else _OF_TIES):
        return None
    here = np.asarray(net.working_on(net.scope.technologies) & net.located_in(net.scope.regions))
    seen = coverage(net, here)
    return Answer(net.scope, seen, (), 0, (absence(seen),), no_ties(net, here) if here.any() else nobody(net))


def nobody(net: Collaboration, types: Sequence[ActorType] | None = None) -> Note:
    """That no organisation matches. `types`: those that were looked for, in place of those of the scope."""
    return Note("no-actors", {"filters": filters(net, types)})


def no_ties(net: Collaboration, actors: Mask) -> Note:
    """That none of the actors has a tie: because the sources know of none, because of what was asked, or as far as they
    say."""
    count = {"actors": int(actors.sum())}
    known = occasions(net.columns).table
    if known.is_empty():
        return Note("no-ties-recorded")
    cause = limits(net.scope)
    if cause and not net.incidence[np.flatnonzero(actors)].nnz:
        years = net.scope.year_from is not None or net.scope.year_to is not None
        if years and known["start"].is_null().all() and known["end"].is_null().all():
            return Note("no-years-recorded")
        return Note("no-ties-within", {**count, "limits": _joined(cause)})
    return Note("no-ties", count)


def filters(net: Collaboration, types: Sequence[ActorType] | None = None) -> Both:
    """What the scope asks for, by its names."""
    scope = net.scope
    names = [_name(net.columns, f"tech/{slug}", slug) for slug in scope.technologies]
    names += [_region(net.columns, key) for key in (*scope.regions, *scope.other_regions)]
    names += [_said(f"type-{name}") for name in (types if types is not None else scope.types or ())]
    found = [*names, *limits(scope)]
    return _joined(found) if found else _said("no-filters")


def limits(scope: Scope) -> list[Both]:
    """Of a scope what may leave ties out: years, the year that is looked from, sorts of ties, the size of projects."""
    return [_said(code, **values) for code, values in _limits(scope)]


def _limits(scope: Scope) -> Iterator[tuple[str, dict[str, str | Both]]]:
    for name, year in (("from", scope.year_from), ("to", scope.year_to), ("as-of", scope.as_of)):
        if year is not None:
            yield f"limit-{name}", {"year": str(year)}
    if set(scope.ties) != set(_DEFAULT.ties):
        yield "limit-ties", {"ties": _joined([_said(f"tie-{tie}") for tie in scope.ties])}
    if scope.max_partners < _DEFAULT.max_partners:
        yield "limit-partners", {"most": str(scope.max_partners)}


def _said(code: str, **values: str | Both) -> Both:
    return both(Note(code, values))


def _joined(names: Sequence[Both]) -> Both:
    return Both(", ".join(one.en for one in names), ", ".join(one.sv for one in names))


def _region(columns: Columns, key: str) -> Both:
    return _name(columns, key if key in columns.node_of else f"place/{key.lower()}", key)


def _name(columns: Columns, key: str, otherwise: str) -> Both:
    """The name of the node under a key; other words when there is none."""
    node = columns.node_of.get(key)
    if node is None:
        return _said("elsewhere") if otherwise == "elsewhere" else Both(otherwise, otherwise)
    names = columns.nodes.filter(pl.col("node") == node).select("name_en", "name_sv").row(0)
    return Both(*(name or otherwise for name in names))
