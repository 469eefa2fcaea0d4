"""The gap finder on maps that know little: one organisation, and many without dates, places, technologies or money."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest

from api.answers.gaps_findings import FINDINGS
from tests.api.running import running
from tests.ingest.tabular.tables import Own

_SILENT = ("cannot-say", "too-few-actors")


@pytest.mark.parametrize("members", [("Ensam AB",), tuple(f"Bolag {number} AB" for number in range(1, 9))])
def test_what_is_not_known_is_said_and_never_a_zero(tmp_path: Path, members: tuple[str, ...]) -> None:
    own = Own(tmp_path)
    own.write("Namn", *members)
    own.nodes()
    with running("--data", str(own.data.path)) as served:
        for name in FINDINGS:
            answer = httpx.get(f"{served.url}/api/v1/gaps/{name}", timeout=60)
            assert answer.status_code == 200, answer.text
            body = answer.json()
            assert body["coverage"]["actors"] <= len(members)
            assert body["coverage"]["first_year"] is None
            assert body["empty"] or body["rows"], name
            assert not body["empty"] or body["empty"]["sv"]
            for row in body["rows"]:
                assert row.get("status", "cannot-say") in _SILENT, (name, row)
            table = httpx.get(f"{served.url}/api/v1/gaps/{name}.csv", timeout=60)
            assert table.status_code == 200
        if len(members) > 1:
            keys = [row["key"] for row in httpx.get(f"{served.url}/api/v1/search?q=Bolag").json()["results"]][:2]
            two = httpx.get(f"{served.url}/api/v1/paths", params={"a": keys[0], "b": keys[1]}, timeout=60).json()
            assert (two["paths"], bool(two["empty"]["en"])) == ([], True)
            told = httpx.get(f"{served.url}/api/v1/gaps/explain", params={"a": keys[0], "b": keys[1]}, timeout=60)
            assert (told.status_code, told.json()["state"], told.json()["ties"]) == (200, "missing", [])
