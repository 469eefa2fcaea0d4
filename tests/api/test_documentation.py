"""What the reference pages say is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import httpx
from typer.testing import CliRunner

from api.cli import COMMANDS, build
from api.parameters import IGNORED, QUERY, UPDATE
from api.settings import Settings

GAPS = ("matrix", "pairs", "explain", "paths", "feedback", "score", "backtest")
REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def _pages(*names: str) -> str:
    """The text of pages of the reference; what concerns writing stands on a page of its own."""
    return "\n".join((REFERENCE / name).read_text("utf-8") for name in (*names, "writing.md"))


def test_every_command_is_documented() -> None:
    page = _pages("cli.md")
    for command in COMMANDS:
        assert f"`cleantech {command}" in page


def test_one_table_has_every_setting_with_its_default() -> None:
    page = (REFERENCE.parent / "how-to" / "run-a-server.md").read_text("utf-8")
    told = dict(re.findall(r"^\| `CLEANTECH_(\w+)` \| (?:`(.*?)`)? ?\|", page, re.MULTILINE))
    assert told == {name.upper(): _shown(field.default) for name, field in Settings.model_fields.items()}


def _shown(default: object) -> str:
    if isinstance(default, tuple):
        return ",".join(default)
    if isinstance(default, bool):
        return str(default).lower()
    return f"{default:g}" if isinstance(default, float) else str(default)


def test_every_option_and_choice_is_documented() -> None:
    text = _pages("cli.md", "../how-to/export.md")
    named = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", text))
    groups = (
        ("sources", "check"),
        ("sources", "list"),
        ("export", "csv"),
        ("export", "collaboration"),
        ("keys", "add"),
        ("edits", "list"),
        ("edits", "drop"),
        *(("gaps", name) for name in GAPS),
        ("review", "list"),
        ("review", "decide"),
        ("review", "undo"),
    )
    told = "".join(map(_help, (*groups, *((command,) for command in COMMANDS))))
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", told))
    assert {"--input", "--endpoint", "--no-demo", "--county"} <= options
    assert options - {"--help"} <= named
    assert named - {"-m"} <= options | {"--version", "--data-urlencode"}


def _help(words: tuple[str, ...]) -> str:
    """What the command says of itself; in this process, where all that it imports is imported once."""
    told = CliRunner().invoke(build(words), [*words, "--help"])
    assert told.exit_code == 0, words
    return told.stdout


def test_every_parameter_of_sparql_is_documented() -> None:
    page = _pages("http.md")
    for name in (*QUERY, *UPDATE, *IGNORED):
        assert f"`{name}`" in page


def test_every_path_is_documented(server: str) -> None:
    page = _pages("http.md")
    for path in httpx.get(f"{server}/openapi.json").json()["paths"]:
        assert f"`{path}`" in page
