"""The collaboration network on arrays: who took part in what, how strongly it ties, and what everybody works on.

Row i of every matrix is the actor `nodes[i]`. Technology, region and types of a scope do not cut the network, because the
wider network says much about a narrow question; they are masks (`working_on`, `located_in`, `of_type`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property, lru_cache

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array

from graph.columns import Columns
from graph.gaps.acquaintance import acquaintances
from graph.gaps.actors import TYPES, ActorType, actor_type
from graph.gaps.groups import owners
from graph.gaps.occasions import Occasions, occasions
from graph.gaps.scope import Scope
from graph.inside import inside

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]

_EVERYTHING = Scope()


@dataclass(frozen=True, eq=False)
class Network:
    """Who took part in what, weighed: one for all scopes that differ in technology, region or types alone, so that nothing
    of it is reckoned twice. The fields are described at `Collaboration`."""

    occasions: pl.DataFrame
    incidence: csr_array
    as_of: int
    half_life: float

    @cached_property
    def last(self) -> Ints:
        """The last active year of each occasion, at most `as_of`; -1 when nobody says."""
        start, end = self.occasions["start"].to_numpy(), self.occasions["end"].to_numpy()
        found: Ints = np.minimum(np.maximum(end, start), self.as_of)
        return found

    @cached_property
    def decay(self) -> Floats:
        """What an occasion is still worth: 2^(-age/half life), age from its last active year; an undated one counts as
        one half life old, so it is worth a half."""
        if not self.half_life:
            return np.ones(self.occasions.height)
        age = np.where(self.last < 0, self.half_life, np.maximum(self.as_of - self.last, 0))
        worth: Floats = 2.0 ** (-age / self.half_life)
        return worth

    @cached_property
    def weights(self) -> csr_array:
        """w_ij = sum over shared occasions of decay / (n - 1), symmetric, zero diagonal."""
        worth = self.decay / (self.occasions["actors"].to_numpy() - 1)
        held = self.incidence.astype(np.float64)
        found = (held.multiply(worth[np.newaxis, :])).tocsr() @ held.T
        found.setdiag(0)
        found.eliminate_zeros()
        return csr_array(found)

    @cached_property
    def strength(self) -> Floats:
        """s_i = sum over j of w_ij."""
        return np.asarray(self.weights.sum(axis=1)).ravel()

    @cached_property
    def last_active(self) -> Ints:
        """The last year in which an occasion of each actor was active (at most `as_of`); -1 when nobody says."""
        return self.latest(self.last)

    def latest(self, years: Ints) -> Ints:
        """For each actor the greatest of the years of its occasions; -1 when it has none."""
        held = self.incidence.tocoo()
        found = np.full(self.incidence.shape[0], -1, dtype=np.int64)
        np.maximum.at(found, held.coords[0], years[held.coords[1]])
        return found


@dataclass(frozen=True, eq=False)
class Collaboration:
    """One map under one scope. Years are -1 where nobody says when; coordinates nan.

    nodes      node id of each actor, ascending
    types      code of each actor's type in `TYPES`
    owner      row of the organisation at the top of each actor's corporate group (itself when there is none)
    country    ISO code of each actor, or None
    occasions  those that tie, in the order of `incidence`'s columns: occasion (id in `graph.gaps.occasions`), tie, thing,
               start, end, relation, actors (how many)
    incidence  actors x occasions, bool; only occasions in the scope with 2 to max_partners actors
    met        actors x all occasions that are known (columns by their id), bool: of any size and tie, and with one actor too
    ever       actors x actors, bool, symmetric: who ever met in anything that ties, of any size, year and tie, or has any
               other direct link (`graph.gaps.acquaintance`); not what one knows through another (`graph.gaps.kin`)
    techs      node ids of technologies, ascending; columns of the following
    stated     actors x techs, bool: the source says that the actor works on it, or on a narrower one
    practised  actors x techs: in how many occasions of the scope
    covers     occasions x techs, bool
    as_of      the year that ages are counted from
    """

    columns: Columns
    scope: Scope
    nodes: Ints
    types: npt.NDArray[np.int8]
    owner: Ints
    country: Sequence[str | None]
    lat: Floats
    lon: Floats
    network: Network
    met: csr_array
    ever: csr_array
    techs: Ints
    stated: csr_array
    practised: csr_array
    covers: csr_array

    @property
    def occasions(self) -> pl.DataFrame:
        """See above."""
        return self.network.occasions

    @property
    def incidence(self) -> csr_array:
        """See above."""
        return self.network.incidence

    @property
    def as_of(self) -> int:
        """See above."""
        return self.network.as_of

    @property
    def decay(self) -> Floats:
        """What each occasion is still worth, see `Network`."""
        return self.network.decay

    @property
    def weights(self) -> csr_array:
        """w_ij, see `Network`."""
        return self.network.weights

    @property
    def strength(self) -> Floats:
        """s_i, see `Network`."""
        return self.network.strength

    @property
    def last_active(self) -> Ints:
        """By actor, see `Network`."""
        return self.network.last_active

    @cached_property
    def row_of(self) -> Ints:
        """Row by node id; -1 for what is no actor."""
        rows = np.full(self.columns.nodes.height, -1, dtype=np.int64)
        rows[self.nodes] = np.arange(len(self.nodes))
        return rows

    @cached_property
    def closed(self) -> Mask:
        """Actors of which a source gives an end that is no later than the year that ages are counted from."""
        ends = self.columns.nodes["end_year"].gather(self.nodes)
        return np.asarray((ends <= self.as_of).fill_null(False), dtype=bool)

    @cached_property
    def group(self) -> csr_array:
        """actors x actors: one where the column is the top of the row's corporate group."""
        count = len(self.nodes)
        return csr_array((np.ones(count, dtype=np.int32), (np.arange(count), self.owner)), shape=(count, count))

    @cached_property
    def tech_column(self) -> dict[int, int]:
        """Column of `stated`, `practised` and `covers` by node id."""
        return {int(node): column for column, node in enumerate(self.techs)}

    def working_on(self, slugs: Sequence[str]) -> Mask:
        """Actors that state, or practise, any of the technologies; all of them when none is named."""
        if not slugs:
            return np.ones(len(self.nodes), dtype=bool)
        picked = self._columns(slugs)
        found = self.stated[:, picked].sum(axis=1) + self.practised[:, picked].sum(axis=1)
        return np.asarray(found).ravel() > 0

    def occasions_on(self, slugs: Sequence[str]) -> Mask:
        """Occasions about any of the technologies; all of them when none is named."""
        if not slugs:
            return np.ones(self.occasions.height, dtype=bool)
        return np.asarray(self.covers[:, self._columns(slugs)].sum(axis=1)).ravel() > 0

    def located_in(self, regions: Sequence[str]) -> Mask:
        """Actors within any of the places (keys) or countries (codes); all of them when none is named."""
        if not regions:
            return np.ones(len(self.nodes), dtype=bool)
        places = {self.columns.node_of[key] for key in regions if key in self.columns.node_of}
        places |= {part for place in places for part in inside(self.columns, place)}
        of_actor = self.columns.nodes["place"].gather(self.nodes)
        countries = [code for code in regions if code not in self.columns.node_of]
        here = of_actor.is_in(list(places)).fill_null(False).to_numpy()
        of_country = pl.Series(self.country, dtype=pl.String).is_in(countries).fill_null(False).to_numpy()
        return np.asarray(here | of_country, dtype=bool)

    def of_type(self, name: ActorType | None) -> Mask:
        """Actors of a type; all of them for None."""
        return np.ones(len(self.nodes), dtype=bool) if name is None else self.types == TYPES.index(name)

    def rows_of(self, nodes: pl.Series) -> Ints:
        """The row that stands for each node, with roll-up that of its group; -1 for what is no actor."""
        rows = self.row_of[nodes.to_numpy().astype(np.int64)]
        return np.where(rows >= 0, self.owner[rows], -1) if self.scope.rollup else rows

    def _columns(self, slugs: Sequence[str]) -> list[int]:
        nodes = (self.columns.node_of.get(f"tech/{slug}", -1) for slug in slugs)
        return [self.tech_column[node] for node in nodes if node in self.tech_column]


