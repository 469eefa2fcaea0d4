"""What the reference pages say is what there is."""

from __future__ import annotations

from pathlib import Path

import httpx

from api.cli import COMMANDS
from api.settings import Settings

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"


def test_every_setting_and_command_is_documented() -> None:
    page = (REFERENCE / "cli.md").read_text("utf-8")
    for name in Settings.model_fields:
        assert f"`CLEANTECH_{name.upper()}`" in page
    for command in COMMANDS:
        assert f"`cleantech {command}" in page


def test_every_path_is_documented(server: str) -> None:
    page = (REFERENCE / "http.md").read_text("utf-8")
    for path in httpx.get(f"{server}/openapi.json").json()["paths"]:
        assert f"`{path}`" in page
