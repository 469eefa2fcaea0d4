"""The review over HTTP: whoever likes reads the queue, who has a key decides, and a build makes it count."""

from __future__ import annotations

import csv
import io
import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

from api.keys import Keys
from graph.generation import DataFolder
from ingest.deciding import decide
from ingest.decisions import Decisions
from tests.api.review_folder import CANDIDATE_ROWS, review_folder, with_candidates
from tests.api.running import Running, running

PAIR = ("vattenfall", "vattenfall-eldistribution")


@dataclass(frozen=True)
class Reviewer:
    """Somebody with a key for the review; `other` has the scope update."""

    running: Running
    folder: Path
    key: str
    other: str

    def get(self, path: str = "", key: str = "", **parameters: Any) -> httpx.Response:  # noqa: ANN401 - as httpx takes it
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return httpx.get(f"{self.running.url}/api/v1/review{path}", params=parameters, headers=headers, timeout=30)

    def post(self, path: str, body: object = None, key: str | None = "", **headers: str) -> httpx.Response:
        held = {"Content-Type": "application/json", "Authorization": f"Bearer {self.key if key == '' else key}"}
        if key is None:
            del held["Authorization"]
        content = body if isinstance(body, str) else json.dumps(body)
        url = f"{self.running.url}/api/v1/review{path}"
        return httpx.post(url, content=content, headers=held | headers, timeout=30)

    def decide(self, verdict: str, one: str = PAIR[0], other: str = PAIR[1], **more: str) -> httpx.Response:
        return self.post("/decisions", {"one": one, "other": other, "verdict": verdict} | more)

    def undo(self, line: str) -> httpx.Response:
        return self.post("/undo", {"id": line})

    def pairs(self, **parameters: Any) -> list[str]:  # noqa: ANN401 - as httpx takes it
        return [pair["one"] for pair in self.get(**parameters).json()["pairs"]]


@pytest.fixture(scope="module")
def reviewer(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reviewer]:
    folder = tmp_path_factory.mktemp("review")
    review_folder(folder)
    key, other = Keys.of(folder).add("anna", "review"), Keys.of(folder).add("bo", "update")
    with running("--data", str(folder)) as served:
        yield Reviewer(served, folder, key, other)


def test_the_queue_is_open_and_in_the_order_of_what_changes(reviewer: Reviewer) -> None:
    told = reviewer.get().json()
    assert [pair["one"] for pair in told["pairs"]] == [row[0] for row in CANDIDATE_ROWS]
    assert (told["total"], told["open"], told["decided"], told["next"]) == (5, 5, 0, None)
    first = told["pairs"][0]
    assert first["one_thing"]["path"] == "/org/stockholms-stad"
    assert first["reasons"] == ["name 0.93", "same town"]
    assert reviewer.pairs(order="score")[0] == "chalmers-electric-power"
    assert reviewer.pairs(order="name")[0] == "chalmers-electric-power"


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"kind": "Company"}, {"stockholms-stad", "vattenfall", "volvo-cars"}),
        ({"kind": "PublicBody"}, {"stockholms-stad"}),
        ({"reason": "same town", "kind": "Company"}, {"stockholms-stad", "volvo-cars"}),
        ({"reason": ["name", "same town"]}, {row[0] for row in CANDIDATE_ROWS}),
        ({"reason": "same home page"}, set()),
        ({"source": "sweden"}, {row[0] for row in CANDIDATE_ROWS}),
    ],
)
def test_filters_narrow_the_queue(
    reviewer: Reviewer, parameters: dict[str, str | list[str]], expected: set[str]
) -> None:
    assert set(reviewer.pairs(**parameters)) == expected


def test_choices_count_what_each_would_give(reviewer: Reviewer) -> None:
    choices = reviewer.get(kind="Municipality").json()["choices"]
    assert choices["reason"] == [{"value": "name", "count": 1}, {"value": "same town", "count": 1}]
    assert {"value": "Company", "count": 3} in choices["kind"]


