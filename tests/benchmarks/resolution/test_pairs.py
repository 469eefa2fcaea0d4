from __future__ import annotations

import csv
import gzip
import io
import json
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from ingest.identifiers import organisation_number, ror
from tests.benchmarks.resolution.pairs import Pair, PairsError, clusters, contradictions, read
from tests.benchmarks.shared import CORDIS, ROR, SWECRIS, missing

PAIRS = read()
DEMO = Path(__file__).parents[3] / "ingest" / "sources" / "sweden" / "data" / "organisations.csv"
FORMS = {
    "cordis": re.compile(r"cordis:org/\d{9}"),
    "ror": re.compile(r"ror:0[a-z0-9]{6}\d\d"),
    "swecris": re.compile(r"swecris:org/\d{6}-\d{4}"),
    "sweden": re.compile(r"[a-z0-9]+(-[a-z0-9]+)*"),
}


def _source(key: str) -> str:
    return next(name for name, form in FORMS.items() if form.fullmatch(key))


def _keys(source: str) -> set[str]:
    return {key for pair in PAIRS for key in (pair.one, pair.other) if _source(key) == source}


def test_every_key_has_the_form_of_its_source() -> None:
    assert all(any(form.fullmatch(key) for form in FORMS.values()) for p in PAIRS for key in (p.one, p.other))
    for key in _keys("swecris"):
        assert organisation_number(key.removeprefix("swecris:org/")), "a number of a person never stands here"
    for key in _keys("ror"):
        assert ror(key.removeprefix("ror:"))


def test_no_pair_stands_twice_and_the_file_is_in_order() -> None:
    keys = [(pair.one, pair.other) for pair in PAIRS]
    assert keys == sorted(set(keys))


def test_no_pair_contradicts_the_others() -> None:
    assert contradictions(PAIRS) == []


def test_there_are_enough_of_each_sort() -> None:
    across = Counter(tuple(sorted((_source(pair.one), _source(pair.other)))) for pair in PAIRS)
    assert len(PAIRS) >= 400
    assert sum(pair.same for pair in PAIRS) >= 120
    assert sum(count for (one, other), count in across.items() if one != other) >= 60
    for half in ("tune", "test"):
        assert sum(pair.same for pair in PAIRS if pair.half == half) >= 100
        assert sum(not pair.same for pair in PAIRS if pair.half == half) >= 100


def test_an_organisation_is_in_one_half() -> None:
    named = clusters((pair.one, pair.other) for pair in PAIRS if pair.same)
    halves: dict[str, set[str]] = {}
    for pair in PAIRS:
        if pair.same:
            halves.setdefault(named[pair.one], set()).add(pair.half)
    assert {len(found) for found in halves.values()} == {1}


def test_a_contradiction_is_found_over_several_steps() -> None:
    same = [Pair("a", "b", True, "easy", "tune"), Pair("b", "c", True, "easy", "tune")]
    told = Pair("a", "c", False, "homonym", "tune")
    assert contradictions([*same, told]) == [told]


@pytest.mark.parametrize("row", ["b,a,yes,easy", "a,b,maybe,easy", "a,b,yes,odd", "a,a,yes,easy", "a,b,yes"])
def test_a_row_that_is_not_in_its_form_is_named(tmp_path: Path, row: str) -> None:
    path = tmp_path / "pairs.csv"
    path.write_text(f"one,other,same,hard\n{row}\n", "utf-8")
    with pytest.raises(PairsError, match=r"pairs\.csv:2"):
        read(path)


def test_every_slug_is_in_the_demo() -> None:
    with DEMO.open(encoding="utf-8", newline="") as file:
        assert _keys("sweden") <= {row["slug"] for row in csv.DictReader(file)}


@pytest.mark.skipif(bool(missing()), reason=missing())
def test_every_key_is_in_the_real_data() -> None:
    with zipfile.ZipFile(CORDIS) as archive, archive.open("organization.csv") as raw:
        rows = csv.DictReader(io.TextIOWrapper(raw, "utf-8-sig", newline=""), delimiter=";")
        assert _keys("cordis") <= {f"cordis:org/{row['organisationID']}" for row in rows}
    found = set()
    for path in ROR:
        with gzip.open(path, "rt", encoding="utf-8") as lines:
            found |= {f"ror:{json.loads(line)['id'].rpartition('/')[2]}" for line in lines}
    assert _keys("ror") <= found
    with gzip.open(SWECRIS, "rt", encoding="utf-8-sig", newline="") as file:
        numbers = {row[f"{who}OrganisationId"] for row in csv.DictReader(file) for who in ("coordinating", "funding")}
    assert _keys("swecris") <= {f"swecris:org/{number}" for number in numbers}
