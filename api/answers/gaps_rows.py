"""The rows of the findings as JSON, one function for each sort of row."""

from __future__ import annotations

from dataclasses import replace
from typing import cast
from urllib.parse import urlencode

from api.answers.gaps_scope import query_of
from api.answers.gaps_shown import Shown, exact, rounded
from api.models_gaps import (
    AnswerWord,
    BrokerageRow,
    CellOut,
    ChainOut,
    DependenceOut,
    DesertOut,
    GroupOut,
    IntroductionOut,
    LinkOut,
    MissingPairOut,
    OrphanOut,
    RoleOut,
    WhiteSpaceRow,
)
from graph.gaps.rows import (
    Brokerage,
    Cell,
    Chain,
    Dependence,
    Desert,
    Group,
    Introduction,
    Link,
    MissingPair,
    Orphan,
    WhiteSpace,
)
from graph.gaps.scope import ELSEWHERE, Scope

EXPLAIN = "/api/v1/gaps/explain"
PAIRS = "/api/v1/gaps/pairs"
_FIRST = 5  # organisations of a stage that are shown


def group_of(shown: Shown, group: Group) -> GroupOut:
    """Actors of one type in one region."""
    return GroupOut(
        region=None if group.region is None else shown.region(group.region),
        outside=group.outside,
        type=None if group.type is None else shown.word("type", group.type),
        actors=group.actors,
    )


def cell_of(shown: Shown, scope: Scope, cell: Cell) -> CellOut:
    """Two groups."""
    technology = None if cell.technology is None else shown.technology(cell.technology)
    return CellOut(
        technology=technology,
        a=group_of(shown, cell.a),
        b=group_of(shown, cell.b),
        observed=exact(cell.observed),
        expected=exact(cell.expected),
        gap=exact(cell.gap),
        low=rounded(cell.low),
        high=rounded(cell.high),
        status=cell.status,
        missing_pairs=cell.missing_pairs,
        pairs=f"{PAIRS}?{_across(scope, cell, technology.value if technology else None)}".rstrip("?"),
    )


def _across(scope: Scope, cell: Cell, slug: str | None) -> str:
    """The scope of the pairs of a cell: `region` and `other_region` are its two sides."""
    one, other = (cell.b, cell.a) if cell.a.outside else (cell.a, cell.b)
    narrow = replace(
        scope,
        technologies=scope.technologies if slug is None else (slug,),
        regions=scope.regions if one.region is None else (one.region,),
        other_regions=(ELSEWHERE,) if other.outside else () if other.region is None else (other.region,),
        reach="touching",
        types=(one.type, other.type) if one.type and other.type else None,
    )
    return query_of(narrow)


def pair_of(shown: Shown, scope: Scope, pair: MissingPair) -> MissingPairOut:
    """Two that never worked together, or not for long."""
    a, b = shown.actor(pair.a), shown.actor(pair.b)
    return MissingPairOut(
        a=a,
        b=b,
        history=pair.history,
        score=exact(pair.score),
        parts={name: exact(value) for name, value in pair.parts.items()},
        reasons=shown.reasons(pair.reasons),
        against=shown.reasons(pair.against),
        last_year=pair.last_year,
        last_year_a=pair.last_years[0],
        last_year_b=pair.last_years[1],
        km=rounded(pair.km, 1),
        answer=cast("AnswerWord | None", pair.answer),
        explain=explain_path(scope, a.key, b.key),
    )


def explain_path(scope: Scope, a: str, b: str) -> str:
    """The address of all that is known of two."""
    more = query_of(scope)
    return f"{EXPLAIN}?{urlencode({'a': a, 'b': b})}" + (f"&{more}" if more else "")


def dependence_of(shown: Shown, _: Scope, row: Dependence) -> DependenceOut:
    """Two groups and their broker."""
    return DependenceOut(
        a=group_of(shown, row.a),
        b=group_of(shown, row.b),
        broker=shown.actor(row.broker),
        share=exact(row.share),
        paths=row.paths,
        lost=row.lost,
        pairs=row.pairs,
        proofs=shown.proofs(row.proofs),
    )


def brokerage_of(shown: Shown, _: Scope, row: Brokerage) -> BrokerageRow:
    """One organisation between others."""
    return BrokerageRow(
        actor=shown.actor(row.actor),
        pagerank=exact(row.pagerank, 8),
        betweenness=exact(row.betweenness, 8),
        constraint=rounded(row.constraint),
        effective_size=rounded(row.effective_size),
        roles=[
            RoleOut(role=shown.word("role", name), count=count, z=rounded(row.z.get(name)))
            for name, count in row.roles.items()
        ],
    )


def orphan_of(shown: Shown, _: Scope, row: Orphan) -> OrphanOut:
    """Research without companies."""
    return OrphanOut(
        technology=shown.technology(row.technology),
        region=shown.region(row.region),
        researchers=row.researchers,
        mass=exact(row.mass),
        observed=exact(row.observed),
        expected=exact(row.expected),
        low=rounded(row.low),
        high=rounded(row.high),
        status=row.status,
        near_in_topic=shown.maybe(row.near_in_topic),
        near_on_map=shown.maybe(row.near_on_map),
        km=rounded(row.km, 1),
        proofs=shown.proofs(row.proofs),
    )


def desert_of(shown: Shown, _: Scope, row: Desert) -> DesertOut:
    """Organisations without money."""
    return DesertOut(
        technology=shown.technology(row.technology),
        region=shown.region(row.region),
        actors=row.actors,
        money=rounded(row.money, 2),
        per_actor=rounded(row.per_actor, 2),
        threshold=rounded(row.threshold, 2),
        funders=row.funders,
        coverage=exact(row.coverage),
        status=row.status,
        why=shown.sentence(row.why),
        proofs=shown.proofs(row.proofs),
    )


def chain_of(shown: Shown, _: Scope, row: Chain) -> ChainOut:
    """Research to market."""
    return ChainOut(
        technology=shown.technology(row.technology),
        region=shown.region(row.region),
        links=[_link(shown, link) for link in row.links],
        breaks=row.breaks,
        why=shown.sentence(row.why),
        proofs=shown.proofs(row.proofs),
    )


def _link(shown: Shown, link: Link) -> LinkOut:
    first = [shown.actor(node) for node in link.actors[:_FIRST]]
    return LinkOut(
        stage=shown.word("stage", link.stage), actors=len(link.actors), first=first, tied=link.tied, known=link.known
    )


def white_space_of(shown: Shown, _: Scope, row: WhiteSpace) -> WhiteSpaceRow:
    """A technology that a region could do."""
    return WhiteSpaceRow(
        technology=shown.technology(row.technology),
        region=shown.region(row.region),
        actors=row.actors,
        advantage=exact(row.advantage),
        density=exact(row.density),
        related=[shown.technology(node) for node in row.related],
        proofs=shown.proofs(row.proofs),
    )


def introduction_of(shown: Shown, scope: Scope, row: Introduction) -> IntroductionOut:
    """Two to seat together."""
    a, b = shown.actor(row.a), shown.actor(row.b)
    return IntroductionOut(
        list=row.list,
        a=a,
        b=b,
        score=exact(row.score),
        reasons=shown.reasons(row.reasons),
        against=shown.reasons(row.against),
        answer=cast("AnswerWord | None", row.answer),
        explain=explain_path(scope, a.key, b.key),
    )