def test_pages_follow_each_other(reviewer: Reviewer) -> None:
    told = reviewer.get(limit="2", kind="Company").json()
    assert told["total"] == 3
    following = httpx.get(f"{reviewer.running.url}{told['next']}").json()
    assert [pair["one"] for pair in told["pairs"] + following["pairs"]] == [
        "stockholms-stad",
        "vattenfall",
        "volvo-cars",
    ]
    assert following["next"] is None


def test_the_queue_as_a_table(reviewer: Reviewer) -> None:
    answer = reviewer.get(".csv", lang="sv")
    rows = list(csv.reader(io.StringIO(answer.text)))
    assert rows[0][0] == "post"
    assert len(rows) == 6
    assert rows[1][1] == "Stockholms stad"
    assert answer.headers["content-type"] == "text/csv; charset=utf-8; header=present"


def test_a_pair_side_by_side_with_the_effect_of_a_merge(reviewer: Reviewer) -> None:
    told = reviewer.get("/pair", one=PAIR[0], other=PAIR[1]).json()
    fields = {field["property"]: field for field in told["fields"]}
    assert fields["kind"]["state"] == "equal"
    assert fields["name"]["state"] == "different"
    assert fields["municipality"]["state"] == "only_one"
    assert fields["country"]["one"][0]["equal"]
    assert told["one"]["money_out"] == [
        {"currency": "SEK", "amount": "5000000", "relations": 1},
        {"currency": "USD", "amount": "2000000", "relations": 1},
    ]
    effect = told["effect"]
    assert effect["kinds_fit"]
    assert not effect["merged"]
    assert effect["between"] == 1  # the one owns the other
    assert effect["new_for_other"]["count"] > 20
    assert (told["score"], told["reasons"], told["decided"]) == (0.88, ["name 0.88"], False)


def test_a_pair_that_nothing_proposes_and_kinds_that_exclude_each_other(reviewer: Reviewer) -> None:
    told = reviewer.get("/pair", one="stockholmshem", other="stockholms-stad").json()
    assert not told["effect"]["kinds_fit"]
    assert told["effect"]["together"]["first"][0]["name"]["en"] == "GrowSmarter"
    other = reviewer.get("/pair", one="kth", other="vattenfall").json()
    assert (other["score"], other["reasons"]) == (None, [])


@pytest.mark.parametrize(
    ("path", "parameters", "status"),
    [
        ("/pair", {"one": "kth", "other": "nobody"}, 404),
        ("/pair", {"one": "kth", "other": "kth"}, 400),
        ("/pair", {"one": "kth"}, 400),
        ("", {"kinds": "Company"}, 400),
        ("", {"order": "size"}, 400),
        ("", {"limit": "0"}, 400),
        ("", {"offset": "foo"}, 400),
        (".csv", {"kind": "zzz"}, 400),
    ],
)
def test_a_bad_question_is_told_so(reviewer: Reviewer, path: str, parameters: dict[str, Any], status: int) -> None:
    answer = reviewer.get(path, **parameters)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"


@pytest.mark.parametrize(
    ("parameters", "words"),
    [
        ({"kind": "Compny"}, "kind: there is no 'Compny'. Did you mean Company?"),
        ({"country": "XX"}, "SE"),
        ({"source": "nowhere"}, "Known are sweden."),
        ({"reason": "zzz"}, "same town"),
        ({"order": "bad"}, "'weight', 'score' or 'name'"),
    ],
)
def test_an_unknown_value_is_answered_with_those_that_are_known(
    reviewer: Reviewer, parameters: dict[str, str], words: str
) -> None:
    answer = reviewer.get(**parameters)
    assert answer.status_code == 400
    assert words in answer.json()["detail"]
    assert answer.json()["parameter"] in parameters


