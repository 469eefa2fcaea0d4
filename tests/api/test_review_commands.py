"""The review on the command line: one pair at a time on a terminal, lists and decisions for scripts."""

from __future__ import annotations

import csv
import io
import json
import os
import pty
import re
import select
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from graph.generation import DataFolder
from ingest.decisions import Decisions
from tests.api.review_folder import review_folder, with_candidates
from tests.api.running import COMMAND, run

LEGEND = "? help"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("review")
    review_folder(made)
    return made


@pytest.fixture
def data(folder: Path) -> Iterator[Path]:
    """The folder, without decisions."""
    yield folder
    for path in (folder / "decisions").glob("*.jsonl"):
        path.unlink()


class Terminal:
    """The command at a terminal of its own; `screen` is what it wrote since the last key."""

    def __init__(self, *arguments: str) -> None:
        self.screen = ""
        self.pid, self.handle = pty.fork()
        if not self.pid:  # pragma: no cover - the child becomes the command
            signal.signal(signal.SIGINT, signal.default_int_handler)  # a background job may ignore it
            os.environ |= {"COLUMNS": "150", "LINES": "80", "TERM": "dumb"}
            os.execv(COMMAND[0], [*COMMAND, *arguments])

    def wait(self, words: str) -> str:
        while words not in self.screen:
            ready, _, _ = select.select([self.handle], [], [], 30)
            assert ready, self.screen
            try:
                self.screen += os.read(self.handle, 1 << 16).decode("utf-8", "replace")
            except OSError as error:  # the other end has closed
                raise AssertionError(self.screen) from error
        return self.screen

    def press(self, key: str, words: str) -> str:
        self.screen = ""
        os.write(self.handle, key.encode())
        return self.wait(words)

    def end(self) -> int:
        while True:
            try:
                if not os.read(self.handle, 1 << 16):
                    break
            except OSError:
                break
        os.close(self.handle)
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1])


def test_a_sitting_by_keyboard(data: Path) -> None:
    terminal = Terminal("review", "--data", str(data))
    first = terminal.wait(LEGEND)
    assert "City of Stockholm" in first
    assert "exclude each other" in first
    assert "! different" in first
    assert "cannot be told" in terminal.press("?", "written down already")
    assert "KTH Innovation" in terminal.press("d", LEGEND)
    assert Decisions.read(data).different == {("stockholms-stad", "stockholmshem")}
    assert "City of Stockholm" in terminal.press("z", LEGEND)
    assert not Decisions.read(data).standing
    assert "KTH Innovation" in terminal.press("n", LEGEND)
    assert "Vattenfall Eldistribution" in terminal.press("u", LEGEND)
    terminal.press("s", LEGEND)
    terminal.press("\x1b[D", LEGEND)  # an arrow to the left is no d
    told = terminal.press("q", "cleantech rebuild")
    assert "2 decided, 1 skipped, 3 left" in told
    assert "2 decisions wait" in told
    assert terminal.end() == 0
    held = Decisions.read(data)
    assert held.unsure == {("kth", "kth-innovation")}
    assert held.same == {("vattenfall", "vattenfall-eldistribution")}


def test_ctrl_c_ends_a_sitting_and_keeps_what_was_decided(data: Path) -> None:
    terminal = Terminal("review", "--data", str(data))
    terminal.wait(LEGEND)
    terminal.press("s", LEGEND)
    terminal.press("\x03", "1 decided, 0 skipped, 4 left")
    assert terminal.end() == 0
    assert len(Decisions.read(data).same) == 1


def test_without_a_terminal_it_says_what_to_use(data: Path) -> None:
    told = run("review", "--data", str(data), given="")
    assert told.returncode == 1
    assert "review list" in told.stderr
    assert "review decide" in told.stderr


def test_lists_in_every_format(data: Path) -> None:
    where = ("--data", str(data))
    assert "City of Stockholm" in run("review", "list", *where).stdout
    assert json.loads(run("review", "list", "--format", "json", "--limit", "2", *where).stdout)["total"] == 5
    rows = list(csv.reader(io.StringIO(run("review", "list", "--format", "csv", *where).stdout)))
    assert len(rows) == 6
    assert len(run("review", "list", "--format", "csv", "--limit", "2", *where).stdout.splitlines()) == 3


