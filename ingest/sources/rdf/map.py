"""The source `rdf`: files of others, read whole and mapped; one record a node, which the pipeline holds against the shapes."""

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
from ingest.sources.rdf.card import card_beside, card_with_options, check_address
from ingest.sources.rdf.people import without_private_people
from ingest.sources.rdf.places import sites
from ingest.sources.rdf.read import find_files, read_file
from ingest.sources.rdf.report import Losses
from ingest.sources.rdf.statements import TYPE, Statements
from ingest.sources.rdf.terms import ALWAYS, SHIPPED, Terms, choose, own_terms
from ingest.sources.rdf.things import build
from ingest.sources.rdf.told import Told
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
        base = task.options["base"]
        if base:
            check_address("base", base)
        documents = [read_file(task, name, path, base) for name, path in find_files(task.inputs)]
        spoken = {quad.predicate.value for document in documents for quad in document.quads}
        spoken |= {
            str(getattr(quad.object, "value", ""))
            for document in documents
            for quad in document.quads
            if quad.predicate.value == TYPE
        }
        terms = _terms(task, spoken)
        losses = Losses()
        told = Told(self.card.name, Statements(documents, terms.aliases), terms, Reading(language), losses)
        build(told)
        yield from _records(told, task)
        if told.said.skipped:
            losses.others["a statement about a statement, which RDF 1.2 knows and we do not read"] += told.said.skipped
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
    beside = [
        path / MAPPING if path.is_dir() else path for path in task.inputs if path.is_dir() or path.name == MAPPING
    ]
    named = [Path(task.options["mapping"])] if task.options["mapping"] else []
    for path in (*dict.fromkeys(path for path in beside if path.is_file()), *named):
        terms.read(path)
    return terms


def _records(told: Told, task: Extraction) -> Iterator[Record]:
    """The nodes that stand, and a reject for each that does not."""
    placed = list(sites(told))
    faulty = told.losses.faults
    for subject in sorted(faulty):
        for problem in faulty[subject]:
            task.reject(problem)
    described = [node for subject, node in told.nodes.items() if subject not in faulty]
    linked = [node for subject, node in (*placed, *told.edges) if subject not in faulty]
    nodes = merged(without_private_people([*described, *linked], told.losses))
    for subject, predicate, times in told.said.unused():
        if predicate != TYPE and subject in told.said.by_subject:
            rule = told.rules.get(subject)
            on = rule.to if rule else (", ".join(told.said.types(subject)) or "a thing without a class")
            told.losses.unmapped[f"{predicate} on {on}"] += times
    task.expect(len(nodes))
    for number, node in enumerate(nodes, 1):
        table, line = _place(node, number)
        yield Record(table, line, {"node": json.dumps(to_json(node), ensure_ascii=False)})


def _place(node: Node, number: int) -> tuple[str, int]:
    file, _, line = (node.evidence[0].record or "").rpartition(":") if node.evidence else ("", "", "")
    return (file, int(line)) if line.isdecimal() and file else (node.key, number)


def open_source(card: SourceCard, inputs: tuple[Path, ...]) -> Rdf:
    """The source, for `ingest.registry`; its name is that in the `source.toml` of the input."""
    return Rdf(card, inputs)
