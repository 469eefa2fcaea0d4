"""One project under its record number and its grant number, or told of by several files, is one project."""

from __future__ import annotations

from collections import Counter
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
    once: dict[tuple[str, str], Part] = {}
    parts: list[Part] = []
    left: dict[tuple[str, str], Counter[str]] = {}  # (this file, the file that counts) -> participations by project
    for part in found.parts:
        project = number.get(part[2], part[2])
        counts = first.setdefault(project, part[0])
        if counts != part[0]:
            left.setdefault((part[0], counts), Counter())[project] += 1
            continue
        before = once.setdefault((project, part[3]), part)
        if before is part:
            parts.append((*part[:2], project, *part[3:]))
        else:
            _twice(found, before, part)
    for (file, counts), projects in left.items():
        text = f"participations of {len(projects)} projects in {file} were left out, for {counts} tells who takes part"
        found.warnings[text] = projects.total()
    found.parts = parts


def _renamed(projects: Mapping[str, Project], number: Mapping[str, str]) -> Mapping[str, Project]:
    return {key: one for key, one in projects.items() if number.get(key, key) == key}


def _twice(found: Gathered, before: Part, part: Part) -> None:
    """One organisation is one participant of a project: sums of two rows are never added up."""
    odd = [word for word, at in (("role", 4), ("sum", 5), ("net sum", 6), ("end", 7)) if before[at] != part[at]]
    what = f"with another {' and '.join(odd)}" if odd else "with nothing new"
    text = f"participations repeat an organisation in its project {what}: the first row counts"
    found.warnings.note(text, f"{part[0]}:{part[1]} after {before[1]}")
