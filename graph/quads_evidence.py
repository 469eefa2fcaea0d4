"""Why a source says what it says, as N-Quads text in its graph `graph/evidence/<source>`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache

from graph.agreed import statements
from graph.node import Concept, Evidence, Node, PartialDate, SourceNodes, Value
from graph.rdf import RDF, TYPE, concept, instant
from graph.terms_written import Terms, address, decimal, own, quoted

_A = str(TYPE)
_URL = "<https://schema.org/url>"
_Dates = tuple[PartialDate | None, str | None]


class EvidenceWriter:
    """Writes each evidence of one source once, and its documents in the end.

    `says` and `_proves` are the addresses of its graphs, with a space behind them.
    """

    def __init__(self, source: SourceNodes, terms: Terms) -> None:
        self._name, self._terms, self._names = source.card.name, terms, terms.names
        self.says = f"{self._names.graph('src', self._name)} "
        self._proves = f"{self._names.graph('evidence', self._name)} "
        self._source = f"{own('source')} {self._names.source(self._name)}"
        self._run = f"{own('run')} {self._names.run(self._name, source.run.started)}"
        self._written: set[str] = set()
        self._documents: dict[str, str] = {}
        self._dates: dict[str, _Dates] = {}

    def of(
        self,
        node: Node,
        subject: str,
        merged: Mapping[str, Sequence[Value]],
        written: Callable[[str, Value], str],
    ) -> Iterator[str]:
        """The evidence of a node, and a statement for each value that has its own, or that is not among the `merged`."""
        for evidence in node.evidence:
            yield from self._evidence(subject, evidence)
        for name, value, evidences in statements(node, merged):
            statement = str(self._names.statement(node.key, name, value))
            yield self._lines(
                statement,
                f"{_A} {own('Statement')}",
                f"{_A} <{RDF}Statement>",
                f"<{RDF}subject> {subject}",
                f"<{RDF}predicate> {own(name)}",
                f"<{RDF}object> {written(name, value)}",
            )
            for evidence in evidences:
                yield from self._evidence(statement, evidence)

    def documents(self) -> Iterator[str]:
        """Each URL once, with its most exact date of publication and the last day on which it was read."""
        for url, document in self._documents.items():
            pairs = [f"{_A} {own('Document')}", f"{_URL} {address(url)}", self._source]
            published, retrieved = self._dates.get(url, (None, None))
            if published is not None:
                pairs.append(f"{own('published')} {self._terms.object('published', published)}")
                pairs.append(f"{own('publishedPrecision')} {quoted(published.precision)}")
            if retrieved is not None:
                pairs.append(f"{own('retrieved')} {instant(f'{retrieved}T00:00:00Z')}")
            yield self._lines(document, *pairs)

    def _lines(self, subject: str, *pairs: str) -> str:
        between = f" {self._proves}.\n{subject} "
        return f"{subject} {between.join(pairs)} {self._proves}.\n"

    def _evidence(self, subject: str, evidence: Evidence) -> Iterator[str]:
        held = str(self._names.evidence(self._name, evidence))
        yield f"{subject} {own('evidence')} {held} {self._proves}.\n"
        if held in self._written:
            return
        self._written.add(held)
        pairs = [
            f"{_A} {own('Evidence')}",
            f"{own('document')} {self._document(evidence)}",
            self._source,
            self._run,
            *_method(evidence.method, evidence.confidence),
        ]
        plain = {
            "record": evidence.record,
            "quote": evidence.quote,
            "startOffset": evidence.start_offset,
            "endOffset": evidence.end_offset,
        }
        pairs += [f"{own(name)} {self._terms.object(name, v)}" for name, v in plain.items() if v is not None]
        yield self._lines(held, *pairs)

    def _document(self, evidence: Evidence) -> str:
        url = evidence.document
        known = self._documents.get(url)
        if known is None:
            known = self._documents[url] = str(self._names.document(url))
        if evidence.published is not None or evidence.retrieved is not None:
            published, retrieved = self._dates.get(url, (None, None))
            dates = [date for date in (published, evidence.published) if date is not None]
            read = [day for day in (retrieved, evidence.retrieved and evidence.retrieved.isoformat()) if day]
            best = max(dates, key=lambda date: (len(date.text), date.text), default=None)
            self._dates[url] = (best, max(read, default=None))
        return known


@lru_cache(1024)
def _method(method: str, confidence: Decimal) -> tuple[str, str]:
    return f"{own('method')} {concept(Concept('method', method))}", f"{own('confidence')} {decimal(confidence)}"
