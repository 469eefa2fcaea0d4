"""The tables of facts (each value of each thing) and of technologies (with all broader ones)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import polars as pl

from graph.columns import FACTS, TECHNOLOGY
from graph.columns_evidence import EvidenceRows
from graph.columns_rows import Row, table
from graph.language import technologies_above
from graph.merge import Entry
from graph.node import Concept, Iri, Money, PartialDate, Ref, Text, Value
from ontology.terms import SCHEMES


def fact_rows(entries: Mapping[str, Entry], node_of: Mapping[str, int], evidence: EvidenceRows) -> pl.DataFrame:
    """Values of things in the order of nodes and properties, and the synonyms and codes of technologies."""
    rows: list[Row] = []
    for key, node in node_of.items():
        if key in entries:
            rows += _facts(node, entries[key], evidence)
        else:
            term = SCHEMES["tech"][key.removeprefix("tech/")]
            rows += [(node, "altName", text, lang, "string", []) for text, lang in term.alt]
            rows += [(node, "identifier", code, None, "string", []) for code in term.matches]
    return table(rows, FACTS)


def _facts(node: int, entry: Entry, evidence: EvidenceRows) -> Iterator[Row]:
    own, all_of_it = entry.proofs, evidence.ids(entry.evidence)
    beside = entry.beside if len(entry.said) > 1 else {}
    for name in sorted(entry.values):
        for value in (*entry.values[name], *beside.get(name, ())):
            text, lang, datatype = written(value)
            proofs = own.get((name, value)) if own else None
            yield node, name, text, lang, datatype, evidence.ids(proofs) if proofs else all_of_it


def written(value: Value) -> tuple[str, str | None, str]:
    """The value as text, its language and its datatype in the table."""
    match value:
        case str():
            return value, None, "string"
        case Text():
            return value.value, value.lang, "string"
        case Ref():
            return value.key, None, "ref"
        case Iri():
            return value.value, None, "iri"
        case Concept():
            return f"{value.scheme}/{value.slug}", None, "concept"
        case PartialDate():
            return value.text, None, "date"
        case Money():
            return f"{value.value:f} {value.currency}", None, "money"
        case bool():
            return str(value).lower(), None, "boolean"
        case int():
            return str(value), None, "integer"
        case Decimal():
            return format(value, "f"), None, "decimal"


def technology_rows(relations: pl.DataFrame, entries: Mapping[str, Entry], node_of: Mapping[str, int]) -> pl.DataFrame:
    """What each thing works on: said by a TechnologyActivity or by `topic`, closed over broader technologies."""
    said = relations.filter(pl.col("tie") == "technology", pl.col("b").is_not_null())
    direct = set(zip(said["a"].to_list(), said["b"].to_list(), strict=True))
    for key, node in node_of.items():
        if key in entries:
            topics = entries[key].values.get("topic", ())
            direct |= {
                (node, node_of[f"tech/{v.slug}"]) for v in topics if isinstance(v, Concept) and v.scheme == "tech"
            }
    above = {
        node_of[f"tech/{slug}"]: [node_of[f"tech/{top}"] for top in tops] for slug, tops in technologies_above().items()
    }
    closed = {(node, top) for node, tech in direct for top in above[tech]}
    return table([(node, tech, (node, tech) in direct) for node, tech in sorted(closed)], TECHNOLOGY)
