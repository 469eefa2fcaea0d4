"""The gap finder over HTTP: each finding as JSON and as a table, its words, and what it says to wrong questions."""

from __future__ import annotations

import csv
import io
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.answers.gaps_findings import FINDINGS
from api.answers.gaps_words import header, told
from api.keys import Keys
from tests.api.running import running

NAMES = sorted(FINDINGS)
SPREAD = [name for name in NAMES if FINDINGS[name].spread]
_PLACE = {"organisation": "/org/", "effort": "/effort/", "technology": "/tech/", "place": "/place/"}


def ask(server: str, path: str, **parameters: Any) -> httpx.Response:  # noqa: ANN401 - as httpx takes it
    return httpx.get(f"{server}/api/v1/{path}", params=parameters, timeout=60)


def found(server: str, path: str, **parameters: Any) -> dict[str, Any]:  # noqa: ANN401
    answer = ask(server, path, **parameters)
    assert answer.status_code == 200, answer.text
    body: dict[str, Any] = answer.json()
    return body


def lines(answer: httpx.Response) -> list[list[str]]:
    assert answer.status_code == 200, answer.text
    return list(csv.reader(io.StringIO(answer.text)))


def inside(value: object, name: str) -> list[Any]:
    """Every list, or object, under this name, at any depth."""
    if isinstance(value, dict):
        own = [value[name]] if isinstance(value.get(name), list | dict) else []
        return own + [one for part in value.values() for one in inside(part, name)]
    return [one for part in value for one in inside(part, name)] if isinstance(value, list) else []


@pytest.mark.parametrize("name", NAMES)
def test_each_finding_tells_its_scope_its_coverage_and_what_it_cannot_say(server: str, name: str) -> None:
    body = found(server, f"gaps/{name}", technology="batteries")
    assert [one["value"] for one in body["scope"]["technology"]] == ["batteries"]
    assert body["scope"]["query"] == "technology=batteries"
    assert body["coverage"]["sources"] == ["sweden"]
    assert body["coverage"]["told"]
    assert body["notes"][0]["code"] == "absence"
    assert bool(body["rows"]) is (body["empty"] is None)
    for said in (*body["notes"], *body["coverage"]["told"], *inside(body["rows"], "reasons"), body["empty"] or {}):
        for one in said if isinstance(said, list) else [said] * bool(said):
            assert one["en"]
            assert one["sv"]
            assert "{" not in one["en"] + one["sv"]


@pytest.mark.parametrize("name", NAMES)
def test_every_proof_leads_to_a_page_and_to_records(server: str, name: str) -> None:
    body = found(server, f"gaps/{name}")
    for proofs in inside(body["rows"], "proofs"):
        for proof in proofs:
            assert proof["thing"]["path"].startswith(_PLACE[proof["thing"]["group"]])
            assert all(str(number) in body["evidence"] for number in proof["evidence"])
    for reasons in (*inside(body["rows"], "reasons"), *inside(body["rows"], "against")):
        assert all(reason["proofs"] and all(proof["evidence"] for proof in reason["proofs"]) for reason in reasons)
    assert {one["source"] for one in body["evidence"].values()} <= set(body["sources"])


@pytest.mark.parametrize("name", sorted(set(NAMES) - set(SPREAD)))
def test_pages_follow_one_another_until_the_end(server: str, name: str) -> None:
    whole = found(server, f"gaps/{name}", limit=200)["rows"]
    seen: list[Any] = []
    path = f"/api/v1/gaps/{name}?limit=7"
    while path and len(seen) < len(whole):
        page = httpx.get(f"{server}{path}", timeout=60).json()
        assert page["total"] >= len(whole)
        seen += page["rows"]
        path = page["next"]
    assert seen[: len(whole)] == whole
    if len(whole) < page["most"]:
        beyond = found(server, f"gaps/{name}", offset=len(whole), limit=1)
        assert len(beyond["rows"]) == (beyond["total"] > len(whole))


