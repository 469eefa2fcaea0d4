"""Small maps for tests: organisations, projects and who took part in them, built through the real build."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from graph.build import rebuild
from graph.columns import Columns
from graph.generation import DataFolder
from graph.node import Concept, Evidence, Node, PartialDate, Ref, Text
from ontology.terms import BASE
from tests.graph.conftest import BUILT
from tests.graph.sample import source

PAGE = Evidence("https://example.org/map", record="row 1")
PLACES = {
    "place/se-ab": ("SE110", "Stockholm County", "59.33", "18.07"),
    "place/se-m": ("SE224", "Skåne County", "55.60", "13.00"),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """An organisation: its class, place (a key of PLACES) or country (an ISO code), technologies that it states."""

    kind: str = "Company"
    at: str | None = None
    techs: Sequence[str] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Project:
    """Its actors with their roles (`a` alone is a participant, `a:coordinator` leads), its years and technologies."""

    actors: Sequence[str]
    start: str | None = "2018"
    end: str | None = None
    techs: Sequence[str] = ()
    name: str = ""


def map_of(
    folder: Path, actors: Mapping[str, Actor], projects: Mapping[str, Project], more: Iterable[Node] = ()
) -> Columns:
    """The columns of a map that is built in the folder."""
    nodes = [*_places(), *more]
    for key, actor in actors.items():
        nodes += _actor(key, actor)
    for key, project in projects.items():
        nodes += _project(key, project)
    return Columns.load(rebuild(DataFolder(folder), [source("one", nodes)], BASE, built=BUILT).columns)


def _places() -> list[Node]:
    found = []
    for key, (nuts, name, lat, lon) in PLACES.items():
        place = Node(key, "AdministrativeArea", [PAGE]).add("name", Text(name, "en")).add("nutsCode", nuts)
        found.append(place.add("countryCode", "SE").add("lat", Decimal(lat)).add("long", Decimal(lon)))
    return found


def _actor(key: str, actor: Actor) -> list[Node]:
    node = Node(key, actor.kind, [PAGE]).add("name", Text(actor.name or f"The {key}", "en"))
    nodes = [node]
    if actor.at is not None and actor.at in PLACES:
        nodes.append(Node(f"rel/site-{key}", "Site", [PAGE]).add("siteOf", Ref(key)).add("place", Ref(actor.at)))
    elif actor.at is not None:
        node.add("countryCode", actor.at)
    for tech in actor.techs:
        activity = Node(f"rel/tech-{key}-{tech}", "TechnologyActivity", [PAGE]).add("actor", Ref(key))
        nodes.append(activity.add("area", Concept("tech", tech)))
    return nodes


def _project(key: str, project: Project) -> list[Node]:
    node = Node(key, "Project", [PAGE]).add("name", Text(project.name or f"Project {key}", "en"))
    for name, year in (("start", project.start), ("end", project.end)):
        if year is not None:
            node.add(name, PartialDate.parse(year))
    nodes = [node]
    for said in project.actors:
        who, _, role = said.partition(":")
        part = Node(f"rel/part-{key}-{who}", "Participation", [PAGE]).add("participant", Ref(who))
        nodes.append(part.add("inEffort", Ref(key)).add("role", Concept("role", role or "participant")))
    for tech in project.techs:
        activity = Node(f"rel/tech-{key}-{tech}", "TechnologyActivity", [PAGE]).add("actor", Ref(key))
        nodes.append(activity.add("area", Concept("tech", tech)))
    return nodes
