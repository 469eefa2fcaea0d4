"""A run that was killed goes on at its last checkpoint; the newest release is found and downloaded."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from ingest.contract import Checkpoint, Extraction, Record
from ingest.problem import InputError, Problem
from ingest.registry import load
from ingest.sources.ror import map as ror_map
from tests.ingest.ror.samples import lines, packed, release, ror, two


class Read:
    """One reading from a state, and what it told."""

    def __init__(self, paths: tuple[Path, ...], state: dict[str, str], fetch: Callable[[str], Path] = Path) -> None:
        self.rejected: list[Problem] = []
        self.warned: list[str] = []
        self.expected: list[int] = []
        source = load("ror")
        task = Extraction(
            paths, self.rejected.append, self.warned.append, Path.read_bytes, fetch, expect=self.expected.append
        )
        self.said = list(source.extract(task, state))

    @property
    def records(self) -> list[Record]:
        return [one for one in self.said if isinstance(one, Record)]

    @property
    def states(self) -> list[dict[str, str]]:
        return [dict(one.state) for one in self.said if isinstance(one, Checkpoint)]


def test_it_goes_on_from_each_checkpoint_with_the_same_records(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ror_map, "EVERY", 4)
    first = packed(tmp_path / "a.ndjson.gz", *(two(ror(f"aaaaa{n}")) for n in range(7)), "{", two(ror("aaaaa9")))
    second = packed(tmp_path / "b.ndjson.gz", *(two(ror(f"bbbbb{n}")) for n in range(6)))
    whole = Read((first, second), {})
    assert len(whole.records) == whole.expected[0] == 3 + 14
    assert len(whole.states) == 5
    for place, state in enumerate(whole.states[:-1], 1):
        rest = Read((first, second), state)
        at = [n for n, one in enumerate(whole.said) if isinstance(one, Checkpoint)][place - 1]
        assert rest.said == whole.said[at + 1 :]
        assert len(rest.rejected) == (1 if place < 3 else 0)
        assert rest.warned == whole.warned


def test_it_begins_anew_after_the_end_and_with_other_files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ror_map, "EVERY", 2)
    path = packed(tmp_path / "a.ndjson.gz", *(two(ror(f"aaaaa{n}")) for n in range(7)))
    whole = Read((path,), {})
    assert whole.states[-1] == {"data_date": "2026-03-04"}
    assert Read((path,), whole.states[-1]).said == whole.said
    packed(path, *(two(ror(f"ccccc{n}")) for n in range(7)))
    assert len(Read((path,), whole.states[0]).records) == len(whole.records)


def test_the_newest_release_is_found_and_fetched(tmp_path: Path) -> None:
    zip_address = "https://zenodo.org/api/records/1/files/v9.9-2026-11-20-ror-data.zip/content"
    listed = {"hits": {"hits": [{"files": [{"key": "v9.9-2026-11-20-ror-data.zip", "links": {"self": zip_address}}]}]}}
    (tmp_path / "list.json").write_text(json.dumps(listed), "utf-8")
    (tmp_path / "release.zip").write_bytes(release(**{"ror-data": [two()]}))
    held = {load("ror").card.addresses["releases"]: "list.json", zip_address: "release.zip"}
    assert [one.table for one in Read((), {}, lambda asked: tmp_path / held[asked]).records][-1].startswith(
        "release.zip/"
    )


def test_a_list_of_releases_in_another_form(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(lines({"hits": {"hits": []}}))
    with pytest.raises(InputError, match=r"names no zip .* give it with --input"):
        Read((), {}, lambda _: path)
