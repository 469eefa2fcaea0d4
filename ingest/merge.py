"""Rows that say the same become one node with the evidence of all; the more precise date wins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from graph.node import Concept, Money, Node, PartialDate, Text, Value
from ingest.keys import relation_key
from ontology.schema import is_a

DATES = ("start", "end", "founded", "dissolved", "announced", "opens", "closes")
SUMS = ("amount", "totalCost")
_UNITED = frozenset({*DATES, *SUMS, "name", "description", "instrument"})


def merged(nodes: Iterable[Node]) -> list[Node]:
    """One node a key, in the order of the keys; a node that is alone with its key is itself in the result.

    Relations with one key but dates or sums that exclude each other are several: the second gets a key of its own.
    """
    groups: dict[str, list[Node]] = {}
    for node in nodes:
        group = groups.get(node.key)
        if group is None:
            groups[node.key] = [node]
        else:
            group.append(node)
    found: list[Node] = []
    for group in groups.values():
        if len(group) == 1:
            found.append(group[0] if _is_settled(group[0]) else united(group))
        elif is_a(group[0].kind, "Relation"):
            found += _clusters(group)
        else:
            found.append(united(group))
    return sorted(found, key=attrgetter("key"))


def _is_settled(node: Node) -> bool:
    """Whether `united` would change nothing of a node that is alone: it says no date, sum or name twice."""
    if node.proofs or len(node.evidence) > 1:
        return False
    for name, held in node.values.items():
        if len(held) == 1 or name not in _UNITED:
            continue
        if name in DATES or name in SUMS or name == "instrument":
            return False
        if len({value.lang for value in held if isinstance(value, Text)}) < len(held):
            return False
    return True


def _clusters(group: Sequence[Node]) -> list[Node]:
    clusters: list[list[Node]] = []
    for node in sorted(group, key=_precision):
        home = next((cluster for cluster in clusters if all(agree(node, other) for other in cluster)), None)
        if home is None:
            clusters.append([node])
        else:
            home.append(node)
    found = [united(cluster) for cluster in clusters]
    for node in found[1:]:
        node.key = relation_key(
            node.kind, node.key, *(str(value) for name in (*DATES, *SUMS) for value in node.values.get(name, []))
        )
    return found


def _precision(node: Node) -> tuple[int, str, str]:
    text = date_text(node, "start")
    sums = " ".join(str(value) for name in SUMS for value in node.values.get(name, []))
    return (-len(text), text, sums)


def date_text(node: Node, name: str) -> str:
    """The partial date of the node as text; empty when it has none."""
    return next((value.text for value in node.values.get(name, []) if isinstance(value, PartialDate)), "")


def sum_of(node: Node, name: str = "amount") -> tuple[object, str] | None:
    """The stated sum and currency, without the year."""
    return next(((v.value, v.currency) for v in node.values.get(name, []) if isinstance(v, Money)), None)


def agree(one: Node, other: Node) -> bool:
    """Whether no date and no sum of the two excludes the other, as far as both are known."""
    for name in DATES:
        texts = (date_text(one, name), date_text(other, name))
        known = min(map(len, texts))
        if texts[0][:known] != texts[1][:known]:
            return False
    sums = [(sum_of(one, name), sum_of(other, name)) for name in SUMS]
    return all(first is None or second is None or first == second for first, second in sums)


def united(group: Sequence[Node]) -> Node:
    """All that the nodes say, under the key of the first and the narrowest kind."""
    kind = max((node.kind for node in group), key=lambda name: sum(is_a(name, other.kind) for other in group))
    whole = Node(group[0].key, kind)
    for node in group:
        whole.evidence += [proof for proof in node.evidence if proof not in whole.evidence]
        for name, values in node.values.items():
            for value in values:
                _take(whole, name, value)
        for (name, value), proofs in node.proofs.items():
            if value in whole.values.get(name, []):
                held = whole.proofs.setdefault((name, value), [])
                held += [proof for proof in proofs if proof not in held]
    return whole


def _take(whole: Node, name: str, value: Value) -> None:
    held = whole.values.get(name, [])
    if name in DATES and held and isinstance(value, PartialDate):
        if len(value.text) > len(date_text(whole, name)):
            whole.values[name] = [value]
    elif name in SUMS and held and isinstance(value, Money):
        first = held[0]
        if isinstance(first, Money) and first.year is None:
            whole.values[name] = [value]
    elif name in ("name", "description") and isinstance(value, Text) and _says(held, value.lang):
        if name == "name" and value not in held:
            whole.add("altName", value)
    elif name == "instrument" and isinstance(value, Concept):
        known = [v for v in [*held, value] if v != Concept("instrument", "unspecified")]
        whole.values[name] = [known[0] if known else value]
    else:
        whole.add(name, value)


def _says(held: Iterable[Value], lang: str) -> bool:
    return any(isinstance(value, Text) and value.lang == lang for value in held)
