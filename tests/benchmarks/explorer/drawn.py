"""The same network drawn by the explorer and by vis-network: the first picture, a drag over it, a filter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, TypeAlias

from tests.benchmarks.explorer.browser import Spent, Watched, watched
from tests.benchmarks.explorer.vis import open_vis
from tests.benchmarks.rig import FailedError

Opening: TypeAlias = Callable[[Watched, str], None]
_MOVES: Final = 15
_READY: Final = """() => window.__explorer && window.__explorer.nodes > 0 && !window.__explorer.loading
    && document.querySelector('main canvas')"""
_FRAME: Final = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))"
# Clicks the choice and waits, frame by frame, until the picture holds another number of nodes; milliseconds, and that number.
_FILTER: Final = """(box) => new Promise((done) => {
    const before = window.__explorer.nodes, began = performance.now()
    box.click()
    const look = () => {
        const now = window.__explorer
        if (now && !now.loading && now.nodes !== before)
            requestAnimationFrame(() => done([performance.now() - began, now.nodes]))
        else requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
})"""


@dataclass(frozen=True, slots=True)
class Picture:
    """`first` from the address until the page rests with all drawn, without what the browser took to begin; `frame` seconds of a frame of a drag, memory, and nodes that are there."""

    first: Spent
    frame: Spent
    memory_mb: float
    heap_mb: float


def open_explorer(page: Watched, address: str) -> None:
    """Open `/map` and wait for the picture."""
    page.page.goto(f"{address}/map")
    page.page.wait_for_function(_READY)


PEERS: Final[dict[str, Opening]] = {"explorer": open_explorer, "vis-network": open_vis}


def drawn(name: str, address: str) -> Picture:
    """One of `PEERS` draws the map of the server, and the picture is dragged."""
    with watched() as page:
        began = page.rest()
        PEERS[name](page, address)
        first = page.rest() - began
        memory, heap = page.memory_mb(), page.metrics()["JSHeapUsedSize"] / 1e6
        return Picture(first, _dragged(page), memory, heap)


def _dragged(page: Watched) -> Spent:
    """What one frame of a drag takes, from the corner of the picture, one move of the mouse for each frame."""
    box = page.page.locator("main canvas").first.bounding_box()
    if box is None:
        raise FailedError("the picture is not on the page")
    x, y = box["x"] + 12, box["y"] + 12
    mouse = page.page.mouse
    mouse.move(x, y)
    mouse.down()
    seen = page.page.screenshot()
    page.rest()
    before = page.spent()
    for move in range(1, _MOVES + 1):
        mouse.move(x + move * 4, y + move * 2)
        page.page.evaluate(_FRAME)
    spent = page.spent() - before
    mouse.up()
    page.rest()
    if page.page.screenshot() == seen:
        raise FailedError("the drag moved nothing")
    return Spent(spent.page / _MOVES, spent.drawing / _MOVES)


def filtered(address: str, runs: int) -> tuple[list[float], list[Spent]]:
    """Choices of a facet switched on and off: milliseconds by the clock until the next picture, and what was spent until the page rests."""
    walls, busy = [], []
    with watched() as page:
        open_explorer(page, address)
        page.rest()
        boxes = page.page.locator("aside input[type=checkbox]")
        for turn in range(runs):
            for _ in ("on", "off"):
                before = page.spent()
                box = boxes.nth(1 + turn % 4).element_handle()
                wall, _nodes = page.page.evaluate(_FILTER, box)
                walls.append(float(wall))
                busy.append(page.rest() - before)
    return walls, busy
