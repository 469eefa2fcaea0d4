"""Seeded data of the shape of CORDIS, said with the project's own nodes; the same seed and scale give the same nodes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from random import Random
from typing import Final

from graph.node import Concept, Evidence, Money, Node, PartialDate, Ref, RunRecord, SourceCard, SourceNodes, Text
from ontology.terms import SCHEMES
from tests.benchmarks.sparql import shape, words

_SOURCE: Final = "cordis-like"
_PAGE: Final = "https://example.org/cordis-like/"
_SIZES: Final = ("micro", "small", "medium", "large")


@dataclass(frozen=True, slots=True)
class _Part:
    project: int
    organisation: int
    leads: bool


class _World:
    """The counts of one scale, and the chance that everything is drawn from."""

    def __init__(self, scale: float, seed: int) -> None:
        self.chance = Random(seed)
        self.organisations = max(round(shape.ORGANISATIONS * scale), 20)
        self.projects = max(round(shape.PROJECTS * scale), 16)
        self.towns = max(round(shape.TOWNS * scale), 30)
        self.leaves = [slug for slug, term in SCHEMES["tech"].items() if term.broader]
        self.chance.shuffle(self.leaves)
        ranks = range(1, len(self.leaves) + 1)
        self.fields = shape.Weighted({slug: 1 / rank for slug, rank in zip(self.leaves, ranks, strict=True)})
        self.countries = shape.Weighted(shape.COUNTRIES)
        self.kinds = shape.Weighted(shape.KINDS)
        self.funders = shape.Weighted({f"funder-{n}": w for n, w in enumerate(shape.FUNDERS.values())})
        self.years = shape.Weighted({str(year): many for year, many in shape.YEARS.items()})

    def parts(self) -> Iterator[_Part]:
        """Who takes part in what: seats of projects and places of organisations are dealt as cards."""
        seats = [round(shape.drawn(shape.PARTICIPANTS, self.chance)) for _ in range(self.projects)]
        most = max(self.projects // 8, 2)  # nobody is in a larger share of all projects than in CORDIS
        cards: list[int] = []
        while len(cards) < sum(seats):
            cards += (
                organisation
                for organisation in range(self.organisations)
                for _ in range(min(round(shape.drawn(shape.DEGREES, self.chance)), most))
            )
        self.chance.shuffle(cards)
        for project, size in enumerate(seats):
            held = dict.fromkeys(cards.pop() for _ in range(size))
            for place, organisation in enumerate(held):
                yield _Part(project, organisation, place == 0)


def generated(scale: float, seed: int = 2008) -> SourceNodes:
    """Scale 1 is as large as CORDIS 2014-2019: 25,620 projects, 32,012 organisations, some 116,000 participations."""
    world = _World(scale, seed)
    nodes = [*_places(world), *_funders(), *_organisations(world), *_projects(world)]
    run = RunRecord("2026-11-25T00:00:00Z", {"generator": f"{seed:064x}"}, len(nodes), 0, "2026-11-25")
    return SourceNodes(_card(), run, nodes)


def _card() -> SourceCard:
    return SourceCard(
        name=_SOURCE,
        title={"en": "Generated data of the shape of CORDIS", "sv": "Framställda data av samma form som CORDIS"},
        publisher="Cleantech KG",
        homepage=_PAGE,
        licence="https://creativecommons.org/publicdomain/zero/1.0/",
        licence_proof=_PAGE,
        refresh="never",
        min_records=1,
    )


def _proof(page: str, record: str) -> list[Evidence]:
    return [Evidence(f"{_PAGE}{page}", record, published=PartialDate("2026-11-25"))]


def _places(world: _World) -> Iterator[Node]:
    for code in shape.COUNTRIES:
        country = Node(f"place/{code.lower()}", "AdministrativeArea", _proof("places", code))
        yield country.add("name", Text(f"Country {code}", "en")).add("countryCode", code)
    for number in range(world.towns):
        code = world.countries.draw(world.chance)
        town = Node(f"place/town-{number}", "Place", _proof("places", f"town:{number}"))
        town.add("name", Text(words.town(world.chance), "en")).add("countryCode", code)
        town.add("lat", _decimal(world.chance.uniform(36, 66))).add("long", _decimal(world.chance.uniform(-9, 30)))
        yield town.add("within", Ref(f"place/{code.lower()}"))


def _decimal(value: float) -> Decimal:
    return Decimal(f"{value:.4f}")


def _funders() -> Iterator[Node]:
    for number, name in enumerate(shape.FUNDERS):
        yield Node(f"funder-{number}", "FundingAgency", _proof("funders", str(number))).add("name", Text(name, "en"))


def _organisations(world: _World) -> Iterator[Node]:
    for number in range(world.organisations):
        kind, key = world.kinds.draw(world.chance), f"org-{number}"
        proof = _proof(f"organisation/{number}", f"organization.csv:{number}")
        node = Node(key, kind, proof).add("name", Text(words.organisation(kind, number, world.chance), "en"))
        node.add("cordisPic", f"9{number:08}").add("acronym", words.acronym(world.chance))
        if kind == "Company":
            node.add("sizeClass", Concept("size", world.chance.choice(_SIZES)))
            node.add("companyStage", Concept("stage", "start-up") if world.chance.random() < 0.1 else None)
        yield node
        town = int(world.towns * world.chance.random() ** 2)
        yield Node(f"rel/site-{number}", "Site", proof).add("siteOf", Ref(key)).add("place", Ref(f"place/town-{town}"))
        if world.chance.random() < 0.6:
            yield _activity(world, f"rel/org-area-{number}", key, proof)


def _activity(world: _World, key: str, actor: str, proof: list[Evidence]) -> Node:
    node = Node(key, "TechnologyActivity", proof).add("actor", Ref(actor))
    return node.add("area", Concept("tech", world.fields.draw(world.chance)))


def _projects(world: _World) -> Iterator[Node]:
    held: dict[int, list[_Part]] = {}
    for part in world.parts():
        held.setdefault(part.project, []).append(part)
    for number, parts in held.items():
        yield from _project(world, number, parts)


def _project(world: _World, number: int, parts: list[_Part]) -> Iterator[Node]:
    chance, key = world.chance, f"project-{number}"
    proof = _proof(f"project/{number}", f"project.csv:{number}")
    year, month = int(world.years.draw(chance)), chance.randint(1, 12)
    start = PartialDate(f"{year}-{month:02}-01")
    node = Node(key, "Project", proof).add("name", Text(words.project(chance), "en"))
    node.add("acronym", words.acronym(chance)).add("start", start)
    yield node.add("end", PartialDate(f"{year + chance.randint(1, 5)}-{month:02}-28"))
    yield _activity(world, f"rel/project-area-{number}", key, proof)
    shares = [_decimal(chance.lognormvariate(12.2, 0.9)) for _ in parts]
    grant = Node(f"rel/grant-{number}", "Grant", proof).add("funder", Ref(world.funders.draw(chance)))
    grant.add("fundedEffort", Ref(key)).add("amount", Money(sum(shares, Decimal(0)), "EUR", year)).add("start", start)
    for part in parts:
        grant.add("recipient", Ref(f"org-{part.organisation}"))
    yield grant
    for part, share in zip(parts, shares, strict=True):
        yield _participation(part, key, share, year)


def _participation(part: _Part, project: str, share: Decimal, year: int) -> Node:
    key = f"rel/part-{part.project}-{part.organisation}"
    proof = _proof(f"project/{part.project}", f"organization.csv:{part.project}:{part.organisation}")
    node = Node(key, "Participation", proof).add("participant", Ref(f"org-{part.organisation}"))
    node.add("inEffort", Ref(project)).add("role", Concept("role", "coordinator" if part.leads else "participant"))
    return node.add("amount", Money(share, "EUR", year))