@pytest.mark.parametrize("name", SPREAD)
def test_a_finding_of_several_lists_shares_the_rows_among_them(server: str, name: str) -> None:
    assert len({row["list"] for row in found(server, f"gaps/{name}", limit=3)["rows"]}) == 3
    refused = ask(server, f"gaps/{name}", offset=1)
    assert (refused.status_code, refused.json()["parameter"]) == (400, "offset")


@pytest.mark.parametrize("name", NAMES)
def test_the_table_holds_what_the_json_does(server: str, name: str) -> None:
    for lang in ("en", "sv"):
        answer = ask(server, f"gaps/{name}.csv", limit=20, lang=lang)
        head, *rows = lines(answer)
        assert head == [getattr(header(column), lang) for column, _ in FINDINGS[name].table]
        body = found(server, f"gaps/{name}", limit=20)
        assert len(rows) == len(body["rows"])
        for row, said in zip(rows, body["rows"], strict=True):
            shown = dict(zip([column for column, _ in FINDINGS[name].table], row, strict=True))
            for column, value in shown.items():
                if isinstance(said.get(column), int | float) and column != "gap":
                    assert float(value) == said[column]
                if column.endswith("_key") and said[column.removesuffix("_key")]:
                    assert value == said[column.removesuffix("_key")]["key"]
            if "reasons" in shown:
                assert shown["reasons"].removeprefix("'") == " | ".join(one[lang] for one in said["reasons"])
    assert answer.headers["content-type"].startswith("text/csv")
    assert f"cleantech-gaps-{name}.csv" in answer.headers["content-disposition"]


@pytest.mark.parametrize("name", NAMES)
def test_the_address_of_the_table_is_told(server: str, name: str) -> None:
    body = found(server, f"gaps/{name}", technology="batteries", half_life=3, tie="project")
    assert body["csv"] == f"/api/v1/gaps/{name}.csv?technology=batteries&tie=project&half_life=3"
    assert httpx.get(f"{server}{body['csv']}", timeout=60).status_code == 200


@pytest.mark.parametrize("path", [*(f"gaps/{name}" for name in NAMES), "gaps/matrix.csv", "gaps/method"])
def test_who_holds_an_answer_gets_304(server: str, path: str) -> None:
    tag = ask(server, path).headers["etag"]
    again = httpx.get(f"{server}/api/v1/{path}", headers={"If-None-Match": tag}, timeout=60)
    assert (again.status_code, again.content) == (304, b"")


@pytest.mark.parametrize(
    ("parameters", "parameter", "word"),
    [
        ({"technology": "batery"}, "technology", "batteries"),
        ({"technology": "alchemy"}, "technology", "alchemy"),
        ({"region": "SE999"}, "region", "NUTS code"),
        ({"region": ["SE110", "XX"]}, "region", "XX"),
        ({"type": "company"}, "type", "company-research"),
        ({"type": "company-reserch"}, "type", "research"),
        ({"reach": "near"}, "reach", "touching"),
        ({"tie": "projects"}, "tie", "project"),
        ({"from": 2020, "to": 2010}, "from", "after"),
        ({"from": "yesterday"}, "from", "integer"),
        ({"as_of": 0}, "as_of", "greater"),
        ({"max_partners": 1}, "max_partners", "2 to 10,000"),
        ({"half_life": -1}, "half_life", "0 (ties do not age)"),
        ({"half_life": "nan"}, "half_life", "100 years"),
        ({"rollup": "perhaps"}, "rollup", "boolean"),
        ({"limit": 0}, "limit", "greater"),
        ({"limit": 5000}, "limit", "less"),
        ({"by": "colour"}, "by", "region"),
        ({"offset": 990, "limit": 50}, "offset", "narrow"),
        ({"technolgy": "batteries"}, "technolgy", "technology"),
        ({"other_region": "SE"}, "other_region", "no parameter"),
    ],
)
def test_a_wrong_question_is_told_what_is_wrong(
    server: str, parameters: dict[str, Any], parameter: str, word: str
) -> None:
    for path in ("gaps/matrix", "gaps/matrix.csv"):
        if path.endswith(".csv") and "offset" in parameters:
            continue
        answer = ask(server, path, **parameters)
        problem = answer.json()
        assert (answer.status_code, problem["parameter"]) == (400, parameter), problem
        assert word in problem["detail"], problem