def test_a_decision_takes_the_pair_from_the_queue_and_an_undo_brings_it_back(reviewer: Reviewer) -> None:
    before = reviewer.get()
    answer = reviewer.decide("different", *reversed(PAIR), note="One owns the other")
    assert answer.status_code == 201, answer.text
    said = answer.json()["decision"]
    assert (said["by"], said["one"], said["verdict"], said["built"]) == ("anna", PAIR[0], "different", False)
    assert answer.json()["waiting"] == 1
    after = reviewer.get()
    assert "vattenfall" not in [pair["one"] for pair in after.json()["pairs"]]
    assert after.json()["waiting"] == 1
    assert before.headers["etag"] != after.headers["etag"]
    held = Decisions.read(reviewer.folder).standing[PAIR]
    assert held.fingerprints[0] is not None
    assert held.note == "One owns the other"
    assert reviewer.get("/pair", one=PAIR[0], other=PAIR[1]).json()["decided"]
    assert f"key anna: decision {said['id']} is different" in reviewer.running.log()

    taken = reviewer.undo(said["id"])
    assert (taken.status_code, taken.json()["undoes"], taken.json()["waiting"]) == (200, said["id"], 0)
    assert "vattenfall" in reviewer.pairs()
    assert reviewer.undo(said["id"]).status_code == 409
    assert reviewer.undo("nothing").status_code == 404


def test_what_the_client_holds_is_not_sent_again(reviewer: Reviewer) -> None:
    tag = reviewer.get().headers["etag"]
    url = f"{reviewer.running.url}/api/v1/review"
    assert httpx.get(url, headers={"If-None-Match": tag}).status_code == 304


def test_decisions_are_shown_with_a_key_alone(reviewer: Reviewer) -> None:
    ids = [reviewer.decide(verdict).json()["decision"]["id"] for verdict in ("unsure", "same")]
    assert reviewer.get("/decisions").status_code == 401
    assert reviewer.get("/decisions", key="ctk_wrong").status_code == 401
    assert reviewer.get("/decisions", key=reviewer.other).status_code == 403
    told = reviewer.get("/decisions", key=reviewer.key).json()
    assert [one["id"] for one in told["decisions"]] == ids[1:]
    assert told["today"] == 1
    assert told["decisions"][0]["one_name"]["en"] == "Vattenfall"
    assert reviewer.get("/decisions", key=reviewer.key, verdict="different").json()["total"] == 0
    for line in reversed(ids):
        reviewer.undo(line)
    assert reviewer.get("/decisions", key=reviewer.key).json()["total"] == 0


def test_who_may_not_decide(reviewer: Reviewer) -> None:
    body = {"one": PAIR[0], "other": PAIR[1], "verdict": "same"}
    assert reviewer.post("/decisions", body, key=None).status_code == 401
    refused = reviewer.post("/decisions", body, key=reviewer.other)
    assert refused.status_code == 403
    assert "review or admin" in refused.json()["detail"]
    for path, sent in (("/undo", {"id": "x"}), ("/rebuild", None)):
        assert reviewer.post(path, sent, key=reviewer.other).status_code == 403
    forged = httpx.post(f"{reviewer.running.url}/api/v1/review/decisions?key={reviewer.key}", json=body)
    assert forged.status_code in {400, 401}
    assert (
        httpx.options(f"{reviewer.running.url}/api/v1/review/decisions").headers["access-control-allow-headers"]
        == "Accept, Content-Type, If-None-Match"
    )  # no other site may send a key
    assert not Decisions.read(reviewer.folder).standing