def test_decide_list_and_undo(data: Path) -> None:
    where = ("--data", str(data))
    told = run("review", "decide", "volvo-ce", "volvo-cars", "different", "--note", "=Two groups", *where)
    assert told.returncode == 0, told.stderr
    line = told.stdout.partition(":")[0]
    assert re.fullmatch(r"[0-9a-f]{12}-[0-9a-f]{12}", line)
    assert "1 decision waits for a build: `cleantech rebuild`" in told.stderr
    assert "Two groups" in run("review", "list", "--decided", *where).stdout
    rows = list(csv.DictReader(io.StringIO(run("review", "list", "--decided", "--format", "csv", *where).stdout)))
    assert [(row["id"], row["note"], row["built"]) for row in rows] == [(line, "'=Two groups", "False")]
    assert run("review", "undo", line, *where).stdout == f"Taken back: {line}.\n"
    again = run("review", "undo", line, *where)
    assert (again.returncode, "taken back already" in again.stderr) == (1, True)
    run("review", "decide", "volvo-ce", "volvo-cars", "same", *where)
    assert run("review", "undo", "--last", *where).returncode == 0
    assert not Decisions.read(data).standing


def test_an_unknown_key_is_warned_about_and_waits(data: Path) -> None:
    told = run("review", "decide", "cordis:org/1", "kth", "same", "--unknown", "--data", str(data))
    assert told.returncode == 0
    assert "cordis:org/1 is no record of this map" in told.stderr
    assert "waits: cordis:org/1 is nowhere" in run("review", "list", "--moved", "--data", str(data)).stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("review", "decide", "kth", "rise", "maybe"), "no verdict"),
        (("review", "decide", "kth", "kth", "same"), "compared with itself"),
        (("review", "undo"), "--last"),
        (("review", "undo", "--last"), "no decision stands"),
        (("review", "decide", "<<<", "", "same"), "'<<<' is no key; a key is 1 to 300 characters"),
        (("review", "decide", "kth-inovation", "kth", "same"), "did you mean kth-innovation"),
        (("review", "decide", "place/kiruna", "kth", "same"), "is no record"),
        (("review", "decide", "kth", "rise", "same", "--note", "a\u202eb"), "U+202E (right-to-left override)"),
        (("suppress", "kth"), "--reason"),
        (("suppress", "kht-innovation", "--reason", "r"), "did you mean kth-innovation"),
        (("suppress", "nope/zzz", "--reason", "r"), "`--unknown`"),
        (("unsuppress", "kth"), "not suppressed"),
    ],
)
def test_what_makes_no_sense_is_told_in_one_line(data: Path, arguments: tuple[str, ...], words: str) -> None:
    told = run(*arguments, "--data", str(data))
    assert told.returncode == 1
    assert words in told.stderr
    assert told.stderr.startswith(f"cleantech {arguments[0]}")
    assert len(told.stderr.splitlines()) == 1


def test_what_does_not_show_is_written_out(data: Path) -> None:
    where = ("--data", str(data))
    assert run("review", "decide", "kth", "rise", "same", "--note", "MARK", *where).returncode == 0
    path = data / "decisions" / "review.jsonl"
    path.write_text(path.read_text("utf-8").replace("MARK", "a\\u001b[31m\\u202eb"), "utf-8")
    for output in ("table", "csv"):
        told = run("review", "list", "--decided", "--format", output, *where).stdout
        assert r"a\u001b[31m\u202eb" in told
        assert "\x1b" not in told


def test_suppress_and_let_in_again(data: Path) -> None:
    where = ("--data", str(data))
    assert run("suppress", "kth", "--reason", "Asked for", *where).returncode == 0
    held = Decisions.read(data).suppressed["kth"]
    assert (held.reason, held.fingerprint is None) == ("Asked for", False)
    assert run("unsuppress", "kth", *where).returncode == 0
    assert not Decisions.read(data).suppressed
    told = run("suppress", "nope/zzz", "--reason", "r", "--unknown", *where)
    assert (told.returncode, "waits for it" in told.stderr) == (0, True)


def test_an_empty_queue_says_so(tmp_path: Path) -> None:
    review_folder(tmp_path)
    with_candidates(DataFolder(tmp_path), ())
    terminal = Terminal("review", "--data", str(tmp_path))
    terminal.wait("No pair waits.")
    assert terminal.end() == 0
    assert run("review", "--data", str(tmp_path / "none"), given="").returncode == 1