@pytest.mark.parametrize("name", NAMES)
def test_an_empty_selection_says_why(server: str, name: str) -> None:
    for narrow in ({"region": "FO", "technology": "batteries"}, {"from": 1901, "to": 1902}):
        body = found(server, f"gaps/{name}", **narrow)
        if not body["rows"]:
            assert body["empty"]["en"], narrow
            assert body["empty"]["sv"], narrow
            assert body["total"] == 0
        assert len(lines(ask(server, f"gaps/{name}.csv", limit=50, **narrow))) == 1 + len(body["rows"])


def test_no_cell_without_enough_to_expect_looks_like_a_finding(server: str) -> None:
    body = found(server, "gaps/matrix", limit=1000)
    silent = [row for row in body["rows"] if row["status"] in ("cannot-say", "too-few-actors")]
    assert silent
    assert all(row["low"] is None and row["high"] is None for row in silent)
    head, *rows = lines(ask(server, "gaps/matrix.csv"))
    gap, status = head.index("ln((O+1)/(E+1))"), head.index("status")
    assert {row[gap] for row in rows if row[status] in ("cannot say", "too few actors")} == {""}


def test_the_method_knows_every_parameter_and_every_finding(server: str) -> None:
    method = found(server, "gaps/method")
    paths = httpx.get(f"{server}/openapi.json").json()["paths"]
    known = {one["name"] for one in method["parameters"]}
    for finding in method["findings"]:
        assert finding["path"] in paths
        asked = {one["name"] for one in paths[finding["path"]]["get"].get("parameters", ())}
        assert asked - known <= {"a", "b", "k"}, finding["name"]
        assert finding["formula"]["en"] != finding["formula"]["sv"]
    for name in FINDINGS:
        defaults = {one["name"]: one["default"] for one in method["parameters"]}
        for one in paths[f"/api/v1/gaps/{name}"]["get"]["parameters"]:
            if isinstance(one["schema"].get("default"), int | float):
                assert one["schema"]["default"] == defaults[one["name"]], one["name"]
    assert {row["status"] for row in found(server, "gaps/matrix")["rows"]} <= set(method["words"]["status"])
    for name in ("pairs", "newcomers"):
        assert {part for row in found(server, f"gaps/{name}")["rows"] for part in row["parts"]} <= set(
            method["words"]["part"]
        )


def test_every_word_stands_in_both_languages() -> None:
    def check(value: object, where: str) -> None:
        if isinstance(value, dict) and {"en", "sv"} & set(value):
            assert set(value) == {"en", "sv"}, where
            gaps = [set(re.findall(r"{(\w+)}", str(text))) for text in value.values()]
            assert gaps[0] == gaps[1], where
        elif isinstance(value, dict):
            for name, part in value.items():
                check(part, f"{where}.{name}")

    check(dict(told()), "")


def test_ways_between_two_are_told_with_the_records_of_every_hop(server: str) -> None:
    body = found(server, "paths", a="kth", b="northvolt", k=2)
    assert 1 <= len(body["paths"]) <= 2
    for path in body["paths"]:
        hops = path["hops"]
        assert (hops[0]["a"]["key"], hops[-1]["b"]["key"]) == ("kth", "northvolt")
        assert all(one["b"]["key"] == other["a"]["key"] for one, other in pairwise(hops))
        assert all(tie["proofs"][0]["evidence"] for hop in hops for tie in hop["ties"])
    assert body["between"][0]["strength"] > 0
    strong = found(server, "paths", a="kth", b="northvolt", k=1, by="strongest")["paths"][0]
    assert strong["strength"] >= body["paths"][0]["strength"]


