"""One journey as numbered screenshots, and the page that tells it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import Image
from playwright.sync_api import Locator

from tests.e2e.visitor import Visitor

_COLOURS: Final = 128
_RING: Final = "3px solid #d2601a"


class PendingError(Exception):
    """The journey needs a page that is not built yet; the text says which."""


@dataclass
class Film:
    """Screenshots go to `folder` as `name-1.png`, ...; `shots` are their captions."""

    visitor: Visitor
    folder: Path
    name: str
    shots: list[str] = field(default_factory=list)

    def shot(self, caption: str, *shown: Locator) -> None:
        """What is on the screen now, with a ring around what the caption speaks of; the first of these is scrolled to."""
        self.visitor.page.mouse.move(0, 0)  # what lies under the mouse looks different
        self.visitor.settle(300)
        if shown:
            shown[0].scroll_into_view_if_needed()
        with _ringed(shown):
            picture = Image.open(BytesIO(self.visitor.page.screenshot(animations="disabled", caret="hide")))
        self.shots.append(caption)
        # the most spread colours, not the most frequent: a dot has few pixels, and its colour is what it says
        few = picture.convert("RGB").quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
        few.save(self.folder / f"{self.name}-{len(self.shots)}.png", optimize=True)

    def page(self, title: str, question: str, answer: str) -> str:
        """The journey in Markdown."""
        told = [f"# {title}", "", question, ""]
        for number, caption in enumerate(self.shots, 1):
            told += [f"{number}. {caption}", "", f"   ![{_plain(caption)}]({self.name}-{number}.png)", ""]
        return "\n".join([*told, answer, ""])


@contextmanager
def _ringed(shown: tuple[Locator, ...]) -> Iterator[None]:
    for one in shown:
        one.evaluate("(element, ring) => { element.style.outline = ring; element.style.outlineOffset = '2px' }", _RING)
    try:
        yield
    finally:
        for one in shown:
            one.evaluate("element => { element.style.outline = ''; element.style.outlineOffset = '' }")


def _plain(caption: str) -> str:
    """As the text that stands for the picture: without marks of Markdown."""
    return caption.replace("`", "").replace("[", "").replace("]", "").replace("*", "")
