"""The tests of the W3C suite for SPARQL 1.1, as its manifests list them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.contract.facts import DAWG, MF, QT, RDF, RDFS, UT, Facts, Term, text_of

ROOT: Final = Path(__file__).parents[2]
SUITE: Final = ROOT.parent / "shared" / "w3c" / "sparql11"
BASE: Final = "http://www.w3.org/2009/sparql/docs/tests/data-sparql11/"
ABSENT: Final = "the W3C suite is not beside the project, in ../shared/w3c/sparql11"
PASSED_OVER: Final = {"Deprecated", "Withdrawn", "Rejected", "NotClassified"}


@dataclass(frozen=True, slots=True)
class File:
    """A file of the suite; `iri` is its address on the web, the base of what is relative in it."""

    iri: str

    @property
    def path(self) -> Path:
        """Where it lies here."""
        return SUITE / self.iri.removeprefix(BASE)

    def text(self) -> str:
        """Its characters."""
        return self.path.read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Dataset:
    """The files of the default graph, and the named graphs as (name, file)."""

    default: tuple[File, ...] = ()
    named: tuple[tuple[str, File], ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class Case:
    """One test. `group` is its folder, `kind` its class in the manifest, `approval` the mark of the working group, if any."""

    iri: str
    group: str
    kind: str
    approval: str | None
    facts: Facts
    node: Term

    @property
    def id(self) -> str:
        """`group/name`, for people."""
        return f"{self.group}/{self.iri.partition('#')[2]}"

    @property
    def action(self) -> Term | None:
        """What is to be done: a file, or a node that names several."""
        return self.facts.one(self.node, MF + "action")

    @property
    def result(self) -> Term | None:
        """What comes of it."""
        return self.facts.one(self.node, MF + "result")

    def file(self, *terms: str) -> File:
        """The request: the action itself, or what one of the terms of the action says."""
        named = [found for term in terms if (found := self.facts.one(self.action, term)) is not None]
        if not (named or self.action):
            raise ValueError(f"{self.iri} has no file")
        return File(text_of(named[0] if named else self.action or self.node))

    def dataset(self, node: Term | None) -> Dataset:
        """The data that the action, the result or the test itself names."""
        default = [*self.facts.all(node, QT + "data"), *self.facts.all(node, UT + "data")]
        named = [*self.facts.all(node, QT + "graphData"), *self.facts.all(node, UT + "graphData")]
        return Dataset(tuple(File(text_of(each)) for each in default), tuple(self._graph(each) for each in named))

    def _graph(self, node: Term) -> tuple[str, File]:
        inner = self.facts.one(node, UT + "graph") or self.facts.one(node, QT + "graph")
        file = File(text_of(inner or node))
        return self.facts.text(node, RDFS + "label") or file.iri, file


def cases() -> list[Case]:
    """All tests that the suite has not dropped, in its own order; none when it is absent."""
    return list(_cases(File(BASE + "manifest-all.ttl"))) if SUITE.is_dir() else []


def _cases(manifest: File) -> Iterator[Case]:
    facts = Facts(manifest.path, manifest.iri)
    for subject in facts.subjects(MF + "Manifest"):
        for included in facts.items(facts.one(subject, MF + "include")):
            yield from _cases(File(text_of(included)))
        for node in facts.items(facts.one(subject, MF + "entries")):
            kind = (facts.text(node, RDF + "type") or "").removeprefix(MF)
            mark = facts.text(node, DAWG + "approval")
            approval = mark.removeprefix(DAWG) if mark else None
            if approval not in PASSED_OVER:
                yield Case(text_of(node), manifest.path.parent.name, kind, approval, facts, node)
