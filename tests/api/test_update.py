from __future__ import annotations

import re
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import httpx
import pytest

from api.keys import Keys
from graph.generation import DataFolder
from ingest.run import ingest
from tests.api.running import run
from tests.api.writing import UPDATE, Desk, bare, desk

SOURCE = "https://w3id.org/cleantech-kg/graph/src/sweden"


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    folder = tmp_path_factory.mktemp("bare")
    with desk(folder, bare(folder), CLEANTECH_UPDATE_TIMEOUT="3", CLEANTECH_BODY_BYTES="200000") as held:
        yield held


@pytest.fixture(scope="module")
def mapped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Desk, Path]]:
    folder = tmp_path_factory.mktemp("mapped")
    ingest(DataFolder(folder), "sweden")
    with desk(folder, Keys.of(folder).add("tester", "update")) as held:
        yield held, folder


def test_an_update_is_seen_by_the_next_query(bench: Desk) -> None:
    for number in range(5):
        answer = bench.update(f"INSERT DATA {{ <http://e/seen> <http://e/p> {number} }}")
        assert (answer.status_code, answer.content) == (204, b"")
        assert len(bench.rows("SELECT ?o { <http://e/seen> ?p ?o }")) == number + 1


def test_an_update_by_form_and_one_that_waits_for_the_disk(bench: Desk) -> None:
    headers = {"Authorization": f"Bearer {bench.key}"}
    form = {"update": "INSERT DATA { <http://e/form> <http://e/p> 'å' }"}
    assert httpx.post(f"{bench.url}/sparql", data=form, headers=headers).status_code == 204
    assert bench.rows("SELECT ?o { <http://e/form> ?p ?o }") == [["å"]]
    assert bench.update("DELETE WHERE { <http://e/form> ?p ?o }", durable="true").status_code == 204
    assert bench.rows("SELECT ?o { <http://e/form> ?p ?o }") == []


