"""What the first visitor would wait for: made in the background once a generation is served.

What is made here is kept where it belongs (beside the columns), so that a request finds it. To warm another part, add a
function of the snapshot to `PARTS`: each is to take a second at most on a large map, for the server ends between two of them.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import Final, TypeAlias

import polars as pl

from api.answers.compare import proposals_of
from api.answers.entity import entity
from api.answers.flows import choices_of, flows_of
from api.answers.gaps import net_of
from api.answers.profile_money import money_part
from api.answers.profile_partners import found_partners
from api.answers.profile_parts import Page, technologies_part, timeline_part
from api.answers.sources import sources_out
from api.answers.time import time_out
from api.served import Snapshot
from graph.flows.asked import Asked
from graph.gaps.scope import Scope
from graph.profile_similar import similar
from graph.timeline_choice import Choice

_log = logging.getLogger(__name__)
_PAUSE = 0.02  # seconds between two parts, for requests that wait
_FIRST = Page(0, 1)

Part: TypeAlias = Callable[[Snapshot], object]


def names(snapshot: Snapshot) -> None:
    """Names and addresses, which every answer is made of."""
    things = snapshot.things
    for held in (
        things.names,
        things.groups,
        things.kinds,
        things.degrees,
        things.placed,
        things.counties,
        things.former,
    ):
        len(held)


def profile(snapshot: Snapshot) -> None:
    """The first lines of a profile and its money: payments, who takes part in what, who met whom."""
    node = _best_connected(snapshot)
    if node is not None:
        entity(snapshot, node)
        money_part(snapshot, node)
        technologies_part(snapshot, node, _FIRST)
        timeline_part(snapshot, node, _FIRST, ())


def partners(snapshot: Snapshot) -> None:
    """The network of who works with whom."""
    node = _best_connected(snapshot)
    if node is not None:
        found_partners(snapshot.columns, node)


def alike(snapshot: Snapshot) -> None:
    """What organisations write about themselves."""
    node = _best_connected(snapshot)
    if node is not None:
        similar(net_of(snapshot.columns, Scope()), node)


def money(snapshot: Snapshot) -> None:
    """Every payment taken apart, which the pages of money and of comparisons stand on."""
    flows_of(snapshot, Asked())
    choices_of(snapshot)


def years(snapshot: Snapshot) -> None:
    """Every event, and what the filters of the page of time offer."""
    time_out(snapshot, Choice(), "year")


def sides(snapshot: Snapshot) -> None:
    """Who takes part in what, and the comparisons to begin with."""
    proposals_of(snapshot)


def sources(snapshot: Snapshot) -> None:
    """What each source gives."""
    sources_out(snapshot)


PARTS: Final[tuple[Part, ...]] = (names, profile, partners, money, years, sides, sources, alike)


def _best_connected(snapshot: Snapshot) -> int | None:
    organisations = snapshot.columns.nodes.filter(pl.col("group") == "organisation")
    best = organisations.sort("degree", descending=True)["node"].head(1).to_list()
    return best[0] if best else None


class Warming:
    """One thread that warms what is served, the newest only. It waits for nobody, and nobody waits for it.

    The thread has the priority of the others: one that holds the interpreter's lock and is not let run would hold up
    requests. What takes long (tables, sparse products) is done without the lock.
    """

    def __init__(self, parts: tuple[Part, ...] = PARTS) -> None:
        self._parts = parts
        self.ending = threading.Event()
        self._thread: threading.Thread | None = None
        self._snapshot: Snapshot | None = None

    def begin(self, snapshot: Snapshot) -> None:
        """Warm a snapshot that is live; nothing is done again for edits, which change no columns."""
        if self._snapshot is not None and self._snapshot.columns is snapshot.columns:
            return
        self._snapshot = snapshot
        self._thread = threading.Thread(target=self._run, args=(snapshot,), name="warming")
        self._thread.start()

    def _run(self, snapshot: Snapshot) -> None:
        for part in self._parts:
            if self.ending.wait(_PAUSE) or self._snapshot is not snapshot:
                return
            try:
                part(snapshot)
            except Exception:  # whoever asks for it meets the same, and is told; the rest is worth warming
                _log.exception("%s could not be made beforehand", part.__name__)

    def end(self) -> None:
        """Begin no other part, and wait for the one that runs."""
        self.ending.set()
        if self._thread is not None:
            self._thread.join()