def of_row(table: csr_array, row: int) -> Ints:
    """The columns in which a row of a table has something, as they stand."""
    return np.asarray(table.indices[table.indptr[row] : table.indptr[row + 1]], dtype=np.int64)


def collaboration(
    columns: Columns, scope: Scope = _EVERYTHING, *, until: int | None = None, things: Sequence[int] | None = None
) -> Collaboration:
    """The network of a scope; kept for the next call. For back-tests: `until` leaves out every occasion that began later
    or at an unknown time (and every other link), `things` every occasion that is not about one of these nodes."""
    wide = replace(scope, technologies=(), regions=(), other_regions=(), reach="touching", types=None)
    chosen = None if things is None else tuple(things)
    return replace(_collaboration(columns, wide, until, chosen), scope=scope)


@lru_cache(maxsize=6)
def _collaboration(columns: Columns, scope: Scope, until: int | None, things: tuple[int, ...] | None) -> Collaboration:
    actors = columns.nodes.filter(pl.col("group") == "organisation")
    nodes = actors["node"].to_numpy().astype(np.int64)
    top = owners(columns, nodes)
    row_of = np.full(columns.nodes.height, -1, dtype=np.int64)
    row_of[nodes] = top if scope.rollup else np.arange(len(nodes))
    table, parts = _known(occasions(columns), until, things, row_of)
    as_of = _as_of(table, scope, until)
    met = _matrix(parts["row"].to_numpy(), parts["occasion"].to_numpy(), len(nodes), _height(table))
    ever = (met.astype(np.float32) @ met.T.astype(np.float32)).astype(bool)
    if until is None:
        ever = ever + _acquainted(columns, row_of, len(nodes))
    ever = csr_array(ever)
    ever.setdiag(False)
    ever.eliminate_zeros()
    kept = table.filter(_in_scope(scope)).with_columns(pl.col("start", "end").fill_null(-1).cast(pl.Int64))
    incidence = csr_array(met[:, kept["occasion"].to_numpy()])
    techs, stated, covers = _technologies(columns, nodes, row_of, kept, incidence)
    return Collaboration(
        columns=columns,
        scope=scope,
        nodes=nodes,
        types=np.array([TYPES.index(actor_type(kind)) for kind in actors["kind"]], dtype=np.int8),
        owner=top,
        country=actors["country"].to_list(),
        lat=actors["lat"].fill_null(np.nan).to_numpy(),
        lon=actors["lon"].fill_null(np.nan).to_numpy(),
        network=Network(kept, incidence, as_of, scope.half_life),
        met=met,
        ever=ever,
        techs=techs,
        stated=stated,
        practised=csr_array(incidence.astype(np.float64) @ covers.astype(np.float64)),
        covers=covers,
    )