def test_the_etag_changes_with_an_edit(bench: Desk) -> None:
    address = f"{bench.url}/sparql?query=ASK%20%7B%7D"
    tag = httpx.get(address).headers["etag"]
    assert httpx.get(address, headers={"If-None-Match": tag}).status_code == 304
    bench.update("INSERT DATA { <http://e/tag> <http://e/p> 1 }")
    assert httpx.get(address, headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize(
    "text",
    [
        "INSERT {{ <http://e/{n}> <http://e/p> ?o }} WHERE {{ ?s <http://e/using> ?o }}",
        "DELETE {{}} INSERT {{ <http://e/{n}> <http://e/p> ?o }} WHERE {{ ?s <http://e/using> ?o }}",
    ],
)
def test_graphs_of_the_request_are_what_the_where_sees(bench: Desk, text: str) -> None:
    data = "{ <http://e/s> <http://e/using> 1 } GRAPH <http://e/g> { <http://e/s> <http://e/using> 2 }"
    bench.update(f"INSERT DATA {{ {data[1:]} }}".replace(" } GRAPH", " GRAPH"))
    named = {"using-graph-uri": "http://e/g"}
    name = f"using{len(text)}"
    assert bench.update(text.format(n=name), **named).status_code == 204
    assert bench.rows(f"SELECT ?o {{ <http://e/{name}> ?p ?o }}") == [["2"]]


def test_graphs_of_the_request_hold_for_delete_where(bench: Desk) -> None:
    bench.update("INSERT DATA { <http://e/dw> <http://e/p> 1 . GRAPH <http://e/dw> { <http://e/dw> <http://e/p> 2 } }")
    text = "PREFIX e: <http://e/>\ndelete where { e:dw e:p ?o }"
    assert bench.update(text, **{"using-graph-uri": "http://e/dw"}).status_code == 204
    assert bench.rows("SELECT ?o { <http://e/dw> <http://e/p> ?o }") == [["1"]]  # 2 is not there to be deleted


@pytest.mark.parametrize(
    ("text", "parameters", "status"),
    [
        ("INSERT DATA { <http://e/s> <http://e/p> }", {}, 400),
        ("INSERT DATA { <http://e/s> <http://e/p> 'open }", {}, 400),
        ("SELECT * { ?s ?p ?o }", {}, 400),
        ("LOAD <http://127.0.0.1:1/>", {}, 403),
        ("LOAD SILENT <http://127.0.0.1:1/> ; LOAD <file:///etc/passwd>", {}, 403),
        ("LOAD <http://127.0.0.1:1/> INTO <http://e/g>", {}, 400),
        ("LOAD <http://127.0.0.1:1/> ; INSERT DATA { <http://e/s> <http://e/p> }", {}, 400),
        ("LOAD unknown:name", {}, 400),
        ("INSERT { ?s ?p } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", {}, 400),
        ("DROP GRAPH <http://e/missing>", {}, 404),
        ("CLEAR GRAPH <http://e/missing>", {}, 404),
        ("INSERT DATA { <http://e/s> <http://e/half> 1 } ; MOVE <http://e/missing> TO <http://e/g>", {}, 404),
        ("INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", {}, 403),
        ("INSERT { ?s ?p ?o } WHERE { " + "{" * 200 + "}" * 201, {}, 413),
        ("INSERT DATA { <http://e/s> <http://e/p> '" + "x" * 300_000 + "' }", {}, 413),
        ("WITH <http://e/g> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", {"using-graph-uri": "http://e/g"}, 400),
        ("DELETE { ?s ?p ?o } USING <http://e/g> WHERE { ?s ?p ?o }", {"using-named-graph-uri": "http://e/g"}, 400),
        ("INSERT DATA {}", {"using-graph-uri": "not an iri"}, 400),
        ("INSERT DATA {}", {"query": "ASK {}"}, 400),
        ("INSERT DATA {}", {"update": "INSERT DATA {}"}, 400),
        ("INSERT DATA { GRAPH <urn:cleantech-kg:writer> { <http://e/s> <http://e/p> 1 } }", {}, 403),
    ],
)
def test_what_cannot_be_applied_is_refused_with_a_problem(
    bench: Desk, text: str, parameters: dict[str, str], status: int
) -> None:
    answer = bench.update(text, **parameters)
    assert (answer.status_code, answer.headers["content-type"]) == (status, "application/problem+json")


def test_what_is_missing_may_be_missing_silently(bench: Desk) -> None:
    assert (
        bench.update("DROP SILENT GRAPH <http://e/missing> ; CLEAR SILENT GRAPH <http://e/missing>").status_code == 204
    )
    assert bench.rows("SELECT ?s { ?s <http://e/half> ?o }") == []


def test_a_syntax_error_has_its_place_beside_what_is_forbidden(bench: Desk) -> None:
    problem = bench.update("LOAD <http://127.0.0.1:1/> ;\nINSERT DATA { <http://e/s> FOO 1 }").json()
    assert (problem["status"], problem["line"], problem["column"] > 20) == (400, 2, True)
    problem = bench.update("PREFIX e: <http://e/>\nLOAD e:x INTO e:y").json()
    assert (problem["status"], problem["line"], problem["column"]) == (400, 2, 15)
    problem = bench.update("PREFIX e: <http://e/>\nLOAD e:x ; CREATE GRAPH no:x").json()
    assert (problem["status"], problem["line"], problem["column"]) == (400, 2, 29)


def test_a_syntax_error_has_its_place(bench: Desk) -> None:
    problem = bench.update("INSERT DATA {\n  <http://e/s> <http://e/p> FOO }").json()
    assert (problem["line"], problem["column"] > 3) == (2, True)


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ("update=CLEAR+ALL&update=CLEAR+ALL", 400),
        ("update=CLEAR+ALL&query=ASK+%7B%7D", 400),
        ("other=1", 400),
    ],
)
def test_a_form_is_one_query_or_one_update(bench: Desk, form: str, status: int) -> None:
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Authorization": f"Bearer {bench.key}"}
    assert httpx.post(f"{bench.url}/sparql", content=form, headers=headers).status_code == status