def test_ways_that_are_none_say_why(server: str) -> None:
    body = found(server, "paths", a="kth", b="northvolt", **{"from": 1901, "to": 1902})
    assert body["paths"] == []
    assert body["empty"]["en"]


@pytest.mark.parametrize(
    ("parameters", "status", "parameter"),
    [
        ({"a": "kth", "b": "kth"}, 400, "b"),
        ({"a": "kth"}, 400, "b"),
        ({"a": "kht", "b": "kth"}, 404, "a"),
        ({"a": "kth", "b": "tech/batteries"}, 400, "b"),
        ({"a": "kth", "b": "northvolt", "by": "cheapest"}, 400, "by"),
        ({"a": "kth", "b": "northvolt", "k": 21}, 400, "k"),
        ({"a": "kth", "b": "northvolt", "technology": "batteries"}, 400, "technology"),
    ],
)
def test_ways_between_what_is_no_two_organisations(
    server: str, parameters: dict[str, Any], status: int, parameter: str
) -> None:
    answer = ask(server, "paths", **parameters)
    assert (answer.status_code, answer.json()["parameter"]) == (status, parameter), answer.text


def test_pairs_have_reasons_with_records(server: str) -> None:
    body = found(server, "gaps/pairs", technology="batteries", type="company-research", limit=10)
    assert body["history"] == ["never"]
    assert len(body["rows"]) == 10
    for row in body["rows"]:
        assert (row["a"]["type"]["value"], row["b"]["type"]["value"]) == ("company", "research")
        assert row["reasons"]
        assert all(reason["proofs"] for reason in row["reasons"])
    pair = body["rows"][0]
    two = httpx.get(f"{server}{pair['explain']}", timeout=60).json()
    assert (two["state"], two["ties"]) == ("missing", [])
    assert two["pair"]["reasons"]
    assert (two["a"]["key"], two["b"]["key"]) == (pair["a"]["key"], pair["b"]["key"])


def test_the_pairs_of_one_organisation_begin_with_it(server: str) -> None:
    body = found(server, "gaps/pairs/northvolt", limit=5)
    assert body["of"]["key"] == "northvolt"
    assert {row["a"]["key"] for row in body["rows"]} == {"northvolt"}
    page = httpx.get(f"{server}{body['next']}", timeout=60).json()
    assert {row["a"]["key"] for row in page["rows"]} == {"northvolt"}
    table = lines(httpx.get(f"{server}{body['csv']}", timeout=60))
    assert [row[0] for row in table[1:6]] == ["northvolt"] * 5
    missing = ask(server, "gaps/pairs/northvold")
    assert (missing.status_code, "northvolt" in missing.json()["near"]) == (404, True)
    assert ask(server, "gaps/pairs/tech/batteries").status_code == 400


def test_pairs_that_lapsed_are_asked_for_by_name(server: str) -> None:
    body = found(server, "gaps/pairs", history="lapsed", limit=5)
    assert {row["history"] for row in body["rows"]} <= {"lapsed"}
    assert body["history"] == ["lapsed"]
    both = found(server, "gaps/pairs", history=["lapsed", "never"], limit=200)
    assert both["total"] > body["total"]
    wrong = ask(server, "gaps/pairs", history="once")
    assert (wrong.status_code, wrong.json()["parameter"]) == (400, "history")


def test_the_pairs_of_a_cell_lie_on_its_two_sides(server: str) -> None:
    body = found(server, "gaps/matrix", technology="batteries", region="SE110", limit=100)
    cell = next(row for row in body["rows"] if row["b"]["outside"] and row["missing_pairs"] > 3)
    across = httpx.get(f"{server}{cell['pairs']}", timeout=60).json()
    assert across["scope"]["other_region"][0]["value"] == "elsewhere"
    types = {cell["a"]["type"]["value"], cell["b"]["type"]["value"]}
    for row in across["rows"]:
        assert {row["a"]["type"]["value"], row["b"]["type"]["value"]} == types
        assert row["b"]["place"] is None or row["b"]["place"]["key"] != "place/stockholm"
    wrong = ask(server, "gaps/pairs", region="SE110", other_region=["elsewhere", "SE"])
    assert (wrong.status_code, wrong.json()["parameter"]) == (400, "other_region")


