from __future__ import annotations

import polars as pl
import pytest

from ingest.keys import slugged, slugs
from ingest.places import town_key, town_node, towns, towns_by_number

GOTHENBURG, LONDON = 2711537, 2643743


SAID = [
    ("Göteborg", "SE", "place/goteborg"),
    ("GOTHENBURG", "SE", "place/goteborg"),
    ("Goeteborg", "SE", "place/goteborg"),
    ("Sodertaelje", "SE", "place/sodertalje"),
    ("Järfälla", "SE", "place/jarfalla"),
    ("JAKOBSBERG", "SE", "place/jarfalla"),
    ("Stockholm", "SE", "place/stockholm"),
    ("Wien", "AT", "place/at-vienna"),
    ("MUENCHEN", "DE", "place/de-munich"),
    ("MUNCHEN", "DE", "place/de-munich"),
    ("London EC1", "GB", "place/gb-london"),
    ("PARIS CEDEX 05", "FR", "place/fr-paris"),
    ("AARHUS C", "DK", "place/dk-arhus"),
    ("Oakland CA", "US", "place/us-oakland"),
    ("Bergen", "NO", "place/no-bergen"),
]


@pytest.mark.parametrize(("said", "country", "key"), SAID)
def test_every_spelling_of_a_town_has_one_key(said: str, country: str, key: str) -> None:
    found = towns(frozenset((name, code) for name, code, _ in SAID))
    assert found[said, country].key == key


def test_a_town_is_known_by_its_number() -> None:
    found = towns_by_number(frozenset({GOTHENBURG, LONDON, 1}))
    assert {number: (town.key, town.county) for number, town in found.items()} == {
        GOTHENBURG: ("place/goteborg", "o"),
        LONDON: ("place/gb-london", ""),
    }
    assert found[GOTHENBURG] == towns(frozenset({("GOTEBORG", "SE")}))["GOTEBORG", "SE"]


def test_a_town_that_is_not_known_is_not_guessed() -> None:
    assert towns(frozenset({("Erehwon", "GB"), ("Boston TX", "US"), ("12345", "SE"), ("", "SE")})) == {}


def test_two_towns_of_one_name_have_two_keys() -> None:
    assert town_key("Cambridge", "US", 4931972, first=True) == "place/us-cambridge"
    assert town_key("Cambridge", "US", 4350049, first=False) == "place/us-cambridge-4350049"
    assert town_key("Ås", "SE", 2726573, first=True) == "place/as-2726573", "place/as is that of a country"


def test_a_town_has_its_name_in_two_languages() -> None:
    node = town_node(towns(frozenset({("Göteborg", "SE")}))["Göteborg", "SE"])
    assert [str(getattr(name, "value", name)) for name in node.values["name"]] == ["Göteborg", "Gothenburg"]


def test_a_column_of_names_gets_the_slugs_that_the_names_get_one_by_one() -> None:
    names = [
        "Mo i Rana",
        "Göteborg",
        "Wrocław",
        "ŒUVRE  Æ",
        "Straße",
        "İstanbul",
        "ﬁn",
        "Ñ--ñ",
        "Ⅻ",
        "ΑΣ",
        "'t Harde",
        "",
        "²x",
    ]
    frame = pl.DataFrame({"name": names}).with_columns(slug=slugs(pl.col("name")))
    assert frame["slug"].to_list() == [slugged(name) for name in names]
