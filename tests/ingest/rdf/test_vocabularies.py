"""What becomes of schema.org, W3C ORG, FOAF, EURIO and our own vocabulary."""

from __future__ import annotations

from decimal import Decimal

from graph.node import Concept, Iri, Money, PartialDate, Ref, Text
from tests.ingest.rdf.given import Given

SCHEMA = """
{"@context": "https://schema.org", "@graph": [
  {"@id": "https://sol.example/#bolaget", "@type": "Corporation", "name": "Solsken AB", "alternateName": "Solsken",
   "foundingDate": "2011-04", "url": "https://sol.example/", "sameAs": ["http://www.wikidata.org/entity/Q900777"],
   "address": {"@type": "PostalAddress", "streetAddress": "Solvägen 1", "addressLocality": "Lund", "addressCountry": "SE"},
   "email": "kontakt@sol.example", "knowsAbout": ["solar energy", "knitting"], "slogan": "Ljus!",
   "employee": {"@type": "Person", "name": "Ada Exempel", "email": "ada@sol.example"},
   "memberOf": {"@id": "https://kluster.example/natverket"}},
  {"@id": "https://kluster.example/natverket", "@type": "Consortium", "name": {"@value": "Solnätverket", "@language": "sv"},
   "member": {"@type": "OrganizationRole", "roleName": "coordinator", "startDate": "2020",
              "member": {"@id": "https://uni.example/"}}},
  {"@id": "https://uni.example/", "@type": "CollegeOrUniversity", "name": "Exempeluniversitetet"},
  {"@id": "https://uni.example/p1", "@type": "ResearchProject", "name": "Solprojektet", "startDate": "2021-01-01",
   "funding": {"@type": "MonetaryGrant", "funder": {"@id": "https://stat.example/"},
               "amount": {"@type": "MonetaryAmount", "value": 1500000, "currency": "SEK"}}},
  {"@id": "https://stat.example/", "@type": "FundingAgency", "name": "Exempelmyndigheten"}
]}
"""

ORG = """
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix foaf: <http://xmlns.com/foaf/0.1/> .
@prefix time: <http://www.w3.org/2006/time#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://org.example/> .

:myndigheten a org:FormalOrganization ; skos:prefLabel "Vindmyndigheten"@sv, "Wind Agency"@en ; org:hasUnit :enheten ;
    foaf:mbox <mailto:info@org.example> .
:enheten a org:OrganizationalUnit ; skos:prefLabel "Havsenheten"@sv .
:natet a org:OrganizationalCollaboration ; skos:prefLabel "Vindnätet"@sv .
[] a org:Membership ; org:member :myndigheten ; org:organization :natet ;
    org:memberDuring [ time:hasBeginning [ time:inXSDDate "2015-02-01"^^xsd:date ] ] .
:gd a foaf:Person ; foaf:name "Berit Exempel" ; foaf:mbox <mailto:berit@org.example> ; foaf:birthday "02-03" .
[] a org:Membership ; org:member :gd ; org:organization :myndigheten ; org:role :generaldirektor .
:generaldirektor a org:Role ; skos:prefLabel "generaldirektör"@sv .
:handlaggare a foaf:Person ; foaf:name "Carl Exempel" .
[] a org:Membership ; org:member :handlaggare ; org:organization :myndigheten ; org:role :nagot .
:nagot a org:Role ; skos:prefLabel "handläggare"@sv .
"""

EURIO = """
@prefix eurio: <http://data.europa.eu/s66#> .
@prefix : <https://cordis.example/> .
:p a eurio:Project ; eurio:title "Invented storage" ; eurio:startDate "2022-06-01" ; eurio:hasInvolvedParty :r1, :r2 ;
    eurio:hasAcronym [ a eurio:Acronym ; eurio:shortForm "INSTO" ] ;
    eurio:hasTotalCost [ a eurio:MonetaryAmount ; eurio:value "250000.50" ; eurio:currency "EUR" ] .
:r1 a eurio:OrganisationRole ; eurio:roleLabel "coordinator" ; eurio:isRoleOf :o1 .
:r2 a eurio:OrganisationRole ; eurio:roleLabel "mascot" ; eurio:isRoleOf :o2 .
:o1 a eurio:Organisation ; eurio:legalName "LAGER AB" .
:o2 a eurio:Organisation ; eurio:legalName "SPEICHER GMBH" .
"""

OURS = """
@prefix ce: <https://w3id.org/cleantech-kg/ns#> .
@prefix role: <https://w3id.org/cleantech-kg/role/> .
@prefix tech: <https://w3id.org/cleantech-kg/tech/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix : <https://ours.example/> .
:a a ce:Company, ce:Organization, ce:Agent ; ce:kind ce:Company ; ce:name "Alfa"@sv ; ce:founded "2008-01-01"^^xsd:date ;
    ce:foundedPrecision "year" ; ce:homepage <https://alfa.example/> ; ce:worksOn tech:wind-power .
:b a ce:Network ; ce:name "Beta"@sv .
[] a ce:Participation ; ce:participant :a ; ce:inEffort :b ; ce:role role:partner .
[] a ce:TechnologyActivity ; ce:actor :a ; ce:area tech:wind-power .
"""