def test_two_that_work_together_are_told_their_ties(server: str) -> None:
    body = found(server, "gaps/explain", a="kth", b="northvolt")
    assert (body["state"], body["pair"]) == ("linked", None)
    assert body["strength"] > 0
    assert all(tie["proofs"][0]["evidence"] for tie in body["ties"])
    assert body["between_total"] >= len(body["between"]) > 0


@dataclass(frozen=True)
class Reviewer:
    """Somebody with a key for the review; `other` has the scope update."""

    url: str
    key: str
    other: str

    def ask(self, method: str, path: str = "", key: str | None = "", body: object = None) -> httpx.Response:
        held = {} if key is None else {"Authorization": f"Bearer {key or self.key}"}
        return httpx.request(method, f"{self.url}/api/v1/gaps/answers{path}", headers=held, json=body, timeout=60)


@pytest.fixture
def reviewer(demo_data: Path, tmp_path: Path) -> Iterator[Reviewer]:
    folder = tmp_path / "data"
    shutil.copytree(demo_data, folder)
    keys = Keys.of(folder)
    key, other = keys.add("anna", "review"), keys.add("bo", "update")
    with running("--data", str(folder)) as served:
        yield Reviewer(served.url, key, other)


def test_what_people_say_counts_at_once_and_can_be_taken_back(reviewer: Reviewer) -> None:
    question = f"{reviewer.url}/api/v1/gaps/pairs?technology=batteries&type=company-research&limit=5"
    before = httpx.get(question, timeout=60)
    first = before.json()["rows"][0]
    one, other = first["a"]["key"], first["b"]["key"]
    said = {"one": one, "other": other, "answer": "already-together", "note": "Met in May"}
    for key, status in ((None, 401), ("no-key", 401), (reviewer.other, 403)):
        assert reviewer.ask("POST", key=key, body=said).status_code == status
        assert reviewer.ask("GET", key=key).status_code == status
        assert reviewer.ask("DELETE", "/x", key=key).status_code == status
    made = reviewer.ask("POST", body=said)
    assert made.status_code == 201, made.text
    assert {made.json()["one_key"], made.json()["other_key"]} == {one, other}
    after = httpx.get(question, headers={"If-None-Match": before.headers["etag"]}, timeout=60)
    assert after.status_code == 200
    assert all({row["a"]["key"], row["b"]["key"]} != {one, other} for row in after.json()["rows"])
    assert "left-out-answered" in [note["code"] for note in after.json()["notes"]]
    two = httpx.get(f"{reviewer.url}{first['explain']}", timeout=60).json()
    assert two["answer"] == "already-together"
    listed = reviewer.ask("GET").json()
    assert [(row["by"], row["note"], row["one"]["key"]) for row in listed["answers"]] == [
        ("anna", "Met in May", min(one, other))
    ]
    line = made.json()["id"]
    taken = reviewer.ask("DELETE", f"/{line}")
    assert (taken.status_code, taken.json()["undoes"]) == (200, line)
    assert reviewer.ask("DELETE", f"/{line}").status_code == 409
    assert reviewer.ask("DELETE", "/nothing").status_code == 404
    assert httpx.get(question, timeout=60).json()["rows"] == before.json()["rows"]
    wrong = [
        ({**said, "answer": "perhaps"}, 400, "answer"),
        ({**said, "one": "nobody-at-all"}, 404, "one"),
        ({**said, "one": "tech/batteries"}, 400, "one"),
        ({**said, "one": other}, 400, "other"),
        ({**said, "more": 1}, 400, "more"),
        ({"one": one, "answer": "useful"}, 400, "other"),
    ]
    for body, status, parameter in wrong:
        refused = reviewer.ask("POST", body=body)
        assert (refused.status_code, refused.json()["parameter"]) == (status, parameter), refused.text
