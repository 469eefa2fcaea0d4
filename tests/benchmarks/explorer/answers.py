"""How long answers take over HTTP, one after another on a connection that is kept."""

from __future__ import annotations

import time
from collections.abc import Sequence
from random import Random
from typing import Final

import httpx

_QUESTIONS: Final = 60


def names(address: str, seed: int = 6) -> list[str]:
    """What people type: the beginnings of words of names, whole words, two words, with a typing error now and then."""
    chance = Random(seed)
    told = httpx.get(f"{address}/api/v1/map", timeout=120).json()["nodes"]["name"]["en"]
    asked = []
    for number, name in enumerate(chance.sample(told, _QUESTIONS)):
        word, *rest = name.split()
        asked.append((word[:3], word, f"{word} {rest[0]}" if rest else word, word[:-2] + word[-1:])[number % 4])
    return asked


def keys(address: str, seed: int = 6) -> list[str]:
    """The best linked node, and others drawn by chance."""
    nodes = httpx.get(f"{address}/api/v1/map", timeout=120).json()["nodes"]
    best = max(zip(nodes["degree"], nodes["key"], strict=True))[1]
    return [best, *Random(seed).sample(nodes["key"], _QUESTIONS - 1)]


def milliseconds(address: str, asked: Sequence[tuple[str, dict[str, str]]]) -> list[float]:
    """Of each path with its parameters, after one that is not counted."""
    with httpx.Client(base_url=address, timeout=120) as client:
        _one(client, *asked[0])
        return [_one(client, *each) for each in asked]


def _one(client: httpx.Client, path: str, parameters: dict[str, str]) -> float:
    began = time.perf_counter()
    client.get(path, params=parameters).raise_for_status()
    return (time.perf_counter() - began) * 1000
