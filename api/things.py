"""Names and addresses of things, as pairs of languages: the small words that every answer is made of."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import polars as pl

from api.models import Pair, PlaceRef, Ref
from graph.columns import Columns

_PAGES = {"organisation": "org", "effort": "effort", "technology": "tech", "place": "place"}


@dataclass(frozen=True)
class Things:
    """Looks up nodes of the columns by id or key; as fast as a list."""

    columns: Columns

    @cached_property
    def groups(self) -> list[str]:
        """By node id."""
        return self.columns.nodes["group"].to_list()

    @cached_property
    def kinds(self) -> list[str]:
        """By node id."""
        return self.columns.nodes["kind"].to_list()

    @cached_property
    def degrees(self) -> list[int]:
        """By node id."""
        return self.columns.nodes["degree"].to_list()

    @cached_property
    def names(self) -> list[tuple[str, str]]:
        """(English, Swedish) by node id."""
        return list(self.columns.nodes.select("name_en", "name_sv").iter_rows())

    @cached_property
    def placed(self) -> list[tuple[int | None, str | None]]:
        """(node id of the place, ISO code of the country) by node id."""
        return list(self.columns.nodes.select("place", "country").iter_rows())

    @cached_property
    def counties(self) -> dict[str, Pair]:
        """Names of the counties in which something is, by key."""
        keys = sorted(self.columns.nodes["county"].drop_nulls().unique())
        return {key: self.name(self.columns.node_of[key]) for key in keys}

    @cached_property
    def former(self) -> dict[str, int]:
        """Node ids by the keys of what was merged into them."""
        said = self.columns.facts.filter(pl.col("property") == "formerKey")
        return {key: node for key, node in said.select("value", "node").iter_rows() if key not in self.columns.node_of}

    def find(self, key: str) -> int | None:
        """The node id of a key; `batteries` and `se-ab` find `tech/batteries` and `place/se-ab`, too, as pages call them."""
        ids = self.columns.node_of
        for candidate in (key, f"tech/{key}", f"place/{key}", f"org/{key}", f"effort/{key}"):
            if candidate in ids:
                return ids[candidate]
        return None

    def name(self, node: int) -> Pair:
        """What it is called."""
        en, sv = self.names[node]
        return Pair(en=en, sv=sv)

    def path(self, node: int) -> str:
        """Its page; a technology and a place leave out what the page says already."""
        key = self.columns.key_of[node]
        page = _PAGES.get(self.groups[node], "org")
        return f"/{page}/{key.removeprefix(page + '/')}"

    def place(self, node: int | None) -> PlaceRef | None:
        """A thing by key, name and page alone; None for None."""
        if node is None:
            return None
        return PlaceRef(key=self.columns.key_of[node], name=self.name(node), path=self.path(node))

    def ref(self, node: int) -> Ref:
        """What a link to it needs."""
        return Ref(
            key=self.columns.key_of[node],
            group=self.groups[node],
            kind=self.kinds[node],
            name=self.name(node),
            path=self.path(node),
        )
