"""People find things by what they type, right or nearly right."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graph.build import rebuild
from graph.columns import Columns
from graph.errors import DataFolderError
from graph.generation import DataFolder, Generation
from graph.node import Node, Text
from graph.search import Search
from graph.search_text import edits, fold, tidy
from ontology.terms import BASE
from tests.graph.conftest import BUILT
from tests.graph.little import PAGE, little
from tests.graph.sample import source


def keys(search: Search, text: str, lang: str = "sv", limit: int = 10) -> list[str]:
    return [hit.key for hit in search.find(text, lang, limit)]


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("kth", "kth"),
        ("KTH", "kth"),
        ("Kungliga Tekniska högskolan", "kth"),
        ("kungliga tekniska hogskolan", "kth"),
        ("SCBN", "stockholm-cleantech-business-network"),
        ("smtc", "stockholm-cleantech"),
        ("northvlot", "northvolt"),
        ("battries", "tech/batteries"),
        ("batterier", "tech/batteries"),
        ("litiumjonbatteri", "tech/batteries"),
        ("malmo", "place/malmo"),
        ("Malmö", "place/malmo"),
        ("uppsla univeristet", "uppsala-university"),
        ("cleantech business", "stockholm-cleantech-business-network"),
        ("energimyndighetn", "energimyndigheten"),
    ],
)
def test_the_first_hit_is_what_was_meant(search: Search, typed: str, first: str) -> None:
    assert keys(search, typed)[0] == first


def test_whole_names_come_before_beginnings_before_words(search: Search) -> None:
    found = search.find("stockholm", "sv", 100)
    assert found[0].key == "place/stockholm"
    assert [hit.score for hit in found] == sorted((hit.score for hit in found), reverse=True)
    assert "stockholm-exergi" in {hit.key for hit in found}


def test_every_name_of_the_demo_is_found_at_the_top(demo: Generation, search: Search) -> None:
    nodes = Columns.load(demo.columns).nodes
    for key, group, name in nodes.select("key", "group", "name_sv").iter_rows():
        if group in ("organisation", "effort", "technology", "place"):
            best = search.find(name, "sv", 5)
            assert key in [hit.key for hit in best if hit.score >= 4], (key, name)


def test_kinds_keep_what_is_below_them_too(search: Search) -> None:
    assert keys(search, "stockholm")[0] == "place/stockholm"
    found = search.find("stockholm", "sv", 50, kinds=["Organization"])
    assert found
    assert all(not hit.key.startswith("place/") for hit in found)


def test_diacritics_as_typed_come_first(tmp_path: Path) -> None:
    nodes = [
        Node(key, "Company", [PAGE]).add("name", Text(name, "sv"))
        for key, name in (("har", "Har"), ("haer", "Här"), ("hår", "Hår"), ("harbo", "Hårbo"))
    ]
    search = Search(rebuild(DataFolder(tmp_path), [source("s", nodes)], BASE, built=BUILT).search)
    assert keys(search, "hår")[0] == "hår"
    assert keys(search, "här")[0] == "haer"
    assert keys(search, "har")[0] == "har"
    assert set(keys(search, "har")) == {"har", "haer", "hår", "harbo"}


def test_aliases_are_found_and_shown(tmp_path: Path) -> None:
    search = Search(rebuild(DataFolder(tmp_path), little(), BASE, built=BUILT).search)
    (hit,) = search.find("åkab")
    assert (hit.key, hit.matched) == ("ab", "ÅKAB")


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "   ",
        "\0",
        '"',
        "'",
        "*",
        "()",
        "NEAR(",
        "a AND",
        '"kth',
        "kth*",
        "-kth",
        "kth OR",
        "name:kth",
        "^kth",
        "%",
        "_",
        "\ud800",
        "🙂",
    ],
)
def test_hostile_input_is_only_text(search: Search, typed: str) -> None:
    for hit in search.find(typed):
        assert hit.score > 0


def test_nothing_typed_finds_nothing(search: Search) -> None:
    assert search.find("") == search.find(" \t\n") == search.find("\0'\"*-") == search.find("kth", limit=0) == []


def test_very_long_input_is_cut(search: Search) -> None:
    assert search.find("kth " * 100_000) == search.find("kth " * 50)


@given(st.text(max_size=80))
def test_any_text_is_answered(search: Search, typed: str) -> None:
    assert len(search.find(typed, limit=5)) <= 5


def test_many_threads_may_ask_at_once(search: Search) -> None:
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: keys(search, "chalmers"), range(64)))
    assert all(answer == answers[0] for answer in answers)


def test_the_index_is_never_written(demo: Generation, search: Search) -> None:
    before = demo.search.stat().st_mtime_ns
    keys(search, "kth")
    assert demo.search.stat().st_mtime_ns == before
    assert {path.name for path in demo.path.glob("search*")} == {"search.sqlite"}


def test_a_missing_index_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(DataFolderError, match="no search index"):
        Search(tmp_path / "search.sqlite")


@pytest.mark.parametrize(
    ("text", "tidied", "folded"),
    [
        ("Å-B  ", "å b", "a b"),
        ("Malmö", "malmö", "malmo"),
        ("STRASSE ß", "strasse ss", "strasse ss"),
        ("Ørsted", "ørsted", "orsted"),
    ],
)
def test_folding(text: str, tidied: str, folded: str) -> None:
    assert (tidy(text), fold(text)) == (tidied, folded)


@given(st.text(alphabet="abcdé", max_size=6), st.text(alphabet="abcdé", max_size=6))
def test_edits_are_symmetric_and_zero_only_for_equals(one: str, other: str) -> None:
    assert edits(one, other, 6) == edits(other, one, 6)
    assert (edits(one, other, 6) == 0) == (one == other)


def test_a_swap_of_neighbours_is_one_edit() -> None:
    assert edits("northvlot", "northvolt", 2) == 1
    assert edits("abcdef", "uvwxyz", 2) == 3
