"""What the score of a pair is made of, for blocks of actors against all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array

from graph.gaps.actors import TYPES
from graph.gaps.affinity import Table, affinity
from graph.gaps.collaboration import Collaboration, Ints, Mask
from graph.gaps.same import Same
from graph.gaps.topics import topics

Block = npt.NDArray[np.float32]

PARTS: Final = ("gravity", "topic", "ra", "programme")
# A table of pairs: rows of the network, the score and its parts.
SCHEMA: Final = pl.Schema(
    {"a": pl.Int64(), "b": pl.Int64(), "score": pl.Float32(), **{name: pl.Float32() for name in PARTS}}
)
DENSE: Final = 5  # occasions on both sides from which common partners tell more than topics do
# What the parts count, by their spread: where common partners say little, and where they say much.
_SPARSE: Final = {"gravity": 1.0, "topic": 1.25}
_RICH: Final = {"ra": 1.0, "gravity": 0.5, "topic": 0.5, "programme": 0.6}
_SURE: Final = 10.0  # a tie of weight w counts 1 - exp(-10 w) among common partners: meeting more often adds ever less
_NEAR: Final = 1.25  # how much affinity of countries counts in gravity: with more, the lists name more organisations
_SAMPLE: Final = 512  # actors by which the spread of each part is measured

Spread = tuple[float, float]  # mean, standard deviation


@dataclass(frozen=True, eq=False)
class Measure:
    """Mean and spread of each part, and of the sum, over the pairs of a sample that never met."""

    parts: Mapping[str, Spread]
    whole: Spread = (0.0, 1.0)

    def z(self, name: str, values: Block) -> Block:
        """In spreads from the mean."""
        mean, spread = self.parts[name]
        return np.asarray((values - np.float32(mean)) * np.float32(1 / spread), dtype=np.float32)


@dataclass(frozen=True, eq=False)
class Model:
    """All that the parts need; `sparse` measures pairs of all who have ties, `rich` those of who has many."""

    size: npt.NDArray[np.float32]  # ln(1 + strength)
    group: Ints  # country and type of each actor as one number
    affinities: Table  # of two groups: ln affinity of the types and, `_NEAR` times, of the countries
    topics: csr_array
    words: csr_array  # transposed
    frames: csr_array  # as `topics`, of programmes, calls and technologies
    ties: csr_array  # how surely two know each other, 0 to 1
    shared: csr_array  # the same of those with many occasions, each partner divided among all whom it knows
    many: Mask
    sparse: Measure
    rich: Measure

    def among(self, rows: Ints) -> Model:
        """The same for some of the actors alone, ascending, who are numbered anew; what the others tell of them stays."""
        place = np.cumsum(self.many) - 1
        return replace(
            self,
            size=self.size[rows],
            group=self.group[rows],
            topics=csr_array(self.topics[rows]),
            words=csr_array(self.words[:, rows]),
            frames=csr_array(self.frames[rows]),
            ties=csr_array(self.ties[rows]),
            shared=csr_array(self.shared[:, place[rows[self.many[rows]]]]),
            many=self.many[rows],
        )

    def parts(self, rows: Ints) -> dict[str, Block]:
        """Each part for the actors `rows` against everybody."""
        ra, programme = self._rich(rows)
        return {"gravity": self.gravity(rows), "topic": self._topic(rows), "ra": ra, "programme": programme}

    def score(self, rows: Ints, parts: Mapping[str, Block]) -> Block:
        """The sum of the parts. That of pairs with many occasions on both sides is brought to the scale of the others."""
        found = _sum(self.sparse, _SPARSE, parts)
        many = self.many[rows]
        if many.any():
            here = np.ix_(many, self.many)
            mean, spread = self.rich.whole
            rich = _sum(self.rich, _RICH, {name: part[here] for name, part in parts.items()})
            found[here] = np.float32(mean) + np.float32(spread) * rich
        return found

    def gravity(self, rows: Ints) -> Block:
        """How much the sizes, countries and types of two let one expect."""
        found: Block = np.take(self.affinities[self.group[rows]], self.group, axis=1)
        found += self.size[rows][:, np.newaxis]
        found += self.size[np.newaxis, :]
        return found

    def _topic(self, rows: Ints) -> Block:
        return np.asarray((self.topics[rows] @ self.words).toarray(), dtype=np.float32)

    def _rich(self, rows: Ints) -> tuple[Block, Block]:
        """Common partners and common programmes, only where there are many occasions on both sides: elsewhere 0."""
        ra, programme = np.zeros((2, len(rows), len(self.many)), dtype=np.float32)
        at, of = np.flatnonzero(self.many[rows]), np.flatnonzero(self.many)
        if len(at):
            here = np.ix_(at, of)
            ra[here] = (self.ties[rows[at]] @ self.shared).toarray()
            programme[here] = (self.frames[rows[at]] @ self.frames[of].T).toarray()
        return ra, programme


def _sum(held: Measure, weights: Mapping[str, float], parts: Mapping[str, Block]) -> Block:
    """The weighed sum of z, in one pass a part."""
    scale = {name: weight / held.parts[name][1] for name, weight in weights.items()}
    names = iter(weights)
    first = next(names)
    found: Block = parts[first] * np.float32(scale[first])
    for name in names:
        found += parts[name] * np.float32(scale[name])
    found -= np.float32(sum(scale[name] * held.parts[name][0] for name in weights))
    return found


def model(net: Collaboration) -> Model:
    """Kept for the next call."""
    return _model(Same(net))


@lru_cache(maxsize=4)
def _model(held: Same) -> Model:
    net = held.net
    group, affinities = _groups(net)
    sure = csr_array(net.weights.astype(np.float32))
    sure.data = -np.expm1(-np.float32(_SURE) * sure.data)
    known = np.asarray(sure.sum(axis=1)).ravel()
    known[known == 0] = 1
    many = np.asarray(net.met.sum(axis=1)).ravel() >= DENSE
    said = topics(net)
    nothing = Measure(dict.fromkeys(PARTS, (0.0, 1.0)))
    found = Model(
        size=np.log1p(net.strength).astype(np.float32),
        group=group,
        affinities=affinities,
        topics=said.vectors,
        words=csr_array(said.vectors.T.tocsr()),
        frames=said.frames,
        ties=sure,
        shared=csr_array(csr_array(sure.multiply((1 / known)[:, np.newaxis]).tocsr())[:, np.flatnonzero(many)]),
        many=many,
        sparse=nothing,
        rich=nothing,
    )
    found = replace(found, sparse=_measure(net, found, np.flatnonzero(net.strength > 0)))
    return replace(found, rich=_rich(net, found, np.flatnonzero(many & (net.strength > 0))))


def _groups(net: Collaboration) -> tuple[Ints, Table]:
    codes = sorted({code for code in net.country if code is not None})
    number = {code: place for place, code in enumerate(codes)}
    country = np.array([-1 if code is None else number[code] for code in net.country], dtype=np.int64)
    types = net.types.astype(np.int64)
    countries, kinds = affinity(net, country, len(codes)), affinity(net, types, len(TYPES))
    whole = (country % (len(codes) + 1)) * len(TYPES) + types  # -1 is the last of the countries
    used, group = np.unique(whole, return_inverse=True)
    of_country, of_type = np.divmod(used, len(TYPES))
    table = np.float32(_NEAR) * countries[np.ix_(of_country, of_country)] + kinds[np.ix_(of_type, of_type)]
    return group.astype(np.int64), table.astype(np.float32)


def _measure(net: Collaboration, held: Model, actors: Ints) -> Measure:
    picked, apart = _sample(net, actors)
    parts = held.parts(picked)
    return Measure({name: _spread(parts[name][:, picked][apart]) for name in PARTS})


def _rich(net: Collaboration, held: Model, actors: Ints) -> Measure:
    """With the mean and spread that bring the sum to the scale of the sparse one over the same pairs."""
    picked, apart = _sample(net, actors)
    parts = {name: part[:, picked] for name, part in held.parts(picked).items()}
    found = Measure({name: _spread(parts[name][apart]) for name in PARTS})
    mean, spread = _spread(_sum(held.sparse, _SPARSE, parts)[apart])
    own, wide = _spread(_sum(found, _RICH, parts)[apart])
    return replace(found, whole=(mean - own * spread / wide, spread / wide))


def _sample(net: Collaboration, actors: Ints) -> tuple[Ints, Mask]:
    """Some of the actors, evenly taken, and which of their pairs never met, each pair once."""
    picked = actors[:: max(1, len(actors) // _SAMPLE)]
    apart = np.triu(np.ones((len(picked), len(picked)), dtype=bool), 1)
    return picked, apart & ~net.ever[picked][:, picked].toarray()


def _spread(values: npt.NDArray[np.float32]) -> Spread:
    if not len(values):
        return 0.0, 1.0
    wide = values.astype(np.float64)
    return float(wide.mean()), float(wide.std()) or 1.0
