"""Chance with both margins kept: who takes part in what is dealt again, as often and in as large circles as before.

The table is a list of participations. In every round they are put into pairs at random, each pair exchanges its actors, and
an exchange is left out when it would put an actor into an occasion twice. All pairs of a round are exchanged at once: a pair
may exchange when its two old and its two new participations each stand once in the list of all old and all new ones. That
list is the same before and after, so each round can be undone by the same round, and in the long run every table with these
margins is as likely as every other (docs/decisions/0016).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]

_WARM_UP: Final = 10  # rounds before the first table
_BETWEEN: Final = 1  # rounds from one table to the next; one round moves about three participations of four
_WILLING: Final = 0.97  # share of the pairs that try; with all of them small tables could swing to and fro
_ROOM: Final = 32  # places in the table of marks for each participation: a clash leaves out an exchange, no more


def reshuffles(actors: Ints, occasions: Ints, blocks: Ints, count: int, seed: int) -> Iterator[Ints]:
    """`count` arrays of actors in the order of `occasions`, which stay as they are.

    actors, occasions  numbers of the ends of each participation, from 0; no pair twice
    blocks             where each block of participations begins, the first 0; nothing moves between blocks, and no occasion
                       may stand in two of them
    """
    rng = np.random.default_rng(seed)
    dealt = actors.astype(np.int64)
    marks = np.full(max(1 << 10, 1 << int(_ROOM * len(dealt)).bit_length()), -1, dtype=np.int32)
    ends = np.append(blocks[1:], len(dealt))
    width = int(occasions.max(initial=0)) + 1
    for turn in range(count):
        for _ in range(_BETWEEN if turn else _WARM_UP):
            _exchange(dealt, occasions, width, _pairs(blocks, ends, rng), marks, rng)
        yield dealt.copy()


def _pairs(blocks: Ints, ends: Ints, rng: np.random.Generator) -> tuple[Ints, Ints]:
    """Participations of one block in pairs, at random; in an odd block one stays alone."""
    mixed = [rng.permutation(end - start) + start for start, end in zip(blocks, ends, strict=True)]
    halves = [(each[: len(each) // 2], each[len(each) // 2 : len(each) // 2 * 2]) for each in mixed]
    one, other = np.concatenate([half[0] for half in halves]), np.concatenate([half[1] for half in halves])
    willing = rng.random(len(one), dtype=np.float32) < _WILLING
    return one[willing], other[willing]


def _exchange(
    dealt: Ints,
    occasions: Ints,
    width: int,
    pairs: tuple[Ints, Ints],
    marks: npt.NDArray[np.int32],
    rng: np.random.Generator,
) -> None:
    one, other = pairs
    here, there = dealt.take(one), dealt.take(other)
    old = dealt * width + occasions
    new = (there * width + occasions.take(one), here * width + occasions.take(other))
    alone = _alone(np.concatenate([old, *new]), marks, rng)
    first, second = np.split(alone[len(old) :], 2)
    free = alone.take(one) & alone.take(other) & first & second
    dealt[one[free]], dealt[other[free]] = there[free], here[free]


def _alone(codes: Ints, marks: npt.NDArray[np.int32], rng: np.random.Generator) -> npt.NDArray[np.bool_]:
    """Which codes stand once, by a new hash each time; a code that clashes with another counts as standing twice."""
    factor = np.uint64(rng.integers(1 << 62, 1 << 63, dtype=np.uint64)) | np.uint64(1)
    shift = np.uint64(64 - (len(marks).bit_length() - 1))
    places = codes.view(np.uint64) * factor
    places >>= shift
    at = places.view(np.int64)
    order = np.arange(len(codes), dtype=np.int32)
    marks[at] = order
    last = marks.take(at) == order
    marks[at[~last]] = -1
    return np.asarray(marks.take(at) == order)
