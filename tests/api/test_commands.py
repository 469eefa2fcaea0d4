from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import time
from importlib.metadata import version
from pathlib import Path

import httpx
import pytest

from tests.api.running import COMMAND, run, running

ROOT = Path(__file__).parents[2]
FOUNDERS = ROOT / "docs" / "examples" / "founders.rq"
COMMANDS = ["serve", "init", "ingest", "query", "sources", "doctor", "export", "review", "suppress", "unsuppress"]


@pytest.mark.parametrize("arguments", [["--help"], *[[command, "--help"] for command in COMMANDS]])
def test_every_command_explains_itself(arguments: list[str]) -> None:
    told = run(*arguments)
    assert (told.returncode, told.stderr) == (0, "")
    assert "Usage: " in told.stdout


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version").stdout.strip() == f"cleantech-kg {version('cleantech-kg')}"


def test_the_founders_with_role_and_page(demo_data: Path, server: str) -> None:
    held = run("query", str(FOUNDERS), "--data", str(demo_data), "--format", "csv")
    assert held.returncode == 0, held.stderr
    rows = held.stdout.splitlines()
    assert rows[0] == "organisation,role,page"
    assert any(row.startswith("KTH Royal Institute of Technology,founder or initiator,http") for row in rows)
    remote = run("query", "-", "--endpoint", f"{server}/sparql", "--format", "csv", given=FOUNDERS.read_text("utf-8"))
    assert remote.stdout == held.stdout
    table = run("query", str(FOUNDERS), "--data", str(demo_data))
    assert "KTH Royal Institute of Technology" in table.stdout


@pytest.mark.parametrize("output", ["json", "xml", "csv", "tsv", "table"])
def test_questions_come_in_every_format(demo_data: Path, output: str) -> None:
    told = run("query", "--question", "CQ05", "--data", str(demo_data), "--format", output)
    assert told.returncode == 0, told.stderr
    assert "year" in told.stdout


def test_graphs_and_yes_or_no(demo_data: Path) -> None:
    data = ("--data", str(demo_data))
    assert run("query", "--text", "ASK { ?s ?p ?o }", *data).stdout == "yes\n"
    assert "<" in run("query", "--text", "CONSTRUCT WHERE { ?s ?p ?o } LIMIT 1", *data, "--format", "nt").stdout


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["query"], 1, "give one of"),
        (["query", "--text", "SELECT nonsense"], 2, "line 1, column"),
        (["query", "--text", "INSERT DATA {}"], 2, "update"),
        (["query", "no-such-file.rq"], 1, "cannot be read"),
        (["query", "--question", "CQ99"], 1, "there is no question"),
        (["query", "--text", "ASK {}", "--format", "ttl"], 1, "comes as"),
        (["query", "--text", "ASK {}", "--endpoint", "http://127.0.0.1:1/"], 1, "gives no answer"),
        (["ingest", "nope"], 1, "there is no source"),
        (["ingest", "sweden", "--input", "no-such-folder"], 1, "does not exist"),
    ],
)
def test_what_goes_wrong_is_one_line(demo_data: Path, arguments: list[str], code: int, words: str) -> None:
    told = run(*arguments, "--data", str(demo_data))
    assert (told.returncode, told.stdout) == (code, "")
    assert words in told.stderr
    assert told.stderr.count("\n") == 1
    assert told.stderr.startswith(f"cleantech {arguments[0]}: ")


def test_an_empty_folder_says_what_to_do(tmp_path: Path) -> None:
    told = run("query", "--text", "ASK {}", "--data", str(tmp_path))
    assert told.returncode == 1
    assert "cleantech ingest sweden" in told.stderr
    assert "cleantech ingest sweden" in run("init", "--data", str(tmp_path / "new")).stdout


def test_sources_and_doctor(demo_data: Path, tmp_path: Path) -> None:
    listed = json.loads(run("sources", "--format", "json", "--data", str(demo_data)).stdout)
    assert {source["name"]: source["records"] or 0 for source in listed}["sweden"] > 1_000
    assert "never" in run("sources", "--data", str(tmp_path)).stdout
    told = run("doctor", "--data", str(demo_data))
    assert told.returncode == 0
    for check in ("python", "memory", "cores", "data folder", "generation", "readers", "sandbox"):
        assert check in told.stdout


def test_doctor_finds_a_damaged_generation(tmp_path: Path) -> None:
    (tmp_path / "current").write_text("7\n")
    told = run("doctor", "--data", str(tmp_path))
    assert told.returncode == 1
    assert "bad      generation" in told.stdout


def test_a_dry_run_reports_and_writes_nothing(tmp_path: Path) -> None:
    told = run("ingest", "sweden", "--dry-run", "--format", "json", "--data", str(tmp_path / "data"))
    assert told.returncode == 0, told.stderr
    assert len(json.loads(told.stdout)["diff"]["added"]) > 1_000
    assert not (tmp_path / "data").exists()


