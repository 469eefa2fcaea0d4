"""Whether nodes keep the shapes: see `ingest.shapes`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache
from typing import Any, TypeAlias

from graph.node import Concept, Iri, Money, Node, PartialDate, Ref, Text, Value
from ingest.problem import Problem
from ingest.progress import Progress, quiet
from ingest.shapes import Rule, rules_for
from ontology.schema import is_a
from ontology.terms import PROPERTIES

_STEP = 5_000
Kinds: TypeAlias = Callable[[str], str | None]


def keeping(
    nodes: Sequence[Node], others: Mapping[str, str], progress: Progress = quiet
) -> tuple[list[Node], list[Problem], list[str]]:
    """The nodes that keep the shapes, why the others do not, and warnings. `others`: kinds by key of other sources."""
    kinds = {node.key: node.kind for node in nodes}
    pointed = _pointed(nodes)
    kept: list[Node] = []
    problems: list[Problem] = []
    warnings: list[str] = []

    def kind_of(key: str) -> str | None:
        return kinds.get(key) or others.get(key)

    for number, node in enumerate(nodes):
        if number % _STEP == 0:
            progress("check", number, len(nodes))
        faults = [rule for rule in _rules(node) if _broken(rule, node, kind_of, pointed)]
        problems += [_problem(node, rule) for rule in faults if not rule.warning]
        warnings += [f"{node.key}: {rule.message}" for rule in faults if rule.warning]
        if all(rule.warning for rule in faults):
            kept.append(node)
    return kept, problems, warnings


def _pointed(nodes: Iterable[Node]) -> set[tuple[str, str]]:
    """(property, key) for each reference that a rule with an inverse path asks for."""
    asked = {
        name
        for kind in {node.kind for node in nodes}
        for rule in rules_for(kind)
        if rule.inverse
        for name in rule.names
    }
    return {ref for node in nodes for ref in node.refs() if ref[0] in asked} if asked else set()


def _rules(node: Node) -> Iterator[Rule]:
    """Those that can be broken: what must be there, and what is said of values that are there."""
    must, by_name = _sorted(node.kind)
    yield from must
    for name in node.values:
        for rule in by_name.get(name, ()):
            if len(rule.names) == 1 or name == next(one for one in rule.names if one in node.values):
                yield rule


@cache
def _sorted(kind: str) -> tuple[tuple[Rule, ...], Mapping[str, tuple[Rule, ...]]]:
    must = tuple(rule for rule in rules_for(kind) if rule.least or rule.path == "kind")
    by_name: dict[str, list[Rule]] = {}
    for rule in rules_for(kind):
        for name in rule.names if rule not in must else ():
            by_name.setdefault(name, []).append(rule)
    return must, {name: tuple(rules) for name, rules in by_name.items()}


def _broken(rule: Rule, node: Node, kinds: Kinds, pointed: set[tuple[str, str]]) -> bool:
    if rule.inverse:
        return not any((name, node.key) in pointed for name in rule.names)
    if rule.path == "kind":
        return "in" in rule.limits and node.kind not in rule.limits["in"]
    if rule.path == "evidence":
        return not node.evidence
    if rule.scheme:
        return _off_scheme(rule, node)
    if rule.least == 1 and not rule.values and not rule.together and rule.most > 1:
        return node.values.keys().isdisjoint(rule.names)
    held: Sequence[Value] = node.values.get(rule.path, ())
    if len(rule.names) > 1:
        held = list(dict.fromkeys(value for name in rule.names for value in node.values.get(name, ())))
    if not rule.least <= len(held) <= rule.most:
        return True
    for value in held if rule.values else ():
        if _wrong(rule, value, kinds):
            return True
    return rule.together and _at_odds(held, node, rule.limits)


def _off_scheme(rule: Rule, node: Node) -> bool:
    values = (value for name in rule.names for value in node.values.get(name, ()))
    schemes = [value.scheme for value in values if isinstance(value, Concept)]
    return len(schemes) < rule.least or any(scheme not in rule.limits["in"] for scheme in schemes)


def _at_odds(held: Sequence[Value], node: Node, limits: Mapping[str, Any]) -> bool:
    """Whether values of one property contradict each other, or those of another."""
    if limits.get("uniqueLang"):
        langs = [value.lang for value in held if isinstance(value, Text)]
        if len(langs) != len(set(langs)):
            return True
    other = limits.get("lessThanOrEquals")
    if other is not None:
        ends = [value for value in node.values.get(other, ()) if isinstance(value, PartialDate)]
        starts = [value for value in held if isinstance(value, PartialDate)]
        if any(start.first_day() > end.first_day() for start in starts for end in ends):
            return True
    apart = limits.get("disjoint")
    return apart is not None and any(value in node.values.get(apart, ()) for value in held)


def _wrong(rule: Rule, value: Value, kinds: Kinds) -> bool:
    for limit, asked in rule.values:
        match limit:
            case "pattern" | "minLength" | "maxLength":
                wrong = _misspelt(_lexical(value), limit, asked)
            case "datatype":
                wrong = _datatype(rule.path, value) != asked
            case "nodeKind":
                wrong = not isinstance(value, Iri | Ref | Concept | Money)
            case "class":
                wrong = not _instance(value, asked, kinds)
            case "or":
                wrong = not any(_instance(value, one, kinds) for one in asked)
            case "minInclusive":
                wrong = isinstance(value, int | Decimal) and value < asked
            case "maxInclusive":
                wrong = isinstance(value, int | Decimal) and value > asked
            case _:
                wrong = _lexical(value) not in asked
        if wrong:
            return True
    return False


def _misspelt(text: str, limit: str, asked: Any) -> bool:  # noqa: ANN401 - a pattern or a number
    if limit == "pattern":
        return re.search(asked, text) is None
    return bool(len(text) < asked if limit == "minLength" else len(text) > asked)


def _lexical(value: Value) -> str:
    match value:
        case Text() | Iri():
            return value.value
        case PartialDate():
            return value.text
        case Concept():
            return value.slug
        case _:
            return str(value)


def _datatype(name: str, value: Value) -> str:
    match value:
        case bool():
            return "boolean"
        case int():
            return "integer"
        case Decimal():
            return "decimal"
        case PartialDate():
            exact = value.precision == "day" or f"{name}Precision" in PROPERTIES
            return "date" if exact else "gYear"
        case Text():
            return "langString"
        case str():
            return "string"
        case _:
            return ""


def _instance(value: Value, asked: str, kinds: Kinds) -> bool:
    match value:
        case Ref():
            kind = kinds(value.key)
            return kind is None or is_a(kind, asked)  # a reference to nothing is another fault
        case Concept():
            return asked == "Concept" or (asked == "TechnologyArea" and value.scheme == "tech")
        case Money():
            return asked == "MonetaryAmount"
        case _:
            return False


def _problem(node: Node, rule: Rule) -> Problem:
    said = next((f"{proof.record or ''} {proof.document}".strip() for proof in node.evidence), "its source")
    shown = next((_lexical(value) for name in rule.names for value in node.values.get(name, ())), None)
    return Problem(node.key, None, rule.path, shown, rule.message, f"mend the record: {said}")
