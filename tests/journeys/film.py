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

_COLOURS: Final = 96  # of each sort
_RING: Final = "3px solid #d2601a"


@dataclass
class Film:
    """Screenshots go to `folder` as `name-1.png`, ...; `shots` are their captions."""

    visitor: Visitor
    folder: Path
    name: str
    shots: list[str] = field(default_factory=list)

    def shot(self, caption: str, *shown: Locator, still: int | None = 300) -> None:
        """What is on the screen now, with a ring around what the caption speaks of; the first of these is scrolled to.

        `still` None waits for nothing: a profile asks for its lower parts when somebody scrolls there.
        """
        self.visitor.page.mouse.move(0, 0)  # what lies under the mouse looks different
        if still is not None:
            self.visitor.settle(still)
        if shown:
            shown[0].scroll_into_view_if_needed()
        with _ringed(shown):
            picture = Image.open(BytesIO(self.visitor.page.screenshot(animations="disabled", caret="hide")))
        self.shots.append(caption)
        _few_colours(picture.convert("RGB")).save(self.folder / f"{self.name}-{len(self.shots)}.png", optimize=True)

    def page(self, title: str, question: str, answer: str) -> str:
        """The journey in Markdown."""
        told = [f"# {title}", "", question, ""]
        for number, caption in enumerate(self.shots, 1):
            told += [f"{number}. {caption}", "", f"   ![{_plain(caption)}]({self.name}-{number}.png)", ""]
        return "\n".join([*told, answer, ""])


def _few_colours(picture: Image.Image) -> Image.Image:
    """The most frequent colours as they are, so that paper stays paper, and the most spread ones: a dot has few pixels, and its
    colour is what it says."""
    found = sorted(picture.getcolors(picture.width * picture.height) or [], key=lambda pair: str(pair))
    often = [colour for _, colour in sorted(found, key=lambda pair: -pair[0])[:_COLOURS]]
    spread = picture.quantize(_COLOURS, Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE).getpalette() or []
    palette = Image.new("P", (1, 1))
    palette.putpalette(
        [*(part for colour in often if isinstance(colour, tuple) for part in colour), *spread[: 3 * _COLOURS]]
    )
    return picture.quantize(palette=palette, dither=Image.Dither.NONE)


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
