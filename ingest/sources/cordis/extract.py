"""From what was gathered to records that carry everything their mapping needs, always in the same order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import chain, islice

from ingest.contract import Checkpoint, Extraction, Record, State
from ingest.sources.cordis.frames import Frames
from ingest.sources.cordis.gather import Gathered, Project, gather
from ingest.sources.cordis.inputs import programme
from ingest.sources.cordis.joined import join
from ingest.sources.cordis.named import add_named
from ingest.sources.cordis.people import withhold
from ingest.sources.cordis.settle import settled
from ingest.sources.cordis.whereabouts import Whereabouts

BATCH = 5_000
LISTED = "\n"  # between the parts of a value that is a list
FRAMEWORKS = {"h2020": "H2020", "horizon": "HORIZON"}
FUNDER, ORGANISATION, PROJECT, PARTICIPATION = "funder", "organisation", "project", "participation"  # context `of`


def records(task: Extraction, addresses: Mapping[str, str], state: State) -> Iterator[Record | Checkpoint]:
    """Places, funder, programmes, calls, organisations, projects, participations; a checkpoint after each 5,000.

    A state with `at` is that of a run that was killed: with the same input it goes on behind that record.
    """
    found = gather(task, addresses)
    join(found)
    add_named(found)
    withhold(found)
    _known_by_participants_alone(found)
    _select(found, programme(task))
    where, frames = Whereabouts(found), Frames(found)
    heads = [*where.records(), Record("cordis", 1, {}, {"of": FUNDER}), *frames.records()]
    task.expect(len(heads) + len(found.organisations) + len(found.projects) + len(found.parts))
    digest = f"{found.counts.digest}/{programme(task)}"
    at = int(state.get("at", "0")) if state.get("input") == digest else 0
    rest = chain(heads, _organisations(found, where), _projects(found, frames), _parts(found))
    for number, record in enumerate(islice(rest, at, None), at + 1):
        yield record
        if number % BATCH == 0:
            yield Checkpoint({"at": str(number), "input": digest})
    for warning in _warnings(found):
        task.warn(warning)
    dated = found.newest or found.counts.packed or max((p.values["start"] for p in found.projects.values()), default="")
    yield Checkpoint({"data_date": dated} if dated else {})


def _known_by_participants_alone(found: Gathered) -> None:
    """A project without a row of its own is that which its participations say: its number and acronym."""
    for file, line, key, *_ in found.parts:
        if key not in found.projects:
            acronym = found.acronyms.get(key, "")
            found.projects[key] = Project(file, line, {"id": key, "acronym": acronym, "start": ""})
            found.warnings["projects are known from their participations alone"] += 1


def _select(found: Gathered, wanted: str) -> None:
    """Keep the projects of the wanted programme (or of all), their participations and those who take part."""
    meant = FRAMEWORKS.get(wanted)
    keys = {key for key, one in found.projects.items() if one.values.get("framework", meant) == meant or meant is None}
    left = len(found.projects) - len(keys)
    if left:
        found.warnings[f"projects of other programmes than {wanted} were left out"] += left
    found.projects = {key: one for key, one in found.projects.items() if key in keys}
    found.parts = [part for part in found.parts if part[2] in keys]
    members = {part[3] for part in found.parts}
    found.organisations = {key: one for key, one in found.organisations.items() if key in members}


def _organisations(found: Gathered, where: Whereabouts) -> Iterator[Record]:
    for one in found.organisations.values():
        context = {"of": ORGANISATION, "key": one.key, "project": one.project, "place": where.of(one)}
        yield Record(one.file, one.line, settled(one, found.warnings), context)


def _projects(found: Gathered, frames: Frames) -> Iterator[Record]:
    for key, one in found.projects.items():
        topics = frames.topics(key, one)
        context = {
            "of": PROJECT,
            "programmes": LISTED.join(frames.programmes(key, one)),
            "calls": LISTED.join(frames.calls(key, one)),
            "topics": LISTED.join(f"{code}\t{title}" for code, title in topics.items()),
            "fields": LISTED.join(found.fields.get(key, ())),
        }
        yield Record(one.file, one.line, one.values, context)


def _parts(found: Gathered) -> Iterator[Record]:
    for file, line, project, key, role, contribution, net, ended in found.parts:
        values = {"project": project, "organisation": key, "role": role, "contribution": contribution}
        values |= {"net": net, "ended": ended}
        context = {"of": PARTICIPATION, "key": f"{project}/{key.removeprefix('cordis:org/')}"}
        yield Record(file, line, values, context)


def _warnings(found: Gathered) -> Iterator[str]:
    yield from found.warnings.lines()
    if found.counts.people:
        yield f"{found.counts.people} cells about contact persons were dropped unread"
    for file in sorted(found.counts.left):
        yield f"{file} was not read: the map has no word for what it says"
