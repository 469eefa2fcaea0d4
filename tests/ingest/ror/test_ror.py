"""What records of ROR become, in both schemas and in every form of file."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from graph.generation import DataFolder
from graph.node import Concept, Evidence, Iri, Node, PartialDate, Ref, Text
from ingest.card import read_card
from ingest.problem import BoundsError, IngestError, InputError
from ingest.registry import FOLDER
from ingest.run import ingest
from ingest.sources.ror.things import kind_of
from tests.ingest.ror.samples import (
    HAMLET,
    OLD,
    SEA,
    SUN,
    UPPSALA,
    WIND,
    Json,
    address,
    lines,
    nodes_of,
    one,
    packed,
    relation,
    release,
    ror,
    two,
)
from tests.ingest.shapes import violations


def write(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def key(number: str) -> str:
    return f"ror:{number}"


def of_kind(nodes: dict[str, Node], kind: str) -> list[Node]:
    return [node for node in nodes.values() if node.kind == kind]


def test_a_record_becomes_an_organisation_with_its_names_ids_and_town(tmp_path: Path) -> None:
    nodes = nodes_of(tmp_path, write(tmp_path / "two.ndjson", lines(two(), two(SUN))))
    node = nodes[key(WIND)]
    assert node.kind == "ResearchPerformer"
    assert node.evidence == [Evidence(address(WIND), "two.ndjson:1")]
    assert node.values == {
        "name": [Text("Vindinstitutet", "und"), Text("Institute of Wind", "en")],
        "altName": ["Wind Institute", "Vind, Is och Allt Annat"],
        "acronym": ["VI"],
        "ror": [WIND],
        "crossrefFunder": ["501100099999", "501100088888"],
        "grid": ["grid.99999.a"],
        "isni": ["000000012345678X"],
        "sameRecord": [
            Iri("https://www.wikidata.org/entity/Q999999991"),
            Iri("https://sv.wikipedia.example/wiki/Vind"),
        ],
        "wikidata": ["Q999999992"],
        "homepage": [Iri("https://vind.example/")],
        "founded": [PartialDate("1987")],
    }
    (site,) = [node for node in of_kind(nodes, "Site") if node.values["siteOf"] == [Ref(key(WIND))]]
    assert site.values["place"] == [Ref("place/uppsala")]
    assert nodes["place/uppsala"].values["within"] == [Ref("place/se-c")]


def test_both_schemas_of_one_record_give_the_same_nodes(tmp_path: Path) -> None:
    """But for the language of the name that is shown, which schema 1 does not tell."""
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    new = nodes_of(tmp_path / "a", write(tmp_path / "a" / "ror.ndjson", lines(two(), two(SUN))))
    old = nodes_of(tmp_path / "b", write(tmp_path / "b" / "ror.ndjson", lines(one(), one(SUN))))
    assert new == old


def test_schema_1_does_not_tell_the_language_of_the_name(tmp_path: Path) -> None:
    named: Json = {"names": [{"lang": "sv", "types": ["label", "ror_display"], "value": "Vindinstitutet"}]}
    nodes = nodes_of(tmp_path, write(tmp_path / "a.ndjson", lines(two(WIND, **named), one(SUN, labels=[]))))
    assert nodes[key(WIND)].values["name"] == [Text("Vindinstitutet", "sv")]
    assert nodes[key(SUN)].values["name"] == [Text("Vindinstitutet", "und")]


def test_the_shapes_accept_it_all(tmp_path: Path) -> None:
    records = [
        two(WIND, relationships=[relation("parent", SUN)], locations=[UPPSALA, HAMLET]),
        one(SUN, relationships=[relation("Child", WIND)], types=["Education"]),
        two(SEA, status="inactive", types=["company", "funder"], relationships=[relation("successor", WIND)]),
        two(OLD, status="inactive"),
    ]
    nodes = nodes_of(tmp_path, write(tmp_path / "ror.ndjson", lines(*records)))
    assert violations(read_card(FOLDER / "ror" / "source.toml"), list(nodes.values())) == set()


@pytest.mark.parametrize(
    "form", ["ndjson", "ndjson.gz", "json", "json.gz", "zip", "bom.ndjson", "bom.json", "crlf.ndjson"]
)
def test_every_form_of_file_gives_the_same(tmp_path: Path, form: str) -> None:
    records = [two(), one(SUN)]
    listed = b"\n[\n  " + b",\n  ".join(lines(record).strip() for record in records) + b"\n]\n"
    raw = {
        "ndjson": lines(*records),
        "ndjson.gz": gzip.compress(lines(*records)),
        "json": listed,
        "json.gz": gzip.compress(listed),
        "zip": release(**{"ror-data": records}),
        "bom.ndjson": b"\xef\xbb\xbf" + lines(*records),
        "bom.json": b"\xef\xbb\xbf" + listed,
        "crlf.ndjson": lines(*records).replace(b"\n", b"\r\n\r\n"),
    }[form]
    path = write(tmp_path / "file-without-ending", raw)
    nodes = nodes_of(tmp_path, path)
    assert {node.kind for node in nodes.values()} == {"AdministrativeArea", "Place", "ResearchPerformer", "Site"}
    assert {key(WIND), key(SUN)} <= nodes.keys()


def test_evidence_names_the_line_also_within_a_list(tmp_path: Path) -> None:
    nodes = nodes_of(tmp_path, write(tmp_path / "a.zip", release(**{"ror-data": [two(), two(SUN)]})))
    (first,), (second,) = nodes[key(WIND)].evidence, nodes[key(SUN)].evidence
    assert first.record == "a.zip/v9.9-2026-11-20-ror-data.json:2"
    assert second.record is not None
    assert int(second.record.rpartition(":")[2]) > 50


def test_a_release_with_both_schemas_counts_each_record_once(tmp_path: Path) -> None:
    old = [one(WIND, name="Förr"), one(SUN)]
    raw = release(**{"ror-data": old, "ror-data_schema_v2": [two(), two(SUN)]})
    data = DataFolder(tmp_path / "var")
    report = ingest(data, "ror", write(tmp_path / "a.zip", raw), dry_run=True)
    assert report.kinds["ResearchPerformer"] == 2
    assert "left out: 2 said again by another record of the same id" in report.warnings


def test_a_parent_is_told_once_whichever_side_says_it(tmp_path: Path) -> None:
    records = [
        two(WIND, relationships=[relation("parent", SUN)]),
        two(SUN, relationships=[relation("child", WIND), relation("child", SEA)]),
        one(SEA),
    ]
    nodes = nodes_of(tmp_path, write(tmp_path / "a.ndjson", lines(*records)))
    assert nodes[key(WIND)].values["unitOf"] == [Ref(key(SUN))]
    assert nodes[key(WIND)].proofs == {}
    assert nodes[key(SEA)].values["unitOf"] == [Ref(key(SUN))]
    assert nodes[key(SEA)].proofs == {("unitOf", Ref(key(SUN))): [Evidence(address(SUN), "a.ndjson:2")]}
    assert "unitOf" not in nodes[key(SUN)].values


def test_a_parent_that_is_not_in_the_files_is_left_out_and_counted(tmp_path: Path) -> None:
    records = [two(WIND, relationships=[relation("parent", ror("zzzzzz")), relation("related", SUN)]), two(SUN)]
    data = DataFolder(tmp_path / "var")
    report = ingest(data, "ror", write(tmp_path / "a.ndjson", lines(*records)))
    assert report.rejected == 0
    assert "left out: 1 relations `parent` to a record that is not in the files" in report.warnings
    assert any(warning.startswith("left out: 1 relations `related`") for warning in report.warnings)


def test_parents_that_go_round_are_left_out_and_counted(tmp_path: Path) -> None:
    records = [
        two(WIND, relationships=[relation("parent", SUN), relation("parent", SEA)]),
        two(SUN, relationships=[relation("parent", WIND), relation("child", SUN)]),
        two(SEA),
    ]
    data = DataFolder(tmp_path / "var")
    report = ingest(data, "ror", write(tmp_path / "a.ndjson", lines(*records)), dry_run=True)
    assert report.rejected == 0
    assert "left out: 2 relations `parent` that go round" in report.warnings
    assert "left out: 1 relations `child` of a record to itself" in report.warnings


def test_who_goes_on_with_the_work_of_another_is_told_once_with_both_records(tmp_path: Path) -> None:
    records = [
        two(OLD, status="inactive", relationships=[relation("successor", SUN)]),
        one(SUN, relationships=[relation("Predecessor", OLD)]),
        two(SEA, status="inactive"),
    ]
    nodes = nodes_of(tmp_path, write(tmp_path / "a.ndjson", lines(*records)))
    changes = {node.values["before"][0]: node for node in of_kind(nodes, "ChangeEvent")}
    went_on = changes[Ref(key(OLD))]
    assert went_on.values["after"] == [Ref(key(SUN))]
    assert went_on.values["changeKind"] == [Concept("change", "succession")]
    assert sorted(proof.record or "" for proof in went_on.evidence) == ["a.ndjson:1", "a.ndjson:2"]
    assert changes[Ref(key(SEA))].values["changeKind"] == [Concept("change", "closing")]


def test_a_withdrawn_record_leads_to_the_one_that_took_its_place(tmp_path: Path) -> None:
    records = [
        two(OLD, status="withdrawn", relationships=[relation("successor", SEA)]),
        two(SEA, status="withdrawn", relationships=[relation("successor", SUN)]),
        two(SUN),
        two(WIND, relationships=[relation("parent", OLD)]),
        two(ror("wwwwww"), status="withdrawn"),
    ]
    path = write(tmp_path / "a.ndjson", lines(*records))
    nodes = nodes_of(tmp_path, path)
    assert {node for node in nodes if node.startswith("ror:")} == {key(SUN), key(WIND)}
    assert nodes[key(SUN)].values["formerKey"] == sorted([key(OLD), key(SEA)])
    assert nodes[key(WIND)].values["unitOf"] == [Ref(key(SUN))]
    report = ingest(DataFolder(tmp_path / "var"), "ror", path, dry_run=True)
    assert "left out: 1 withdrawn without a successor in the files" in report.warnings


def test_a_town_too_small_for_the_gazetteer_is_made_of_what_ror_says(tmp_path: Path) -> None:
    nodes = nodes_of(tmp_path, write(tmp_path / "a.ndjson", lines(two(WIND, locations=[HAMLET]), two(SUN))))
    assert nodes["place/vindby-99999999"].values["within"] == [Ref("place/se-ab")]


def test_only_some_countries(tmp_path: Path) -> None:
    abroad = {**UPPSALA, "geonames_details": {**UPPSALA["geonames_details"], "country_code": "NO"}}  # type: ignore[dict-item]
    records = [two(WIND, relationships=[relation("parent", SEA)]), two(SUN), two(SEA, locations=[abroad])]
    nodes = nodes_of(tmp_path, write(tmp_path / "a.ndjson", lines(*records)), countries="se, dk")
    assert {node for node in nodes if node.startswith("ror:")} == {key(WIND), key(SUN)}
    with pytest.raises(IngestError, match="'XX' is no country; write codes of ISO 3166-1 such as countries=SE,NO"):
        ingest(DataFolder(tmp_path / "var"), "ror", tmp_path / "a.ndjson", options={"countries": "XX"})


@pytest.mark.parametrize(
    ("types", "kind"),
    [
        (("funder",), "FundingAgency"),
        (("funder", "government"), "PublicBody"),
        (("facility", "government"), "ResearchPerformer"),
        (("company", "facility", "funder"), "Company"),
        (("education", "healthcare"), "HigherEducationInstitution"),
        (("archive",), "Organization"),
        (("nonprofit", "funder"), "Organization"),
    ],
)
def test_one_kind_of_several_types(types: tuple[str, ...], kind: str) -> None:
    assert kind_of(types) == kind


def test_bad_records_are_rejected_with_their_lines(tmp_path: Path) -> None:
    good = [two(ror(f"ggggg{n}")) for n in range(9)]
    bad: list[tuple[Json | str, str]] = [
        ("<<<<<<< HEAD", "is a mark of a merge that was not finished"),
        ('{"id": ', "is no JSON"),
        (lines(two()).decode().strip() + "\\n" + lines(two()).decode().strip(), "write one whole record on each line"),
        ({"id": address(WIND), "title": "?"}, "is no record of ROR schema 1 or 2"),
        (two("0vvvvv199"), "the check digits of '0vvvvv199' are wrong"),
        (two(WIND, types=["castle"]), "unknown 'castle'; known are archive, company"),
        (two(WIND, status="asleep"), "unknown 'asleep'"),
        (two(WIND, names=[]), "there is no name"),
        (two(WIND, locations=[{"geonames_id": 1}]), "is not as schema 2 says (KeyError"),
        (one(WIND, labels="none"), "is not as schema 1 says"),
        (two(WIND, links=[{"type": "website", "value": "vind"}]), "'vind' is not a web address"),
    ]
    path = write(tmp_path / "a.ndjson", lines(*good, *(record for record, _ in bad)) + b"\xff\xfe{}\n")
    with pytest.raises(BoundsError) as caught:
        ingest(DataFolder(tmp_path / "var"), "ror", path)
    said = {problem.line: str(problem) for problem in caught.value.problems}
    for line, (_, message) in enumerate(bad, 10):
        assert message in said[line]
    assert "is not UTF-8" in said[10 + len(bad)]
    assert len(said) == len(bad) + 1


def test_files_that_cannot_be_used(tmp_path: Path) -> None:
    data = DataFolder(tmp_path / "var")
    whole = release(**{"ror-data": [two(), two(SUN)]})
    for raw, message in (
        (b"", "the file is empty"),
        (whole[:-40], "is damaged or cut off"),
        (gzip.compress(lines(two(), two(SUN)))[:-10], "is damaged or cut off"),
        (b"[" + lines(two())[:-40], "the list is cut off or no JSON"),
        (release()[:0] + b"PK\x05\x06" + bytes(18), "holds no JSON but nothing"),
    ):
        with pytest.raises(InputError, match=message):
            ingest(data, "ror", write(tmp_path / "a", raw))


def test_a_folder_gives_all_its_files(tmp_path: Path) -> None:
    folder = tmp_path / "dumps"
    folder.mkdir()
    packed(folder / "one.ndjson.gz", one(SUN))
    write(folder / "two.json", lines([two()]))
    write(folder / "notes.txt", b"nothing of ours")
    nodes = nodes_of(tmp_path, folder)
    assert {key(WIND), key(SUN)} <= nodes.keys()
    with pytest.raises(InputError, match="there is no such file"):
        ingest(DataFolder(tmp_path / "var"), "ror", tmp_path / "nowhere")


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    path = packed(tmp_path / "a.ndjson.gz", two(), one(SUN))
    data = DataFolder(tmp_path / "var")
    ingest(data, "ror", path)
    before = (data.path / "nodes" / "ror" / "nodes.jsonl").read_bytes()
    assert not ingest(data, "ror", path).diff
    assert (data.path / "nodes" / "ror" / "nodes.jsonl").read_bytes() == before
