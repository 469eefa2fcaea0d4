"""A seeded network in clusters, said with the project's own nodes: organisations of one cluster share a field, towns and projects."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import accumulate
from random import Random
from typing import Final

from graph.node import Concept, Evidence, Money, Node, PartialDate, Ref, RunRecord, SourceCard, SourceNodes, Text
from ontology.terms import SCHEMES
from tests.benchmarks.sparql import shape, words

_PAGE: Final = "https://example.org/clustered/"
_OF_A_CLUSTER: Final = 75  # organisations
_STAY: Final = 0.85  # chance that a participant comes from the cluster of its project
_BUSY: Final = 0.7  # exponent of how unlike the organisations of a cluster are in what they take part in
_TOWNS: Final = 3
_YEARS: Final = (2012, 2024)
_DAY: Final = "2026-11-25"


@dataclass(frozen=True, slots=True)
class Size:
    """How many organisations and projects, and how many participations in all (each a line of the map)."""

    organisations: int
    projects: int
    participations: int

    @property
    def clusters(self) -> int:
        """At least two."""
        return max(self.organisations // _OF_A_CLUSTER, 2)


def clustered(size: Size, seed: int = 6) -> SourceNodes:
    """The same size and seed give the same nodes. An organisation is in cluster `number % clusters`."""
    chance = Random(seed)
    nodes = [*_places(size, chance), *_organisations(size, chance), *_projects(size, chance)]
    run = RunRecord(f"{_DAY}T00:00:00Z", {"generator": f"{seed:064x}"}, len(nodes), 0, _DAY)
    return SourceNodes(_card(), run, nodes)


def _card() -> SourceCard:
    return SourceCard(
        name="clustered",
        title={"en": "Generated network in clusters", "sv": "Framställt nätverk i kluster"},
        publisher="Cleantech KG",
        homepage=_PAGE,
        licence="https://creativecommons.org/publicdomain/zero/1.0/",
        licence_proof=_PAGE,
        refresh="never",
        min_records=1,
    )


def _proof(record: str) -> list[Evidence]:
    return [Evidence(f"{_PAGE}{record}", record, published=PartialDate(_DAY))]


def _places(size: Size, chance: Random) -> Iterator[Node]:
    for code in shape.COUNTRIES:
        country = Node(f"place/{code.lower()}", "AdministrativeArea", _proof(code))
        yield country.add("name", Text(f"Country {code}", "en")).add("countryCode", code)
    codes = shape.Weighted(shape.COUNTRIES)
    for number in range(size.clusters * _TOWNS):
        code = codes.draw(chance)
        town = Node(f"place/town-{number}", "Place", _proof(f"town-{number}"))
        town.add("name", Text(words.town(chance), "en")).add("countryCode", code)
        town.add("lat", Decimal(f"{chance.uniform(36, 66):.4f}")).add("long", Decimal(f"{chance.uniform(-9, 30):.4f}"))
        yield town.add("within", Ref(f"place/{code.lower()}"))


def _organisations(size: Size, chance: Random) -> Iterator[Node]:
    kinds = shape.Weighted(shape.KINDS)
    for number in range(size.organisations):
        kind, proof = kinds.draw(chance), _proof(f"organisation-{number}")
        node = Node(f"org-{number}", kind, proof)
        yield node.add("name", Text(words.organisation(kind, number, chance), "en")).add(
            "acronym", words.acronym(chance)
        )
        town = (number % size.clusters) * _TOWNS + chance.randrange(_TOWNS)
        site = Node(f"rel/site-{number}", "Site", proof).add("siteOf", Ref(node.key))
        yield site.add("place", Ref(f"place/town-{town}"))


def _projects(size: Size, chance: Random) -> Iterator[Node]:
    fields = sorted(slug for slug, term in SCHEMES["tech"].items() if term.broader)
    chance.shuffle(fields)
    for number, seats in enumerate(_seats(size, chance)):
        cluster, year = chance.randrange(size.clusters), chance.randint(*_YEARS)
        proof = _proof(f"project-{number}")
        node = Node(f"project-{number}", "Project", proof).add("name", Text(words.project(chance), "en"))
        node.add("acronym", words.acronym(chance)).add("start", PartialDate(f"{year}-01-01"))
        yield node.add("end", PartialDate(f"{year + chance.randint(1, 5)}-12-31"))
        works = Node(f"rel/area-{number}", "TechnologyActivity", proof).add("actor", Ref(node.key))
        yield works.add("area", Concept("tech", fields[cluster % len(fields)]))
        for place, organisation in enumerate(_drawn(size, cluster, seats, chance)):
            part = Node(f"rel/part-{number}-{organisation}", "Participation", proof)
            part.add("participant", Ref(f"org-{organisation}")).add("inEffort", Ref(node.key))
            part.add("role", Concept("role", "participant" if place else "coordinator"))
            yield part.add("amount", Money(Decimal(f"{chance.lognormvariate(12, 1):.2f}"), "EUR", year))


def _seats(size: Size, chance: Random) -> list[int]:
    """How many take part in each project; together as many as the size says."""
    seats = [1] * size.projects
    for _ in range(size.participations - size.projects):
        seats[chance.randrange(size.projects)] += 1
    return seats


def _drawn(size: Size, cluster: int, seats: int, chance: Random) -> list[int]:
    """Different organisations, most of them of the cluster, the first of a cluster most often."""
    members = range(cluster, size.organisations, size.clusters)
    weights = list(accumulate(1 / (rank + 1) ** _BUSY for rank in range(len(members))))
    found: dict[int, None] = {}
    while len(found) < min(seats, size.organisations):
        stays = chance.random() < _STAY and len(found) < len(members) // 2
        drawn = chance.choices(members, cum_weights=weights)[0] if stays else chance.randrange(size.organisations)
        found[drawn] = None
    return list(found)
