"""Research that no company takes part in: projects of any size, also of one organisation alone."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import polars as pl
from scipy.sparse import csr_array

from graph.gaps.actors import TYPES
from graph.gaps.areas import Areas, subjects
from graph.gaps.collaboration import Collaboration, Mask
from graph.gaps.occasions import occasions

__all__ = ["alone", "projects", "unused"]


def projects(net: Collaboration) -> pl.DataFrame:
    """row (of a participant), thing, relation of the projects in the years of the scope, whatever their size"""
    held = occasions(net.columns)
    table = held.table.filter(pl.col("tie") == "project", net.scope.in_years)
    parts = held.parts.join(table.select("occasion", "thing"), on="occasion")
    rows = pl.Series("row", net.rows_of(parts["actor"]))
    return parts.select(rows, "thing", "relation").filter(pl.col("row") >= 0)


@lru_cache(maxsize=2)
def alone(net: Collaboration) -> pl.DataFrame:
    """The rows of `projects` of research organisations, of projects in which no company takes part, nor in the centre of which
    they are a stage."""
    parts = projects(net)
    types = pl.Series(net.types[parts["row"].to_numpy()])
    with_company = _with_company(net, parts, types)
    return parts.filter(types == TYPES.index("research"), ~pl.col("thing").is_in(with_company.implode()))


def unused(net: Collaboration, held: Areas) -> csr_array:
    """Actors x technologies, bool: research organisations that work on it, alone or among themselves, and nobody of whose
    group ever met a company on it, in a project or in any other occasion of the scope, nor has one as a party: a centre that
    is an organisation itself has met who takes part in it."""
    parts = projects(net)
    types = pl.Series(net.types[parts["row"].to_numpy()])
    with_company = _with_company(net, parts, types)
    about = parts.filter(types == TYPES.index("research")).join(subjects(net), left_on="thing", right_on="node")
    met = about.filter(pl.col("thing").is_in(with_company.implode()))
    research = np.flatnonzero(net.of_type("research"))
    stated = csr_array((np.ones(len(research), dtype=np.int32), (research, research)), shape=(len(net.nodes),) * 2)
    working = stated @ held.works.astype(np.int32) + _matrix(about, net)
    shared = _matrix(met, net) + _together(net) + _inside(net, held)
    shared = net.group @ (net.group.T @ shared)
    return csr_array((working > 0).astype(np.int8) - ((working > 0).multiply(shared > 0)).astype(np.int8) > 0)


def _with_company(net: Collaboration, parts: pl.DataFrame, types: pl.Series) -> pl.Series:
    """Projects in which a company takes part, and stages of a centre in which one does."""
    found = parts.filter(types == TYPES.index("company"))["thing"]
    centres = {net.columns.key_of[int(node)] for node in net.nodes[np.flatnonzero(_open_to_companies(net))]}
    stages = net.columns.facts.filter(pl.col("property") == "partOf", pl.col("value").is_in(list(centres)))["node"]
    return pl.concat([found.cast(pl.Int64), stages.cast(pl.Int64)]).unique().cast(pl.UInt32)


def _open_to_companies(net: Collaboration) -> Mask:
    """Organisations in which a company takes part or is a member, such as a centre."""
    rows = net.columns.relations.filter(
        pl.col("b_property") == "inEffort", pl.col("scheme") == "role", pl.col("role") != "attendee"
    )
    parties, centres = (net.row_of[rows[name].to_numpy().astype(np.int64)] for name in ("a", "b"))
    company = (parties >= 0) & (centres >= 0)
    company[company] = net.types[parties[company]] == TYPES.index("company")
    found = np.zeros(len(net.nodes), dtype=bool)
    found[centres[company]] = True
    return found


def _inside(net: Collaboration, held: Areas) -> csr_array:
    """Actors x technologies: all that a centre works on in which a company takes part."""
    mask = _open_to_companies(net)
    if net.scope.rollup:
        mask[net.owner[mask]] = True
    return csr_array(held.works.multiply(mask[:, np.newaxis]).astype(np.int32))


def _matrix(about: pl.DataFrame, net: Collaboration) -> csr_array:
    rows, columns = about["row"].to_numpy().astype(np.int64), about["technology"].to_numpy().astype(np.int64)
    ones = np.ones(len(rows), dtype=np.int32)
    return csr_array((ones, (rows, columns)), shape=(len(net.nodes), len(net.techs)))


def _together(net: Collaboration) -> csr_array:
    """Actors x technologies: in how many occasions of the scope on it a company took part as well."""
    with_one = np.asarray(net.incidence[np.flatnonzero(net.of_type("company"))].sum(axis=0)).ravel() > 0
    picked = np.flatnonzero(with_one)
    return csr_array(net.incidence[:, picked].astype(np.int32) @ net.covers[picked].astype(np.int32))
