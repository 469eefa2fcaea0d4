"""What is known of two organisations: ties, bridges, or why they should meet."""

from __future__ import annotations

import pytest

from graph.columns import Columns
from graph.gaps.collaboration import Collaboration, collaboration
from graph.gaps.explain import ActorError, Explanation, explain
from graph.gaps.scope import scope_of
from graph.node import Node, Ref
from tests.gaps.maps import PAGE, Actor, Project, map_of

ACTORS = {key: Actor("Company", "SE") for key in ("a", "b", "c", "d", "e", "owner", "owned")}
PROJECTS = {
    "now": Project(("a:coordinator", "b"), "2023", "2025"),
    "late": Project(("b", "c"), "2022", "2024"),
    "early": Project(("d", "e"), "2008", "2010"),
    "crowd": Project(("a", "b", "c", "d"), "2024", "2025"),
    "bridge": Project(("d", "owner"), "2024", "2025"),
    "alone": Project(("e", "owner"), "2024", "2025"),
}


@pytest.fixture(scope="module")
def columns(tmp_path_factory: pytest.TempPathFactory) -> Columns:
    owns = Node("rel/owns", "Ownership", [PAGE]).add("owner", Ref("owner")).add("owned", Ref("owned"))
    return map_of(tmp_path_factory.mktemp("explain"), ACTORS, PROJECTS, [owns])


@pytest.fixture(scope="module")
def net(columns: Columns) -> Collaboration:
    return collaboration(columns, scope_of(columns, max_partners=3))


def told(net: Collaboration, a: str, b: str) -> Explanation:
    return explain(net, net.columns.node_of[a], net.columns.node_of[b])


def test_ties_stand_with_occasion_years_weight_and_records(net: Collaboration) -> None:
    found = told(net, "a", "b")
    key = net.columns.key_of
    assert [(tie.tie, key[tie.thing or 0], tie.start, tie.end, tie.actors) for tie in found.ties] == [
        ("project", "crowd", 2024, 2025, 4),
        ("project", "now", 2023, 2025, 2),
    ]
    assert [tie.weight for tie in found.ties] == [None, 1.0]  # the crowd is larger than the scope lets count
    assert found.strength == 1.0
    assert found.pair is None
    assert all(proof.evidence for tie in found.ties for proof in tie.proofs)


def test_who_stands_between_two(net: Collaboration) -> None:
    found = told(net, "a", "c")
    (bridge,) = found.through
    key = net.columns.key_of
    assert (key[bridge.partner], key[bridge.thing_a or 0], key[bridge.thing_b or 0]) == ("b", "now", "late")
    assert found.bridges == 1
    assert all(proof.evidence for proof in bridge.proofs)


def test_two_who_never_met_are_a_missing_pair(net: Collaboration) -> None:
    found = told(net, "a", "e")
    assert (found.ties, found.strength) == ((), 0)
    assert found.pair is not None
    assert found.pair.history == "never"
    assert {"gravity", "topic", "model", "reasons"} <= found.pair.parts.keys()


def test_two_who_parted_long_ago_have_lapsed(net: Collaboration) -> None:
    found = told(net, "d", "e")
    assert [tie.thing for tie in found.ties] == [net.columns.node_of["early"]]
    assert found.pair is not None
    assert found.pair.history == "lapsed"
    assert [net.columns.key_of[bridge.partner] for bridge in found.through] == ["owner"]


def test_a_link_that_is_no_collaboration_is_no_gap(net: Collaboration) -> None:
    found = told(net, "owner", "owned")
    assert [(tie.tie, tie.thing, tie.weight) for tie in found.ties] == [("ownership", None, None)]
    assert found.pair is None


def test_what_people_said_is_repeated(net: Collaboration) -> None:
    ends = net.columns.node_of["a"], net.columns.node_of["e"]
    found = explain(net, *ends, {ends[::-1]: "competitors"})
    assert [note.code for note in found.notes] == ["answered-competitors"]
    assert found.pair is not None
    assert found.pair.answer == "competitors"


@pytest.mark.parametrize(("a", "b", "expected"), [("a", "now", "no organisation"), ("a", "a", "with itself")])
def test_what_cannot_be_compared_is_told(net: Collaboration, a: str, b: str, expected: str) -> None:
    with pytest.raises(ActorError, match=expected):
        told(net, a, b)
    with pytest.raises(ActorError, match="no thing 999999"):
        explain(net, net.columns.node_of["a"], 999_999)
