"""Participants that a project row of until 2020 names: the coordinator with its country, the others by name alone.

The countries of the participants are a set there, not a list beside the names, so they are not used.
"""

from __future__ import annotations

from collections.abc import Iterator

from ingest.sources.cordis.cells import line_of_text
from ingest.sources.cordis.gather import Gathered, Project
from ingest.sources.cordis.organisation import Organisation
from ingest.sources.cordis.participation import name_key


def add_named(found: Gathered) -> None:
    """Add organisations and participations of projects that no organisation table tells of."""
    told = {part[2] for part in found.parts}
    named = {key: one for key, one in found.projects.items() if key not in told and one.values.get("coordinator")}
    countries: dict[str, set[str]] = {}
    for one in named.values():
        name = line_of_text(one.values["coordinator"])
        countries.setdefault(name_key(name, ""), set()).add(one.values["country"])
    for project, one in named.items():
        for name, role in _participants(one):
            key = name_key(name, "")
            organisation = found.organisations.get(key)
            if organisation is None:
                organisation = found.organisations[key] = Organisation(key, one.file, one.line, project)
            known = countries.get(key, set())
            country = next(iter(known)) if len(known) == 1 else ""
            organisation.take(("", name, "", "", "", country, "", ""), None, one.file, one.line, project)
            found.parts.append((one.file, one.line, project, key, role, "", "", ""))


def _participants(one: Project) -> Iterator[tuple[str, str]]:
    coordinator = line_of_text(one.values["coordinator"])
    yield coordinator, "coordinator"
    names = dict.fromkeys(map(line_of_text, one.values["participants"].split(";")))
    for name in names:
        if name not in ("", coordinator):
            yield name, "participant"
