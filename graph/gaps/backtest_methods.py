"""The textbook ways to foretell ties, which stand beside ours in every back-test."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from scipy.sparse import csr_array

from graph.gaps.backtest_measures import Block, Method
from graph.gaps.backtest_split import Split
from graph.gaps.collaboration import Collaboration, Floats, Ints
from graph.gaps.scoring_model import Model, model

OURS = "this program"
_SAMPLE = 400  # organisations whose pairs say which value has which rank
_RANK = 60.0  # the usual constant of reciprocal rank fusion
_STEPS = 4
_STAY = 0.5


def methods(held: Split) -> Mapping[str, Method]:
    """By name, each from places in `held.known` to scores against all known."""
    degree = np.asarray(held.net.ever.sum(axis=1)).ravel().astype(np.float64)
    ties = csr_array(held.net.ever.astype(np.float32))
    ours = model(held.net).among(held.known)
    found: dict[str, Method] = {
        "popularity": _popularity(degree[held.known]),
        "common neighbours": _common(ties, np.ones_like(degree), held.known),
        "Adamic-Adar": _common(ties, 1 / np.log(np.maximum(degree, 2)), held.known),
        "resource allocation": _common(ties, 1 / np.maximum(degree, 1), held.known),
        "resource allocation, 1/(n-1)": _weighted(held.net, held.known),
        "topic cosine": _topic(ours),
        "gravity + topic": _gravity_topic(ours),
        "rank fusion, wider network": _fusion(held),
        OURS: _ours(ours),
    }
    return found


def _popularity(degree: Floats) -> Method:
    return lambda places: (degree[places][:, np.newaxis] * degree[np.newaxis, :]).astype(np.float32)


def _common(ties: csr_array, worth: Floats, known: Ints) -> Method:
    """Sum over common partners of their worth."""
    of_known = csr_array(ties[known])
    weighed = csr_array(of_known.multiply(worth[np.newaxis, :].astype(np.float32)).tocsr())
    other = csr_array(of_known.T.tocsr())
    return lambda places: _dense(weighed[places] @ other)


def _weighted(net: Collaboration, known: Ints) -> Method:
    return _common(csr_array(net.weights.astype(np.float32)), 1 / np.where(net.strength > 0, net.strength, 1), known)


def _topic(ours: Model) -> Method:
    return lambda places: ours.parts(places)["topic"]


def _gravity_topic(ours: Model) -> Method:
    def score(places: Ints) -> Block:
        parts = ours.parts(places)
        return ours.sparse.z("gravity", parts["gravity"]) + ours.sparse.z("topic", parts["topic"])

    return score


def _ours(ours: Model) -> Method:
    return lambda places: ours.score(places, ours.parts(places))


def _fusion(held: Split) -> Method:
    """Reciprocal ranks of three signals of the wider network; ranks by the quantiles of a sample."""
    wide = model(held.wide).among(held.known)
    signals = (_weighted(held.wide, held.known), _walks(held.wide, held.known), _topic(wide))
    sample = np.unique(np.linspace(0, len(held.known) - 1, min(_SAMPLE, len(held.known))).astype(np.int64))
    ranked = [_ranks(signal, sample, len(held.known)) for signal in signals]

    def score(places: Ints) -> Block:
        found = np.zeros((len(places), len(held.known)), dtype=np.float32)
        for rank, signal in zip(ranked, signals, strict=True):
            found += rank(signal(places))
        return found

    return score


def _ranks(signal: Method, sample: Ints, size: int) -> Callable[[Block], Block]:
    if not size:
        return lambda block: block
    values = np.sort(signal(sample).ravel())
    pairs = size * (size - 1) / 2

    def rank(block: Block) -> Block:
        share = 1 - np.searchsorted(values, block.ravel(), side="right") / len(values)
        return (1 / (_RANK + share * pairs)).astype(np.float32).reshape(block.shape)

    return rank


def _walks(net: Collaboration, known: Ints) -> Method:
    """Personalised PageRank, a few steps of it, from one to the other and back (geometric mean up to a factor)."""
    ties = csr_array(net.weights.astype(np.float32))
    whole = np.where(net.strength > 0, net.strength, 1).astype(np.float32)
    step = csr_array(ties.multiply(1 / whole[np.newaxis, :]).tocsr())
    back = np.sqrt(1 / whole[known])

    def score(places: Ints) -> Block:
        at = np.zeros((len(net.nodes), len(places)), dtype=np.float32)
        at[known[places], np.arange(len(places))] = 1
        found = np.zeros_like(at)
        for _ in range(_STEPS):
            at = np.float32(_STAY) * (step @ at)
            found += at
        # A walk from i to j over a walk from j to i is s_j / s_i, so that one direction gives both.
        one_way = found[known].T
        return np.asarray(one_way * back[np.newaxis, :] / back[places][:, np.newaxis], dtype=np.float32)

    return score


def _dense(block: csr_array) -> Block:
    return np.asarray(block.toarray(), dtype=np.float32)
