"""Technologies and regions, the squares in which findings of groups are made."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import polars as pl
from scipy.sparse import csr_array

from graph.gaps.actors import TYPES, ActorType
from graph.gaps.answer import Note
from graph.gaps.collaboration import Collaboration, Ints, Mask
from graph.gaps.grouping import regions as regions_of
from graph.gaps.names import NAMELESS
from graph.gaps.why import nobody
from graph.inside import inside

__all__ = [
    "FEW_ACTORS",
    "LEAST_EXPECTED",
    "ROOT",
    "Areas",
    "areas",
    "astray",
    "named",
    "nothing_here",
    "scope_columns",
    "shown_actors",
    "subjects",
]

FEW_ACTORS = 5  # on a side; with fewer nothing is said of a group
LEAST_EXPECTED = 5.0  # ties; below that the gap of a group is not stable over time
ROOT = "tech/cleantech"
_OFTEN = 2  # occasions on a technology from which on somebody works on it beyond doubt


@dataclass(frozen=True, eq=False)
class Areas:
    """What a scope looks at. A region is a county where counties are known, else a country.

    Where the county of some actors of a country is known and that of others is not, the others would make a region that is
    nowhere; they stand in none, and are counted in `astray`.

    regions   keys of places and ISO codes, ascending
    region    for each actor the row in `regions`; -1 where nobody says where it is
    shown     for each region whether anybody of it is where the scope looks
    columns   columns of `net.techs` that are looked at: those that the scope names and the narrower ones, else all but the
              top of the scheme
    all_columns  all but the top of the scheme
    works     actors x all technologies, bool: who states or practises what
    strong    actors x all technologies, bool: who states it or has two occasions on it, of what is in `works`: one
              common project makes nobody a company of the trade
    split     for each region whether it is a county, so that counties are compared with counties and countries with countries
    owner     row of the organisation at the top of each actor's group
    there     actors that are not closed
    astray    actors with a country but no region
    """

    regions: tuple[str, ...]
    region: Ints
    shown: Mask
    columns: Ints
    all_columns: Ints
    works: csr_array
    strong: csr_array
    split: Mask
    owner: Ints
    there: Mask
    astray: int

    def counts(self, actors: Mask) -> npt.NDArray[np.int64]:
        """Regions x technologies: how many of the actors work on what."""
        return self.counted(csr_array(self.works.multiply(actors[:, np.newaxis])))

    def heads(self, actors: Mask) -> npt.NDArray[np.int64]:
        """Regions x technologies: how many of the actors that are not closed work on what; a university and its groups, or
        a company and its subsidiaries, are one."""
        rows, columns = self.works.tocoo().coords
        kept = (actors & self.there & (self.region >= 0))[rows]
        rows, columns = rows[kept].astype(np.int64), columns[kept].astype(np.int64)
        found = np.zeros((len(self.regions), self.works.shape[1]), dtype=np.int64)
        if len(rows):
            once = np.unique(np.stack([self.region[rows], columns, self.owner[rows]]), axis=1)
            np.add.at(found, (once[0], once[1]), 1)
        return found

    def alike(self) -> tuple[Mask, ...]:
        """The regions that are compared with each other: counties, countries. Masks of regions, none of them empty."""
        return tuple(mask for mask in (self.split, ~self.split) if mask.any())

    def counted(self, held: csr_array) -> npt.NDArray[np.int64]:
        """Regions x technologies, from actors x technologies."""
        rows = np.flatnonzero(self.region >= 0)
        of_region = csr_array(
            (np.ones(len(rows), dtype=np.int64), (self.region[rows], rows)), shape=(len(self.regions), len(self.region))
        )
        return np.asarray((of_region @ held.astype(np.int64)).toarray(), dtype=np.int64)


def areas(net: Collaboration) -> Areas:
    """The squares of a scope."""
    of_actor = regions_of(net)
    regions = tuple(sorted({name for name in of_actor if name is not None}))
    code = {name: number for number, name in enumerate(regions)}
    region = np.array([-1 if name is None else code[name] for name in of_actor], dtype=np.int64)
    shown = np.zeros(len(regions), dtype=bool)
    shown[np.unique(region[net.located_in(net.scope.regions) & (region >= 0)])] = True
    works = csr_array((net.stated.astype(np.int8) + (net.practised > 0).astype(np.int8)) > 0)
    strong = csr_array((net.stated.astype(np.int8) + (net.practised >= _OFTEN).astype(np.int8)) > 0)
    split = np.array([name in net.columns.node_of for name in regions], dtype=bool)
    astray = sum(name is not None for name in net.country) - int((region >= 0).sum())
    below_top = np.flatnonzero(net.techs != net.columns.node_of.get(ROOT, -1))
    columns = scope_columns(net) if net.scope.technologies else below_top
    return Areas(regions, region, shown, columns, below_top, works, strong, split, net.owner, ~net.closed, astray)


def subjects(net: Collaboration) -> pl.DataFrame:
    """node, technology (column of `net.techs`): what each thing is about, with all broader technologies."""
    column = pl.DataFrame({"tech": net.techs.astype(np.uint32), "technology": np.arange(len(net.techs))})
    return net.columns.technology.unique(["node", "tech"]).join(column, on="tech").select("node", "technology")


def astray(held: Areas) -> tuple[Note, ...]:
    """That some actors stand in no region, if any do."""
    return (Note("areas-astray", {"actors": held.astray}),) if held.astray else ()


def named(net: Collaboration) -> Mask:
    """Actors with a name, and not closed: those that somebody can call."""
    names = net.columns.nodes["name_en"].gather(net.nodes)
    return np.asarray(~names.str.contains(NAMELESS)) & ~net.closed


def shown_actors(net: Collaboration, held: Areas, *types: ActorType) -> Mask:
    """Actors of these types (of all when there is none) that work on what is looked at, in a region that is shown."""
    here = (held.region >= 0) & np.append(held.shown, False)[held.region]
    busy = np.asarray(held.works[:, held.columns].sum(axis=1)).ravel() > 0
    typed = np.isin(net.types, [TYPES.index(name) for name in types]) if types else np.ones(len(here), dtype=bool)
    return np.asarray(here & busy & typed)


def nothing_here(net: Collaboration, held: Areas, *types: ActorType) -> Note | None:
    """Why there is nothing to look at: no technology on the map, or none of these actors where the scope looks."""
    if not held.works.nnz:
        return Note("areas-no-technology")
    if not shown_actors(net, held, *types).any():
        return nobody(net, types)
    return None


def scope_columns(net: Collaboration) -> Ints:
    """Columns of `net.techs` of the technologies that the scope names, and of the narrower ones."""
    tops = net.columns.technologies(net.scope.technologies)
    nodes = {*tops, *(part for top in tops for part in inside(net.columns, top))}
    return np.flatnonzero(np.isin(net.techs, pl.Series(sorted(nodes)).to_numpy()))
