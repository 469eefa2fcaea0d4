"""The tables of CORDIS as they were published over the years, told apart by their headers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from ingest.problem import InputError, Problem

PROJECTS, ORGANISATIONS, TOPICS, FIELDS, BASES, OTHER = (
    "projects",
    "organisations",
    "topics",
    "fields",
    "bases",
    "other",
)


@dataclass(frozen=True, slots=True)
class Layout:
    """A table of one generation: our word for each column that is used, and the columns that are known and left.

    `people`: columns about a contact person, which are never read further. `optional`: columns that a file may lack.
    """

    name: str
    table: str
    used: Mapping[str, str]
    left: frozenset[str] = frozenset()
    people: frozenset[str] = frozenset()
    optional: frozenset[str] = field(default=frozenset())

    @property
    def columns(self) -> frozenset[str]:
        """All columns that are known."""
        return frozenset(self.used.values()) | self.left | self.people


def _words(text: str) -> dict[str, str]:
    """`project=projectID name` -> {"project": "projectID", "name": "name"}."""
    pairs = (word.split("=") for word in text.split())
    return {pair[0]: pair[-1] for pair in pairs}


def _set(text: str) -> frozenset[str]:
    return frozenset(text.split())


LAYOUTS: Sequence[Layout] = (
    Layout(
        "project table since 2021",
        PROJECTS,
        _words(
            "id acronym status title start=startDate end=endDate cost=totalCost contribution=ecMaxContribution"
            " bases=legalBasis topics signed=ecSignatureDate framework=frameworkProgramme master=masterCall call=subCall"
            " scheme=fundingScheme objective updated=contentUpdateDate rcn doi=grantDoi keywords"
        ),
        _set("nature"),
        optional=_set("nature keywords"),
    ),
    Layout(
        "organisation table since 2021",
        ORGANISATIONS,
        _words(
            "project=projectID acronym=projectAcronym pic=organisationID vat=vatNumber name short=shortName sme=SME"
            " activity=activityType city country url=organizationURL updated=contentUpdateDate order role"
            " contribution=ecContribution net=netEcContribution ended=endOfParticipation"
        ),
        _set("street postCode nutsCode geolocation contactForm rcn totalCost active"),
        optional=_set("nutsCode geolocation active netEcContribution"),
    ),
    Layout("topic table", TOPICS, _words("project=projectID topic title")),
    Layout(
        "EuroSciVoc table",
        FIELDS,
        _words("project=projectID path=euroSciVocPath title=euroSciVocTitle"),
        _set("euroSciVocCode euroSciVocDescription"),
        optional=_set("euroSciVocCode euroSciVocDescription"),
    ),
    Layout(
        "legal basis table",
        BASES,
        _words("project=projectID basis=legalBasis title unique=uniqueProgrammePart"),
        optional=_set("uniqueProgrammePart"),
    ),
    Layout(
        "web link table",
        OTHER,
        {},
        _set("physUrl id projectID availableLanguages status archivedDate type source represents title"),
        optional=_set("id title availableLanguages archivedDate represents source status"),
    ),
    Layout(
        "web item table",
        OTHER,
        {},
        _set("language availableLanguages uri title type source represents projectID id"),
        optional=_set("projectID id"),
    ),
    Layout("policy priority table", OTHER, {}, _set("projectID ai biodiversity cleanAir climate digitalAgenda")),
    Layout(
        "project table until 2020",
        PROJECTS,
        _words(
            "rcn id acronym status bases=programme topics framework=frameworkProgramme title start=startDate end=endDate"
            " url=projectUrl objective cost=totalCost contribution=ecMaxContribution call scheme=fundingScheme"
            " coordinator country=coordinatorCountry participants keywords=subjects"
        ),
        _set("participantCountries"),
    ),
    Layout(
        "organisation table until 2020",
        ORGANISATIONS,
        _words(
            "rcn=projectRcn project=projectID acronym=projectAcronym role pic=id name short=shortName"
            " activity=activityType ended=endOfParticipation contribution=ecContribution country city"
            " url=organizationUrl vat=vatNumber"
        ),
        _set("street postCode"),
        people=_set(
            "contactForm contactType contactTitle contactFirstNames contactLastNames contactFunction"
            " contactTelephoneNumber contactFaxNumber"
        ),
        optional=_set(
            "vatNumber contactForm contactType contactTitle contactFirstNames contactLastNames contactFunction"
            " contactTelephoneNumber contactFaxNumber"
        ),
    ),
)


def detect(file: str, header: Sequence[str]) -> Layout:
    """The layout of a table with this header; InputError that names the column when one is unknown, missing or double."""
    said = set(header)
    layout = max(LAYOUTS, key=lambda one: len(one.columns & said) / len(one.columns | said))
    missing = sorted(layout.columns - said - layout.optional)
    unknown = [name for name in dict.fromkeys(header) if name not in layout.columns]
    double = [name for name in dict.fromkeys(header) if header.count(name) > 1]
    if len(layout.columns & said) * 2 < len(layout.columns):
        known = ", ".join(one.name for one in LAYOUTS)
        message = f"the columns {', '.join(header)[:200]} are those of no table of CORDIS"
        raise InputError([Problem(file, 1, None, None, message, f"known are: {known}")])
    faults = [(name, f"unknown column {name!r} in the {layout.name}") for name in unknown]
    faults += [(name, f"column {name!r} of the {layout.name} is missing") for name in missing]
    faults += [(name, f"column {name!r} stands {header.count(name)} times") for name in double]
    if faults:
        advice = f"it may have been renamed upstream; known are {', '.join(sorted(layout.columns))}"
        raise InputError([Problem(file, 1, name, None, message, advice) for name, message in faults])
    return layout