def test_an_update_over_its_time_changes_nothing_and_the_next_one_works(bench: Desk) -> None:
    numbers = " ".join(map(str, range(400)))
    cross = " ".join(f"VALUES ?v{place} {{ {numbers} }}" for place in range(4))
    slow = f"INSERT {{ <http://e/slow> <http://e/p> ?v0 }} WHERE {{ {cross} FILTER(?v0 + ?v1 + ?v2 + ?v3 < 0) }}"
    first = "INSERT DATA { <http://e/slow> <http://e/p> 1 };"
    answer = bench.update(first + slow)
    assert (answer.status_code, answer.headers["retry-after"]) == (503, "2")
    assert bench.rows("SELECT ?o { <http://e/slow> ?p ?o }") == []
    assert bench.update("INSERT DATA { <http://e/after> <http://e/p> 1 }").status_code == 204


def test_the_limits_in_force_can_be_asked_for(bench: Desk) -> None:
    limits = httpx.get(f"{bench.url}/limits").json()
    assert (limits["update"]["seconds"], limits["update"]["body_bytes"]) == (3, 200_000)
    assert (limits["update"]["undo_quads"], limits["update"]["load_from"]) == (200_000, [])
    assert (limits["query"]["seconds"], limits["query"]["readers"], limits["query"]["answer_rows"]) == (10, 4, 100_000)


def test_the_log_names_the_key_of_every_write(bench: Desk) -> None:
    bench.update("INSERT DATA { <http://e/log> <http://e/p> 1 }")
    bench.update("DROP GRAPH <http://e/missing>")
    written, refused = bench.running.log().splitlines()[-2:]
    assert re.fullmatch(r"INFO cleantech.edits: key tester: update of 45 bytes is edit \d+", written)
    assert refused == "INFO cleantech.edits: key tester: update of 29 bytes refused: EditError"


def test_keys(bench: Desk, tmp_path: Path) -> None:
    text = "INSERT DATA { <http://e/key> <http://e/p> 1 }"
    bare_post = httpx.post(f"{bench.url}/sparql", content=text, headers={"Content-Type": UPDATE})
    assert (bare_post.status_code, bare_post.headers["www-authenticate"][:6]) == (401, "Bearer")
    assert bench.update(text, key="wrong").status_code == 401
    keys = Keys.of(tmp_path)
    secret = keys.add("old", "update", date(2020, 1, 1))
    assert keys.find(secret) is None
    assert keys.path.stat().st_mode & 0o777 == 0o600
    assert secret not in keys.path.read_text("utf-8")


