"""Reshuffles keep both margins, put nobody twice into an occasion, and make every table with these margins as likely."""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt
import pytest

from graph.gaps.reshuffle import reshuffles

Ints = npt.NDArray[np.int64]
WHOLE = np.array([0])


def table(seed: int, actors: int = 80, occasions: int = 60) -> tuple[Ints, Ints]:
    """Occasions of 2 to 12 actors, some of them in many."""
    rng = np.random.default_rng(seed)
    likely = rng.lognormal(0, 1, actors)
    who = [rng.choice(actors, rng.integers(2, 13), replace=False, p=likely / likely.sum()) for _ in range(occasions)]
    return np.concatenate(who), np.repeat(np.arange(occasions), [len(each) for each in who])


@pytest.mark.parametrize("seed", range(5))
def test_both_margins_are_kept_and_nobody_is_there_twice(seed: int) -> None:
    actors, occasions = table(seed)
    for dealt in reshuffles(actors, occasions, WHOLE, 30, seed):
        assert np.array_equal(np.bincount(dealt, minlength=80), np.bincount(actors, minlength=80))
        assert len(set(zip(dealt.tolist(), occasions.tolist(), strict=True))) == len(dealt)
        assert (dealt != actors).mean() > 0.5


def test_nothing_moves_between_blocks() -> None:
    first, second = table(1), table(2)
    actors = np.concatenate([first[0], second[0] + 80])
    occasions = np.concatenate([first[1], second[1] + 60])
    border = len(first[0])
    for dealt in reshuffles(actors, occasions, np.array([0, border]), 20, 3):
        assert dealt[:border].max() < 80 <= dealt[border:].min()
        assert np.array_equal(np.bincount(dealt), np.bincount(actors))


def test_the_same_seed_deals_the_same() -> None:
    actors, occasions = table(4)
    one, again, other = (list(reshuffles(actors, occasions, WHOLE, 5, seed)) for seed in (7, 7, 8))
    assert all(np.array_equal(a, b) for a, b in zip(one, again, strict=True))
    assert not all(np.array_equal(a, b) for a, b in zip(one, other, strict=True))


def test_what_is_given_stays_as_it_is() -> None:
    actors, occasions = table(5)
    before = actors.copy(), occasions.copy()
    list(reshuffles(actors, occasions, WHOLE, 3, 0))
    assert np.array_equal(actors, before[0])
    assert np.array_equal(occasions, before[1])


@pytest.mark.parametrize("circles", [["abc", "ab", "cd"], ["ab", "cd", "ac"]])
def test_every_table_with_these_margins_is_as_likely(circles: list[str]) -> None:
    """All tables of a small pattern are met, each about as often as the others. Small tables change slowly, for many exchanges
    would put somebody twice into an occasion, so that 20,000 of them count like some 3,000."""
    actors = np.array(["abcd".index(name) for circle in circles for name in circle])
    occasions = np.repeat(np.arange(len(circles)), [len(circle) for circle in circles])
    count = 20_000
    met = Counter(
        tuple(frozenset(dealt[occasions == number].tolist()) for number in range(len(circles)))
        for dealt in reshuffles(actors, occasions, WHOLE, count, 11)
    )
    assert set(met) == set(all_tables(circles))
    even = count / len(met)
    assert max(abs(times - even) for times in met.values()) < 0.25 * even


def all_tables(circles: list[str]) -> list[tuple[frozenset[int], ...]]:
    """Every way to fill the circles, each as large and each name as often as before."""
    often = Counter("abcd".index(name) for circle in circles for name in circle)
    found: list[tuple[frozenset[int], ...]] = [()]
    for circle in circles:
        found = [(*held, frozenset(pick)) for held in found for pick in _picks(len(circle))]
    return [held for held in found if Counter(name for circle in held for name in circle) == often]


def _picks(size: int) -> list[tuple[int, ...]]:
    return [pick for bits in range(16) if len(pick := tuple(i for i in range(4) if bits >> i & 1)) == size]


def test_a_table_that_can_be_dealt_in_one_way_only_stays() -> None:
    actors, occasions = np.array([0, 1, 2, 0, 1, 2]), np.array([0, 0, 0, 1, 1, 1])
    for dealt in reshuffles(actors, occasions, WHOLE, 10, 0):
        assert sorted(dealt[:3].tolist()) == sorted(dealt[3:].tolist()) == [0, 1, 2]
