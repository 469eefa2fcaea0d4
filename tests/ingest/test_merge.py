"""Rows that say the same become one; rows that exclude each other stay two; what cannot stand is taken out."""

from __future__ import annotations

from decimal import Decimal

from graph.node import Evidence, Money, Node, PartialDate, Ref, Text
from ingest.merge import merged
from ingest.standing import standing


def part(row: str, start: str = "", amount: str = "") -> Node:
    node = Node("rel/1", "Participation", [Evidence("https://example.org/", f"rows.csv:{row}")])
    node.add("start", PartialDate.parse(start) if start else None)
    return node.add("amount", Money(Decimal(amount), "SEK") if amount else None)


def test_the_more_precise_date_wins_and_the_evidence_adds_up() -> None:
    (one,) = merged([part("1", "2008"), part("2", "2008-11"), part("3")])
    assert one.values["start"] == [PartialDate("2008-11")]
    assert {proof.record for proof in one.evidence} == {"rows.csv:1", "rows.csv:2", "rows.csv:3"}


def test_years_and_sums_that_exclude_each_other_are_two() -> None:
    assert [len(node.evidence) for node in merged([part("1", "2008"), part("2", "2010"), part("3", "2008-05")])] in (
        [1, 2],
        [2, 1],
    )
    two = merged([part("1", amount="5"), part("2", amount="6")])
    assert len({node.key for node in two}) == 2
    assert merged(reversed(two)) == two


def test_a_thing_keeps_one_name_a_language_and_the_narrower_kind() -> None:
    (one,) = merged(
        [
            Node("a", "Organization").add("name", Text("A", "sv")),
            Node("a", "Company").add("name", Text("B", "sv")).add("founded", PartialDate("2001")),
            Node("a", "Organization").add("founded", PartialDate("2001-05")),
        ]
    )
    assert one.kind == "Company"
    assert one.values["name"] == [Text("A", "sv")]
    assert one.values["altName"] == [Text("B", "sv")]
    assert one.values["founded"] == [PartialDate("2001-05")]


def test_a_reference_to_nothing_is_rejected_with_the_place_of_the_row() -> None:
    bad = part("17").add("participant", Ref("nobody"))
    kept, problems = standing([bad, Node("a", "Company")], {})
    assert [node.key for node in kept] == ["a"]
    assert (problems[0].file, problems[0].line, problems[0].column) == ("rows.csv", 17, "participant")
    assert not standing([bad], {"nobody": "Company"})[1]


def test_units_that_go_round_and_kinds_that_exclude_each_other() -> None:
    circle = [Node("a", "Company").add("unitOf", Ref("b")), Node("b", "Company").add("unitOf", Ref("a"))]
    assert "a -> b -> a goes round" in standing(circle, {})[1][0].message
    assert "is a Cluster here and a ClusterOrganization in another source" in str(
        standing([Node("kista", "Cluster")], {"kista": "ClusterOrganization"})[1][0]
    )


def test_a_node_that_is_alone_stays_itself_unless_it_says_something_twice() -> None:
    plain = (
        Node("a", "Company", [Evidence("https://example.org/")])
        .add("name", Text("A", "sv"))
        .add("name", Text("B", "en"))
    )
    assert merged([plain])[0] is plain
    names = Node("b", "Company").add("name", Text("A", "sv")).add("name", Text("B", "sv"))
    dates = Node("c", "Company").add("founded", PartialDate("2001")).add("founded", PartialDate("2001-05"))
    sums = part("1", amount="5").add("amount", Money(Decimal(6), "SEK"))
    found = {node.key: node for node in merged([names, dates, sums])}
    assert (found["b"].values["name"], found["b"].values["altName"]) == ([Text("A", "sv")], [Text("B", "sv")])
    assert found["c"].values["founded"] == [PartialDate("2001-05")]
    assert len(found["rel/1"].values["amount"]) == 1
