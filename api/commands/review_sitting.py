"""`cleantech review` on a terminal: one pair after the other, one key a decision."""

from __future__ import annotations

import os
import signal
import sys
import termios
import tty
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from rich.console import Console

from api.answers.review_pair import compared
from api.commands.review_desk import Desk
from api.commands.review_show import shown
from graph.candidate_queue import Wish, open_pairs
from ingest.deciding import undo
from ingest.decision_lines import Decision, Pair, Verdict
from ingest.problem import IngestError

_VERDICTS: dict[str, Verdict] = {"s": "same", "d": "different", "u": "unsure"}
LEGEND = "s same   d different   u unsure   n or space skip   z undo   q quit   ? help"
HELP = """s  both records are about one and the same thing
d  they are two things: a department and its university, two companies with like names
u  it cannot be told from what is here; the pair leaves the queue
n  look at the next one; this one stays in the queue (the space bar does it, too)
z  take back what you decided last in this sitting
q  end; what was decided is written down already"""


@contextmanager
def keyboard() -> Iterator[None]:
    """Keys come one at a time and are not shown, until the block is left."""
    handle = sys.stdin.fileno()
    before = termios.tcgetattr(handle)
    tty.setcbreak(handle)
    try:
        yield
    finally:
        termios.tcsetattr(handle, termios.TCSADRAIN, before)


def _pressed() -> str:
    """The next key; empty for one that sends several bytes, such as an arrow. EOFError when the terminal has gone."""
    signal.siginterrupt(signal.SIGINT, True)  # the handler of polars would let a read go on after Ctrl-C
    held = os.read(sys.stdin.fileno(), 16)
    if not held:
        raise EOFError
    return held.decode("ascii", "replace").lower() if len(held) == 1 else ""


@dataclass
class Sitting:
    """`waiting` pairs are still to be looked at, in order; `done` what was decided here."""

    desk: Desk
    console: Console
    wish: Wish = field(default_factory=Wish)
    waiting: list[Pair] = field(default_factory=list)
    done: list[Decision] = field(default_factory=list)
    skipped: int = 0

    def run(self) -> None:
        """Until the queue or the patience ends."""
        snapshot, pairs = self.desk.snapshot, self.desk.standing.pairs
        rows = open_pairs(snapshot.columns, snapshot.identities, pairs, self.wish)
        self.waiting = list(rows.select("a_key", "b_key").iter_rows())
        if not self.waiting:
            self.console.print("No pair waits.")
        try:
            with keyboard():
                while self.waiting and self._look(self.waiting[0]):
                    pass
        except (KeyboardInterrupt, EOFError):
            self.console.print()
        left = len(self.waiting) + self.skipped
        self.console.print(f"{len(self.done):,} decided, {self.skipped:,} skipped, {left:,} left.", highlight=False)

    def _look(self, pair: Pair) -> bool:
        """Show one pair until it is decided or skipped; False to end."""
        place = f"{len(self.done) + self.skipped + 1:,} of {len(self.done) + self.skipped + len(self.waiting):,}"
        found = compared(self.desk.snapshot, self.desk.standing, *pair)
        self.console.print(shown(found, place), highlight=False)
        termios.tcflush(sys.stdin, termios.TCIFLUSH)  # nobody decides a pair before it is shown
        self.console.print(LEGEND, style="dim", markup=False, highlight=False)
        while True:
            key = _pressed()
            if key in _VERDICTS:
                self._decide(pair, _VERDICTS[key])
                return True
            match key:
                case "n" | " ":
                    self.skipped += 1
                    self.waiting.pop(0)
                    return True
                case "z":
                    if self._undo():
                        return True
                case "q" | "\x04":
                    return False
                case "?":
                    self.console.print(HELP, markup=False, highlight=False)
                case _:
                    self.console.print(LEGEND, style="dim", markup=False, highlight=False)

    def _decide(self, pair: Pair, verdict: Verdict) -> None:
        """A decision that cannot be written down ends the sitting with its reason: the pair stays open."""
        self.done.append(self.desk.decide(*pair, verdict))
        self.waiting.pop(0)
        self.console.print(f"{pair[0]} and {pair[1]}: {verdict}.\n", markup=False, highlight=False)

    def _undo(self) -> bool:
        if not self.done:
            self.console.print("Nothing was decided in this sitting.")
            return False
        last = self.done[-1]
        try:
            undo(self.desk.data, last.id)
        except IngestError as error:
            self.console.print(str(error), markup=False, highlight=False)
            return False
        self.done.pop()
        self.waiting.insert(0, last.pair)
        self.console.print(f"Taken back: {last.one} and {last.other}.\n", markup=False, highlight=False)
        return True
