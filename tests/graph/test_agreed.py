"""Several records of one thing: one name a language, one date, and nothing that a source said is lost."""

from __future__ import annotations

from graph.merge import merge
from graph.node import Evidence, Node, PartialDate, Text
from tests.graph.sample import source

ONE, TWO = Evidence("https://example.org/1", record="1"), Evidence("https://example.org/2", record="2")


def test_the_record_that_is_believed_first_has_the_name_and_the_date() -> None:
    first = Node("kth", "HigherEducationInstitution", [ONE]).add("name", Text("KTH", "sv"))
    first.add("founded", PartialDate.parse("1827"))
    second = Node("kth", "Organization", [TWO]).add("name", Text("Kungl. skolan", "sv")).add("name", Text("KTH", "en"))
    second.add("founded", PartialDate.parse("1826")).add("ror", "026vcq606")
    entry = merge([source("a", [first]), source("b", [second])])["kth"]
    assert entry.kind == "HigherEducationInstitution"
    assert entry.values["name"] == [Text("KTH", "sv"), Text("KTH", "en")]
    assert entry.values["altName"] == [Text("Kungl. skolan", "sv")]
    assert entry.values["founded"] == [PartialDate("1827")]
    assert entry.proofs["ror", "026vcq606"] == [("b", TWO)]
    assert entry.proofs["founded", PartialDate("1827")] == [("a", ONE)]
    assert entry.proofs["altName", Text("Kungl. skolan", "sv")] == [("b", TWO)]
