from __future__ import annotations

import subprocess
import sys
from io import BytesIO
from pathlib import Path

import networkx
import pytest
from typer.testing import CliRunner, Result

from api.commands.export import export_app
from graph.columns import Columns
from graph.generation import DataFolder
from graph.network import network
from graph.search import Search
from graph.selection import Filter, select


@pytest.fixture(scope="module")
def whole(demo: Path) -> networkx.MultiGraph:
    generation = DataFolder(demo).current()
    assert generation is not None
    columns = Columns.load(generation.columns)
    return network(columns, select(columns, Search(generation.search), Filter()))


def _export(demo: Path, *arguments: str) -> Result:
    return CliRunner().invoke(export_app, [*arguments, "--data", str(demo)])


@pytest.mark.parametrize(("name", "read"), [("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)])
def test_the_demo_comes_back_whole(
    demo: Path, whole: networkx.MultiGraph, tmp_path: Path, name: str, read: object
) -> None:
    assert callable(read)
    file = tmp_path / f"map.{name}"
    result = _export(demo, name, "--out", str(file))
    assert result.exit_code == 0, result.stderr
    graph = read(file)
    assert len(whole) > 600
    assert (len(graph), graph.number_of_edges()) == (len(whole), whole.number_of_edges())
    assert set(graph) == set(whole)
    assert graph.nodes["malmo-stad"]["label_sv"] == whole.nodes["malmo-stad"]["label_sv"] == "Malmö stad"
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


def test_filters_are_taken_by_slug_and_by_name_in_both_languages(demo: Path) -> None:
    found = [
        _export(demo, "graphml", "--out", "-", *chosen).stdout_bytes
        for chosen in (
            ("--kind", "Company", "--county", "place/se-ab", "--tech", "batteries"),
            ("--kind", "företag", "--county", "stockholm", "--tech", "Batterier"),
        )
    ]
    assert found[0] == found[1]
    graph = networkx.read_graphml(BytesIO(found[0]))
    assert {held["county"] for _, held in graph.nodes(data=True)} == {"place/se-ab"}


def test_actors_are_organisations_joined_by_collaboration(demo: Path) -> None:
    graph = networkx.read_graphml(BytesIO(_export(demo, "graphml", "--mode", "actors", "--out", "-").stdout_bytes))
    assert {held["group"] for _, held in graph.nodes(data=True)} == {"organisation"}
    assert "collaboration" in {held["tie"] for _, _, held in graph.edges(data=True)}


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--tech", "batteris"), "--tech: no tech 'batteris'; did you mean batteries"),
        (("--county", "Stokholm"), "did you mean place/se-ab (Stockholm County)?"),
        (("--role", "coordinatr"), "did you mean coordinator?"),
        (("--tie", "fundings"), "did you mean funding?"),
        (("--kind", "Compny"), "did you mean Company"),
        (("--from", "2020", "--to", "2010"), "--from 2020 is after --to 2010"),
        (("--text", "qqqqqqqqqqqq"), "nothing matches these filters"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(
    demo: Path, tmp_path: Path, arguments: tuple[str, ...], told: str
) -> None:
    result = _export(demo, "html", "--out", str(tmp_path / "map.html"), *arguments)
    assert result.exit_code == (1 if "--text" in arguments else 2)
    assert told in result.stderr
    assert result.stderr.count("\n") == 1
    assert not list(tmp_path.iterdir())


def test_an_ego_is_one_thing_and_what_is_near_it(demo: Path) -> None:
    one, two = (
        networkx.read_graphml(
            BytesIO(_export(demo, "graphml", "--ego", "kth", "--steps", steps, "--out", "-").stdout_bytes)
        )
        for steps in "12"
    )
    assert set(one) == {"kth", *one.neighbors("kth")}
    assert set(one) < set(two)
    refused = _export(demo, "graphml", "--ego", "khh", "--out", "-")
    assert (refused.exit_code, "did you mean kth" in refused.stderr) == (2, True)


def test_a_file_is_overwritten_only_by_force(demo: Path, tmp_path: Path) -> None:
    file = tmp_path / "map.html"
    file.write_text("mine", "utf-8")
    refused = _export(demo, "html", "--text", "KTH", "--out", str(file))
    assert (refused.exit_code, file.read_text("utf-8")) == (1, "mine")
    assert "add --force" in refused.stderr
    assert _export(demo, "html", "--text", "KTH", "--out", str(file), "--force", "--lang", "sv").exit_code == 0
    page = file.read_text("utf-8")
    assert '<html lang="sv">' in page
    assert "Kungliga Tekniska högskolan" in page


def test_an_empty_data_folder_tells_what_to_run(tmp_path: Path) -> None:
    result = CliRunner().invoke(export_app, ["csv", "--data", str(tmp_path / "none"), "--out", str(tmp_path / "a.zip")])
    assert result.exit_code == 1
    assert "cleantech ingest sweden" in result.stderr


def test_a_reader_that_goes_away_is_no_error(demo: Path) -> None:
    program = "from api.commands.export import export_app; export_app()"
    command = [sys.executable, "-c", program, "graphml", "--data", str(demo), "--out", "-"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.read(5) == b"<?xml"
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 0
