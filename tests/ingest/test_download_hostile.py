"""Downloads that must fail: addresses that may not be asked, and answers that are not what they should be."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.download import Downloader
from ingest.download_address import DownloadError, check_numbers
from ingest.download_body import DownloadLimits
from tests.ingest.server import Answering, Place, listening
from tests.ingest.test_download import Waits, cut, downloader, packed, whole


@pytest.fixture(scope="module")
def running() -> Iterator[Place]:
    with listening() as place:
        yield place


@pytest.fixture
def place(running: Place) -> Place:
    running.asked.clear()
    return running


@pytest.mark.parametrize(
    ("address", "message"),
    [
        ("http://localhost/a.zip", "is http, not https; only https is read"),
        ("file:///etc/passwd", "is file, not https"),
        ("https://elsewhere.example/a.zip", "leads to elsewhere.example, which is not among the hosts localhost:"),
        ("https://localhost:1/a.zip", "leads to localhost:1, which is not among the hosts"),
        ("https://localhost/a.zip", "leads to localhost, which is not among the hosts"),
        ("https://me:secret@localhost/a.zip", "https://localhost/a.zip: holds a name or a password"),
        ("https://localhost:x/a.zip", "is no address"),
        ("https://localhost/a b.zip", "holds a space"),
    ],
)
def test_an_address_that_may_not_be_asked(place: Place, tmp_path: Path, address: str, message: str) -> None:
    with pytest.raises(DownloadError) as caught:
        downloader(place, tmp_path).fetch(address)
    assert message in str(caught.value)
    assert "secret" not in str(caught.value)
    assert place.asked == []


def test_our_own_network_is_not_asked_even_if_it_is_listed(place: Place, tmp_path: Path) -> None:
    address = place.route("/inside.zip", whole(packed(10)))
    with pytest.raises(DownloadError, match=r"leads to (127\.0\.0\.1|::1), which is not of the public internet"):
        Downloader(tmp_path, [place.host], trust=place.trust).fetch(address)
    assert place.asked == []


@pytest.mark.parametrize(
    "number",
    ["10.0.0.1", "169.254.169.254", "192.168.1.1", "::1", "fe80::1%eth0", "::ffff:127.0.0.1", "0.0.0.1", "224.0.0.1"],
)
def test_numbers_of_our_own_network(number: str) -> None:
    with pytest.raises(DownloadError, match="not of the public internet"):
        check_numbers("https://example.org/", [number])


def test_numbers_of_the_public_internet() -> None:
    check_numbers("https://example.org/", ["93.184.216.34", "2606:2800:220:1::1"])


def test_a_server_whose_certificate_nobody_vouches_for(place: Place, tmp_path: Path) -> None:
    address = place.route("/untrusted.zip", whole(packed(10)))
    strict = Downloader(tmp_path, [place.host], inside=("localhost",), sleep=Waits())
    with pytest.raises(DownloadError, match="CERTIFICATE_VERIFY_FAILED"):
        strict.fetch(address)


@pytest.mark.parametrize(
    ("target", "message"),
    [
        ("https://elsewhere.example/a.zip", "leads to elsewhere.example, which is not among the hosts"),
        ("http://localhost/a.zip", "is http, not https"),
        ("//elsewhere.example/a.zip", "leads to elsewhere.example"),
        ("https://localhost:22/", "leads to localhost:22"),
        ("https://me:secret@localhost/", "holds a name or a password"),
    ],
)
def test_each_redirect_is_checked(place: Place, tmp_path: Path, target: str, message: str) -> None:
    address = place.route("/away.zip", lambda to: to.say(302, heads={"Location": target}))
    with pytest.raises(DownloadError) as caught:
        downloader(place, tmp_path).fetch(address)
    assert message in str(caught.value)
    assert len(place.asked) == 1


def test_a_redirect_into_our_own_network(place: Place, tmp_path: Path) -> None:
    """The first host may be inside, for the test; the second is listed and is not."""
    target = place.url("/a.zip", "127.0.0.1")
    address = place.route("/inwards.zip", lambda to: to.say(307, heads={"Location": target}))
    hosts = [place.host, f"127.0.0.1:{place.port}"]
    with pytest.raises(DownloadError, match=r"leads to 127\.0\.0\.1, which is not of the public internet"):
        Downloader(tmp_path, hosts, inside=("localhost",), trust=place.trust).fetch(address)


def test_redirects_without_end(place: Place, tmp_path: Path) -> None:
    address = place.route("/round.zip", lambda to: to.say(301, heads={"Location": "/round.zip"}))
    with pytest.raises(DownloadError, match="leads on more than 5 times"):
        downloader(place, tmp_path).fetch(address)
    assert len(place.asked) == 6


@pytest.mark.parametrize("content_type", ["text/html; charset=utf-8", "application/zip"])
def test_an_html_page_instead_of_a_zip(place: Place, tmp_path: Path, content_type: str) -> None:
    page = b"\xef\xbb\xbf\n<!-- gone --><!DOCTYPE html><html><title>Not found</title></html>"
    address = place.route("/page.zip", lambda to: to.say(200, page, {"Content-Type": content_type}))
    with pytest.raises(DownloadError, match="is an HTML page, not the file; open the address in a browser"):
        downloader(place, tmp_path).fetch(address)
    assert list(tmp_path.iterdir()) == []


def test_something_else_instead_of_a_zip(place: Place, tmp_path: Path) -> None:
    address = place.route("/api/files/a.zip/content", lambda to: to.say(200, b'{"error": "quota"}'))
    with pytest.raises(DownloadError, match=r"is no zip: it begins with b'\{.error"):
        downloader(place, tmp_path).fetch(address)


@pytest.mark.parametrize("status", [403, 404, 410])
def test_a_file_that_is_gone(place: Place, tmp_path: Path, status: int) -> None:
    address = place.route("/gone.zip", lambda to: to.say(status))
    with pytest.raises(DownloadError, match=f"is answered {status}; open the address in a browser"):
        downloader(place, tmp_path).fetch(address)
    assert len(place.asked) == 1


def test_a_file_that_says_it_is_too_large(place: Place, tmp_path: Path) -> None:
    address = place.route("/large.zip", whole(packed(5000)))
    with pytest.raises(DownloadError, match=r"more than the 1,000 that are read"):
        downloader(place, tmp_path, size=1000).fetch(address)


def test_a_file_that_is_too_large_and_does_not_say_so(place: Place, tmp_path: Path) -> None:
    body = packed(5_000_000)
    address = place.route("/huge.zip", lambda to: to.say(200, body, {"Content-Length": "", "Connection": "close"}))
    with pytest.raises(DownloadError, match=r"has more than 1,000,000 bytes"):
        downloader(place, tmp_path, size=1_000_000).fetch(address)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_grows_beyond_the_limit_part_by_part(place: Place, tmp_path: Path) -> None:
    body = packed()
    address = place.route("/growing.zip", cut(body, 200_000), whole(body))
    with pytest.raises(DownloadError, match="that are read"):
        downloader(place, tmp_path, size=250_000).fetch(address)


def test_an_answer_packed_on_the_way(place: Place, tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(1_000_000))
    address = place.route("/bomb.zip", lambda to: to.say(200, bomb, {"Content-Encoding": "gzip"}))
    with pytest.raises(DownloadError, match="is sent packed as gzip"):
        downloader(place, tmp_path).fetch(address)


def test_a_length_that_is_never_reached(place: Place, tmp_path: Path) -> None:
    address = place.route("/short.zip", lambda to: to.say(200, packed(10), {"Content-Length": "99999"}))
    with pytest.raises(DownloadError, match=r"cannot be read: .* \(5 times\)"):
        downloader(place, tmp_path).fetch(address)


def test_a_server_that_never_answers(place: Place, tmp_path: Path) -> None:
    over = threading.Event()
    address = place.route("/silent.zip", lambda _: (over.wait(30), None)[1])
    try:
        with pytest.raises(DownloadError, match="timed out"):
            downloader(place, tmp_path, read=0.1, tries=2).fetch(address)
    finally:
        over.set()


@pytest.mark.parametrize(
    ("limit", "message"), [("patience", "came slower than"), ("total", "took more than 1 seconds")]
)
def test_a_server_that_is_slow(place: Place, tmp_path: Path, limit: str, message: str) -> None:
    """The clock of the test goes on by 50 seconds at each look."""
    seconds = iter(range(0, 10_000, 50))
    address = place.route("/slow.zip", whole(packed()))
    limits = DownloadLimits(tries=1, slowest=10_000, **{limit: 1.0})  # type: ignore[arg-type]  # one of two, in seconds
    clock = seconds.__next__
    slow = Downloader(tmp_path, [place.host], limits, ("localhost",), place.trust, clock=clock)
    with pytest.raises(DownloadError, match=message):
        slow.fetch(address)


def test_a_server_that_sends_a_byte_now_and_then(place: Place, tmp_path: Path) -> None:
    """The bytes are looked at as they come; the test ends without waiting for the rest."""
    over = threading.Event()

    def trickle(to: Answering) -> None:
        to.say(200, packed(10)[:3], {"Content-Length": "100000"})
        to.wfile.flush()
        over.wait(30)

    clock = iter(range(0, 10_000, 50)).__next__
    limits = DownloadLimits(tries=1, patience=10.0)
    slow = Downloader(tmp_path, [place.host], limits, ("localhost",), place.trust, clock=clock)
    try:
        with pytest.raises(DownloadError, match="came slower than 1,000 bytes a second"):
            slow.fetch(place.route("/trickle.zip", trickle))
    finally:
        over.set()
