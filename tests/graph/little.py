"""A handful of hand-written nodes with the corners that the demo lacks."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from graph.node import Concept, Evidence, Iri, Money, Node, PartialDate, Ref, SourceNodes, Text
from tests.graph.sample import source

PAGE = Evidence(
    "https://example.org/ström/sida 1",
    record="rad 1",
    published=PartialDate.parse("2008-11"),
    retrieved=date(2026, 11, 23),
)
OTHER = Evidence(
    "https://example.org/two", quote=Text("grundades 1999", "sv"), method="model", confidence=Decimal("0.7")
)


def little() -> list[SourceNodes]:
    """Two sources that say different things about one company, its round of investment and a project."""
    county = Node("place/se-m", "AdministrativeArea", [PAGE]).add("name", Text("Skåne län", "sv"))
    county.add("nutsCode", "SE224")
    town = Node("place/malmo", "Place", [PAGE]).add("name", Text("Malmö", "sv")).add("within", Ref("place/se-m"))
    town.add("lat", Decimal("55.6059")).add("long", Decimal("13.0007"))
    company = Node("ab", "Company", [PAGE]).add("name", Text("Åkraft AB", "sv")).add("altName", "ÅKAB")
    company.add("founded", PartialDate.parse("1998-05")).add("homepage", Iri("https://example.org/å?x=1"))
    company.add("companyStage", Concept("stage", "start-up")).add("orgNumber", "556000-0001")
    site = Node("rel/s1", "Site", [PAGE]).add("siteOf", Ref("ab")).add("place", Ref("place/malmo"))
    fund = Node("fund", "InvestmentOrganization", [PAGE]).add("name", Text("The Fund", "en"))
    round_ = Node("rel/r1", "InvestmentRound", [PAGE]).add("recipient", Ref("ab"))
    round_.add("amount", Money(Decimal("10600000"), "SEK", 2019)).add("announced", PartialDate.parse("2019"))
    invest = Node("rel/i1", "Investment", [PAGE]).add("investor", Ref("fund")).add("round", Ref("rel/r1"))
    tech = (
        Node("rel/t1", "TechnologyActivity", [PAGE]).add("actor", Ref("ab")).add("area", Concept("tech", "batteries"))
    )
    project = Node("pilot", "Project", [PAGE]).add("name", Text("Pilot", "en")).add("start", PartialDate.parse("2010"))
    project.add("end", PartialDate.parse("2012-06-30")).add("totalCost", Money(Decimal("5"), "JPY"))
    part = Node("rel/p1", "Participation", [PAGE]).add("participant", Ref("ab")).add("inEffort", Ref("pilot"))
    part.add("role", Concept("role", "coordinator"))
    also = Node("rel/p2", "Participation", [PAGE]).add("participant", Ref("fund")).add("inEffort", Ref("pilot"))
    also.add("role", Concept("role", "partner")).add("start", PartialDate.parse("2011")).add("note", "late")
    alone = Node("lonely", "Company", [PAGE]).add("name", Text("Alone", "en"))
    again = Node("ab", "Company").add("founded", PartialDate.parse("1999"), evidence=[OTHER])
    first = [county, town, company, site, fund, round_, invest, tech, project, part, also, alone]
    return [source("one", first), source("two", [again])]
