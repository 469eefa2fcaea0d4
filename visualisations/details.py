"""What the exported page tells beside the drawing: the panel's relations, the legend, the table."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from networkx import MultiGraph

from visualisations.caption import Lang
from visualisations.palette import FAMILIES, Family, family
from visualisations.words import kind_name, role_name, tie_name


@dataclass(frozen=True, slots=True)
class Row:
    """One thing in the table; `number` is its node id in the drawing, `links` its number of relations."""

    number: int
    name: str
    kind: str
    county: str
    links: int


@dataclass(frozen=True, slots=True)
class LegendLine:
    """A family that occurs, and how often."""

    family: Family
    label: str
    count: int


def rows(network: MultiGraph, lang: Lang) -> list[Row]:
    """The things, the best linked first."""
    held = [
        Row(
            number,
            str(attributes[f"label_{lang}"]),
            kind_name(str(attributes["kind"]), lang),
            str(attributes[f"county_{lang}"] or ""),
            network.degree(key),
        )
        for number, (key, attributes) in enumerate(network.nodes(data=True))
    ]
    return sorted(held, key=lambda row: (-row.links, row.name))


def shown_families(network: MultiGraph, lang: Lang) -> list[LegendLine]:
    """The legend in the order of the palette."""
    counts = Counter(family(kind) for _, kind in network.nodes(data="kind"))
    return [
        LegendLine(one, one.label_sv if lang == "sv" else one.label_en, counts[one])
        for one in FAMILIES
        if one in counts
    ]


def details(network: MultiGraph, lang: Lang) -> dict[str, object]:
    """JSON values for the panel.

    `kinds` and `counties`: text by node; `documents`: addresses, once each; `relations`: [node, node, link, role,
    start, end, amount, [document numbers]], with "" for unknown; `families`: {name: [light, dark]}.
    """
    number = {key: place for place, key in enumerate(network)}
    document: dict[str, int] = {}
    relations = [
        [
            number[one],
            number[other],
            tie_name(str(held["tie"]), lang),
            role_name(str(held["role"]), lang) if held["role"] else "",
            held["start"] or "",
            held["end"] or "",
            _money(held),
            [document.setdefault(address, len(document)) for address in held["documents"] if _is_web(address)],
        ]
        for one, other, held in network.edges(data=True)
    ]
    return {
        "kinds": [kind_name(kind, lang) for _, kind in network.nodes(data="kind")],
        "counties": [county or "" for _, county in network.nodes(data=f"county_{lang}")],
        "homepages": [page if page and _is_web(page) else "" for _, page in network.nodes(data="homepage")],
        "documents": list(document),
        "relations": relations,
        "families": {one.name: [one.light, one.dark] for one in FAMILIES},
    }


def _money(relation: dict[str, object]) -> str:
    """`570 000 EUR`, or nothing."""
    amount, currency = relation["amount"], relation["currency"]
    if not amount or not currency:
        return ""
    whole, _, part = str(amount).partition(".")
    grouped = f"{int(whole):,}".replace(",", "\u202f") if whole.isdecimal() else whole
    return f"{grouped}{'.' + part if part else ''} {currency}"


def _is_web(address: str) -> bool:
    """Only web addresses become links; anything else (javascript:, data:) is left out."""
    return address.startswith(("https://", "http://"))
