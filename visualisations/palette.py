"""One colour and one shape for each family of kinds, the same in every picture.

The colours are those of the explorer (`web/src/core/kinds.ts`; a test holds them equal), chosen to be told apart with
red-green and blue-yellow blindness too. A family is found through the ontology: a class without an entry of its own takes that of the first family whose root
it descends from, so a new class needs no edit here. `light` and `dark` are hexadecimal sRGB for light and dark ground.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from ontology.schema import ancestors


@dataclass(frozen=True, slots=True)
class Family:
    """A group of kinds that share a colour; `shape` is a name of vis-network."""

    name: str
    roots: frozenset[str]
    label_en: str
    label_sv: str
    light: str
    dark: str
    shape: str = "dot"


_GREYS = ("#87918c", "#74807a")


def _family(name: str, roots: str, labels: tuple[str, str], colours: tuple[str, str], shape: str = "dot") -> Family:
    return Family(name, frozenset(roots.split()), *labels, *colours, shape)


# The order decides where a kind with several roots belongs: the more telling family comes first.
FAMILIES: tuple[Family, ...] = (
    _family("startup", "StartUp", ("Start-ups", "Uppstartsföretag"), ("#0b99c5", "#3bedff")),
    _family("company", "Company", ("Companies", "Företag"), ("#253cbe", "#5577e9")),
    _family("research", "ResearchPerformer TestBed", ("Research", "Forskning"), ("#5f2464", "#8f5e99")),
    _family(
        "money",
        "FundingAgency InvestmentOrganization Foundation Funder Investor",
        ("Funders and investors", "Finansiärer och investerare"),
        ("#076a47", "#a5d4ae"),
    ),
    _family("public", "PublicBody", ("Public bodies", "Offentliga organ"), ("#a19300", "#f8e78d")),
    _family("support", "SupportOrganization Cluster", ("Support", "Stödorganisationer"), ("#a8330d", "#ec4349")),
    _family("network", "Network Association", ("Networks", "Nätverk och föreningar"), ("#c08251", "#f29a0e")),
    _family("effort", "JointEffort Call", ("Projects and programmes", "Projekt och program"), _GREYS, "square"),
    _family("technology", "TechnologyArea Sector", ("Technologies", "Teknikområden"), _GREYS, "triangle"),
    _family("place", "Place", ("Places", "Platser"), _GREYS, "triangleDown"),
    _family("other", "", ("Other organisations", "Övriga organisationer"), ("#46505c", "#c3cad3")),
)


@cache
def family(kind: str) -> Family:
    """The family of a class of the ontology; the last one, "other", when no root is above it."""
    above = ancestors(kind)
    return next((one for one in FAMILIES if one.roots & above), FAMILIES[-1])
