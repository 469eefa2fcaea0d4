"""The page about own tables works as it is written."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from ingest.sources.tabular.fields import ROWS
from ingest.sources.tabular.mapping_faults import SETTINGS
from tests.api.running import COMMAND

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "how-to" / "your-own-tables.md").read_text("utf-8")
BLOCK = re.compile(r"```(\w+)(?: (\S+))?\n(.*?)```", re.DOTALL)


def test_the_page_runs_word_by_word(tmp_path: Path) -> None:
    said = ""
    for language, file, body in BLOCK.findall(TEXT):
        if file:
            (tmp_path / "my-tables" / file).write_text(body, "utf-8")
        elif language == "sh":
            for line in body.splitlines():
                # As where no CLEANTECH_DATA is set: the data folder is ./var. The code is that of this checkout.
                done = subprocess.run(
                    [*COMMAND, *line.split()[1:]], cwd=tmp_path, capture_output=True, text=True, check=False
                )
                assert done.returncode == 0, f"{line}: {done.stdout}{done.stderr}"
                said = done.stdout
                if "check" in line:
                    told = said
        else:
            assert body in told
    assert "my-cluster" in said
    assert (tmp_path / "var" / "nodes" / "my-cluster" / "nodes.jsonl").is_file()
    assert "Bo Exempel" not in (tmp_path / "var" / "nodes" / "my-cluster" / "nodes.jsonl").read_text("utf-8")


def test_every_field_and_setting_stands_on_the_page() -> None:
    for rows, fields in ROWS.items():
        line = next(line for line in TEXT.splitlines() if line.startswith(f"| `{rows}` |"))
        assert {field.name for field in fields} == set(re.findall(r"`(\w+)`", line.split("|")[2]))
    for setting in SETTINGS:
        assert f"`{setting}`" in TEXT
