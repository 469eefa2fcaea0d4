"""Why two organisations should meet, and why not: each reason a sentence with the records behind it.

A reason adds its weight to the score of the pair, so whoever takes the records away takes the weight, too.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from graph.gaps.answer import Reason
from graph.gaps.collaboration import Collaboration
from graph.gaps.ground import Ground, ground
from graph.gaps.reasons_against import dormant, duplicate, may_compete, same_brand, same_group
from graph.gaps.reasons_arena import arenas
from graph.gaps.reasons_known import kin_known, known_through, same_home_page
from graph.gaps.reasons_money import funders, open_calls, same_call
from graph.gaps.reasons_network import both_active, common_partners, expected
from graph.gaps.reasons_place import nearness
from graph.gaps.reasons_roles import activities, roles
from graph.gaps.reasons_topics import technologies, topics

_Teller = Callable[[Ground, int, int], Sequence[Reason]]
_FOR: tuple[_Teller, ...] = (
    topics,
    technologies,
    common_partners,
    arenas,
    activities,
    roles,
    open_calls,
    same_call,
    funders,
    nearness,
    both_active,
    expected,
)
_AGAINST: tuple[_Teller, ...] = (
    same_group,
    duplicate,
    same_brand,
    same_home_page,
    known_through,
    kin_known,
    may_compete,
    dormant,
)


@dataclass(frozen=True, slots=True)
class Told:
    """What was found for one pair, the weightiest kind first."""

    reasons: tuple[Reason, ...]
    against: tuple[Reason, ...]

    @property
    def weight(self) -> float:
        """What all of it adds to the score of the pair; reasons against take away."""
        return sum(reason.weight or 0.0 for reason in (*self.reasons, *self.against))


def reasons(net: Collaboration, pairs: Sequence[tuple[int, int]]) -> list[Told]:
    """For each pair of rows of the network. What has no record behind it is not said."""
    held = ground(net)
    return [Told(_told(_FOR, held, a, b), _told(_AGAINST, held, a, b)) for a, b in pairs]


def _told(tellers: Sequence[_Teller], held: Ground, a: int, b: int) -> tuple[Reason, ...]:
    found = [reason for teller in tellers for reason in teller(held, a, b)]
    return tuple(reason for reason in found if reason.proofs and all(proof.evidence for proof in reason.proofs))
