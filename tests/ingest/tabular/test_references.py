"""References between tables go by key, name or identifier; what leads nowhere is told with what comes near."""

from __future__ import annotations

from tests.ingest.tabular.tables import Own

LINKS = """
[[table]]
file = "links.csv"
rows = "partnership"
document = "https://example.org/links"
[table.columns]
"A" = "party"
"B" = "party"
"""


def _own(own: Own, *links: str) -> None:
    own.map(columns='"Nr" = "key"\n"Org.nr" = "orgNumber"\n"Även" = "altName"\n"Del av" = "unitOf"', more=LINKS)
    own.write(
        "Nr;Namn;Org.nr;Även;Del av",
        "M1;Vindbolaget AB;556016-0680;Vinden;",
        "M2;Solbolaget AB;;Solen;",
        "M3;Solbolaget AB;;Vinden;M1",
    )
    own.write("A;B", *links, file="links.csv")


def test_by_key_name_identifier_and_other_name(own: Own) -> None:
    _own(own, "M1;M2", "Vindbolaget AB;M3", "556016-0680;M2", "Solen;M3")
    assert not own.check().problems
    assert sum(node.kind == "Partnership" for node in own.nodes().values()) == 3  # the third repeats the first


def test_a_word_that_may_mean_two_names_both(own: Own) -> None:
    _own(own, "Vinden;M2")
    assert (own.one().message, own.one().column) == ("'Vinden' may be members.csv:2 and members.csv:4", "A")


def test_a_name_that_comes_near_is_offered_and_never_taken(own: Own) -> None:
    _own(own, "M1;Solbolagett AB")
    problem = own.one()
    assert problem.message == "no organisation of these tables is called 'Solbolagett AB'"
    assert problem.advice.startswith("did you mean 'Solbolaget AB'")


def test_a_key_that_comes_twice_names_both_lines(own: Own) -> None:
    own.map()
    own.write("Namn", "Vindbolaget AB", "Solbolaget AB", "Vindbolaget ab")
    problem = own.one()
    assert (problem.line, problem.message) == (4, "'Vindbolaget ab' stands at members.csv:2 already")


def test_a_row_that_refers_to_a_rejected_one_is_rejected_with_its_place(own: Own) -> None:
    own.map(columns='"Org.nr" = "orgNumber"\n"Del av" = "unitOf"', more=LINKS)
    own.write("Namn;Org.nr;Del av", "Fel AB;1;", "Del AB;;Fel AB", "Rätt AB;;")
    own.write("A;B", "Rätt AB;Del AB", file="links.csv")
    assert [(p.file, p.line, p.message.split(" (")[-1]) for p in own.check().problems[1:]] == [
        ("members.csv", 3, "members.csv:2)"),
        ("links.csv", 2, "members.csv:3)"),
    ]
    assert set(own.nodes()) == {"prov:org/ratt-ab"}


def test_nothing_is_part_of_itself_but_a_cluster_may_be_among_its_members(own: Own) -> None:
    own.map(columns='"Del av" = "unitOf"\n"Med i" = "memberOf"')
    own.write("Namn;Del av;Med i", "Klustret;;Klustret", "Ett AB;Ett AB;Klustret", "Två AB;;Klustret")
    problem = own.one()
    assert (problem.line, problem.message) == (3, "it refers to itself")
    assert sum(node.kind == "Membership" for node in own.nodes().values()) == 1


def test_a_chain_of_units_that_goes_round_is_taken_out_with_its_line(own: Own) -> None:
    own.map(columns='"Del av" = "unitOf"')
    own.write("Namn;Del av", "Ett AB;Två AB", "Två AB;Ett AB", "Tre AB;")
    assert set(own.nodes()) == {"prov:org/tre-ab"}
