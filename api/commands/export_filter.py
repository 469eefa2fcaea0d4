"""The filters that were typed, as values of the map and in words for the caption."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.selection import Filter, Mode
from visualisations.caption import Lang
from visualisations.choices import ChoiceError, Choices
from visualisations.words import words


@dataclass(frozen=True, slots=True)
class Typed:
    """The options as they were typed; `values` by facet: kind, tech, county, role, tie."""

    values: Mapping[str, Sequence[str]]
    year_from: int | None
    year_to: int | None
    text: str
    mode: Mode
    ego: str = ""
    steps: int = 1


def filter_of(choices: Choices, typed: Typed, lang: Lang) -> tuple[Filter, tuple[tuple[str, str], ...]]:
    """The filter and its (facet, value) pairs in words; ChoiceError when one makes no sense."""
    if typed.year_from is not None and typed.year_to is not None and typed.year_from > typed.year_to:
        raise ChoiceError(f"--from {typed.year_from} is after --to {typed.year_to}")
    found = {facet: [choices.find(facet, value) for value in values] for facet, values in typed.values.items()}
    value = {facet: tuple(offer.value for offer in offers) for facet, offers in found.items()}
    kept = Filter(
        kinds=value["kind"],
        techs=value["tech"],
        counties=value["county"],
        roles=value["role"],
        ties=value["tie"],
        year_from=typed.year_from,
        year_to=typed.year_to,
        text=typed.text,
        mode=typed.mode,
        ego=choices.ego(typed.ego).value if typed.ego else "",
        steps=typed.steps,
    )
    if typed.ego:
        found["ego"] = [choices.ego(typed.ego)]
    told = [(facet, offer.name(lang)) for facet, offers in found.items() for offer in offers]
    return kept, tuple((words(lang)[f"facet_{facet}"], text) for facet, text in [*told, *_rest(typed, lang)])


def _rest(typed: Typed, lang: Lang) -> list[tuple[str, str]]:
    """What was typed beside the facets."""
    years = [("from", typed.year_from), ("to", typed.year_to)]
    told = [(end, str(year)) for end, year in years if year is not None]
    told += [("text", typed.text)] if typed.text else []
    return told + ([("mode", words(lang)["mode_actors"])] if typed.mode == "actors" else [])
