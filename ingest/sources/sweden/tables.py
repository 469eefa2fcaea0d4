"""The form of the seven files: columns, what their cells hold, and what they refer to."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.cells import amount, one_of, partial_date, slug, text
from ingest.currencies import CURRENCIES
from ingest.identifiers import organisation_number, ror, web_address, wikidata
from ingest.places import countries
from ingest.table import Column, Table

ORGANISATION_KINDS: Mapping[str, str] = {
    "association": "Association",
    "cluster_organisation": "ClusterOrganization",
    "company": "Company",
    "foundation": "Foundation",
    "funder": "FundingAgency",
    "incubator": "Incubator",
    "investor": "InvestmentOrganization",
    "municipality": "Municipality",
    "network": "Network",
    "public_authority": "PublicBody",
    "research_centre": "ResearchCentre",
    "research_group": "ResearchGroup",
    "research_institute": "ResearchInstitute",
    "science_park": "SciencePark",
    "startup": "Company",
    "university": "HigherEducationInstitution",
}
ACTIVITY_KINDS: Mapping[str, str] = {
    "centre_of_excellence": "CentreStage",
    "event": "Event",
    "initiative": "Initiative",
    "joint_venture": "Consortium",
    "programme": "Programme",
    "project": "Project",
    "testbed": "TestBed",
}
ROLES = ("coordinator", "founder", "funder", "host", "member", "participant", "partner", "principal")
PREDICATES = (
    "acquired",
    "customerOf",
    "initiatorOf",
    "investedIn",
    "jointVentureOf",
    "locatedAt",
    "memberOf",
    "partnerOf",
    "spinOffOf",
    "subsidiaryOf",
    "successorOf",
    "supports",
    "unitOf",
)
INSTRUMENTS = ("equity", "grant", "guarantee", "loan", "prize", "procurement")

ORGANISATIONS, ACTIVITIES = "organisations.csv", "activities.csv"
PARTICIPATIONS, RELATIONS, FUNDING = "participations.csv", "relations.csv", "funding.csv"
TECHNOLOGIES, TAGS = "technologies.csv", "has_technology.csv"


def tables() -> tuple[Table, ...]:
    """The seven tables, those that are referred to first."""
    return (_technologies(), _organisations(), _activities(), _participations(), _relations(), _funding(), _tags())


def _key(name: str, *refers: str, required: bool = True) -> Column:
    return Column(name, slug, required, refers)


def _words(*names: str) -> tuple[Column, ...]:
    return tuple(Column(name) for name in names)


def _country() -> Column:
    return Column("country", one_of("country", countries()))


def _source() -> tuple[Column, Column]:
    return Column("source_url", web_address, required=True), Column("source_date", partial_date)


def _span() -> tuple[Column, Column]:
    return Column("start", partial_date), Column("end", partial_date)


def _money(name: str = "amount") -> tuple[Column, Column]:
    return Column(name, amount), Column("currency", one_of("currency", CURRENCIES))


def _organisations() -> Table:
    return Table(
        ORGANISATIONS,
        (
            _key("slug"),
            Column("name", text, required=True),
            *_words("name_sv", "name_en", "aliases"),
            Column("kind", one_of("kind", ORGANISATION_KINDS), required=True),
            _key("parent", ORGANISATIONS, required=False),
            Column("city"),
            _country(),
            Column("website", web_address),
            Column("founded", partial_date),
            Column("ended", partial_date),
            Column("orgnr", organisation_number),
            Column("ror", ror),
            Column("wikidata", wikidata),
            Column("description"),
            *_source(),
            Column("city_source_url", web_address),
        ),
        key="slug",
        spans=(("founded", "ended"),),
    )


def _activities() -> Table:
    return Table(
        ACTIVITIES,
        (
            _key("slug"),
            Column("title", text, required=True),
            Column("title_sv"),
            Column("kind", one_of("kind", ACTIVITY_KINDS), required=True),
            *_span(),
            *_money("budget"),
            Column("city"),
            _country(),
            Column("description"),
            *_source(),
        ),
        key="slug",
        spans=(("start", "end"),),
        together=(("budget", "currency"),),
    )


def _participations() -> Table:
    return Table(
        PARTICIPATIONS,
        (
            _key("activity", ACTIVITIES),
            _key("organisation", ORGANISATIONS),
            Column("role", one_of("role", ROLES), required=True),
            *_span(),
            *_money(),
            _source()[0],
        ),
        spans=(("start", "end"),),
        together=(("amount", "currency"),),
    )


def _relations() -> Table:
    return Table(
        RELATIONS,
        (
            _key("subject", ORGANISATIONS),
            Column("predicate", one_of("predicate", PREDICATES), required=True),
            _key("object", ORGANISATIONS),
            *_span(),
            *_money(),
            Column("note"),
            _source()[0],
        ),
        spans=(("start", "end"),),
        together=(("amount", "currency"),),
    )


def _funding() -> Table:
    return Table(
        FUNDING,
        (
            _key("funder", ORGANISATIONS),
            _key("recipient", ORGANISATIONS, required=False),
            _key("activity", ACTIVITIES, required=False),
            Column("instrument", one_of("instrument", INSTRUMENTS)),
            *_money(),
            Column("date", partial_date),
            _source()[0],
        ),
        together=(("amount", "currency"),),
    )


def _technologies() -> Table:
    return Table(
        TECHNOLOGIES,
        (
            Column("code", text, required=True),
            Column("label_en", text, required=True),
            Column("label_sv", text, required=True),
            Column("broader", text, refers=(TECHNOLOGIES,)),
            *_words("scheme", "cpc"),
        ),
        key="code",
    )


def _tags() -> Table:
    return Table(
        TAGS,
        (
            _key("entity", ORGANISATIONS, ACTIVITIES),
            Column("technology", text, required=True, refers=(TECHNOLOGIES,)),
            _source()[0],
        ),
    )
