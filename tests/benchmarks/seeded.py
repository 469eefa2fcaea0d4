"""A seeded network of any size as columns, without the way through the store: organisations, dated projects with money, areas."""

from __future__ import annotations

from itertools import chain
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import polars as pl

from graph.columns import EVIDENCE, FACTS, LINKS, NODES, RELATIONS, TECHNOLOGY, Columns
from graph.language import technologies_above
from ontology.terms import SCHEMES

_KINDS: Final = ("Company", "HigherEducationInstitution", "ResearchInstitute", "PublicBody", "InvestmentOrganization")
_SHARES: Final = (0.65, 0.12, 0.13, 0.08, 0.02)
_COUNTRIES: Final = 30
_MOST_PARTNERS: Final = 30
_YEARS: Final = (2014, 2025)
_BUSY: Final = 0.8  # exponent of how unlike organisations are in what they take part in
_SPREAD: Final = 0.35  # chance of one partner more


def seeded(organisations: int, projects: int, seed: int = 0) -> Columns:
    """About 2.9 participations a project, each with an amount; one area a project; a tenth of the organisations state one."""
    rng = np.random.default_rng(seed)
    slugs = sorted(SCHEMES["tech"])
    nodes = _nodes(organisations, projects, slugs, rng)
    sizes = np.minimum(rng.geometric(_SPREAD, projects), _MOST_PARTNERS)
    weights = 1 / (np.arange(organisations) + 1) ** _BUSY
    drawn = [rng.choice(organisations, size, replace=False, p=weights / weights.sum()) for size in sizes.tolist()]
    actors = np.fromiter(chain.from_iterable(drawn), dtype=np.int64)
    efforts = organisations + np.repeat(np.arange(projects), sizes)
    relations = _relations(actors, efforts, rng)
    evidence = pl.DataFrame(
        {name: ["seeded" if kind == pl.String() else None] for name, kind in EVIDENCE.items()},
        schema_overrides=EVIDENCE,
    ).with_columns(pl.lit(0, dtype=pl.UInt32).alias("evidence"), pl.lit(1.0, dtype=pl.Float32).alias("confidence"))
    facts, links = pl.DataFrame(schema=FACTS), pl.DataFrame(schema=LINKS)
    return Columns(nodes, relations, facts, evidence, _areas(organisations, projects, slugs, rng), links)


def _nodes(organisations: int, projects: int, slugs: list[str], rng: np.random.Generator) -> pl.DataFrame:
    count = organisations + projects + len(slugs)
    starts = rng.integers(*_YEARS, projects)
    empty = {name: pl.Series(name, [None] * count, dtype=kind) for name, kind in NODES.items()}
    kinds = [_KINDS[kind] for kind in rng.choice(len(_KINDS), organisations, p=_SHARES)]
    blank: list[Any] = [None]
    told: dict[str, list[Any]] = {
        "node": list(range(count)),
        "key": [f"o{n}" for n in range(organisations)]
        + [f"p{n}" for n in range(projects)]
        + [f"tech/{s}" for s in slugs],
        "group": ["organisation"] * organisations + ["effort"] * projects + ["technology"] * len(slugs),
        "kind": kinds + ["Project"] * projects + ["TechnologyArea"] * len(slugs),
        "country": [f"C{n % _COUNTRIES:02}" for n in range(organisations)] + blank * (projects + len(slugs)),
        "lat": [*rng.uniform(40, 65, organisations), *blank * (projects + len(slugs))],
        "lon": [*rng.uniform(-5, 25, organisations), *blank * (projects + len(slugs))],
        "start_year": [*blank * organisations, *starts.tolist(), *blank * len(slugs)],
        "end_year": [*blank * organisations, *(starts + 3).tolist(), *blank * len(slugs)],
        "evidence": [[0]] * count,
    }
    told["name_en"] = told["name_sv"] = [f"The {key}" for key in told["key"]]
    filled = {name: pl.Series(name, values, dtype=NODES[name]) for name, values in told.items()}
    return pl.DataFrame(empty | filled).select(*NODES)


def _relations(actors: npt.NDArray[np.int64], efforts: npt.NDArray[np.int64], rng: np.random.Generator) -> pl.DataFrame:
    count = len(actors)
    told: dict[str, Any] = {
        "relation": np.arange(count),
        "key": [f"rel/{number}" for number in range(count)],
        "kind": ["Participation"] * count,
        "tie": ["participation"] * count,
        "role": ["participant"] * count,
        "scheme": ["role"] * count,
        "a": actors,
        "b": efforts,
        "a_property": ["participant"] * count,
        "b_property": ["inEffort"] * count,
        "amount_eur": rng.lognormal(12, 1, count),
        "evidence": [[0]] * count,
    }
    empty = {name: pl.Series(name, [None] * count, dtype=kind) for name, kind in RELATIONS.items()}
    filled = {name: pl.Series(name, values, dtype=RELATIONS[name], strict=False) for name, values in told.items()}
    return pl.DataFrame(empty | filled).select(*RELATIONS)


def _areas(organisations: int, projects: int, slugs: list[str], rng: np.random.Generator) -> pl.DataFrame:
    number = {slug: organisations + projects + place for place, slug in enumerate(slugs)}
    above = technologies_above()
    stated = rng.choice(organisations, organisations // 10, replace=False)
    things = [*stated.tolist(), *range(organisations, organisations + projects)]
    rows = [
        (thing, number[top], top == slugs[area])
        for thing, area in zip(things, rng.integers(len(slugs), size=len(things)), strict=True)
        for top in above[slugs[area]]
    ]
    return pl.DataFrame(rows, schema=TECHNOLOGY, orient="row").sort("node", "tech")
