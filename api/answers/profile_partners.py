"""Partners of an organisation, participants of an effort, organisations of a technology or a place: rows of one shape."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from api.answers.gaps import net_of
from api.answers.profile_parts import Page, head, place_of
from api.answers.profile_sparql import Queries
from api.models_profile import PartnerOut, PartnersOut
from api.served import Snapshot
from graph.columns import Columns
from graph.gaps.scope import Scope
from graph.profile_partners import partners
from graph.profile_scope import organisations_of


@dataclass(frozen=True, slots=True)
class Row:
    """As `PartnerOut`, with node ids, and rows of `columns.relations` for the evidence."""

    node: int
    joint: int
    strength: float | None
    share: float | None
    first: int | None
    last: int | None
    via: tuple[int, ...] = ()
    roles: tuple[str, ...] = ()
    amount_eur: float | None = None
    part: float | None = None
    relations: tuple[int, ...] = ()


def found_partners(columns: Columns, node: int) -> list[Row]:
    """All of them, in order."""
    group = columns.nodes["group"][node]
    if group == "organisation":
        return list(_of_organisation(columns, node))
    if group == "effort":
        return list(_of_effort(columns, node))
    return [
        Row(
            row["node"],
            row["efforts"],
            None,
            None,
            row["first"],
            row["last"],
            tuple(row["via"] or ()),
            relations=tuple(row["relation"] or ()) or _said(columns, row["node"], node),
        )
        for row in organisations_of(columns, node).iter_rows(named=True)
    ]


def _said(columns: Columns, one: int, node: int) -> tuple[int, ...]:
    """The rows that say that it works on the technology, or sits in the place, where there are any."""
    rows = columns.relations.filter(
        pl.col("a") == one, pl.col("b") == node, pl.col("tie").is_in(["technology", "site"])
    )
    return tuple(rows["relation"])


def _of_organisation(columns: Columns, node: int) -> Iterable[Row]:
    held = partners(net_of(columns, Scope()), node)
    most = max((one.strength for one in held), default=0.0)
    for one in held:
        share = one.strength / most if most else None
        yield Row(one.node, one.joint, one.strength, share, one.first, one.last, one.via, relations=one.relations)


def _of_effort(columns: Columns, node: int) -> Iterable[Row]:
    rows = columns.relations.filter(pl.col("b") == node, pl.col("b_property") == "inEffort")
    rows = rows.filter(pl.col("a").is_in(columns.nodes.filter(pl.col("group") == "organisation")["node"].implode()))
    whole = rows.unique("key")["amount_eur"].sum()
    grouped = (
        rows.sort("relation")
        .group_by("a", maintain_order=True)
        .agg(
            pl.col("role").drop_nulls().unique(maintain_order=True),
            pl.col("amount_eur").filter(pl.col("key").is_first_distinct()).drop_nulls().alias("amounts"),
            pl.min("start_year"),
            pl.max("end_year"),
            pl.col("relation"),
        )
    )
    ordered = grouped.with_columns(pl.col("amounts").list.sum().alias("sum")).sort(
        ~pl.col("role").list.contains("coordinator"), -pl.col("sum"), "a", nulls_last=True
    )
    for row in ordered.iter_rows(named=True):
        euro = row["sum"] if row["amounts"] else None
        part = euro / whole if euro is not None and whole else None
        yield Row(
            row["a"],
            1,
            None,
            None,
            row["start_year"],
            row["end_year"],
            roles=tuple(row["role"]),
            amount_eur=euro,
            part=part,
            relations=tuple(row["relation"]),
        )


def partners_part(snapshot: Snapshot, node: int, page: Page, found: Sequence[Row]) -> PartnersOut:
    """A page of them."""
    rows = [partner_out(snapshot, one) for one in page.of(found)]
    used = {proof for row in rows for proof in row.evidence}
    sparql = Queries(snapshot, node).partners()
    told = head(snapshot, node, page, len(found), sparql, "partners", used)
    return PartnersOut(**told, of=snapshot.things.groups[node], rows=rows)


def partner_out(snapshot: Snapshot, one: Row) -> PartnerOut:
    """One of them."""
    place, country = place_of(snapshot, one.node)
    proofs = snapshot.columns.relations["evidence"]
    return PartnerOut(
        other=snapshot.things.ref(one.node),
        place=place,
        country=country,
        joint=one.joint,
        strength=None if one.strength is None else round(one.strength, 4),
        share=None if one.share is None else round(one.share, 4),
        first=one.first,
        last=one.last,
        via=[snapshot.things.ref(thing) for thing in one.via],
        roles=list(one.roles),
        amount_eur=one.amount_eur,
        part=None if one.part is None else round(one.part, 4),
        evidence=sorted({proof for row in one.relations for proof in proofs[row]}),
    )