def _known(
    held: Occasions, until: int | None, things: tuple[int, ...] | None, row_of: Ints
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Table with `actors`, and parts with `row`, each actor once; nothing that the back-test must not see."""
    table = held.table
    if until is not None:
        table = table.filter(pl.col("start") <= until)
    if things is not None:
        table = table.filter(pl.col("thing").is_in(things))
    rows = pl.Series("row", row_of[held.parts["actor"].to_numpy()])
    parts = (
        held.parts.with_columns(rows)
        .filter(pl.col("row") >= 0)
        .unique(["occasion", "row"], keep="first", maintain_order=True)
    )
    parts = parts.join(table.select("occasion"), on="occasion", how="semi")
    sizes = parts.group_by("occasion").len("actors")
    table = table.join(sizes, on="occasion").sort("occasion")
    return table, parts


def _height(table: pl.DataFrame) -> int:
    newest = table["occasion"].max()
    return 0 if newest is None else int(newest) + 1  # type: ignore[arg-type]


def _in_scope(scope: Scope) -> pl.Expr:
    kept = pl.col("tie").is_in(scope.ties) & pl.col("actors").is_between(2, scope.max_partners)
    if scope.as_of is not None:
        kept &= pl.col("start").is_null() | (pl.col("start") <= scope.as_of)
    return kept & scope.in_years


def _as_of(table: pl.DataFrame, scope: Scope, until: int | None) -> int:
    """What the scope says, else the newest year in which something begins (0 when nothing is dated)."""
    if scope.as_of is not None:
        return scope.as_of
    if until is not None:
        return until
    newest = table["start"].max()
    return 0 if newest is None else int(newest)  # type: ignore[arg-type]


def _matrix(rows: Ints, columns: Ints, height: int, width: int) -> csr_array:
    ones = np.ones(len(rows), dtype=bool)
    return csr_array((ones, (rows.astype(np.int64), columns.astype(np.int64))), shape=(height, width), dtype=bool)


def _acquainted(columns: Columns, row_of: Ints, count: int) -> csr_array:
    """Direct links that are no collaboration."""
    ends = acquaintances(columns).select("a", "b").to_numpy().astype(np.int64)
    one, other = row_of[ends[:, 0]], row_of[ends[:, 1]]
    both = np.concatenate([one, other]), np.concatenate([other, one])
    return _matrix(both[0], both[1], count, count)


def _technologies(
    columns: Columns, nodes: Ints, row_of: Ints, kept: pl.DataFrame, incidence: csr_array
) -> tuple[Ints, csr_array, csr_array]:
    """Technologies; who states them; what the occasions are about: their own, else what all of their actors state."""
    techs = columns.nodes.filter(pl.col("group") == "technology")["node"].to_numpy().astype(np.int64)
    column_of = np.full(columns.nodes.height, -1, dtype=np.int64)
    column_of[techs] = np.arange(len(techs))
    held = columns.technology.unique(["node", "tech"])
    rows, cols = row_of[held["node"].to_numpy()], column_of[held["tech"].to_numpy()]
    stated = _matrix(rows[rows >= 0], cols[rows >= 0], len(nodes), len(techs))
    numbered = kept.with_row_index("column").select("column", pl.col("thing").alias("node"))
    about = numbered.drop_nulls().join(held, on="node")
    own = _matrix(about["column"].to_numpy(), column_of[about["tech"].to_numpy()], kept.height, len(techs))
    common = (incidence.T.astype(np.int32) @ stated.astype(np.int32)).toarray() >= kept["actors"].to_numpy()[:, None]
    none = np.asarray(own.sum(axis=1)).ravel() == 0
    beside = csr_array(common & (none & (kept["tie"] != "project").to_numpy())[:, None])
    return techs, stated, csr_array(own + beside)
