"""A run that was killed goes on at its last checkpoint; the newest release is found and downloaded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from ingest import resuming
from ingest.contract import Checkpoint, Extraction, Record
from ingest.download import Downloader
from ingest.problem import InputError, Problem
from ingest.registry import load
from ingest.sources.ror.map import Ror
from tests.ingest.ror.samples import lines, packed, release, ror, two
from tests.ingest.server import listening


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
    monkeypatch.setattr(resuming, "EVERY", 4)
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
    monkeypatch.setattr(resuming, "EVERY", 2)
    path = packed(tmp_path / "a.ndjson.gz", *(two(ror(f"aaaaa{n}")) for n in range(7)))
    whole = Read((path,), {})
    assert whole.states[-1] == {"data_date": "2026-03-04"}
    assert Read((path,), whole.states[-1]).said == whole.said
    packed(path, *(two(ror(f"ccccc{n}")) for n in range(7)))
    assert len(Read((path,), whole.states[0]).records) == len(whole.records)


def test_the_newest_release_is_found_and_downloaded(tmp_path: Path) -> None:
    """From a real server, whose host stands on the card in the place of Zenodo's."""
    with listening() as place:
        name = "v9.9-2026-11-20-ror-data.zip"
        content = place.route(
            f"/api/records/1/files/{name}/content", lambda to: to.say(200, release(**{"ror-data": [two()]}))
        )
        listed = {"hits": {"hits": [{"files": [{"key": name, "links": {"self": content}}]}]}}
        releases = place.route("/api/communities/ror-data/records", lambda to: to.say(200, lines(listed)))
        card = replace(load("ror").card, addresses={"releases": f"{releases}?q=&sort=newest"}, hosts=(place.host,))
        fetch = Downloader(tmp_path / "downloads", card.hosts, inside=("localhost",), trust=place.trust).fetch
        told: list[str] = []
        task = Extraction((), lambda _: None, told.append, Path.read_bytes, fetch)
        *_, record, _ = Ror(card).extract(task, {})
    assert isinstance(record, Record)
    assert record.table.endswith(f"-{name}/v9.9-2026-11-20-ror-data.json")


def test_a_list_of_releases_in_another_form(tmp_path: Path) -> None:
    path = tmp_path / "list.json"
    path.write_bytes(lines({"hits": {"hits": []}}))
    with pytest.raises(InputError, match=r"names no zip .* give it with --input"):
        Read((), {}, lambda _: path)
