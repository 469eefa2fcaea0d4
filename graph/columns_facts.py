"""The tables of facts (each value of each thing) and of technologies (with all broader ones)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

import polars as pl

from graph.columns import FACTS, TECHNOLOGY
from graph.columns_evidence import EvidenceRows
from graph.columns_relations import Row
from graph.language import technologies_above
from graph.merge import Entry
from graph.node import Concept, Iri, Money, PartialDate, Ref, Text, Value
from ontology.terms import SCHEMES


def fact_rows(entries: Mapping[str, Entry], node_of: Mapping[str, int], evidence: EvidenceRows) -> pl.DataFrame:
    """Values of things in the order of nodes, and the synonyms and codes of technologies."""
    rows = [row for key, node in node_of.items() if key in entries for row in _facts(node, entries[key], evidence)]
    for slug, term in SCHEMES["tech"].items():
        node = node_of[f"tech/{slug}"]
        rows += [_row(node, "altName", text, lang, "string", []) for text, lang in term.alt]
        rows += [_row(node, "identifier", code, None, "string", []) for code in term.matches]
    rows.sort(key=lambda row: (row["node"], row["property"]))
    return pl.DataFrame(rows, schema=FACTS)


def _facts(node: int, entry: Entry, evidence: EvidenceRows) -> Iterator[Row]:
    for name, values in entry.values.items():
        for value in values:
            text, lang, datatype = written(value)
            proofs = entry.proofs.get((name, value)) or entry.evidence
            yield _row(node, name, text, lang, datatype, evidence.ids(proofs))


def _row(node: int, name: str, value: str, lang: str | None, datatype: str, evidence: list[int]) -> Row:
    return {"node": node, "property": name, "value": value, "lang": lang, "datatype": datatype, "evidence": evidence}


def written(value: Value) -> tuple[str, str | None, str]:
    """The value as text, its language and its datatype in the table."""
    match value:
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
        case str():
            return value, None, "string"


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
    rows = [{"node": node, "tech": tech, "direct": (node, tech) in direct} for node, tech in sorted(closed)]
    return pl.DataFrame(rows, schema=TECHNOLOGY)
