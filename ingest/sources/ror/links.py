"""How the records hang together: parents, successors, and records that were withdrawn in favour of others."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TypeAlias

import networkx as nx

from ingest.sources.ror.survey import Survey

Pairs: TypeAlias = dict[str, dict[str, set[str]]]  # one -> other -> the records that say so


@dataclass(slots=True)
class Links:
    """All by ROR id. `heirs`: a withdrawn record -> the one that took its place; `counts`: what could not be kept."""

    parents: Pairs = field(default_factory=dict)
    successors: Pairs = field(default_factory=dict)
    heirs: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    def contexts(self, found: Survey, towns: Mapping[int, str]) -> Mapping[str, Mapping[str, str]]:
        """What the mapping of each record needs to know, for those not withdrawn; `towns` are keys by GeoNames number."""
        former: dict[str, list[str]] = {}
        for old, new in sorted(self.heirs.items()):
            former.setdefault(new, []).append(old)
        return {
            ror: _filled(
                parents=_words(self.parents.get(ror, {}), found),
                successors=_words(self.successors.get(ror, {}), found),
                places=" ".join(dict.fromkeys(towns[number] for number in found.sites[ror])),
                former=" ".join(former.get(ror, [])),
            )
            for ror, status in found.statuses.items()
            if status != "withdrawn"
        }


def links(found: Survey) -> Links:
    """Each relation once, whichever side says it; none that leads out of the files or round."""
    made = Links()
    made.heirs = _heirs(found, made.counts)
    for ror, relations in found.said.items():
        for kind, other in relations:
            _link(found, made, ror, kind, other)
    _without_circles(made)
    made.counts["withdrawn without a successor in the files"] = sum(
        status == "withdrawn" and ror not in made.heirs for ror, status in found.statuses.items()
    )
    return made


def _link(found: Survey, made: Links, ror: str, kind: str, other: str) -> None:
    if kind == "related":
        made.counts["relations `related` (that two have to do with each other is no collaboration)"] += 1
        return
    if other == ror:
        made.counts[f"relations `{kind}` of a record to itself"] += 1
        return
    if other not in found.statuses:
        made.counts[f"relations `{kind}` to a record that is not in the files"] += 1
        return
    two = made.heirs.get(other, other)
    if two == ror or made.heirs.get(ror) == two:
        return  # that one took the place of the other is said by the former key
    if "withdrawn" in (found.statuses[ror], found.statuses[two]):
        made.counts[f"relations `{kind}` of or to a withdrawn record"] += 1
        return
    one = ror
    if kind in ("child", "predecessor"):
        one, two = two, one
    pairs = made.parents if kind in ("parent", "child") else made.successors
    pairs.setdefault(one, {}).setdefault(two, set()).add(ror)


def _heirs(found: Survey, counts: Counter[str]) -> dict[str, str]:
    """The one record that took the place of each withdrawn one, over all steps."""
    next_of: dict[str, str] = {}
    for ror, status in found.statuses.items():
        after = {other for kind, other in found.said[ror] if kind == "successor" and other in found.statuses}
        if status == "withdrawn" and len(after) == 1:
            next_of[ror] = after.pop()
        elif status == "withdrawn" and after:
            counts["withdrawn with several successors"] += 1
    heirs = {}
    for ror in next_of:
        way = [ror]
        while way[-1] in next_of and len(way) < len(set(way)) + 1:
            way.append(next_of[way[-1]])
        if found.statuses[way[-1]] != "withdrawn":
            heirs[ror] = way[-1]
    return heirs


def _without_circles(made: Links) -> None:
    """Nobody is a part of a part of itself: all links within such a circle are left out."""
    graph = nx.DiGraph([(child, parent) for child, parents in made.parents.items() for parent in parents])
    for circle in nx.strongly_connected_components(graph):
        for child in circle if len(circle) > 1 else ():
            for parent in circle & made.parents.get(child, {}).keys():
                del made.parents[child][parent]
                made.counts["relations `parent` that go round"] += 1


def _words(others: Mapping[str, set[str]], found: Survey) -> str:
    """JSON: for each other, which records say so, and where they stand."""
    said = [[other, [[ror, found.where[ror]] for ror in sorted(by)]] for other, by in sorted(others.items())]
    return json.dumps(said) if said else ""


def _filled(**words: str) -> Mapping[str, str]:
    return {name: value for name, value in words.items() if value}
