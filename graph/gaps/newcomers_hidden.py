"""How well newcomers find partners: the ties of some who have them are hidden, and the list is held against them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
from scipy.sparse import csr_array

from graph.gaps.collaboration import Collaboration, Ints, Mask
from graph.gaps.newcomers import Dense, newcomer_scores

_BLOCK = 128


@dataclass(frozen=True, slots=True)
class Hidden:
    """Share of the hidden actors for which a true partner is among the first ten, by method; how many were hidden."""

    hits: Mapping[str, float]
    actors: int


def hidden(net: Collaboration, *, every: int = 10, most: int = 500) -> Hidden:
    """Of every `every`-th actor with ties (at most `most` of them, evenly taken) all joint efforts are hidden, what it does
    alone is not. `popularity` names the ten who work most with others, `popularity, same country` those of its country."""
    tied = np.flatnonzero(net.strength > 0)[::every]
    rows = tied[:: max(1, -(-len(tied) // most))]
    seen = _without(net, tied)
    found: dict[str, list[float]] = {}
    for start in range(0, len(rows), _BLOCK):
        block = rows[start : start + _BLOCK]
        truth = net.ever[block].toarray()
        for name, score in _methods(seen, block).items():
            score[:, tied] = -np.inf
            top = np.argpartition(-score, 10, axis=1)[:, :10]
            found.setdefault(name, []).extend(truth[np.arange(len(block))[:, np.newaxis], top].any(axis=1).tolist())
    return Hidden({name: float(np.mean(hits)) for name, hits in found.items()}, len(rows))


def _methods(seen: Collaboration, rows: Ints) -> dict[str, Dense]:
    _, score = newcomer_scores(seen, rows)
    popular = np.broadcast_to(np.log1p(seen.strength), score.shape)
    country = np.array(["" if code is None else code for code in seen.country])
    same = (country[rows][:, np.newaxis] == country[np.newaxis, :]) & (country[rows] != "")[:, np.newaxis]
    return {"ours": score, "popularity": popular.copy(), "popularity, same country": popular + 100.0 * same}


def _without(net: Collaboration, rows: Ints) -> Collaboration:
    """The network as it would be if nobody had told of the joint efforts of these actors."""
    gone = np.zeros(len(net.nodes), dtype=bool)
    gone[rows] = True
    joint = np.asarray(net.met.sum(axis=0)).ravel() > 1
    incidence = _cut(net.incidence, gone)
    ever = net.ever.tocoo()
    kept = ~gone[ever.coords[0]] & ~gone[ever.coords[1]]
    return replace(
        net,
        network=replace(net.network, incidence=incidence),
        met=_cut(net.met, gone, joint),
        ever=csr_array((ever.data[kept], (ever.coords[0][kept], ever.coords[1][kept])), shape=ever.shape),
        practised=csr_array(incidence.astype(np.float64) @ net.covers.astype(np.float64)),
    )


def _cut(table: csr_array, gone: Mask, columns: Mask | None = None) -> csr_array:
    held = table.tocoo()
    kept = ~gone[held.coords[0]]
    if columns is not None:
        kept |= ~columns[held.coords[1]]
    return csr_array((held.data[kept], (held.coords[0][kept], held.coords[1][kept])), shape=table.shape)
