"""What each source gives: its counts are those of the map."""

from __future__ import annotations

import csv
from io import StringIO

import httpx


def test_the_counts_of_sources_are_those_of_the_map(server: str) -> None:
    told = httpx.get(f"{server}/api/v1/sources").json()
    stats = httpx.get(f"{server}/api/v1/stats").json()
    whole, (only,) = told["whole"], told["sources"]
    assert (whole["organisations"], whole["efforts"]) == (stats["counts"]["organisations"], stats["counts"]["efforts"])
    assert only["holds"]["organisations"] == whole["organisations"]
    assert only["holds"]["documents"] == whole["documents"] == stats["counts"]["documents"]
    for part in ("of_organisations", "of_efforts"):
        for row in whole[part]["known"]:
            assert 0 < row["known"] <= whole[part]["all"], row
    assert sum(row["count"] for row in whole["kinds"]) <= whole["organisations"] + whole["efforts"]
    assert only["rejected"] == 0
    assert only["licence"].startswith("https://creativecommons.org")


def test_the_table_of_sources_in_swedish(server: str) -> None:
    answer = httpx.get(f"{server}/api/v1/sources.csv", params={"lang": "sv"})
    head, row = list(csv.reader(StringIO(answer.text)))
    assert (head[0], row[0], row[1]) == ("källa", "sweden", "Sveriges cleantech-ekosystem, sammanställt för hand")
    assert len(row) == len(head)
    assert httpx.get(f"{server}/api/v1/sources", params={"langg": "sv"}).status_code == 400