def test_serve_fills_an_empty_folder_first(tmp_path: Path) -> None:
    data = tmp_path / "data"
    filled = subprocess.Popen([*COMMAND, "serve", "--port", "0", "--data", str(data)], stdout=-1, stderr=-1, text=True)
    assert filled.stdout is not None
    line = filled.stdout.readline()
    assert httpx.get(f"{line.split()[4]}/health").json()["generation"] == 1
    filled.send_signal(signal.SIGINT)
    _, said = filled.communicate(timeout=30)
    assert filled.returncode == 130
    assert "Traceback" not in said
    assert "reading the bundled demo" in said


def test_serve_without_the_demo_waits_for_data(tmp_path: Path) -> None:
    with running("--no-demo", "--data", str(tmp_path)) as served:
        assert httpx.get(f"{served.url}/health").json()["status"] == "empty"
        assert httpx.get(f"{served.url}/api/v1/stats").status_code == 503
        assert httpx.get(f"{served.url}/sparql?query=ASK%7B%7D").status_code == 503
        assert httpx.get(f"{served.url}/").status_code == 200


def _fails(*arguments: str, **environment: str) -> str:
    told = run("serve", *arguments, **environment)
    assert told.returncode in {1, 2}
    assert told.stdout == ""
    assert told.stderr.count("\n") == 1, told.stderr
    return told.stderr


def test_serve_tells_of_a_damaged_generation_in_one_line(demo_data: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    shutil.copytree(demo_data, data)
    nodes = data / "generations" / "1" / "columns" / "nodes.parquet"
    nodes.write_bytes(b"no parquet")
    assert "cannot be read" in _fails("--port", "0", "--data", str(data))
    shutil.copytree(demo_data, data, dirs_exist_ok=True)
    (data / "generations" / "1" / "store" / "CURRENT").unlink()
    assert "CURRENT" in _fails("--port", "0", "--data", str(data))


def test_serve_says_in_one_line_why_it_cannot(demo_data: Path, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        assert "cannot listen" in _fails("--port", str(port), "--data", str(demo_data))
    assert "does not exist" in _fails("--port", "0", "--no-demo", "--data", str(tmp_path / "nope"))
    (tmp_path / "file").write_text("")
    assert "not a folder" in _fails("--port", "0", "--data", str(tmp_path / "file"))
    assert "CLEANTECH_READERS" in _fails("--port", "0", CLEANTECH_READERS="many")
    (tmp_path / "current").write_text("7\n")
    assert "build the generation again" in _fails("--port", "0", "--data", str(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
@pytest.mark.parametrize("command", ["serve --port 0", "ingest sweden", "init"])
def test_a_folder_that_cannot_be_written_is_one_line(tmp_path: Path, command: str) -> None:
    tmp_path.chmod(0o500)
    told = run(*command.split(), "--data", str(tmp_path / "new"))
    assert (told.returncode, told.stdout) == (1, "")
    assert "is read-only; choose another with --data or mend its rights" in told.stderr
    assert "Errno" not in told.stderr


@pytest.mark.parametrize("below", ["", "/below"])
@pytest.mark.parametrize(
    "command",
    [
        "serve --port 0",
        "ingest sweden",
        "ingest sweden --dry-run",
        "query --text ASK{}",
        "sources",
        "init",
        "export csv",
    ],
)
def test_a_data_folder_that_is_a_file_is_one_line(tmp_path: Path, command: str, below: str) -> None:
    (tmp_path / "file").write_text("")
    told = run(*command.split(), "--data", f"{tmp_path}/file{below}")
    assert (told.returncode, told.stdout) == (1, "")
    assert told.stderr.splitlines()[-1] == (
        f"cleantech {command.split()[0]}: the data folder {tmp_path}/file{below} is not a folder; name another with --data"
    )
    assert "Traceback" not in told.stderr


@pytest.mark.parametrize("below", ["", "/below"])
def test_doctor_calls_a_data_folder_that_is_a_file_bad(tmp_path: Path, below: str) -> None:
    (tmp_path / "file").write_text("")
    told = run("doctor", "--data", f"{tmp_path}/file{below}")
    assert told.returncode == 1
    assert f"bad      data folder    the data folder {tmp_path}/file{below} is not a folder" in told.stdout


def test_a_reader_of_the_output_that_goes_away_is_no_error(demo_data: Path) -> None:
    query = "SELECT * { ?s ?p ?o } LIMIT 50000"
    command = [*COMMAND, "query", "--text", query, "--format", "csv", "--data", str(demo_data)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait(30)


def test_ctrl_c_ends_a_command_with_130(tmp_path: Path) -> None:
    command = [*COMMAND, "ingest", "sweden", "--data", str(tmp_path)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stderr is not None
    process.stderr.readline()
    time.sleep(0.3)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=30)
    assert process.returncode == 130
    assert "Traceback" not in said
    assert not (tmp_path / "current").exists()
