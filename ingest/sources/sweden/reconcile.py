"""Money that two rows tell of is one: the fact with less detail goes into the one with more, with its evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TypeAlias

from graph.node import Node, Ref
from ingest.merge import date_text, merged, sum_of, united
from ingest.sources.sweden.rounds import compatible
from ontology.schema import is_a

Same: TypeAlias = Callable[[Node, Node, Sequence[Node]], bool]


def reconcile(nodes: Sequence[Node]) -> Sequence[Node]:
    """The nodes with double money made one; a round that no investment is left in goes too."""
    fundings = [node for node in nodes if is_a(node.kind, "Funding") and node.kind != "InvestmentRound"]
    investments = [node for node in nodes if node.kind == "Investment"]
    money = {node.key for node in (*fundings, *investments)}
    others = [node for node in nodes if node.key not in money]
    rounds = {node.key: node for node in nodes if node.kind == "InvestmentRound"}
    named = frozenset(key for key, node in rounds.items() if "name" in node.values)
    invested = [_in_one_round(node, named, rounds) for node in _fold(investments, _same_investment(named))]
    found = _fold(fundings, _same_funding)
    kept = []
    for funding in found:
        twin = next((one for one in invested if _is_investment(funding, one, rounds)), None)
        if twin is None:
            kept.append(funding)
        else:
            twin.evidence += [proof for proof in funding.evidence if proof not in twin.evidence]
    used = {_ref(node, "round") for node in invested}
    still = [node for node in others if node.key in used or not _empty_round(node)]
    return merged([*still, *invested, *kept])


def _fold(nodes: Iterable[Node], same: Same) -> list[Node]:
    """Each node goes into the first richer one that `same` says it repeats."""
    ranked = sorted(nodes, key=lambda node: (sum_of(node) is None, -len(node.values), -_said(node), node.key))
    found: list[Node] = []
    for node in ranked:
        place = next((i for i, richer in enumerate(found) if same(richer, node, ranked)), None)
        if place is None:
            found.append(node)
        else:
            found[place] = united([found[place], node])
    return found


def _said(node: Node) -> int:
    return len(date_text(node, "start"))


def _ref(node: Node, name: str) -> str:
    return next((value.key for value in node.values.get(name, []) if isinstance(value, Ref)), "")


def _dates_agree(one: Node, other: Node) -> bool:
    return compatible(date_text(one, "start"), date_text(other, "start"))


def _same_funding(richer: Node, poorer: Node, _all: Sequence[Node]) -> bool:
    """Same giver, same receiver or effort as far as both say, and the same sum, or no sum and the very same effort."""
    if _ref(richer, "funder") != _ref(poorer, "funder") or not _kinds_agree(richer, poorer):
        return False
    shared = False
    for name in ("recipient", "fundedEffort"):
        one, other = _ref(richer, name), _ref(poorer, name)
        if one and other and one != other:
            return False
        shared |= bool(one) and one == other
    if not shared:
        return False
    if sum_of(poorer) is not None:
        return sum_of(poorer) == sum_of(richer)
    return bool(_ref(poorer, "fundedEffort")) or (bool(date_text(poorer, "start")) and _dates_agree(richer, poorer))


def _kinds_agree(one: Node, other: Node) -> bool:
    return is_a(one.kind, other.kind) or is_a(other.kind, one.kind)


def _same_investment(named: frozenset[str]) -> Same:
    """Same investor and company; the same sum, or no sum and a date that agrees with this one alone.

    Two rounds that the data names are two. An undated investment repeats another only when there is just that one.
    """

    def same(richer: Node, poorer: Node, everything: Sequence[Node]) -> bool:
        rounds = {_ref(richer, "round"), _ref(poorer, "round")}
        if any(_ref(richer, name) != _ref(poorer, name) for name in ("investor", "recipient")):
            return False
        if len(rounds & named) > 1 or not _dates_agree(richer, poorer):
            return False
        if sum_of(poorer) is not None:
            return sum_of(poorer) == sum_of(richer)
        rivals = [
            other for other in _siblings(richer, everything) if other is not poorer and _dates_agree(other, poorer)
        ]
        return len(rounds) == 1 or len(rivals) == 1

    return same


def _siblings(node: Node, everything: Sequence[Node]) -> list[Node]:
    ends = (_ref(node, "investor"), _ref(node, "recipient"))
    return [other for other in everything if (_ref(other, "investor"), _ref(other, "recipient")) == ends]


def _in_one_round(investment: Node, named: frozenset[str], rounds: dict[str, Node]) -> Node:
    """Of the rounds of folded investments the named one stays, else the one with the most precise date."""
    keys = [value.key for value in investment.values["round"] if isinstance(value, Ref)]
    best = min(keys, key=lambda key: (key not in named, -_said(rounds[key]), key))
    investment.values["round"] = [Ref(best)]
    return investment


def _is_investment(funding: Node, investment: Node, rounds: dict[str, Node]) -> bool:
    """Whether a Funding of an effort or company is the money of this investment under another name."""
    if _ref(funding, "funder") != _ref(investment, "investor") or funding.kind != "Funding":
        return False
    around = rounds.get(_ref(investment, "round"))
    effort = _ref(funding, "fundedEffort")
    same_effort = bool(effort) and around is not None and _ref(around, "fundedEffort") == effort
    same_company = _ref(funding, "recipient") == _ref(investment, "recipient")
    if sum_of(funding) is None:
        return same_company and bool(date_text(funding, "start")) and _dates_agree(funding, investment)
    return (same_effort or same_company) and sum_of(funding) == sum_of(investment)


def _empty_round(node: Node) -> bool:
    return node.kind == "InvestmentRound" and "name" not in node.values
