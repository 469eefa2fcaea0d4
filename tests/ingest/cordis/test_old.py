"""The layouts of until 2020: participants by name, and contact persons, of whom nothing is kept."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from tests.ingest.cordis.sample import Sample, said

PEOPLE = ("Fantasia", "Persona", "Uppfunnen", "Testsson", "+4600", "Keksitty", "Nimetonlainen", "Scientific")


def test_participants_by_name_become_organisations(sample: Sample) -> None:
    sample.ingest(sample.old / "cordis-h2020projects.csv")
    nodes = sample.nodes()
    parts = [node for node in nodes.values() if node.kind == "Participation"]
    found = sorted((said(nodes[said(part, "participant")[0]], "name")[0], *said(part, "role")) for part in parts)
    assert found == [
        ("IMAGINAIRE SARL", "coordinator"),
        ("IMAGINAIRE SARL", "participant"),
        ("INVENTED MILL OY", "participant"),
        ("PAHITTAT BRUK AB", "coordinator"),
    ]
    names = {said(node, "name")[0]: key for key, node in nodes.items() if key.startswith("cordis:org/name-")}
    assert len(names) == 3, "one organisation of one name"
    where = {said(node, "siteOf")[0]: said(node, "place") for node in nodes.values() if node.kind == "Site"}
    assert where == {names["PAHITTAT BRUK AB"]: ["place/se"], names["IMAGINAIRE SARL"]: ["place/fr"]}
    project = nodes["cordis:project/788004"]
    assert said(project, "programme") == ["cordis:programme/h2020-eu-3-3", "cordis:programme/h2020-eu-2-1-5"]
    assert said(project, "call") == ["cordis:call/lce-99-2017", "cordis:call/h2020-lce-2017"]
    assert said(project, "totalCost") == ["771225.1 EUR committed"]
    assert said(project, "homepage") == ["http://windpaper.example"]
    assert said(nodes["cordis:project/788005"], "subject") == ["ENERGY"]


def test_a_file_may_begin_with_a_mark(sample: Sample) -> None:
    file = sample.old / "cordis-h2020projects.csv"
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    assert sample.ingest(file).rejected == 0
    assert "cordis:project/788004" in sample.nodes()


@pytest.mark.parametrize("alone", [True, False])
def test_no_contact_person_reaches_the_graph(sample: Sample, *, alone: bool) -> None:
    report = sample.ingest(sample.old / "cordis-h2020organizations.csv" if alone else sample.old)
    assert "11 cells about contact persons were dropped unread" in report.warnings
    assert "cordis:org/999900055" in sample.nodes()
    for file in (sample.data.path / "nodes").rglob("*"):
        assert not file.is_file() or not [word for word in PEOPLE if word in file.read_text("utf-8")], file
    generation = sample.data.current()
    assert generation is not None
    store = ox.Store.read_only(str(Path(generation.path) / "store"))
    quads = (store.dump(format=ox.RdfFormat.N_QUADS) or b"").decode("utf-8")
    assert "PAHITTAT BRUK AB" in quads
    assert not [word for word in PEOPLE if word in quads]


def test_the_organisation_file_goes_before_the_names_in_the_project_file(sample: Sample) -> None:
    sample.ingest(sample.old)
    nodes = sample.nodes()
    members = {part.rpartition("/")[2] for part in nodes if part.startswith("cordis:participation/788004")}
    assert members == {"999900055", "999900066"}
    assert said(nodes["cordis:site/999900055"], "place") == ["place/goteborg"]
    assert said(nodes["cordis:participation/788004/999900055"], "amount") == ["400000.5 EUR committed"]
    assert said(nodes["cordis:participation/788004/999900066"], "amount") == []


def test_a_project_is_one_under_its_record_number_and_its_grant_number(sample: Sample) -> None:
    sample.change(
        sample.old / "cordis-h2020organizations.csv",
        "218004;788004;WINDPAPER;coordinator",
        "218004;;WINDPAPER;coordinator",
    )
    sample.ingest(sample.old)
    nodes = sample.nodes()
    assert {key for key in nodes if ":project/" in key} == {"cordis:project/788004", "cordis:project/788005"}
    assert "cordis:participation/788004/999900055" in nodes


def test_of_two_files_that_tell_of_a_project_the_first_counts(sample: Sample) -> None:
    first = sample.zipped("a.zip")
    sample.change(sample.current / "organization.csv", '"2000000,25"', '"7"')
    sample.change(sample.current / "project.csv", "Solar roofs", "Lunar roofs")
    report = sample.ingest(first, sample.zipped("b.zip"))
    nodes = sample.nodes()
    assert report.rejects == []
    assert said(nodes["cordis:project/101900001"], "name") == ["Solar roofs for invented barns"]
    assert said(nodes["cordis:participation/101900001/999900011"], "amount") == ["2000000.25 EUR committed"]
    assert len([key for key in nodes if ":participation/" in key]) == 8
    left = "b.zip/organization.csv were left out, for a.zip/organization.csv tells who takes part"
    assert f"8 participations of 4 projects in {left}" in report.warnings
    assert nodes["cordis:project/101900001"].evidence[0].record == "a.zip/project.csv:2"


def test_no_contact_person_of_a_record_that_cannot_be_read_is_told(sample: Sample) -> None:
    file = sample.old / "cordis-h2020organizations.csv"
    contact = (
        "200001;700001;X;partner;999900077;OPEN {};;PRC;false;;FI;T;H;1;;;f;P;Dr;Fantasia;Persona;Head;+46000000;1"
    )
    broken = [contact.format('"OPEN'), contact.format("A") + ";;", '"A\nDr;Fantasia;Persona";"x', "Fantasia Persona;Dr"]
    file.write_text(file.read_text("utf-8") + "\n".join(broken) + "\n", "utf-8")
    report = sample.ingest(file, max_invalid=1)
    assert report.rejected >= 3
    assert all(problem.value is None for problem in report.rejects)
    for path in sample.data.path.rglob("*.jsonl"):
        assert not [word for word in PEOPLE if word in path.read_text("utf-8")], path
