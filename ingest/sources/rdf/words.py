"""Words of others for our concepts: roles as they are called in RDF, and the roles in which a person is public."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from graph.node import Concept
from ontology.terms import SCHEMES

SCHEME_OF: Mapping[str, str] = {
    "role": "role",
    "partnershipKind": "partnership",
    "changeKind": "change",
    "siteKind": "site",
    "activityKind": "activity",
    "roundType": "round",
    "companyStage": "stage",
    "sizeClass": "size",
    "instrument": "instrument",
    "status": "status",
    "amountKind": "amount",
    "topic": "tech",
    "area": "tech",
}
PUBLIC = frozenset({"director", "rector", "political-office", "spokesperson", "group-leader"})
_ROLES: Mapping[str, str] = {
    "ceo": "director",
    "chief executive officer": "director",
    "managing director": "director",
    "executive director": "director",
    "director general": "director",
    "head": "director",
    "vd": "director",
    "verkställande direktör": "director",
    "generaldirektör": "director",
    "vice-chancellor": "rector",
    "university president": "rector",
    "mayor": "political-office",
    "minister": "political-office",
    "borgmästare": "political-office",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "press officer": "spokesperson",
    "principal investigator": "group-leader",
    "associatedpartner": "associated-partner",
    "thirdparty": "subcontractor",
    "third party": "subcontractor",
    "beneficiary": "partner",
    "founder": "initiator",
    "host institution": "host",
}


def concept(name: str, word: str) -> Concept | None:
    """The concept that an address, a slug, a code or a label means for one of our properties."""
    scheme = SCHEME_OF[name]
    known = _known(scheme)
    for tried in (word, word.casefold().strip(), word.casefold().strip().replace(" ", "-").replace("_", "-")):
        if tried in known:
            return Concept(scheme, known[tried])
    return None


@cache
def _known(scheme: str) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for slug, term in SCHEMES[scheme].items():
        words = [text for text, _ in term.alt] + [term.label_en, term.label_sv, term.notation]
        for word in (*(word.casefold() for word in words), slug, term.iri):
            found.setdefault(word, slug)
    for slug, term in SCHEMES[scheme].items():  # a name of its own goes before another's alternative
        found |= {slug: slug, term.iri: slug, term.label_en.casefold(): slug, term.label_sv.casefold(): slug}
    return {**_ROLES, **found} if scheme == "role" else found
