"""One project under its record number and its grant number, or told of by several files, is one project."""

from __future__ import annotations

from collections.abc import Mapping

from ingest.sources.cordis.gather import Gathered, Part, Project


def join(found: Gathered) -> None:
    """Call each project by its grant number where a row has both; of files that tell of its participants the first counts."""
    number = {f"rcn-{one.values['rcn']}": key for key, one in found.projects.items() if one.values.get("rcn")}
    found.projects = dict(_renamed(found.projects, number))
    for old in [key for key in found.topics if number.get(key, key) != key]:
        found.topics.setdefault(number[old], {}).update(found.topics.pop(old))
    for held in (found.fields, found.bases):
        for old in [key for key in held if number.get(key, key) != key]:
            held.setdefault(number[old], {}).update(held.pop(old))
    first: dict[str, str] = {}
    parts: list[Part] = []
    for part in found.parts:
        project = number.get(part[2], part[2])
        if first.setdefault(project, part[0]) == part[0]:
            parts.append((*part[:2], project, *part[3:]))
        else:
            found.warnings["participations were left out, for a file before tells who takes part in their project"] += 1
    found.parts = parts


def _renamed(projects: Mapping[str, Project], number: Mapping[str, str]) -> Mapping[str, Project]:
    return {key: one for key, one in projects.items() if number.get(key, key) == key}