def test_the_commands_make_list_and_revoke_keys(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    key = bare(folder)
    made = run(
        "keys", "add", "short", "--scope", "graph:http://e/mine/", "--expires", "2999-12-31", "--data", str(folder)
    )
    secret = made.stdout.strip()
    assert secret.startswith("ctk_")
    assert "2999-12-31" in run("keys", "list", "--data", str(folder)).stdout
    assert run("keys", "add", "short", "--data", str(folder)).returncode == 1
    assert run("keys", "add", "x", "--scope", "all", "--data", str(folder)).returncode == 1
    over = run("keys", "add", "x", "--expires", "2020-01-01", "--data", str(folder))
    assert (over.returncode, over.stdout, "2020-01-01 is over already" in over.stderr) == (1, "", True)
    missing = run("keys", "list", "--data", str(tmp_path / "none"))
    assert (missing.returncode, missing.stdout, "there is no data folder" in missing.stderr) == (1, "", True)
    with desk(folder, key) as held:
        mine = "INSERT DATA { GRAPH <http://e/mine/1> { <http://e/s> <http://e/p> 1 } }"
        assert held.update(mine, key=secret).status_code == 204
        for text in ("INSERT DATA { <a:a> <a:b> 1 }", "DROP ALL", mine.replace("mine/1", "yours")):
            assert held.update(text, key=secret).status_code == 403
        variable = "INSERT { GRAPH ?g { ?s ?p 2 } } WHERE { GRAPH ?g { ?s ?p 1 } }"
        assert held.update(variable, key=secret).status_code == 403
        assert run("keys", "revoke", "short", "--data", str(folder)).returncode == 0
        assert held.update(mine, key=secret).status_code == 401
        assert "mine/1" in run("edits", "list", "--data", str(folder)).stdout
        assert run("ingest", "sweden", "--data", str(folder)).returncode == 1


def test_without_any_key_writing_is_off(server: str) -> None:
    answer = httpx.post(f"{server}/sparql", content="CLEAR ALL", headers={"Content-Type": UPDATE})
    assert answer.status_code == 403
    assert "Writing is off" in answer.json()["detail"]
    assert httpx.delete(f"{server}/graph-store?default").status_code == 403


@pytest.mark.parametrize(
    "text",
    [
        "INSERT DATA { <http://e/s> <http://e/p> 1 }",
        "DELETE WHERE { ?s ?p ?o }",
        f"INSERT DATA {{ GRAPH <{SOURCE}> {{ <http://e/s> <http://e/p> 1 }} }}",
        f"PREFIX g: <{SOURCE[:-6]}> INSERT DATA {{ GRAPH g:sweden {{ <http://e/s> <http://e/p> 1 }} }}",
        "BASE <https://w3id.org/cleantech-kg/x/> DROP GRAPH <../graph/catalogue>",
        "DROP GRAPH <https://w3id.org/cleantech-kg/gr\\u0061ph/catalogue>",
        f"WITH <{SOURCE}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
        f"MOVE <{SOURCE}> TO <http://e/g>",
        f"COPY <http://e/g> TO <{SOURCE}>",
        "CLEAR ALL",
        "CLEAR SILENT DEFAULT",
        "DROP NAMED",
        "DELETE { GRAPH ?g { ?s ?p ?o } } WHERE { GRAPH ?g { ?s ?p ?o } }",
        "INSERT DATA { GRAPH <http://e/g> { <http://e/s> <http://e/p> 1 } } ; CREATE GRAPH <" + SOURCE + "2>",
    ],
)
def test_managed_graphs_refuse_writes(mapped: tuple[Desk, Path], text: str) -> None:
    held, _ = mapped
    before = held.rows("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }")
    answer = held.update(text)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "application/problem+json")
    assert held.rows("SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }") == before


def test_edits_live_on_through_an_ingest_and_can_be_dropped(mapped: tuple[Desk, Path]) -> None:
    held, folder = mapped
    text = "INSERT { GRAPH <http://e/mine> { ?s <http://e/p> _:b } } WHERE { ?s a ?c } LIMIT 0"
    assert held.update(text).status_code == 400
    own = "INSERT DATA { GRAPH <http://e/mine> { <http://e/s> <http://e/p> _:b . _:b <http://e/q> 'kept' } }"
    assert held.update(own).status_code == 204
    query = "SELECT ?o { GRAPH <http://e/mine> { ?s <http://e/p>/<http://e/q> ?o } }"
    assert ingest(DataFolder(folder), "sweden", force=True).edits == (2, 0)
    assert held.rows(query) == [["kept"]]
    again = run("ingest", "sweden", "--force", "--data", str(folder))
    assert "2 edited quads" in again.stdout
    until = time.monotonic() + 30
    while httpx.get(f"{held.url}/health").json()["generation"] != 3:
        assert time.monotonic() < until
        time.sleep(0.1)
    assert held.rows(query) == [["kept"]]
    listed = run("edits", "list", "--format", "json", "--data", str(folder)).stdout
    assert '"added": 2' in listed
    assert ingest(DataFolder(folder), "sweden", drop_edits=True).edits == (0, 0)
    assert '"added": 0' in run("edits", "list", "--format", "json", "--data", str(folder)).stdout
