"""A key for what is worked out of a network once: scopes that differ in technology, region or types share it."""

from __future__ import annotations

from graph.gaps.collaboration import Collaboration


class Same:
    """Equal for networks that `collaboration` cut in one go; for `lru_cache`."""

    __slots__ = ("net",)

    def __init__(self, net: Collaboration) -> None:
        self.net = net

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Same) and self.net.incidence is other.net.incidence

    def __hash__(self) -> int:
        return id(self.net.incidence)
