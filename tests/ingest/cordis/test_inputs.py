"""Several inputs: each table is read once, and of releases that tell of one project one counts."""

from __future__ import annotations

import shutil
import zipfile
from pathlib import Path

import pytest

from tests.ingest.cordis.sample import Sample, said

SUM = "cordis:participation/101900001/999900011"


def copied(sample: Sample, name: str, *changes: tuple[str, str, str]) -> Path:
    """The current tables in a folder beside them, changed."""
    folder = sample.path / name
    shutil.copytree(sample.current, folder)
    for file, old, new in changes:
        sample.change(folder / file, old, new)
    return folder


def participations(sample: Sample) -> list[str]:
    return [key for key in sample.nodes() if ":participation/" in key]


def test_two_releases_with_one_file_name_are_told_apart(sample: Sample) -> None:
    other = copied(sample, "other", ("organization.csv", '"2000000,25"', '"7"'))
    report = sample.ingest(sample.current, other)
    assert len(participations(sample)) == 8
    assert said(sample.nodes()[SUM], "amount") == ["2000000.25 EUR committed"]
    assert any("organization.csv (2)" in warning for warning in report.warnings)
    assert "project.csv (input 10) has the same bytes as project.csv (input 4): it was read once" in report.warnings


def test_one_file_given_twice_is_read_once(sample: Sample) -> None:
    file = sample.zipped()
    sample.ingest(file)
    once = dict(sample.nodes())
    report = sample.ingest(file, file)
    assert {key: node.values for key, node in sample.nodes().items()} == {k: node.values for k, node in once.items()}
    assert "cordis.zip (input 2) has the same bytes as cordis.zip (input 1): it was read once" in report.warnings


@pytest.mark.parametrize("new", ["2000000,25", "7"])
def test_two_tables_of_one_name_in_a_zip_are_told_apart(sample: Sample, new: str) -> None:
    file = sample.zipped()
    table = (sample.current / "organization.csv").read_text("utf-8").replace("2000000,25", new)
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("old/organization.csv", table)
    report = sample.ingest(file)
    assert len(participations(sample)) == 8
    assert said(sample.nodes()[SUM], "amount") == ["2000000.25 EUR committed"]
    assert any("organization.csv (2)" in warning for warning in report.warnings)


def test_what_a_mac_packs_is_passed_over_and_a_zip_in_a_zip_is_named(sample: Sample) -> None:
    file = sample.zipped()
    inner = sample.zipped("inner.zip").read_bytes()
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("__MACOSX/._project.csv", b"\0\5\26\7\0\2\0\0Mac OS X")
        archive.writestr("inner.zip", inner)
    report = sample.ingest(file)
    assert len(participations(sample)) == 8
    (warning,) = [warning for warning in report.warnings if "inner.zip" in warning]
    assert warning.startswith("inner.zip was not read: it is a zip inside a zip")
    assert not [warning for warning in report.warnings if "MACOSX" in warning or "._" in warning]


def test_of_the_files_in_a_folder_the_newest_goes_first_and_of_those_given_the_first(sample: Sample) -> None:
    folder = sample.path / "releases"
    folder.mkdir()
    shutil.move(sample.zipped("a.zip"), folder / "a.zip")
    table = sample.current / "organization.csv"
    text = table.read_text("utf-8").replace("2024-02-03", "2025-02-03").replace("2000000,25", "7")
    table.write_text(text, "utf-8")
    shutil.move(sample.zipped("b.zip"), folder / "b.zip")
    report = sample.ingest(folder)
    assert said(sample.nodes()[SUM], "amount") == ["7 EUR committed"]
    left = "a.zip/organization.csv were left out, for b.zip/organization.csv tells who takes part"
    assert f"8 participations of 4 projects in {left}" in report.warnings
    sample.ingest(folder / "a.zip", folder / "b.zip")
    assert said(sample.nodes()[SUM], "amount") == ["2000000.25 EUR committed"]
