"""Which pairs of a scope come into question, each with its score: all of them where they are few, else those of the best connected."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from graph.gaps.actors import TYPES, ActorType
from graph.gaps.authorities import authorities
from graph.gaps.collaboration import Collaboration, Ints, Mask
from graph.gaps.names import NAMELESS
from graph.gaps.over import over
from graph.gaps.scope import ELSEWHERE
from graph.gaps.scoring_model import SCHEMA, Block, model

History = Literal["never", "lapsed"]

MOST_PAIRS: Final = 4_000_000  # as many are scored one by one; of more, those of the best connected
_MOST_CELLS: Final = 40_000_000
_SMALL: Final = 0.2  # of the map: a question of less is answered from a model of its own actors
_BLOCK: Final = 128  # actors
_PER_BLOCK: Final = 5_000  # pairs that are kept of each
# Who pays or backs is no partner in the work: only where the scope names the type.
_NO_PARTNERS: Final[tuple[ActorType, ...]] = ("investor", "funder")


@dataclass(frozen=True, eq=False)
class Field:
    """The actors of a scope: masks of the first and the second of a pair, and how many were left out and why."""

    left: Mask
    right: Mask
    here: Mask  # in the regions of the scope
    dissolved: int
    nameless: int
    public: int = 0  # left out of a question without types: public bodies and whoever funds others

    @property
    def both(self) -> Mask:
        """Actors that may stand on either side."""
        return self.left | self.right


def field(net: Collaboration) -> Field:
    """Without those that are dissolved or have a number in place of a name: nobody can call them."""
    works = net.working_on(net.scope.technologies)
    one, other = net.scope.types or (None, None)
    left, right = works & net.of_type(one), works & net.of_type(other)
    barred = np.zeros(len(net.nodes), dtype=bool)
    if net.scope.types is None:
        partners = ~np.isin(net.types, [TYPES.index(name) for name in _NO_PARTNERS])
        left, right = left & partners, right & partners
        barred = authorities(net)
    if net.scope.rollup:
        top = net.owner == np.arange(len(net.owner))
        left, right = left & top, right & top
    here = net.located_in(net.scope.regions)
    if net.scope.other_regions:
        there = ~here if net.scope.other_regions == (ELSEWHERE,) else net.located_in(net.scope.other_regions)
        left, right = left & here, right & there
    elif net.scope.reach == "within":
        left, right = left & here, right & here
    ended = net.closed
    unnamed = net.columns.nodes["name_en"].gather(net.nodes).str.contains(NAMELESS).to_numpy() & ~ended
    found = left | right
    kept = ~(ended | unnamed | barred)
    public = found & barred & ~(ended | unnamed)
    return Field(
        left & kept, right & kept, here, int((found & ended).sum()), int((found & unnamed).sum()), int(public.sum())
    )


def candidates(
    net: Collaboration, held: Field, history: History, *, actor: int | None = None, lapse: int = 3
) -> pl.DataFrame:
    """a (of the first type of the scope), b, score and its parts; each pair once, best first. `actor`: a row that is in
    every pair, and then stands first. `lapse`: years since a pair last worked together after which that has lapsed."""
    left, right = np.flatnonzero(held.left), np.flatnonzero(held.right)
    if actor is not None:
        left, right = np.array([actor]), _others(held, actor)
    sides = [(left, right)]
    apart = net.scope.reach == "touching" and net.scope.regions and not net.scope.other_regions
    if apart and (actor is None or not held.here[actor]):
        sides = [(left[held.here[left]], right), (left[~held.here[left]], right[held.here[right]])]
    if sum(len(one) * len(other) for one, other in sides) > MOST_PAIRS:
        sides = [block for one, other in sides for block in _blocks(net, one, other)]
        found = pl.concat([_EMPTY, *(_all(net, one, other, history, lapse, _PER_BLOCK) for one, other in sides)])
    else:
        found = pl.concat([_all(net, one, other, history, lapse) for one, other in sides])
    low = np.minimum(found["a"].to_numpy(), found["b"].to_numpy())
    high = np.maximum(found["a"].to_numpy(), found["b"].to_numpy())
    found = found.with_columns(pl.Series("low", low), pl.Series("high", high))
    if net.scope.types is None and actor is None:
        found = found.with_columns(a="low", b="high")
    found = found.sort(["score", "low", "high", "a"], descending=[True, False, False, False])
    return found.unique(["low", "high"], keep="first", maintain_order=True).drop("low", "high")


def _others(held: Field, actor: int) -> Ints:
    """Whom an actor may be paired with: the other side of it, or both sides when it is of neither."""
    if held.left[actor] and not held.right[actor]:
        return np.flatnonzero(held.right)
    if held.right[actor] and not held.left[actor]:
        return np.flatnonzero(held.left)
    return np.flatnonzero(held.both)


def _all(
    net: Collaboration, left: Ints, right: Ints, history: History, lapse: int, most: int | None = None
) -> pl.DataFrame:
    """Every pair of the two sides with that history, or the best `most` of them."""
    if not len(left) or not len(right):
        return _EMPTY
    wanted = ~_dense(net.ever, left, right) if history == "never" else _lapsed(net, left, right, lapse)
    wanted &= left[:, np.newaxis] != right[np.newaxis, :]
    parts, score = scores(net, left, right)
    places = np.flatnonzero(wanted)
    if most is not None and len(places) > most:
        places = places[np.argpartition(-score.ravel()[places], most)[:most]]
    values = {name: part.ravel()[places] for name, part in {"score": score, **parts}.items()}
    one, other = np.divmod(places, len(right))
    return pl.DataFrame({"a": left[one], "b": right[other], **values}, schema=_EMPTY.schema)


def _dense(table: csr_array, left: Ints, right: Ints) -> Mask:
    """The cells left x right; cut along the shorter side first, for the table is symmetric."""
    if len(right) < len(left):
        return _dense(table, right, left).T
    column = np.full(table.shape[1], -1, dtype=np.int64)
    column[right] = np.arange(len(right))
    rows = table[left].tocoo()
    found = np.zeros((len(left), len(right)), dtype=bool)
    kept = column[rows.coords[1]] >= 0
    found[rows.coords[0][kept], column[rows.coords[1][kept]]] = True
    return found


def _lapsed(net: Collaboration, left: Ints, right: Ints, lapse: int) -> Mask:
    """Who met in the scope, all of it known to be over for more than `lapse` years."""
    recent = over(net.occasions) >= net.as_of - lapse
    one, other = net.incidence[left].astype(np.int32), net.incidence[right].astype(np.int32)
    met = (one @ other.T).toarray() > 0
    lately = (one[:, recent] @ other[:, recent].T).toarray() > 0
    return np.asarray(met & ~lately, dtype=bool)


def scores(net: Collaboration, left: Ints, right: Ints) -> tuple[dict[str, Block], Block]:
    """Parts and score of every pair, left x right."""
    held = model(net)
    if len(right) < len(left):
        parts, score = scores(net, right, left)
        return {name: np.ascontiguousarray(part.T) for name, part in parts.items()}, np.ascontiguousarray(score.T)
    if len(left) + len(right) > _SMALL * len(net.nodes):
        parts = held.parts(left)
        score = held.score(left, parts)
        return {name: part[:, right] for name, part in parts.items()}, score[:, right]
    rows = np.unique(np.concatenate([left, right]))
    among = held.among(rows)
    one, other = np.searchsorted(rows, left), np.searchsorted(rows, right)
    parts = among.parts(one)
    score = among.score(one, parts)
    return {name: part[:, other] for name, part in parts.items()}, score[:, other]


def _blocks(net: Collaboration, left: Ints, right: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Of a large question: those on the shorter side who work most with others, a block at a time, with all of the other."""
    turned = len(right) < len(left)
    few, many = (right, left) if turned else (left, right)
    most = max(_MOST_CELLS // max(len(many), 1), 1)
    if len(few) > most:
        few = np.sort(few[np.lexsort((few, -net.strength[few]))][:most])
    for start in range(0, len(few), _BLOCK):
        block = few[start : start + _BLOCK]
        yield (many, block) if turned else (block, many)


_EMPTY: Final = SCHEMA.to_frame()