def test_schema_org_as_json_ld(given: Given) -> None:
    given.write("data.jsonld", SCHEMA)
    given.read(language="sv")
    company = given.named("Solsken AB")
    assert company.kind == "Company"
    assert company.values["altName"] == [Text("Solsken", "sv")]
    assert company.values["founded"] == [PartialDate("2011-04")]
    assert company.values["wikidata"] == ["Q900777"]
    assert company.values["homepage"] == [Iri("https://sol.example/")]
    assert Iri("https://sol.example/#bolaget") in company.values["sameRecord"]
    (site,) = given.of("Site")
    assert site.values["place"] == [Ref("place/lund")]
    assert site.values["address"] == ["Solvägen 1"]
    (activity,) = given.of("TechnologyActivity")
    assert activity.values["area"] == [Concept("tech", "solar-energy")]
    (membership,) = given.of("Membership")
    assert membership.values["participant"] == [Ref(company.key)]
    (part,) = given.of("Participation")
    assert part.values["inEffort"] == [given.ref("Solnätverket")]
    assert part.values["participant"] == [given.ref("Exempeluniversitetet")]
    assert (part.values["role"], part.values["start"]) == ([Concept("role", "coordinator")], [PartialDate("2020")])
    (grant,) = given.of("Grant")
    assert grant.values["funder"] == [given.ref("Exempelmyndigheten")]
    assert grant.values["fundedEffort"] == [given.ref("Solprojektet")]
    assert grant.values["amount"] == [Money(Decimal(1500000), "SEK")]
    assert given.rejects == []
    assert "1 left out: no word of ours for area knitting" in given.warnings
    assert "1 values of https://schema.org/slogan on Company are left out: it has no term here" in given.warnings
    assert "1 dropped at the door: contact data" in given.warnings
    assert given.of("Person") == []
    assert "Ada" not in given.warnings


def test_w3c_org_in_turtle(given: Given) -> None:
    given.write("org.ttl", ORG)
    given.read()
    assert given.named("Wind Agency").kind == "LegalEntity"
    assert given.named("Havsenheten").values["unitOf"] == [given.ref("Vindmyndigheten")]
    (membership,) = given.of("Membership")
    assert membership.values["participant"] == [given.ref("Vindmyndigheten")]
    assert membership.values["start"] == [PartialDate("2015-02-01")]
    assert membership.values["role"] == [Concept("role", "member")]
    (person,) = given.of("Person")
    assert set(person.values) == {"name", "sameRecord"}
    assert person.values["name"] == [Text("Berit Exempel", "en")]
    (position,) = given.of("Position")
    assert position.values["holder"] == [Ref(person.key)]
    assert position.values["role"] == [Concept("role", "director")]
    assert position.values["title"] == [Text("generaldirektör", "en")]
    assert "1 dropped at the door: a person without a public role" in given.warnings
    assert "1 dropped at the door: a position of a person that is not public" in given.warnings
    assert "Carl" not in given.warnings
    assert given.rejects == []


def test_eurio(given: Given) -> None:
    given.write("eurio.ttl", EURIO)
    given.read()
    project = given.named("Invented storage")
    assert project.values["acronym"] == ["INSTO"]
    assert project.values["totalCost"] == [Money(Decimal("250000.50"), "EUR")]
    roles = {str(node.values["participant"][0]): node for node in given.of("Participation")}
    assert roles[str(given.ref("LAGER AB"))].values["role"] == [Concept("role", "coordinator")]
    unknown = roles[str(given.ref("SPEICHER GMBH"))]
    assert unknown.values["role"] == [Concept("role", "participant")]
    assert unknown.values["note"] == ["mascot"]
    assert unknown.values["inEffort"] == [Ref(project.key)]
    assert given.rejects == []


def test_our_own_vocabulary(given: Given) -> None:
    given.write("ours.ttl", OURS)
    given.read()
    company = given.named("Alfa")
    assert company.kind == "Company"
    assert company.values["founded"] == [PartialDate("2008")]
    (part,) = given.of("Participation")
    assert part.values["role"] == [Concept("role", "partner")]
    (activity,) = given.of("TechnologyActivity")
    assert activity.values["area"] == [Concept("tech", "wind-power")]
    assert "ns#worksOn: it is derived here" in given.warnings
    assert given.rejects == []


def test_a_mapping_of_ones_own(given: Given) -> None:
    given.write(
        "data.nt",
        '<https://x.example/1> <https://v.example/kallas> "Ettan"@sv .\n'
        "<https://x.example/1> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://v.example/Bolag> .\n",
    )
    given.write(
        "mapping.toml",
        'namespaces = ["https://v.example/"]\n[classes]\nBolag = "Company"\n[properties]\nkallas = "name"\n',
    )
    given.read()
    assert given.named("Ettan").kind == "Company"
    assert given.named("Ettan").evidence[0].record == "data.nt:1"
    assert given.named("Ettan").evidence[0].document == "https://x.example/1"
