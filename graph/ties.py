"""The ties of the map: what joins two things, coarser than the class of the relation."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tie:
    """`pairs` are the properties from whose values the two ends come; both names equal = every pair of its values."""

    kind: str
    pairs: tuple[tuple[str, str], ...]
    en: str
    sv: str


# The first class (in this order) that the relation is a kind of gives the tie.
TIES: Mapping[str, Tie] = {
    "membership": Tie("Membership", (("participant", "inEffort"), ("via", "inEffort")), "membership", "medlemskap"),
    "participation": Tie(
        "Participation", (("participant", "inEffort"), ("via", "inEffort")), "participation", "deltagande"
    ),
    "partnership": Tie(
        "Partnership",
        (("customer", "supplier"), ("party", "party"), ("customer", "party"), ("supplier", "party")),
        "partnership",
        "partnerskap",
    ),
    "ownership": Tie("Ownership", (("owner", "owned"),), "ownership", "ägande"),
    "investment": Tie("Investment", (("investor", "recipient"),), "investment", "investering"),
    "funding": Tie(
        "Funding",
        (("funder", "recipient"), ("funder", "fundedEffort"), ("recipient", "fundedEffort")),
        "funding",
        "finansiering",
    ),
    "support": Tie("Support", (("supporter", "supported"),), "support", "stöd"),
    "change": Tie("ChangeEvent", (("before", "after"),), "organisational change", "organisationsförändring"),
    "site": Tie("Site", (("siteOf", "place"),), "site", "plats"),
    "technology": Tie("TechnologyActivity", (("actor", "area"),), "technology", "teknik"),
    "position": Tie("Position", (("holder", "positionAt"),), "position", "befattning"),
    "part": Tie("", (), "part of", "del av"),
}

# Plain properties between two things that are drawn like a relation of their own (tie "part").
PART_PROPERTIES = ("unitOf", "partOf", "programme")
