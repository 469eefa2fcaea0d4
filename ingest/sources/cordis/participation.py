"""A row of an organisation table: who takes part in which project, settled cell by cell."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from ingest.keys import slugged
from ingest.problem import CellError, IngestError
from ingest.sources.cordis import cells

ROLES: Mapping[str, str] = {
    "coordinator": "coordinator",
    "participant": "participant",
    "beneficiary": "participant",
    "partner": "partner",
    "internationalPartner": "associated-partner",
    "associatedPartner": "associated-partner",
    "thirdParty": "third-party",
    "hostInstitution": "host",
    "subcontractor": "subcontractor",
}
ORGANISATION_WORDS = [
    "project",
    "rcn",
    "acronym",
    "pic",
    "vat",
    "name",
    "short",
    "activity",
    "city",
    "country",
    "url",
    "updated",
    "sme",
    "order",
    "role",
    "contribution",
    "net",
    "ended",
]
FACTS = slice(4, 12)  # vat to updated, as Organisation.take has them


class BadCellError(IngestError):
    """A cell of a participation, by our word for its column, says nothing that can be used."""

    def __init__(self, word: str, value: str, error: CellError) -> None:
        self.word, self.value, self.error = word, value, error
        super().__init__(str(error))


def settled_part(row: tuple[str, ...]) -> tuple[str, str, bool | None, tuple[str, str, str, str]]:
    """Project, key of the organisation, whether it is an SME, and (role, contribution, net contribution, left early)."""
    project, rcn, _, pic, _, name, short, _, _, country, _, _, sme, _, role, contribution, net, ended = row
    word, value = "project", project
    try:
        said = cells.project_id(project.strip() or f"rcn-{rcn.strip()}")
        word, value = "role", role
        if role not in ROLES:
            raise CellError(f"unknown role {role!r}", f"known are {', '.join(ROLES)}")
        word, value = "ended", ended
        left = cells.truth(ended)
        word, value = "sme", sme
        small = cells.truth(sme)
        word, value = "contribution", contribution
        given = cells.money(contribution)
        word, value = "net", net
        kept = cells.money(net)
        word, value = "name", name
        key = _key(pic.strip(), name, short, country)
    except CellError as error:
        raise BadCellError(word, value, error) from error
    return said, key, small, (ROLES[role], given, kept, "yes" if left else "")


def _key(pic: str, name: str, short: str, country: str) -> str:
    """`cordis:org/<PIC>`; without a PIC one that is made of the name and the country."""
    known = cells.pic(pic)
    if known:
        return f"cordis:org/{known}"
    said = slugged(name) or slugged(short) or cells.line_of_text(name or short)
    if not said:
        raise CellError("the row has neither a PIC nor a name", "write the PIC into the column of the organisation")
    return name_key(said, country.strip().upper())


def name_key(name: str, country: str) -> str:
    """The key of an organisation of which only the name is known."""
    return f"cordis:org/name-{hashlib.sha256(f'{slugged(name) or name}|{country}'.encode()).hexdigest()[:12]}"
