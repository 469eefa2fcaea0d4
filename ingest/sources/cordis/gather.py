"""All rows of CORDIS put together: each project with its topics and fields, each organisation once, each participation."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import TypeAlias

from ingest.contract import Extraction
from ingest.problem import CellError, Problem
from ingest.sources.cordis import cells
from ingest.sources.cordis.inputs import Counts
from ingest.sources.cordis.layouts import BASES, FIELDS, ORGANISATIONS, PROJECTS, TOPICS
from ingest.sources.cordis.organisation import Organisation
from ingest.sources.cordis.participation import FACTS, ORGANISATION_WORDS, BadCellError, settled_part
from ingest.sources.cordis.tables import Table, tables
from ingest.sources.cordis.tally import Tally

PROJECT_WORDS = [
    "id",
    "rcn",
    "acronym",
    "status",
    "title",
    "start",
    "end",
    "cost",
    "contribution",
    "bases",
    "topics",
    "signed",
    "framework",
    "master",
    "call",
    "scheme",
    "objective",
    "updated",
    "doi",
    "keywords",
    "url",
    "coordinator",
    "country",
    "participants",
]
Part: TypeAlias = tuple[
    str, int, str, str, str, str, str, str
]  # file, line, project, key, role, contribution, net, ended


@dataclass(slots=True)
class Project:
    """A row of a project table, settled; or, with the file of the participation, what a participation says of it."""

    file: str
    line: int
    values: dict[str, str]


@dataclass(slots=True)
class Gathered:
    """Everything, in the order in which it was read."""

    projects: dict[str, Project] = field(default_factory=dict)
    organisations: dict[str, Organisation] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)
    topics: dict[str, dict[str, str]] = field(default_factory=dict)  # by project: code -> title
    fields: dict[str, dict[str, None]] = field(default_factory=dict)  # by project: paths of EuroSciVoc
    bases: dict[str, dict[str, None]] = field(default_factory=dict)  # by project: codes of the legal basis
    basis_titles: dict[str, str] = field(default_factory=dict)
    warnings: Tally = field(default_factory=Tally)
    counts: Counts = field(default_factory=Counts)
    newest: str = ""
    acronyms: dict[str, str] = field(default_factory=dict)  # by project, as participations have it


def gather(task: Extraction, addresses: Mapping[str, str]) -> Gathered:
    """Read all tables. A row that cannot be used goes to `task.reject`, and none of it is kept."""
    found = Gathered()
    readers: Mapping[str, Callable[[Table, Gathered, Extraction], None]] = {
        PROJECTS: _projects,
        ORGANISATIONS: _organisations,
        TOPICS: _topics,
        FIELDS: _fields,
        BASES: _bases,
    }
    for table in tables(task, addresses, found.counts):
        readers[table.layout.table](table, found, task)
    return found


def _rows(table: Table, words: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...]]]:
    pick = itemgetter(*table.pick(words))
    for line, row in table.rows:
        yield line, pick(row)


def _projects(table: Table, found: Gathered, task: Extraction) -> None:
    for line, row in _rows(table, PROJECT_WORDS):
        said = dict(zip(PROJECT_WORDS, map(str.strip, row), strict=True))
        column = "id"
        try:
            key = cells.project_id(said["id"] or f"rcn-{said['rcn']}")
            for column in ("start", "end", "signed"):
                said[column] = cells.day(said[column])
            for column in ("cost", "contribution"):
                said[column] = cells.money(said[column])
            column = "end"
            if said["end"] and said["start"] > said["end"]:
                raise CellError(f"the project ends before it starts on {said['start']}", "mend one of the two dates")
        except CellError as error:
            task.reject(_problem(table, line, column, said[column], error))
            continue
        before = found.projects.get(key)
        if before is None:
            found.projects[key] = Project(table.file, line, said | {"id": key})
            found.newest = max(found.newest, said["updated"][:10])
        elif before.file != table.file or before.values == said | {"id": key}:
            found.warnings["rows of projects that an earlier row tells of were left out"] += 1
        else:
            again = CellError(
                f"{key} is already the project of {before.file}:{before.line}", "keep one of the two rows"
            )
            task.reject(_problem(table, line, "id", key, again))


def _problem(table: Table, line: int, word: str, value: str, error: CellError) -> Problem:
    return Problem(table.file, line, table.layout.used.get(word, word), value, error.message, error.advice)


def _organisations(table: Table, found: Gathered, task: Extraction) -> None:
    seen: set[int] = set()
    for line, row in _rows(table, ORGANISATION_WORDS):
        digest = hash(row)
        if digest in seen:
            found.warnings["rows of participations that repeat another were counted once"] += 1
            continue
        seen.add(digest)
        try:
            project, key, small, part = settled_part(row)
        except BadCellError as fault:
            task.reject(_problem(table, line, fault.word, fault.value, fault.error))
            continue
        organisation = found.organisations.get(key)
        if organisation is None:
            organisation = found.organisations[key] = Organisation(key, table.file, line, project)
        organisation.take(row[FACTS], small, table.file, line, project)
        found.parts.append((table.file, line, project, key, *part))
        found.acronyms.setdefault(project, row[2].strip())


def _topics(table: Table, found: Gathered, _task: Extraction) -> None:
    for _, (project, topic, title) in _rows(table, ("project", "topic", "title")):
        if topic.strip():
            found.topics.setdefault(project, {}).setdefault(cells.line_of_text(topic), cells.line_of_text(title))


def _fields(table: Table, found: Gathered, _task: Extraction) -> None:
    for _, (project, path, title) in _rows(table, ("project", "path", "title")):
        said = cells.line_of_text(path or title).strip("/")
        if said:
            found.fields.setdefault(project, {})[said] = None


def _bases(table: Table, found: Gathered, _task: Extraction) -> None:
    for _, (project, basis, title) in _rows(table, ("project", "basis", "title")):
        code = cells.line_of_text(basis)
        if code:
            found.bases.setdefault(project, {})[code] = None
            found.basis_titles.setdefault(code, cells.line_of_text(title))
