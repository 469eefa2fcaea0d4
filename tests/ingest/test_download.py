"""Downloads that go well in the end: kept, asked for again only if changed, taken up where they broke off, tried again."""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from ingest.download import AGENT, Downloader
from ingest.download_address import DownloadError
from ingest.download_body import DownloadLimits
from tests.ingest.server import Answering, Place, Route, listening


@pytest.fixture(scope="module")
def running() -> Iterator[Place]:
    with listening() as place:
        yield place


@pytest.fixture
def place(running: Place) -> Place:
    running.asked.clear()
    return running


def packed(size: int = 300_000) -> bytes:
    """A true zip of that many bytes that do not pack well."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.writestr("project.csv", hashlib.shake_256(b"seed").digest(size))
    return stream.getvalue()


class Waits:
    """A sleep that takes no time and remembers."""

    def __init__(self) -> None:
        self.seconds: list[float] = []

    def __call__(self, seconds: float) -> None:
        self.seconds.append(seconds)


def downloader(place: Place, folder: Path, sleep: Waits | None = None, **limits: float) -> Downloader:
    return Downloader(
        folder,
        [place.host],
        DownloadLimits(**limits),  # type: ignore[arg-type]  # sizes and seconds by name
        inside=("localhost",),
        trust=place.trust,
        sleep=sleep or Waits(),
        now=lambda: datetime(2026, 11, 26, 12, 0, 0, tzinfo=UTC),
    )


def whole(body: bytes, etag: str = '"one"') -> Route:
    """The file, or the part that is asked for, or that nothing has changed."""

    def answer(to: Answering) -> None:
        if to.headers.get("If-None-Match") == etag:
            to.say(304, heads={"ETag": etag})
            return
        asked = to.headers.get("Range", "")
        if asked and to.headers.get("If-Range") == etag:
            start = int(asked.removeprefix("bytes=").rstrip("-"))
            said = {"ETag": etag, "Content-Range": f"bytes {start}-{len(body) - 1}/{len(body)}"}
            to.say(206, body[start:], said)
            return
        to.say(200, body, {"ETag": etag, "Content-Type": "application/zip"})

    return answer


def cut(body: bytes, after: int, etag: str = '"one"') -> Route:
    """The first bytes, and then the end of the connection."""
    return lambda to: to.say(200, body[:after], {"ETag": etag, "Content-Length": str(len(body))})


def test_a_file_is_fetched_and_kept_with_its_digest(place: Place, tmp_path: Path) -> None:
    body = packed()
    address = place.route("/data/h2020.zip", whole(body))
    path = downloader(place, tmp_path).fetch(address)
    assert path.read_bytes() == body
    assert path.name.endswith("-h2020.zip")
    beside = json.loads(path.with_name(f"{path.name}.json").read_text("utf-8"))
    assert beside["sha256"] == hashlib.sha256(body).hexdigest()
    assert sorted(file.name for file in tmp_path.iterdir()) == sorted([path.name, f"{path.name}.json"])
    heads = place.asked[0].heads
    assert (heads["User-Agent"], heads["Accept-Encoding"]) == (AGENT, "identity")


def test_a_file_that_has_not_changed_is_not_sent_again(place: Place, tmp_path: Path) -> None:
    address = place.route("/same.zip", whole(packed()))
    first = downloader(place, tmp_path).fetch(address)
    place.asked.clear()
    assert downloader(place, tmp_path).fetch(address) == first
    assert [asked.heads["If-None-Match"] for asked in place.asked] == ['"one"']


def test_a_file_that_has_changed_takes_the_place_of_the_old_one(place: Place, tmp_path: Path) -> None:
    new = packed(1000)
    address = place.route("/new.zip", whole(packed()), whole(new, '"two"'))
    downloader(place, tmp_path).fetch(address)
    assert downloader(place, tmp_path).fetch(address).read_bytes() == new


def test_a_kept_file_that_was_cut_is_fetched_anew(place: Place, tmp_path: Path) -> None:
    body = packed()
    address = place.route("/spoilt.zip", whole(body))
    path = downloader(place, tmp_path).fetch(address)
    path.write_bytes(body[:100])
    assert downloader(place, tmp_path).fetch(address).read_bytes() == body


def test_a_download_goes_on_where_it_broke_off(place: Place, tmp_path: Path) -> None:
    body = packed()
    address = place.route("/broken.zip", cut(body, 200_000), whole(body))
    assert downloader(place, tmp_path).fetch(address).read_bytes() == body
    assert place.asked[1].heads["If-Range"] == '"one"'
    assert 0 < int(place.asked[1].heads["Range"].removeprefix("bytes=").rstrip("-")) <= 200_000


def test_it_goes_on_in_another_run(place: Place, tmp_path: Path) -> None:
    body = packed()
    address = place.route("/later.zip", cut(body, 200_000), whole(body))
    with pytest.raises(DownloadError, match=r"cannot be read: .*; try again later; what came so far is kept"):
        downloader(place, tmp_path, tries=1).fetch(address)
    assert downloader(place, tmp_path).fetch(address).read_bytes() == body
    assert "Range" in place.asked[-1].heads


def test_a_file_that_changed_meanwhile_is_fetched_from_its_beginning(place: Place, tmp_path: Path) -> None:
    new = packed(5000)
    address = place.route("/changed.zip", cut(packed(), 200_000), whole(new, '"two"'))
    assert downloader(place, tmp_path).fetch(address).read_bytes() == new


def test_a_server_that_sends_the_rest_of_another_version_is_not_believed(place: Place, tmp_path: Path) -> None:
    old, new = packed(), packed(400_000)

    def careless(to: Answering) -> None:
        start = int(to.headers["Range"].removeprefix("bytes=").rstrip("-"))
        to.say(206, new[start:], {"ETag": '"two"', "Content-Range": f"bytes {start}-{len(new) - 1}/{len(new)}"})

    address = place.route("/careless.zip", cut(old, 200_000), careless, whole(new, '"two"'))
    assert downloader(place, tmp_path).fetch(address).read_bytes() == new


def test_a_server_without_ranges_sends_all_again(place: Place, tmp_path: Path) -> None:
    body = packed()
    address = place.route("/plain.zip", cut(body, 200_000), lambda to: to.say(200, body))
    assert downloader(place, tmp_path).fetch(address).read_bytes() == body


def test_a_busy_server_is_asked_again_when_it_says(place: Place, tmp_path: Path) -> None:
    body, waits = packed(100), Waits()
    address = place.route(
        "/busy.zip",
        lambda to: to.say(429, heads={"Retry-After": "7"}),
        lambda to: to.say(503, heads={"Retry-After": "Thu, 26 Nov 2026 12:00:30 GMT"}),
        lambda to: to.say(503, heads={"Retry-After": "86400"}),
        lambda to: to.say(500),
        whole(body),
    )
    assert downloader(place, tmp_path, waits).fetch(address).read_bytes() == body
    assert waits.seconds == [7.0, 30.0, 120.0, 16.0]


def test_it_gives_up_after_some_tries(place: Place, tmp_path: Path) -> None:
    waits = Waits()
    address = place.route("/never.zip", lambda to: to.say(502))
    with pytest.raises(DownloadError, match=r"answered 502 \(5 times\)"):
        downloader(place, tmp_path, waits).fetch(address)
    assert waits.seconds == [2.0, 4.0, 8.0, 16.0]


def test_redirects_among_the_listed_hosts_are_followed(place: Place, tmp_path: Path) -> None:
    body = packed(100)
    place.route("/there.zip", whole(body))
    address = place.route("/here.zip", lambda to: to.say(302, heads={"Location": "/there.zip"}))
    assert downloader(place, tmp_path).fetch(address).read_bytes() == body


def test_a_gzip_file_stays_packed(place: Place, tmp_path: Path) -> None:
    body = gzip.compress(b'{"id": "https://ror.org/000000000"}\n')
    address = place.route("/ror.ndjson.gz", lambda to: to.say(200, body, {"Content-Type": "application/gzip"}))
    assert downloader(place, tmp_path).fetch(address).read_bytes() == body


def test_a_file_that_comes_in_crumbs_is_known_when_enough_is_there(place: Place, tmp_path: Path) -> None:
    body = packed(100)

    def crumbs(to: Answering) -> None:
        to.say(200, b"", {"Content-Length": str(len(body))})
        for byte in body:
            to.wfile.write(bytes([byte]))
            to.wfile.flush()

    address = place.route("/crumbs.zip", cut(body, 2, etag='"one"'), crumbs)
    assert downloader(place, tmp_path).fetch(address).read_bytes() == body


def test_an_answer_without_a_length_is_read_to_its_end(place: Place, tmp_path: Path) -> None:
    body = packed(100)
    address = place.route("/open.zip", lambda to: to.say(200, body, {"Content-Length": "", "Connection": "close"}))
    assert downloader(place, tmp_path).fetch(address).read_bytes() == body
