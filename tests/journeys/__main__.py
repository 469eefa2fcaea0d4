"""`python -m tests.journeys [--only NAME]... [--out FOLDER] [--server URL]`: film the journeys, on the demo unless a server is named."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, Protocol

from playwright.sync_api import Browser

from graph.generation import DataFolder
from ingest.run import ingest
from tests.api.running import running
from tests.e2e.visitor import visit
from tests.journeys.film import Film
from tests.visualisations.browser import chromium

NAMES: Final = ("analyst", "researcher", "cluster")
PAGES: Final = Path(__file__).parents[2] / "docs" / "journeys"


class Journey(Protocol):
    """A module of this folder."""

    TITLE: str
    QUESTION: str
    ANSWER: str

    def film(self, film: Film) -> None:
        """Go the way and take the pictures."""


def main() -> None:
    """Film what was asked for."""
    parser = ArgumentParser(prog="python -m tests.journeys", description="Screenshots with captions of the journeys.")
    parser.add_argument("--only", action="append", choices=NAMES, help="this journey alone; may be repeated")
    parser.add_argument("--out", type=Path, default=PAGES, help="where to write (docs/journeys)")
    parser.add_argument("--server", help="the address of a server; else one is started on the demo")
    asked = parser.parse_args()
    asked.out.mkdir(parents=True, exist_ok=True)
    with _server(asked.server) as address, chromium() as browser:
        for name in asked.only or NAMES:
            _film(name, browser, address, asked.out)


def _film(name: str, browser: Browser, address: str, folder: Path) -> None:
    journey: Journey = import_module(f"tests.journeys.{name}")
    for old in folder.glob(f"{name}-*.png"):
        old.unlink()
    with visit(browser, address) as visitor:
        film = Film(visitor, folder, name)
        journey.film(film)
    (folder / f"{name}.md").write_text(film.page(journey.TITLE, journey.QUESTION, journey.ANSWER), "utf-8")


@contextmanager
def _server(address: str | None) -> Iterator[str]:
    if address:
        yield address.rstrip("/")
        return
    with TemporaryDirectory(prefix="cleantech-journeys-") as folder:
        ingest(DataFolder(Path(folder)), "sweden")
        with running("--data", folder) as served:
            yield served.url


if __name__ == "__main__":
    main()
