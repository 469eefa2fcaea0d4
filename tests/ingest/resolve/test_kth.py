"""One KTH out of the demo, CORDIS, ROR and SweCRIS: the real files, cut at run time to what names it."""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, QuerySolutions
from typer.testing import CliRunner

from api.cli import build
from graph.generation import DataFolder
from graph.identities import Identities
from graph.store import EmbeddedStore
from ingest.report import Report
from ingest.run import ingest

REAL = Path(__file__).parents[4] / "shared" / "data"
CORDIS = REAL / "cordis" / "h2020-2014-2019.zip"
ROR = REAL / "ror" / "ror_v2_latest.ndjson.gz"
SWECRIS = REAL / "swecris" / "swecris_kth_no_people.csv.gz"
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        not all(path.is_file() for path in (CORDIS, ROR, SWECRIS)), reason="the real data is not in ../shared/data"
    ),
]
PIC, NUMBER, REGISTERED = "999990946", "202100-3054", "026vcq606"
RECORDS = {f"cordis:org/{PIC}", f"ror:{REGISTERED}", f"swecris:org/{NUMBER}"}
MOST = 60  # projects and grants that are read
BASE = "https://w3id.org/cleantech-kg/"


def _rows(text: str, delimiter: str) -> Iterator[list[str]]:
    csv.field_size_limit(1 << 24)
    return csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)


def _cut_cordis(to: Path) -> Path:
    with zipfile.ZipFile(CORDIS) as archive:
        texts = {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}
    header, *rows = _rows(texts["organization.csv"], ";")
    project, pic = header.index("projectID"), header.index("organisationID")
    wanted = set(list(dict.fromkeys(row[project] for row in rows if row[pic] == PIC))[:MOST])
    assert len(wanted) == MOST
    with zipfile.ZipFile(to, "w") as archive:
        for name, column in (("organization.csv", "projectID"), ("project.csv", "id")):
            header, *rows = _rows(texts[name], ";")
            out = io.StringIO(newline="")
            writer = csv.writer(out, delimiter=";", quoting=csv.QUOTE_ALL)
            writer.writerows([header, *(row for row in rows if row[header.index(column)] in wanted)])
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), out.getvalue())
    return to


def _cut_swecris(to: Path) -> Path:
    header, *rows = _rows(gzip.decompress(SWECRIS.read_bytes()).decode("utf-8-sig"), ",")
    with to.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([header, *rows[:MOST]])
    return to


def _cut_ror(to: Path) -> Path:
    lines = gzip.decompress(ROR.read_bytes()).decode("utf-8").splitlines(keepends=True)
    to.write_text("".join(line for line in lines if "KTH" in line), "utf-8")
    return to


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, tuple[Path, ...]]:
    folder = tmp_path_factory.mktemp("kth-inputs")
    return {
        "sweden": (),
        "cordis": (_cut_cordis(folder / "cordis.zip"),),
        "ror": (_cut_ror(folder / "ror.ndjson"),),
        "swecris": (_cut_swecris(folder / "swecris.csv"),),
    }


@pytest.fixture(scope="module")
def data(inputs: Mapping[str, tuple[Path, ...]], tmp_path_factory: pytest.TempPathFactory) -> DataFolder:
    folder = DataFolder(tmp_path_factory.mktemp("kth"))
    _all(folder, inputs)
    return folder


def _all(folder: DataFolder, inputs: Mapping[str, tuple[Path, ...]]) -> list[Report]:
    return [ingest(folder, name, paths) for name, paths in inputs.items()]


def identities(data: DataFolder) -> Identities:
    generation = data.current()
    assert generation is not None
    return Identities.load(generation.identities)


def command(*words: str) -> str:
    done = CliRunner().invoke(build(list(words[:1])), [*words])
    assert done.exit_code == 0, done.output
    return done.output


def asked(data: DataFolder, query: str) -> set[tuple[str, ...]]:
    """The rows that the query gives."""
    generation = data.current()
    assert generation is not None
    found = EmbeddedStore.read_only(generation.store).query(query)
    assert isinstance(found, QuerySolutions)
    return {tuple(str(one.value) for one in row if isinstance(one, NamedNode | Literal)) for row in found}


def relations(data: DataFolder, kth: str) -> dict[tuple[str, str], int]:
    """How many relations of each kind each source has with the thing."""
    query = f"""SELECT ?g ?kind (COUNT(DISTINCT ?r) AS ?n)
        {{ GRAPH ?g {{ ?r ?p <{BASE}id/{kth}> ; a ?kind }} }} GROUP BY ?g ?kind"""
    return {(g.rpartition("/")[2], kind.rpartition("#")[2]): int(n) for g, kind, n in asked(data, query)}


def test_it_is_one_thing_with_its_numbers_and_its_grants_each_with_its_source(data: DataFolder) -> None:
    called = identities(data).id_of
    assert {called[key] for key in RECORDS} == {"kth"}
    numbers = asked(data, f"SELECT DISTINCT ?g ?n {{ GRAPH ?g {{ <{BASE}id/kth> ?p ?n }} FILTER(isLiteral(?n)) }}")
    told = {(g.rpartition("/")[2], n) for g, n in numbers}
    assert {("cordis", PIC), ("ror", REGISTERED), ("swecris", NUMBER)} <= told
    found = relations(data, "kth")
    assert found["cordis", "Participation"] >= MOST
    assert found["swecris", "Grant"] + found.get(("swecris", "Participation"), 0) > MOST // 2
    assert {source for source, _ in found} >= {"sweden", "cordis", "swecris"}


def test_all_of_it_again_changes_nothing(data: DataFolder, inputs: Mapping[str, tuple[Path, ...]]) -> None:
    before = identities(data)
    for report in _all(data, inputs):
        assert report.unchanged, report.source
        assert not report.diff
    assert not ingest(data, "swecris", inputs["swecris"], force=True).diff  # read, resolved and built anew
    after = identities(data)
    assert after.clusters.equals(before.clusters)
    assert after.candidates.equals(before.candidates)


def test_what_is_withheld_comes_back(data: DataFolder) -> None:
    before = relations(data, "kth")
    command("suppress", "kth", "--reason", "asked", "--data", str(data.path))
    command("rebuild", "--data", str(data.path))
    assert relations(data, "kth") == {}
    assert identities(data).leads_to["kth"] is None
    command("unsuppress", "kth", "--data", str(data.path))
    command("rebuild", "--data", str(data.path))
    assert relations(data, "kth") == before
    assert {identities(data).id_of[key] for key in RECORDS} == {"kth"}
