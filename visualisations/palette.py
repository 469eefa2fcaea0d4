"""One colour and one shape for each family of kinds, the same in every picture.

A family is found through the ontology: a class without an entry of its own takes that of the first family whose root
it descends from, so a new class needs no edit here. Colours are hexadecimal sRGB; each is readable on its ground
(at least 3:1 on #ffffff for `light`, on #14171c for `dark`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ontology.schema import ancestors


@dataclass(frozen=True, slots=True)
class Family:
    """A group of kinds that share a colour; `shape` is a name of vis-network and Gephi alike."""

    name: str
    roots: frozenset[str]
    label_en: str
    label_sv: str
    light: str
    dark: str
    shape: str = "dot"


def _family(name: str, roots: str, labels: tuple[str, str], colours: tuple[str, str], shape: str = "dot") -> Family:
    return Family(name, frozenset(roots.split()), *labels, *colours, shape)


# The order decides where a kind with several roots belongs: the more telling family comes first.
FAMILIES: tuple[Family, ...] = (
    _family("startup", "StartUp", ("Start-ups", "Uppstartsföretag"), ("#0b84a5", "#4cc3e6")),
    _family("company", "Company", ("Companies", "Företag"), ("#2b5fc4", "#7aa5f8")),
    _family("investor", "InvestmentOrganization Investor", ("Investors", "Investerare"), ("#a06a00", "#e8b33f")),
    _family("research", "ResearchPerformer", ("Research", "Forskning"), ("#7a3fc0", "#b995f5")),
    _family(
        "support",
        "SupportOrganization TestBed",
        ("Support and test beds", "Stöd och testbäddar"),
        ("#0d7f66", "#45c9a5"),
    ),
    _family(
        "public",
        "PublicBody FundingAgency Foundation Funder",
        ("Public bodies and funders", "Offentliga organ och finansiärer"),
        ("#bf3247", "#f58a97"),
    ),
    _family(
        "network",
        "Collaboration Association TradeAssociation CivilSocietyOrganization",
        ("Networks and associations", "Nätverk och föreningar"),
        ("#4f7a12", "#9fce54"),
    ),
    _family("event", "Event", ("Events", "Händelser"), ("#b4501a", "#f0a06b"), "diamond"),
    _family(
        "effort",
        "JointEffort Call",
        ("Projects and programmes", "Projekt och program"),
        ("#5b6675", "#a4afbe"),
        "diamond",
    ),
    _family(
        "technology",
        "TechnologyArea Sector ClassificationCode",
        ("Technologies", "Teknikområden"),
        ("#a83c93", "#e68fd4"),
        "triangle",
    ),
    _family("place", "Place", ("Places", "Platser"), ("#6b5b4b", "#c2b09d"), "square"),
    _family("other", "", ("Other organisations", "Övriga organisationer"), ("#46505c", "#c3cad3")),
)


@cache
def family(kind: str) -> Family:
    """The family of a class of the ontology; the last one, "other", when no root is above it."""
    above = ancestors(kind)
    return next((one for one in FAMILIES if one.roots & above), FAMILIES[-1])
