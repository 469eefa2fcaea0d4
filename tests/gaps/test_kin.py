"""Two whose groups, labs or doubles know each other are no strangers; two who share an arena are told so."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pytest

from graph.columns import Columns
from graph.gaps.answer import Reason
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.kin import MOST_PARTIES, kin
from graph.gaps.pairs import NEVER, pairs
from graph.gaps.reasons import Told, reasons
from graph.gaps.scope import scope_of
from graph.gaps.words import say
from graph.node import Concept, Iri, Node, Ref
from tests.gaps.maps import PAGE, Actor, Project, map_of

BATTERIES = ("batteries",)
ACTORS: Mapping[str, Actor] = {
    "maker": Actor("Company", "place/se-ab", BATTERIES, "Maker"),
    "cars": Actor("Company", "place/se-ab", BATTERIES, "Cars"),
    "cars-fund": Actor("InvestmentOrganization", "place/se-ab", (), "Tech fund"),
    "bed": Actor("TestBed", "place/se-ab", BATTERIES, "Test bed"),
    "dev": Actor("Company", "place/se-ab", (), "Development"),
    "steel": Actor("Company", "place/se-ab", BATTERIES, "Steel"),
    "buyer": Actor("Company", "place/se-m", BATTERIES, "Buyer"),
    "uni": Actor("HigherEducationInstitution", "place/se-ab", BATTERIES, "Uni"),
    "zyxland": Actor("HigherEducationInstitution", "place/se-m", BATTERIES, "Zyxland University"),
    "zyxland-two": Actor("HigherEducationInstitution", "place/se-m", (), "Zyxland Hogskola och College"),
    "stift": Actor("ResearchInstitute", "NO", BATTERIES, "Stift"),
    "institute": Actor("ResearchInstitute", "NO", (), "Institute"),
    "net": Actor("Network", "SE", (), "Net"),
    "wide": Actor("TestBed", "SE", BATTERIES, "Wide"),
    "firm": Actor("Company", "DE", (), "Firm"),
    **{f"w{n}": Actor("Company", "DE", (), f"Number {n}") for n in range(MOST_PARTIES)},
}
PROJECTS: Mapping[str, Project] = {
    "p1": Project(("uni", "zyxland-two"), "2022", "2025", BATTERIES, "Lithium"),
    "p2": Project(("uni", "institute"), "2022", "2025", BATTERIES, "Sodium"),
    "p3": Project(("w0", "firm"), "2022", "2025", BATTERIES, "Zinc"),
}


def relation(key: str, kind: str, **ends: object) -> Node:
    node = Node(f"rel/{key}", kind, [PAGE])
    for name, value in ends.items():
        node.add(name, value)  # type: ignore[arg-type]
    return node


def part(who: str, effort: str, role: str = "participant") -> Node:
    kind = "Membership" if role == "member" else "Participation"
    ends = {"participant": Ref(who), "inEffort": Ref(effort), "role": Concept("role", role)}
    return relation(f"in-{effort}-{who}", kind, **ends)


def world(folder: Path) -> Columns:
    joint = {"role": Concept("role", "joint-owner")}
    more = [
        Node("cars-fund", "InvestmentOrganization", [PAGE]).add("unitOf", Ref("cars")),
        relation("deal", "Investment", investor=Ref("cars-fund"), recipient=Ref("maker")),
        relation("own", "Ownership", owner=Ref("steel"), owned=Ref("dev"), **joint),
        relation("sale", "Partnership", customer=Ref("buyer"), supplier=Ref("dev")),
        part("dev", "bed"),
        *(part(f"w{n}", "wide") for n in range(MOST_PARTIES)),
        part("uni", "wide"),
        *(part(who, "net", "member") for who in ("uni", "maker")),
        *(Node(key, "ResearchInstitute", [PAGE]).add("homepage", Iri(f"https://{www}inst.no/{key}"))
          for key, www in (("stift", "www."), ("institute", ""))),
    ]  # fmt: skip
    return map_of(folder, ACTORS, PROJECTS, more)


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    return world(tmp_path_factory.mktemp("kin"))


def row(net: Collaboration, key: str) -> int:
    return int(net.row_of[net.columns.node_of[key]])


def told(columns: Columns, a: str, b: str) -> Told:
    net = collaboration(columns, scope_of(columns, technology=["batteries"]))
    assert not net.ever[row(net, a), row(net, b)], "they themselves were never linked"
    return reasons(net, [(row(net, a), row(net, b))])[0]


def only(found: tuple[Reason, ...], code: str) -> Reason:
    (reason,) = [reason for reason in found if reason.note.code == code]
    return reason


@pytest.mark.parametrize(
    ("a", "b", "code", "sentence", "proofs"),
    [
        ("maker", "cars", "group-linked", "Their groups have a tie already: Maker and Tech fund (", {"cars-fund"}),
        ("bed", "steel", "run-by-linked", "Development, which takes part in Test bed, has a tie to Steel already.", {"dev"}),
        ("buyer", "bed", "run-by-linked", "Development, which takes part in Test bed, has a tie to Buyer already.", {"dev"}),
        ("uni", "zyxland", "kin-linked", "Uni has a tie to Zyxland Hogskola och College already", {"p1", "zyxland"}),
        ("stift", "uni", "kin-linked", "Uni has a tie to Institute already", {"p2", "stift"}),
        ("stift", "institute", "same-home-page", "Stift and Institute have one home page (inst.no)", {"stift"}),
    ],
)  # fmt: skip
def test_who_is_known_through_others(
    columns: Columns, a: str, b: str, code: str, sentence: str, proofs: set[str]
) -> None:
    names = columns.nodes["name_en"]
    reason = only(told(columns, a, b).against, code)
    assert say(reason.note, "en", lambda node: str(names[node])).startswith(sentence)
    assert {columns.key_of[proof.thing] for proof in reason.proofs} >= proofs
    assert all(proof.evidence for proof in reason.proofs)
    turned = only(told(columns, b, a).against, code)
    assert set(turned.proofs) == set(reason.proofs)


def test_an_arena_of_many_speaks_for_nobody_in_it(columns: Columns) -> None:
    assert not told(columns, "wide", "firm").against


def test_members_of_a_network_can_meet_there_and_are_no_kin(columns: Columns) -> None:
    found = told(columns, "uni", "maker")
    assert not found.against
    reason = only(found.reasons, "both-take-part")
    assert [columns.key_of[node] for node in reason.note.things["effort"]] == ["net"]
    (proof,) = reason.proofs
    assert columns.key_of[proof.thing] == "net"
    assert not [one for one in told(columns, "uni", "cars").reasons if one.note.code == "both-take-part"]


def test_strangers_come_before_those_who_know_each_other_through_others(columns: Columns) -> None:
    net = collaboration(columns, scope_of(columns, technology=["batteries"]))
    rows = pairs(net, limit=100, most_each=50).rows
    barred = [bool({reason.note.code for reason in one.against} & set(NEVER)) for one in rows]
    assert barred == sorted(barred)
    assert set(barred) == {True, False}
    ends = {frozenset((columns.key_of[one.a], columns.key_of[one.b])) for one in rows}
    assert {frozenset(("maker", "cars")), frozenset(("bed", "steel"))} <= ends, "nothing is hidden"
    few = pairs(net, limit=10, most_each=50).rows
    assert all(not one.against for one in few)


def test_a_back_test_knows_nothing_through_links_that_have_no_date(columns: Columns) -> None:
    then = collaboration(columns, until=2020)
    assert not kin(then).are_known(np.array([row(then, "maker")]), np.array([row(then, "cars")]))[0]


def test_rolled_up_a_group_is_linked_itself(columns: Columns) -> None:
    up = collaboration(columns, scope_of(columns, rollup=True))
    assert up.ever[row(up, "cars"), row(up, "maker")]


def test_whoever_is_known_through_others_is_told_why(demo_columns: Columns) -> None:
    net = collaboration(demo_columns, scope_of(demo_columns))
    through = kin(net).known.astype(np.int8) - net.ever.astype(np.int8)
    ends = np.argwhere(np.triu(through.toarray() > 0, 1))
    some = [(int(a), int(b)) for a, b in ends[:: max(len(ends) // 300, 1)]]
    for found in reasons(net, some):
        assert {reason.note.code for reason in found.against} & set(NEVER)
    assert len(some) >= 300
