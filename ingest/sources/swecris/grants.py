"""A row in settled form: one grant, its project, who gives and who coordinates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ingest.problem import CellError, Problem
from ingest.sources.swecris import cells
from ingest.sources.swecris.rows import Row


@dataclass(frozen=True, slots=True)
class Party:
    """An organisation as a row names it; `number` is empty for none and for what may be a natural person."""

    number: str
    name_sv: str
    name_en: str
    kind: str
    personal: bool = False


@dataclass(frozen=True, slots=True)
class Grant:
    """`number` is the funder's, `id` that of Swecris. Dates are days or years, sums plain numbers; empty is unknown."""

    file: str
    line: int
    id: str
    number: str
    title_sv: str
    title_en: str
    text_sv: str
    text_en: str
    start: str
    end: str
    coordinator: Party
    funder: Party
    sek: str
    year: str
    paid_from: str
    paid_to: str
    award: str
    subjects: tuple[str, ...]
    loaded: str

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.file}:{self.line}"

    @property
    def dates_agree(self) -> bool:
        """Whether the project does not end before it begins."""
        known = min(len(self.start), len(self.end))
        return self.start[:known] <= self.end[:known]


def settle(row: Row) -> Grant | Problem:
    """The grant, or what is wrong with the first cell that cannot be right."""
    said, column = row.cells, ""

    def read(name: str, parse: Callable[[str], str]) -> str:
        nonlocal column
        column = name
        return parse(said[name])

    try:
        number = read("projectId", lambda text: cells.grant_number(text)[0])
        grant = Grant(
            file=row.file,
            line=row.line,
            id=said["projectId"],
            number=number,
            title_sv=read("projectTitleSv", cells.title),
            title_en=read("projectTitleEn", cells.title),
            text_sv=read("projectAbstractSv", cells.abstract),
            text_en=read("projectAbstractEn", cells.abstract),
            start=read("projectStartDate", cells.day),
            end=read("projectEndDate", cells.day),
            coordinator=_party(row, "coordinatingOrganisation", read),
            funder=_party(row, "fundingOrganisation", read),
            sek=read("fundingsSek", cells.sek),
            year=read("fundingYear", cells.year),
            paid_from=read("fundingStartDate", cells.day),
            paid_to=read("fundingEndDate", cells.day),
            award=read("typeOfAwardDescrEn", cells.title),
            subjects=tuple(cells.subjects(said["scbs"])),
            loaded=read("loadedDate", cells.loaded),
        )
        column = "projectTitleSv"
        if max(len(grant.title_sv), len(grant.title_en)) < 2:
            raise CellError("there is no title", "write one in Swedish or English")
        column = "fundingOrganisationId"
        if not grant.funder.number:
            raise CellError("there is no organisation number of a funder", "write it as NNNNNN-NNNN")
    except CellError as error:
        return row.problem(column, error.message, error.advice)
    return grant


def _party(row: Row, column: str, read: Callable[[str, Callable[[str], str]], str]) -> Party:
    number = read(f"{column}Id", cells.organisation)
    personal = cells.is_personal(row.cells[f"{column}Id"])
    if personal:
        return Party("", "", "", "", personal=True)
    sv, en = (read(f"{column}Name{lang}", cells.title) for lang in ("Sv", "En"))
    return Party(number, sv, en, row.cells[f"{column}TypeOfOrganisationEn"])
