"""What the score of a pair is made of, for blocks of actors against all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from graph.gaps.affinity import Table, affinity
from graph.gaps.collaboration import Collaboration, Ints
from graph.gaps.same import Same
from graph.gaps.topics import topics

Block = npt.NDArray[np.float32]

DENSE: Final = 5  # with so many occasions on both sides, common partners tell more than anything else
_SAMPLE: Final = 512  # actors by which the spread of each part is measured


@dataclass(frozen=True, eq=False)
class Model:
    """All that the parts need. `mean` and `spread` of each part are those over a sample of the pairs of active actors."""

    size: npt.NDArray[np.float32]  # ln(1 + strength)
    country: Ints
    countries: Table
    types: Ints
    kinds: Table
    topics: csr_array
    words: csr_array  # transposed
    ties: csr_array
    spread_of: csr_array  # ties, each row over the strength of its actor
    many: npt.NDArray[np.bool_]
    mean: Mapping[str, float]
    spread: Mapping[str, float]

    def parts(self, rows: Ints) -> dict[str, Block]:
        """Each part for the actors `rows` against everybody."""
        return {"gravity": self._gravity(rows), "topic": self._topic(rows), "ra": self._ra(rows)}

    def score(self, rows: Ints, parts: Mapping[str, Block]) -> Block:
        """The sum of the parts, each by its spread."""
        found = self._z("gravity", parts["gravity"]) + self._z("topic", parts["topic"])
        dense = self.many[rows][:, np.newaxis] & self.many[np.newaxis, :]
        found += np.where(dense, self._z("ra", parts["ra"]), np.float32(0))
        return found

    def _z(self, name: str, values: Block) -> Block:
        return (values - np.float32(self.mean[name])) * np.float32(1 / self.spread[name])

    def _gravity(self, rows: Ints) -> Block:
        found = self.size[rows][:, np.newaxis] + self.size[np.newaxis, :]
        found += self.countries[self.country[rows]][:, self.country]
        found += self.kinds[self.types[rows]][:, self.types]
        return found

    def _topic(self, rows: Ints) -> Block:
        return np.asarray((self.topics[rows] @ self.words).toarray(), dtype=np.float32)

    def _ra(self, rows: Ints) -> Block:
        found = np.asarray((self.ties[rows] @ self.spread_of).toarray(), dtype=np.float32)
        return np.log1p(np.float32(100) * found)


def model(net: Collaboration) -> Model:
    """Kept for the next call."""
    return _model(Same(net))


@lru_cache(maxsize=4)
def _model(held: Same) -> Model:
    net = held.net
    codes = sorted({code for code in net.country if code is not None})
    number = {code: place for place, code in enumerate(codes)}
    country = np.array([number.get(code, -1) if code is not None else -1 for code in net.country], dtype=np.int64)
    types = net.types.astype(np.int64)
    ties = csr_array(net.weights.astype(np.float32))
    whole = np.where(net.strength > 0, net.strength, 1).astype(np.float32)
    vectors = topics(net).vectors
    found = Model(
        size=np.log1p(net.strength).astype(np.float32),
        country=country,
        countries=affinity(net, country, len(codes)),
        types=types,
        kinds=affinity(net, types, int(types.max(initial=0)) + 1),
        topics=vectors,
        words=csr_array(vectors.T.tocsr()),
        ties=ties,
        spread_of=csr_array(ties.multiply(1 / whole[:, np.newaxis]).tocsr()),
        many=np.asarray(net.incidence.sum(axis=1)).ravel() >= DENSE,
        mean={},
        spread={},
    )
    return _measured(found, np.flatnonzero(net.strength > 0))


def _measured(found: Model, active: Ints) -> Model:
    """With mean and spread of each part over pairs of a sample of the active actors, evenly taken."""
    names = ("gravity", "topic", "ra")
    picked = active[:: max(1, len(active) // _SAMPLE)]
    mean, spread = dict.fromkeys(names, 0.0), dict.fromkeys(names, 1.0)
    if len(picked) > 1:
        upper = np.triu_indices(len(picked), 1)
        for name, block in found.parts(picked).items():
            values = block[:, picked][upper].astype(np.float64)
            mean[name], spread[name] = float(values.mean()), float(values.std()) or 1.0
    fields = {name: getattr(found, name) for name in Model.__dataclass_fields__}
    return Model(**fields | {"mean": mean, "spread": spread})
