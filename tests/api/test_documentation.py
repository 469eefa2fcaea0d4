"""What the reference pages say is what there is."""

from __future__ import annotations

import re
from pathlib import Path

import httpx

from api.cli import COMMANDS
from api.settings import Settings
from tests.api.running import run

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def test_every_setting_and_command_is_documented() -> None:
    page = (REFERENCE / "cli.md").read_text("utf-8")
    for name in Settings.model_fields:
        assert f"`CLEANTECH_{name.upper()}`" in page
    for command in COMMANDS:
        assert f"`cleantech {command}" in page


def test_every_option_and_choice_is_documented() -> None:
    pages = [(REFERENCE / "cli.md").read_text("utf-8"), (REFERENCE.parent / "how-to" / "export.md").read_text("utf-8")]
    named = set(re.findall(r"(?<![\w-])--?[a-z][a-z-]*", "\n".join(pages)))
    told = run("export", "csv", "--help").stdout
    for command in COMMANDS:
        told += run(command, "--help").stdout
    options = set(re.findall(r"(?<![\w-])--[a-z][a-z-]*", told))
    assert {"--input", "--endpoint", "--no-demo", "--county"} <= options
    assert options - {"--help"} <= named
    assert named - {"-m"} <= options | {"--version", "--data-urlencode"}


def test_every_path_is_documented(server: str) -> None:
    page = (REFERENCE / "http.md").read_text("utf-8")
    for path in httpx.get(f"{server}/openapi.json").json()["paths"]:
        assert f"`{path}`" in page
