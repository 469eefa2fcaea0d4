"""What holds of a thing that several records describe: the record that is believed first has the say where one may.

What is not taken stays in the graph of its source, as a statement with its evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from graph.node import Evidence, Node, Text, Value

# At most one value; `name`, `description` and `aim` at most one in each language.
SINGLE = frozenset(
    {"founded", "dissolved", "start", "end", "opens", "closes", "orgNumber", "lei", "employees", "companyStage"}
    | {"sizeClass", "lat", "long", "countryCode", "status", "homepage"}
)
IN_EACH_LANGUAGE = frozenset({"name", "description", "aim"})


def agreed(values: Mapping[str, Sequence[Value]], added: Mapping[str, Sequence[Value]]) -> dict[str, list[Value]]:
    """`values` with what another record adds to them; a name that cannot be the name any more is another name."""
    found = {name: list(held) for name, held in values.items()}
    called = {_text(value) for name in ("name", "altName") for value in values.get(name, ())}
    for name, more in added.items():
        before = values.get(name, ())
        for value in more:
            if value in found.get(name, ()) or (name == "altName" and _text(value) in called):
                continue
            if _may(name, value, before):
                found.setdefault(name, []).append(value)
            elif name == "name" and _text(value) not in called:
                found.setdefault("altName", []).append(value)
            if name in ("name", "altName"):
                called.add(_text(value))
    return found


def _may(name: str, value: Value, before: Sequence[Value]) -> bool:
    if name in SINGLE:
        return not before
    if name in IN_EACH_LANGUAGE:
        return not any(_language(held) == _language(value) for held in before)
    return True


def _text(value: Value) -> str:
    return value.value if isinstance(value, Text) else str(value)


def _language(value: Value) -> str:
    return value.lang if isinstance(value, Text) else ""


def statements(node: Node, values: Mapping[str, Sequence[Value]]) -> Iterable[tuple[str, Value, Sequence[Evidence]]]:
    """What is worth a statement with its own evidence: what has proofs of its own, and what does not hold of the thing.

    `values` are those that do.
    """
    for (name, value), proofs in node.proofs.items():
        yield name, value, proofs
    for name, held in node.values.items():
        if name in SINGLE or name in IN_EACH_LANGUAGE:
            for value in held:
                if value not in values.get(name, ()) and (name, value) not in node.proofs:
                    yield name, value, node.evidence


def proofs_of_all(said: Iterable[tuple[str, Node]]) -> Mapping[tuple[str, Value], Sequence[tuple[str, Evidence]]]:
    """For a thing of several records: evidence for each value, from the records that say it and no others."""
    found: dict[tuple[str, Value], list[tuple[str, Evidence]]] = {}
    for source, node in said:
        for name, held in node.values.items():
            for value in held:
                proofs = node.proofs.get((name, value)) or node.evidence
                about = found.setdefault((name, value), [])
                about += [(source, proof) for proof in proofs if (source, proof) not in about]
                if name == "name":
                    found.setdefault(("altName", value), about)
    return found