@pytest.mark.parametrize(
    ("body", "headers", "status", "words"),
    [
        ({"one": "kth", "other": "kth", "verdict": "same"}, {}, 400, "compared with itself"),
        ({"one": "kth", "other": "nobody", "verdict": "same"}, {}, 404, "nobody"),
        ({"one": "kth", "other": "rise", "verdict": "maybe"}, {}, 400, "verdict"),
        ({"one": "kth", "other": "rise"}, {}, 400, "verdict"),
        ({"one": "kth", "other": "rise", "verdict": "same", "why": "x"}, {}, 400, "why"),
        ({"one": 1, "other": "rise", "verdict": "same"}, {}, 400, "one"),
        ({"one": "kth", "other": "rise", "verdict": "same", "note": "x" * 2001}, {}, 400, "note"),
        (
            '{"one": "kth", "other": "rise", "verdict": "same", "verdict": "different"}',
            {},
            400,
            "'verdict' stands twice",
        ),
        ({"one": "kth", "other": "rise", "verdict": "same", "note": "a\x00"}, {}, 400, "U+0000 (control character)"),
        ({"one": "kth", "other": "rise", "verdict": "same", "note": "\u202eb"}, {}, 400, "U+202E"),
        ("{", {}, 400, "body"),
        ("[]", {}, 400, "body"),
        ({"one": "kth", "other": "rise", "verdict": "same"}, {"Content-Type": "text/plain"}, 415, "application/json"),
        ("x" * 20_000, {}, 413, "16,000"),
    ],
)
def test_a_body_is_read_strictly(
    reviewer: Reviewer, body: object, headers: dict[str, str], status: int, words: str
) -> None:
    answer = reviewer.post("/decisions", body, **headers)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json"), answer.text
    assert words in answer.json()["detail"]


def test_files_that_git_left_in_conflict_are_named(reviewer: Reviewer) -> None:
    path = reviewer.folder / "decisions" / "review.jsonl"
    held = path.read_bytes() if path.exists() else b""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"<<<<<<< HEAD\n" + held)
    try:
        for answer in (reviewer.get(), reviewer.decide("same")):
            assert answer.status_code == 503
            assert "decisions/review.jsonl:1" in answer.json()["detail"]
            assert "conflict marker" in answer.json()["detail"]
    finally:
        path.write_bytes(held)
    assert reviewer.get().status_code == 200


def test_a_decision_whose_record_has_another_key_now_is_flagged(reviewer: Reviewer) -> None:
    decide(DataFolder(reviewer.folder), "gone", "kth", "same")
    told = reviewer.get("/decisions", key=reviewer.key, moved="true").json()
    assert [one["unknown"] for one in told["decisions"]] == [["gone"]]
    reviewer.undo(told["decisions"][0]["id"])


def test_a_build_makes_a_decision_count(tmp_path: Path) -> None:
    review_folder(tmp_path)
    key = Keys.of(tmp_path).add("anna", "review")
    with running("--data", str(tmp_path)) as served:
        reviewer = Reviewer(served, tmp_path, key, "")
        line = reviewer.decide("same", "volvo-cars", "volvo-ce").json()["decision"]["id"]
        started = reviewer.post("/rebuild")
        assert started.status_code == 202, started.text
        assert reviewer.post("/rebuild").status_code == 409
        way = httpx.URL(f"{served.url}/api/v1/review/rebuild").join(started.headers["location"])
        headers = {"Authorization": f"Bearer {key}"}
        assert httpx.get(way).status_code == 401
        while (job := httpx.get(way, headers=headers).json())["state"] == "running":
            time.sleep(0.2)
        assert job["state"] == "done", job
        while httpx.get(f"{served.url}/health").json()["generation"] == 1:
            time.sleep(0.2)
        assert reviewer.get().json()["waiting"] == 0
        (said,) = reviewer.get("/decisions", key=key).json()["decisions"]
        assert (said["id"], said["built"]) == (line, True)
        pair = reviewer.get("/pair", one="volvo-cars", other="volvo-ce").json()
        assert pair["effect"]["merged"]
        assert {record["key"] for record in pair["one"]["records"]} == {"volvo-cars", "volvo-ce"}


def test_a_map_without_candidates_has_an_empty_queue(tmp_path: Path) -> None:
    review_folder(tmp_path)
    with_candidates(DataFolder(tmp_path), ())
    with running("--data", str(tmp_path)) as served:
        told = httpx.get(f"{served.url}/api/v1/review").json()
        assert (told["total"], told["pairs"]) == (0, [])
        page = httpx.get(f"{served.url}/review", headers={"Accept": "text/html"})
        assert page.status_code == 200
        refused = httpx.post(f"{served.url}/api/v1/review/undo", json={"id": "x"})
        assert (refused.status_code, "no key was made" in refused.json()["detail"]) == (403, True)
