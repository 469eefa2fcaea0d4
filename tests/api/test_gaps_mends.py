"""What the gap finder says where it knows little, or was asked wrongly: over HTTP and on the command line."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import httpx
import pytest

from api.answers.gaps_findings import FINDINGS
from graph.gaps.answer import Note
from graph.gaps.words import say
from tests.api.running import running
from tests.api.test_gaps import ask, found
from tests.api.test_gaps_command import gaps
from tests.ingest.tabular.tables import Own


@pytest.fixture(scope="module")
def loose(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, str]]:
    """A map of organisations without any tie: its server, and its folder."""
    own = Own(tmp_path_factory.mktemp("loose"))
    own.write("Namn", *(f"Bolag {number} AB" for number in range(1, 9)))
    own.nodes()
    with running("--data", str(own.data.path)) as served:
        yield served.url, str(own.data.path)


@pytest.mark.parametrize("name", ["matrix", "orphans", "venture-day", "brokers"])
def test_where_no_tie_is_recorded_none_is_missed(loose: tuple[str, str], name: str) -> None:
    body = found(loose[0], f"gaps/{name}")
    assert (body["rows"], body["empty"]["code"]) == ([], "no-ties-recorded")
    assert "no project or partnership" in body["notes"][0]["en"]


@pytest.mark.parametrize("name", ["pairs", "orphans", "venture-day", "chains"])
def test_years_on_a_map_that_has_none_leave_nothing(loose: tuple[str, str], name: str) -> None:
    body = found(loose[0], f"gaps/{name}", **{"from": 2000})
    assert (body["rows"], body["empty"]["code"]) == ([], "no-ties-recorded")


def test_years_and_limits_are_named_as_the_cause(server: str) -> None:
    body = found(server, "gaps/matrix", **{"from": 2090})
    assert (body["empty"]["code"], "from 2090" in body["empty"]["en"]) == ("no-ties-within", True)
    assert "från 2090" in body["empty"]["sv"]
    assert " 0 projects" not in body["notes"][0]["en"]
    early = found(server, "gaps/brokers", as_of=1900, tie="venture", max_partners=3)
    for part in ("as of 1900", "joint venture", "at most 3 partners"):
        assert part in early["empty"]["en"]


def test_filters_are_told_by_their_names(server: str) -> None:
    body = found(server, "gaps/pairs", technology="batteries", region="FO", type="investor-funder")
    assert body["empty"]["code"] == "no-actors"
    assert "Batteries" in body["empty"]["en"]
    assert "Batterier" in body["empty"]["sv"]
    assert "all-scored" not in {note["code"] for note in body["notes"]}


def test_what_begins_after_as_of_does_not_count(server: str) -> None:
    early, late = (found(server, "gaps/matrix", as_of=year)["coverage"]["last_year"] for year in (2010, 2020))
    assert early <= 2010
    assert late <= 2020
    refused = ask(server, "gaps/matrix", **{"from": 2018, "as_of": 2000})
    assert (refused.status_code, refused.json()["parameter"]) == (400, "from")


def test_the_matrix_covers_what_it_compares(server: str) -> None:
    everything = found(server, "gaps/brokers", technology="batteries")["coverage"]["occasions"]
    assert 0 < found(server, "gaps/matrix", technology="batteries")["coverage"]["occasions"] < everything


@pytest.mark.parametrize("name", sorted(FINDINGS))
def test_more_rows_than_can_be_had_are_refused(server: str, name: str) -> None:
    for path in (f"gaps/{name}", f"gaps/{name}.csv"):
        refused = ask(server, path, limit=FINDINGS[name].most + 1)
        assert (refused.status_code, refused.json()["parameter"]) == (400, "limit")


def test_a_total_says_what_of_it_can_be_had(server: str) -> None:
    body = found(server, "gaps/pairs", limit=5)
    assert 5 <= body["available"] <= min(body["most"], body["total"])
    assert body["at_least"] is False


def test_an_empty_table_says_why_in_a_header(server: str, demo_data: Path) -> None:
    for _ in range(2):  # the second is a kept one
        answer = ask(server, "gaps/pairs.csv", technology="batteries", region="FO", type="investor-funder", lang="sv")
        assert len(list(csv.reader(io.StringIO(answer.text)))) == 1
        assert "Batterier" in unquote(answer.headers["x-cleantech-empty"])
    assert "x-cleantech-empty" not in ask(server, "gaps/pairs.csv", limit=2).headers
    done = gaps("matrix", "--from", "2090", "--format", "csv", "--data", str(demo_data))
    assert (done.returncode, done.stdout.count("\n"), "from 2090" in done.stderr) == (0, 1, True)


def test_regions_go_by_name_and_by_wider_codes(server: str) -> None:
    for said in ("Gotland", "gotland county", "Gotlands län"):
        assert [one["value"] for one in scope_of(server, said)] == ["place/se-i"]
    assert "place/se-ab" in [one["value"] for one in scope_of(server, "SE1")]
    assert [one["value"] for one in scope_of(server, "SE11")] == ["place/se-ab"]


def scope_of(server: str, region: str) -> list[dict[str, str]]:
    held: list[dict[str, str]] = found(server, "gaps/deserts", region=region, limit=1)["scope"]["region"]
    return held


def test_what_comes_near_is_short(server: str) -> None:
    refused = ask(server, "gaps/matrix", technology="foo").json()
    assert "most frequent here" in refused["detail"]
    assert len(refused["detail"]) < 400
    nobody = ask(server, "gaps/explain", a="batteries-for-nobody", b="kth").json()
    for key in nobody["near"]:
        assert httpx.get(f"{server}/org/{key}").status_code == 200
    missing = ask(server, "gaps/explain", b="kth").json()
    assert (missing["parameter"], missing.get("value")) == ("a", None)
    assert "missing" in missing["detail"]


def test_pages_are_as_good_as_keys(demo_data: Path) -> None:
    done = gaps("explain", "/org/kth", "/org/northvolt", "--data", str(demo_data), "--format", "json")
    assert (json.loads(done.stdout)["a"]["key"], done.returncode) == ("kth", 0)


def test_a_pair_is_short_unless_all_is_asked_for(demo_data: Path) -> None:
    narrow = ("pairs", "--technology", "batteries", "--limit", "3", "--data", str(demo_data))
    short, long = gaps(*narrow).stdout, gaps(*narrow, "--long").stdout
    assert len(short.splitlines()) < len(long.splitlines())
    assert "     5. " not in short
    assert gaps(*narrow[:-3], "201", *narrow[-2:]).returncode == 2


def test_no_pair_to_judge_is_no_zero(demo_data: Path) -> None:
    done = gaps("backtest", "--cut", "1900", "--data", str(demo_data))
    assert (done.returncode, done.stdout, "No pair to judge" in done.stderr) == (0, "", True)
    told = json.loads(gaps("backtest", "--cut", "1900", "--data", str(demo_data), "--format", "json").stdout)
    assert all(value is None for row in told["rows"] for name, value in row.items() if name != "method")


def test_an_answer_about_a_pair_is_its_state(demo_data: Path, tmp_path: Path) -> None:
    folder = tmp_path / "data"
    shutil.copytree(demo_data, folder)
    data = ("--data", str(folder), "--format", "json")
    row = json.loads(gaps("pairs", "--technology", "batteries", "--limit", "1", *data).stdout)["rows"][0]
    ends = (row["a"]["key"], row["b"]["key"])
    assert json.loads(gaps("explain", *ends, *data).stdout)["state"] == "missing"
    gaps("feedback", *ends, "already-together", "--data", str(folder))
    assert json.loads(gaps("explain", *ends, *data).stdout)["state"] == "answered"


def test_one_is_no_many() -> None:
    assert "1 organisation that is dissolved" in say(Note("left-out-dissolved", {"count": 1}), "en", str)
    assert "2 organisationer som är" in say(Note("left-out-dissolved", {"count": 2}), "sv", str)
