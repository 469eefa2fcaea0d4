"""Reasons of role: one makes what the other uses, one leads where the other joins."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from graph.gaps.answer import Note, Reason
from graph.gaps.ground import Ground

_LED, _ACTIVITIES = 0.1, 0.3
_LEAST_LED = 2
_MOST_SHOWN = 2

# Who needs whom along the way to the market: code of the sentence, what the first does, what the other does.
_FITS: Final = (
    ("research-maker", frozenset({"research", "development"}), frozenset({"production", "sale"})),
    ("maker-user", frozenset({"production", "sale"}), frozenset({"use"})),
    ("research-user", frozenset({"research", "development"}), frozenset({"use", "test"})),
)


def activities(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """The first technology in which the one does what the other needs; only where the source says what they do there."""
    one, other = (held.activities.get(int(held.net.nodes[row]), {}) for row in (a, b))
    for tech in sorted(one.keys() & other.keys()):
        for code, first, second in _FITS:
            for left, right, does, needs in ((a, b, one, other), (b, a, other, one)):
                made = [relation for word, relation in does[tech] if word in first]
                used = [relation for word, relation in needs[tech] if word in second]
                if made and used:
                    nodes = {
                        "a": (int(held.net.nodes[left]),),
                        "b": (int(held.net.nodes[right]),),
                        "technology": (tech,),
                    }
                    proofs = (held.records.relation(nodes["a"][0], *made), held.records.relation(nodes["b"][0], *used))
                    return (Reason(Note(code, {}, nodes), proofs, _ACTIVITIES),)
    return ()


def roles(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """The one has led several joint projects; the other has joined some and led none."""
    for lead, join in ((a, b), (b, a)):
        led, joined = held.led(lead), held.columns_of(join)
        if len(led) >= _LEAST_LED and len(joined) and not held.led(join):
            return (_role(held, lead, join, led, joined.tolist()),)
    return ()


def _role(held: Ground, lead: int, join: int, led: Sequence[int], joined: Sequence[int]) -> Reason:
    net = held.net
    shown = [(lead, column) for column in held.newest(led)[:_MOST_SHOWN]]
    shown += [(join, column) for column in held.newest(joined)[:1]]
    proofs = tuple(held.records.part(net, row, column) for row, column in shown)
    things = {"a": (int(net.nodes[lead]),), "b": (int(net.nodes[join]),)}
    return Reason(Note("leads-and-joins", {"led": len(led), "joined": len(joined)}, things), proofs, _LED)
