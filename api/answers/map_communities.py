"""The communities of the map and what they are called."""

from __future__ import annotations

from api.models import CommunitiesOut, CommunityOut, Pair
from api.served import Snapshot
from graph.community_names import named


def communities_of(snapshot: Snapshot) -> CommunitiesOut:
    """All of at least three things, the largest first."""
    keys = snapshot.columns.key_of
    return CommunitiesOut(
        communities=[
            CommunityOut(
                number=one.number,
                size=one.size,
                name=Pair(en=one.en, sv=one.sv),
                technologies=[keys[node].removeprefix("tech/") for node in one.technologies],
                places=[keys[node] for node in one.places],
                strongest=keys[one.strongest],
            )
            for one in named(snapshot.columns)
        ]
    )
