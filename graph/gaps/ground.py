"""What the reasons stand on: the network with its look-ups, prepared once for all pairs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array, diags_array

from graph.gaps.areas import ROOT
from graph.gaps.collaboration import Collaboration, of_row
from graph.gaps.lasting import Lasting, lasting, reaches
from graph.gaps.names import NAMELESS, brands
from graph.gaps.occasions import things
from graph.gaps.records import Records, records
from graph.gaps.same import Same
from graph.gaps.text import Texts, texts
from graph.inside import inside

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
YEARS_DORMANT = 3
_WIDE = 0.5  # of all who work on anything


@dataclass(frozen=True, eq=False)
class Ground:
    """A network, the records of its map and the texts of its map."""

    net: Collaboration
    records: Records
    texts: Texts

    @cached_property
    def things(self) -> Ints:
        """The node of each occasion; -1 for a partnership."""
        return self.net.occasions["thing"].cast(pl.Int64).fill_null(-1).to_numpy()

    @cached_property
    def ids(self) -> Ints:
        """The id of each occasion in `graph.gaps.occasions`."""
        return self.net.occasions["occasion"].cast(pl.Int64).to_numpy()

    @cached_property
    def sizes(self) -> Ints:
        """How many actors each occasion has."""
        return self.net.occasions["actors"].cast(pl.Int64).to_numpy()

    @property
    def last(self) -> Ints:
        """The last active year of each occasion, see `Network`."""
        return self.net.network.last

    @cached_property
    def horizon(self) -> Ints:
        """For each actor the last year that the sources of its occasions speak about; -1 when it has none that is dated.

        A source that ends in 2019 says nothing of 2026, so whoever it knows is not dormant for that.
        """
        of_occasion = reaches(self.net.columns)[self.net.occasions["relation"].to_numpy()]
        return np.minimum(self.net.network.latest(of_occasion), self.net.as_of)

    @cached_property
    def scope_techs(self) -> frozenset[int]:
        """Node ids of the technologies of the scope, and narrower ones."""
        columns = self.net.columns
        asked = columns.technologies(self.net.scope.technologies)
        return frozenset(node for tech in asked for node in (tech, *inside(columns, tech)))

    @cached_property
    def in_scope(self) -> npt.NDArray[np.bool_]:
        """By node id: whether it is about a technology of the scope; all false when the scope names none."""
        held = self.net.columns.technology
        found = np.zeros(self.net.columns.nodes.height, dtype=bool)
        found[held.filter(pl.col("tech").is_in(list(self.scope_techs)))["node"].to_numpy()] = True
        return found

    @cached_property
    def about(self) -> npt.NDArray[np.bool_]:
        """By occasion: whether it is about a technology of the scope."""
        return np.asarray(self.in_scope[self.things] & (self.things >= 0), dtype=bool)

    @cached_property
    def named(self) -> npt.NDArray[np.bool_]:
        """By node id: whether it has a name, not a number alone."""
        return ~self.net.columns.nodes["name_en"].str.contains(NAMELESS).to_numpy()

    @cached_property
    def alive(self) -> npt.NDArray[np.bool_]:
        """By actor: whether it has a name and is not dissolved."""
        return np.asarray(self.named[self.net.nodes] & ~self.net.closed, dtype=bool)

    @cached_property
    def node_last(self) -> Ints:
        """By node id: its last year; -1 when nobody says."""
        nodes = self.net.columns.nodes
        return (
            pl.select(pl.coalesce(nodes["end_year"], nodes["start_year"]))
            .to_series()
            .cast(pl.Int64)
            .fill_null(-1)
            .to_numpy()
        )

    def columns_of(self, row: int) -> Ints:
        """The occasions of an actor: columns of the incidence, ascending."""
        return np.sort(of_row(self.net.incidence, row))

    @cached_property
    def works(self) -> csr_array:
        """actors x techs: who works on what, by its own word or in practice."""
        return csr_array(self.net.stated + (self.net.practised > 0))

    @cached_property
    def narrow(self) -> csr_array:
        """actors x techs: who works on what, without what is too wide to join anybody."""
        kept = np.ones(len(self.net.techs))
        kept[sorted(self.too_wide)] = 0
        found = csr_array(self.works.astype(np.float64) @ diags_array(kept))
        found.eliminate_zeros()
        return found

    @cached_property
    def spread(self) -> Ints:
        """How many actors work on each technology, by its column."""
        return np.bincount(self.works.indices, minlength=len(self.net.techs))

    @cached_property
    def lasting(self) -> Lasting:
        """When each actor was last at work, with its group, whatever the scope leaves out."""
        return lasting(self.net)

    @cached_property
    def silent(self) -> npt.NDArray[np.bool_]:
        """By actor: whether it and its group did nothing in the last years of which their sources can tell."""
        return self.lasting.silent(YEARS_DORMANT)

    @cached_property
    def too_wide(self) -> frozenset[int]:
        """Columns of technologies that join nobody: the top of the scheme, and what has narrower ones and on which half of all
        work who work on anything. Never one that the scope asks for, but for the top."""
        columns = self.net.columns
        most = _WIDE * len(np.unique(self.works.nonzero()[0]))
        wide = {
            column
            for column, node in enumerate(self.net.techs.tolist())
            if self.spread[column] > most and node not in self.scope_techs and inside(columns, node)
        }
        top = self.net.tech_column.get(columns.node_of.get(ROOT, -1))
        return frozenset(wide if top is None else wide | {top})

    @cached_property
    def groups(self) -> Mapping[int, tuple[int, ...]]:
        """The rows of each corporate group of two or more, by the row of its top."""
        tops, sizes = np.unique(self.net.owner, return_counts=True)
        return {int(top): tuple(np.flatnonzero(self.net.owner == top).tolist()) for top in tops[sizes > 1]}

    @cached_property
    def brands(self) -> Sequence[str | None]:
        """The first word of each actor's name where it can only be a name of its own; None for all others."""
        return brands(self.net.columns)

    @cached_property
    def call_sizes(self) -> Ints:
        """How many actors had an effort under a call, by its node."""
        calls = np.unique(np.stack([self.records.calls.rows[:, 0], self.records.calls.key]), axis=1)[0]
        return np.bincount(calls, minlength=self.net.columns.nodes.height)

    @cached_property
    def paid(self) -> Ints:
        """How many actors a funder has paid, by its node."""
        funders = np.unique(np.stack([self.records.money.rows[:, 0], self.records.money.key]), axis=1)[0]
        return np.bincount(funders, minlength=self.net.columns.nodes.height)

    @cached_property
    def paid_at_all(self) -> int:
        """How many actors any funder has paid."""
        return len(np.unique(self.records.money.key))

    @cached_property
    def open_calls(self) -> Sequence[tuple[int, str, tuple[int, ...]]]:
        """Calls that close in the year `as_of` or later, the first to close first: node, last day, technologies."""
        columns = self.net.columns
        said = columns.facts.filter(pl.col("property") == "closes", pl.col("value") >= str(self.net.as_of))
        about = columns.technology.filter(pl.col("direct")).group_by("node").agg(pl.col("tech").sort())
        held = said.select("node", "value").unique().join(about, on="node").sort("value", "node")
        return [(int(node), str(day), tuple(techs)) for node, day, techs in held.iter_rows()]

    @cached_property
    def activities(self) -> Mapping[int, Mapping[int, Sequence[tuple[str, int]]]]:
        """What an organisation does in a technology, where its source says more than that it is its theme: by node of the
        organisation and of the technology, the activity and the relation."""
        rows = self.net.columns.relations.filter(
            pl.col("tie") == "technology", pl.col("scheme") == "activity", pl.col("role") != "focus"
        )
        found: dict[int, dict[int, list[tuple[str, int]]]] = {}
        for a, b, role, relation in rows.select("a", "b", "role", "relation").drop_nulls().iter_rows():
            found.setdefault(a, {}).setdefault(b, []).append((role, relation))
        return found

    def group(self, row: int) -> tuple[int, ...]:
        """The rows of the corporate group of an actor, itself among them."""
        return self.groups.get(int(self.net.owner[row]), (row,))

    def led(self, row: int) -> list[int]:
        """The occasions that it led."""
        own = self.columns_of(row)
        keys = self.ids[own] * self.records.actors + row
        places = np.minimum(np.searchsorted(self.records.leads, keys), max(len(self.records.leads) - 1, 0))
        return [] if not len(self.records.leads) else own[self.records.leads[places] == keys].tolist()

    def covering(self, tech: int) -> npt.NDArray[np.bool_]:
        """By occasion: whether it is about the technology, by its node."""
        column = self.net.tech_column[tech]
        found = np.zeros(self.net.occasions.height, dtype=bool)
        found[of_row(self._covers, column)] = True
        return found

    @cached_property
    def _covers(self) -> csr_array:
        return csr_array(self.net.covers.T)

    def newest_of_all(self, row: int) -> int:
        """The occasion in which it was last active."""
        held = self.columns_of(row)
        return int(held[np.lexsort((held, -self.last[held]))][0])

    def newest(self, columns: Sequence[int] | Ints) -> list[int]:
        """Occasions ordered: those of the technology in the scope first, then those with a name, the younger, the smaller."""
        held = np.asarray(columns, dtype=np.int64)
        things, sizes = self.things[held], self.sizes[held]
        about, named = self.about[held], self.named[things] & (things >= 0)
        return [int(one) for one in held[np.lexsort((held, sizes, -self.last[held], ~named, ~about))]]


def ground(net: Collaboration) -> Ground:
    """Kept for the next call on the same network and technologies."""
    return _ground(Same(net), net.scope.technologies)


@lru_cache(maxsize=4)
def _ground(same: Same, technologies: tuple[str, ...]) -> Ground:
    net = same.net
    scope = replace(net.scope, technologies=technologies)
    return Ground(replace(net, scope=scope), records(net), texts(net.columns))


def actor_words(net: Collaboration) -> csr_array:
    """Actors x words of what each writes and takes part in, as far as the network knows, rows of length 1; kept for the
    next call."""
    return _actor_words(Same(net))


@lru_cache(maxsize=3)
def _actor_words(same: Same) -> csr_array:
    net = same.net
    met = net.met.tocoo()
    found = things(net.columns)[met.coords[1]]
    kept = found >= 0
    own = csr_array(
        (np.ones(int(kept.sum())), (met.coords[0][kept], found[kept])), shape=(len(net.nodes), net.columns.nodes.height)
    )
    return texts(net.columns).of_actors(own, net.nodes)
