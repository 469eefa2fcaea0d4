"""The source `rdf`: files of others, read whole, mapped, held against the shapes, one record a node."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from graph.node import Node, SourceCard
from ingest.contract import Checkpoint, Extraction, Record, State
from ingest.merge import merged
from ingest.nodefile import from_json, to_json
from ingest.problem import InputError, Problem
from ingest.sources.rdf.card import card_beside, card_with_options
from ingest.sources.rdf.check import complaints
from ingest.sources.rdf.people import without_private_people
from ingest.sources.rdf.places import sites
from ingest.sources.rdf.read import find_files, read_file
from ingest.sources.rdf.report import Losses
from ingest.sources.rdf.statements import TYPE, Statements
from ingest.sources.rdf.terms import ALWAYS, SHIPPED, Terms, choose, own_terms
from ingest.sources.rdf.things import Things
from ingest.sources.rdf.values import Reading

MAPPING = "mapping.toml"


@dataclass(slots=True)
class Rdf:
    """`card` is that of the input; what options say of it is known only when a run has begun."""

    shipped: SourceCard
    inputs: tuple[Path, ...]
    card: SourceCard = field(init=False)

    def __post_init__(self) -> None:
        self.card = card_beside(self.shipped, self.inputs)

    def extract(self, task: Extraction, state: State) -> Iterator[Record | Checkpoint]:  # noqa: ARG002 - it reads all
        """A record a node. InputError when a file cannot be read, a mapping is wrong or no licence is named."""
        self.card = card_with_options(self.card, self.shipped, task.options)
        language = task.options["language"]
        if not re.fullmatch(r"[a-z]{2,3}", language):
            raise InputError(
                [Problem("--set language", None, None, language, "no language", "write a code such as sv")]
            )
        files = find_files(task.inputs)
        documents = [read_file(task, name, path, task.options["base"]) for name, path in files]
        spoken = {quad.predicate.value for document in documents for quad in document.quads}
        spoken |= {
            str(getattr(quad.object, "value", ""))
            for document in documents
            for quad in document.quads
            if quad.predicate.value == TYPE
        }
        terms = _terms(task, spoken)
        losses = Losses()
        things = Things(self.card.name, Statements(documents, terms.aliases), terms, Reading(language), losses)
        things.build()
        yield from _records(things, task)
        for warning in losses.warnings():
            task.warn(warning)
        yield Checkpoint({})

    def map(self, record: Record) -> Iterable[Node]:
        """The node of the record."""
        return [from_json(json.loads(record.values["node"]))]

    def reconcile(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Nothing is left to reconcile."""
        return nodes


def _terms(task: Extraction, spoken: set[str]) -> Terms:
    """Ours, what always holds, the shipped mappings in question, then that of the input."""
    terms = own_terms()
    for name in (ALWAYS, *choose(task.options["terms"], spoken)):
        terms.read(SHIPPED / f"{name}.toml")
    beside = [path / MAPPING if path.is_dir() else path.with_name(MAPPING) for path in task.inputs]
    named = [Path(task.options["mapping"])] if task.options["mapping"] else []
    for path in (*dict.fromkeys(path for path in beside if path.is_file()), *named):
        terms.read(path)
    return terms


def _records(things: Things, task: Extraction) -> Iterator[Record]:
    """The nodes that stand, and a reject for each that does not."""
    placed = list(sites(things))
    by_key: dict[str, str] = {node.key: subject for subject, node in (*placed, *things.edges) if subject}
    by_key |= {node.key: subject for subject, node in things.nodes.items()}
    faulty = things.losses.faults
    for subject in sorted(faulty):
        for problem in faulty[subject]:
            task.reject(problem)
    told = [node for subject, node in things.nodes.items() if subject not in faulty]
    linked = [node for subject, node in (*placed, *things.edges) if subject not in faulty]
    nodes = merged(without_private_people([*told, *linked], things.losses))
    bad: set[str] = set()
    for key, message, warning in complaints(nodes):
        subject = by_key.get(key, "")
        if warning or not subject:
            things.losses.others[f"nothing, but the shapes warn: {message}"] += 1
            continue
        bad.add(key)
        kind = next(node.kind for node in nodes if node.key == key)
        advice = "mend it, or the mapping of its terms"
        task.reject(things.problem(subject, None, None, f"the {kind} {message}", advice))
    for subject, predicate, times in things.said.unused():
        if predicate != TYPE and subject in things.said.by_subject:
            rule = things.rules.get(subject)
            on = rule.to if rule else (", ".join(things.said.types(subject)) or "a thing without a class")
            things.losses.unmapped[f"{predicate} on {on}"] += times
    for number, node in enumerate(nodes, 1):
        if node.key not in bad:
            table, line = _place(node, number)
            yield Record(table, line, {"node": json.dumps(to_json(node), ensure_ascii=False)})


def _place(node: Node, number: int) -> tuple[str, int]:
    file, _, line = (node.evidence[0].record or "").rpartition(":") if node.evidence else ("", "", "")
    return (file, int(line)) if line.isdecimal() and file else (node.key, number)


def open_source(card: SourceCard, inputs: tuple[Path, ...]) -> Rdf:
    """The source, for `ingest.registry`; its name is that in the `source.toml` of the input."""
    return Rdf(card, inputs)
