"""Entries as N-Quads text: what each source says, its evidence, and the default graph with all of it once.

Text, not objects, and a node that one source knows is written for both graphs in one go: a build is as fast as the store
can read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from typing import TypeAlias

from graph.language import own_properties_above, types_of
from graph.merge import Entry
from graph.node import Concept, Money, Node, PartialDate, Value
from graph.quads_evidence import EvidenceWriter
from graph.rates import in_euro
from graph.rdf import GEO, TYPE
from graph.terms_written import Terms, decimal, own, quoted, typed
from ontology.terms import PROPERTIES, SCHEMES

Said: TypeAlias = tuple[str, str, list[str]]  # a subject, its class if it has one, and each predicate with its object
_A = str(TYPE)


class Writer:
    """Writes entries as lines; `evidence` by the name of the source."""

    def __init__(self, terms: Terms, evidence: Mapping[str, EvidenceWriter]) -> None:
        self._terms = terms
        self._evidence = evidence

    def entry(self, entry: Entry) -> Iterator[str]:
        """What every source says of it and why, and all of it in the default graph, with the classes above."""
        for source, node in entry.said:
            evidence = self._evidence[source]
            told = self.described(node, entry.values)
            for subject, _, pairs in told:
                yield lines(subject, pairs, evidence.says)
            yield from evidence.of(node, told[0][0], entry.values, lambda name, value: self._object(entry, name, value))
        if len(entry.said) > 1:
            told = self.described(entry, entry.values)
        for subject, kind, pairs in told:
            yield lines(subject, pairs + types_above(kind), "")

    def described(self, node: Node | Entry, merged: Mapping[str, Sequence[Value]]) -> list[Said]:
        """Kind and values; dates with their precision, money as a thing of its own, `about`, `party`, `role` written out.

        `merged` are the values of the entry, so that one amount has one address in every graph.
        """
        subject = self._terms.thing(node.key)
        pairs = list(_kind(node.kind))
        told: list[Said] = [(subject, node.kind, pairs)]
        for name, values in node.values.items():
            heads, precision = _predicates(name)
            for value in values:
                if isinstance(value, Money):
                    written = self._amount(node.key, name, value, merged)
                    told.append((written, "MonetaryAmount", amount(value)))
                else:
                    written = self._terms.object(name, value)
                pairs += [f"{head} {written}" for head in heads]
                if precision and isinstance(value, PartialDate):
                    pairs.append(f"{precision} {quoted(value.precision)}")
        if "lat" in node.values and "long" in node.values:
            shape = f"{subject[:-1]}/geometry>"
            pairs.append(f"<{GEO}hasGeometry> {shape}")
            point = f"POINT({node.values['long'][0]} {node.values['lat'][0]})"
            told.append((shape, "", [f'<{GEO}asWKT> "{point}"^^<{GEO}wktLiteral>']))
        return told

    def _object(self, entry: Entry, name: str, value: Value) -> str:
        if isinstance(value, Money):
            return self._amount(entry.key, name, value, entry.values)
        return self._terms.object(name, value)

    def _amount(self, key: str, name: str, value: Money, merged: Mapping[str, Sequence[Value]]) -> str:
        number = [held for held in merged[name] if isinstance(held, Money)].index(value)
        return self._terms.thing(f"{key}/{name}" if number == 0 else f"{key}/{name}/{number + 1}")


def lines(subject: str, pairs: Sequence[str], graph: str) -> str:
    """N-Quads of one subject; `graph` is an address with a space behind it, or empty for the default graph."""
    between = f" {graph}.\n{subject} "
    return f"{subject} {between.join(pairs)} {graph}.\n"


def amount(money: Money) -> list[str]:
    """The pairs of a sum of money: value, currency, kind, and euro of its year."""
    pairs = [
        *_kind("MonetaryAmount"),
        f"{own('value')} {decimal(money.value)}",
        f"{own('currency')} {quoted(money.currency)}",
    ]
    if money.kind in SCHEMES["amount"]:
        pairs.append(f"{own('amountKind')} <{SCHEMES['amount'][Concept('amount', money.kind).slug].iri}>")
    euro = in_euro(money.value, money.currency, money.year)
    if euro is not None:
        pairs.append(f"{own('valueEUR')} {decimal(euro)}")
        if money.year is not None and money.currency != "EUR":
            pairs.append(f"{own('rateYear')} {typed(f'{money.year:04}', 'gYear')}")
    return pairs


@cache
def _kind(kind: str) -> tuple[str, str]:
    return (f"{_A} {own(kind)}", f"{own('kind')} {own(kind)}")


@cache
def types_above(kind: str) -> list[str]:
    """The pairs that say the classes above a kind; none for no kind."""
    return [f"{_A} {above}" for above in map(str, types_of(kind)) if above != own(kind)] if kind else []


@cache
def _predicates(name: str) -> tuple[tuple[str, ...], str | None]:
    """The property and those above it that are written out beside it; the property of its precision, if it has one."""
    precision = f"{name}Precision"
    return (own(name), *map(own, own_properties_above(name))), own(precision) if precision in PROPERTIES else None
