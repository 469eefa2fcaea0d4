"""One bad sample a shape, written by hand: what it says, and what the shape answers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bad:
    """Turtle about `id:x` among the good neighbours of `NEIGHBOURS`, and the message of the shape."""

    turtle: str
    message: str


PREFIXES = """
@prefix ce: <https://w3id.org/cleantech-kg/ns#> .
@prefix cpc: <https://w3id.org/cleantech-kg/cpc/> .
@prefix id: <https://w3id.org/cleantech-kg/id/> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
@prefix review: <https://w3id.org/cleantech-kg/review/> .
@prefix role: <https://w3id.org/cleantech-kg/role/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix stage: <https://w3id.org/cleantech-kg/stage/> .
@prefix tech: <https://w3id.org/cleantech-kg/tech/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

NEIGHBOURS = """
id:org a ce:Company ; ce:kind ce:Company ; ce:name "Bolaget AB"@sv .
id:other a ce:Company ; ce:kind ce:Company ; ce:name "Andra AB"@sv .
id:project a ce:Project ; ce:kind ce:Project ; ce:name "Projektet"@sv .
id:town a ce:AdministrativeArea ; ce:kind ce:AdministrativeArea ; ce:name "Staden"@sv .
"""

# What a relation must have whatever it relates; the evidence itself is described in its own sample.
_TOLD = "ce:about id:org ; ce:evidence id:ev"

BAD: Mapping[str, Bad] = {
    "NamedThing": Bad(
        'id:x a ce:Organization ; ce:kind ce:Organization ; ce:name "Ett namn"@sv, "Ett annat"@sv .',
        "needs a name; at most one in each language",
    ),
    "Kind": Bad(
        'id:x a ce:Company ; ce:kind ce:StartUp ; ce:name "Nya AB"@sv .',
        "no kind that a source may give; see the reference page",
    ),
    "Organization": Bad(
        'id:x a ce:Company ; ce:kind ce:Company ; ce:name "Firman"@sv ; ce:orgNumber "640823-3234" .',
        "an organisation number is NNNNNN-NNNN with third digit 2 or higher (else it may be a personal number)",
    ),
    "Company": Bad(
        'id:x a ce:Company ; ce:kind ce:Company ; ce:name "Firman"@sv ; ce:companyStage role:member .',
        "a company stage comes from the scheme stage",
    ),
    "Person": Bad(
        'id:x a ce:Person ; ce:kind ce:Person ; ce:name "Någon"@sv .',
        "a person is kept only with at least one public or professional position",
    ),
    "Effort": Bad(
        'id:x a ce:Project ; ce:kind ce:Project ; ce:name "Projekt X"@sv ;'
        ' ce:start "2020-01-01"^^xsd:date ; ce:end "2019-01-01"^^xsd:date .',
        "an effort starts on one date, and not after its end",
    ),
    "Call": Bad(
        'id:x a ce:Call ; ce:kind ce:Call ; ce:name "Utlysning"@sv ;'
        ' ce:opens "2027-02-01"^^xsd:date ; ce:closes "2027-01-01"^^xsd:date .',
        "a call opens before it closes",
    ),
    "Claim": Bad(
        'id:x a ce:Statement ; rdf:subject id:org ; rdf:predicate ce:name ; rdf:object "Bolaget" ;'
        ' ce:evidence id:ev ; ce:start "2020"^^xsd:gYear .',
        "a claim starts on one date, and not after its end",
    ),
    "Relation": Bad(
        "id:x a ce:Support ; ce:supporter id:org ; ce:supported id:other ; ce:about id:org, id:other .",
        "no fact without evidence",
    ),
    "Participation": Bad(
        f"id:x a ce:Participation ; ce:participant id:org ; ce:inEffort id:town ; ce:role role:partner ; {_TOLD} .",
        "a participation is in one effort or organisation",
    ),
    "Partnership": Bad(
        f"id:x a ce:Partnership ; ce:party id:org ; {_TOLD} .",
        "a partnership has at least two parties, agents",
    ),
    "Ownership": Bad(
        f"id:x a ce:Ownership ; ce:owner id:org ; ce:owned id:org ; {_TOLD} .",
        "an ownership has one owner, an agent other than what is owned",
    ),
    "Position": Bad(
        f"id:x a ce:Position ; ce:holder id:org ; ce:positionAt id:other ; {_TOLD} .",
        "a position has one holder, a person",
    ),
    "Support": Bad(
        f"id:x a ce:Support ; ce:supporter id:org ; ce:supported id:town ; {_TOLD} .",
        "a support is for one organisation",
    ),
    "ChangeEvent": Bad(
        f"id:x a ce:ChangeEvent ; ce:before id:org ; ce:after id:other ; {_TOLD} .",
        "a kind of change comes from the scheme change",
    ),
    "Site": Bad(
        f"id:x a ce:Site ; ce:siteOf id:org ; ce:place id:other ; {_TOLD} .",
        "a site is in a place",
    ),
    "TechnologyActivity": Bad(
        f"id:x a ce:TechnologyActivity ; ce:actor id:org ; ce:area tech:batteries ; ce:trl 10 ; {_TOLD} .",
        "a technology readiness level is from 1 to 9",
    ),
    "Funding": Bad(
        f"id:x a ce:Grant ; ce:funder id:org ; {_TOLD} .",
        "funding has a recipient or a funded effort",
    ),
    "InvestmentRound": Bad(
        f"id:x a ce:InvestmentRound ; ce:recipient id:org, id:other ; {_TOLD} .",
        "a round is taken in by one organisation",
    ),
    "Investment": Bad(
        f"id:x a ce:Investment ; ce:investor id:org ; {_TOLD} .",
        "an investment has a round or a recipient",
    ),
    "Money": Bad(
        'id:x a ce:MonetaryAmount ; ce:value "100"^^xsd:decimal ; ce:currency "kr" .',
        "an amount has one currency of three capital letters",
    ),
    "Place": Bad(
        'id:x a ce:Place ; ce:kind ce:Place ; ce:name "Någonstans"@sv ; ce:lat "590.3"^^xsd:decimal .',
        "a latitude is from -90 to 90",
    ),
    "TechnologyArea": Bad(
        "id:x a ce:TechnologyArea ; skos:inScheme tech: ; skos:closeMatch tech:batteries .",
        "a technology area matches a classification code",
    ),
    "ClassificationCode": Bad(
        'id:x a ce:ClassificationCode ; skos:inScheme cpc: ; skos:notation "Y02E10/70" .',
        "a notation is written as Y02E 10/70",
    ),
    "Evidence": Bad(
        "id:x a ce:Evidence ; ce:document id:doc ; ce:source id:src ; ce:run id:run ; ce:confidence 1 .",
        "evidence has a record or a quotation",
    ),
    "Document": Bad(
        'id:x a ce:Document ; ce:source id:src ; ce:retrieved "2026-11-20"^^xsd:date .',
        "retrieved is a date and a time",
    ),
    "Statement": Bad(
        'id:x a ce:Statement ; rdf:predicate ce:name ; rdf:object "Bolaget" ; ce:evidence id:ev .',
        "a statement has one subject",
    ),
}
