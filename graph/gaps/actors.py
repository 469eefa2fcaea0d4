"""Types of actors: coarser than the classes of the ontology, the same in every finding."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Final, Literal

from ontology.schema import is_a
from ontology.terms import CLASSES

ActorType = Literal["research", "company", "investor", "funder", "support", "public", "other"]

# The first type with a class above the kind counts. What is none of them, such as `Organization` alone, is `other`.
_TYPES: Final[Mapping[ActorType, tuple[str, ...]]] = MappingProxyType(
    {
        "research": ("ResearchPerformer",),
        "investor": ("InvestmentOrganization",),
        "funder": ("FundingAgency",),
        "support": ("SupportOrganization", "Collaboration", "Association", "TestBed"),
        "company": ("Company",),
        "public": ("PublicBody",),
    }
)
TYPES: Final[tuple[ActorType, ...]] = (*_TYPES, "other")


@cache
def actor_type(kind: str) -> ActorType:
    """The type of a class of organisations; KeyError when the ontology has no such class."""
    if kind not in CLASSES:
        raise KeyError(kind)
    return next((name for name, tops in _TYPES.items() if any(is_a(kind, top) for top in tops)), "other")
