"""Entries to columns."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from graph.columns import Columns
from graph.columns_evidence import evidence_rows
from graph.columns_facts import fact_rows, technology_rows
from graph.columns_nodes import add_places, add_positions, node_frame, node_rows, within
from graph.columns_relations import relation_rows
from graph.language import technologies_above
from graph.merge import Entry
from graph.shortcuts import shortcuts
from ontology.terms import SCHEMES


def build_columns(entries: Mapping[str, Entry]) -> Columns:
    """All six tables. Nodes are numbered in the order of their keys; every technology of the ontology is a node."""
    keys = sorted(
        [key for key, entry in entries.items() if entry.is_thing] + [f"tech/{slug}" for slug in SCHEMES["tech"]]
    )
    node_of = {key: node for node, key in enumerate(keys)}
    evidence = evidence_rows(entries.values())
    relations = relation_rows(entries, node_of, evidence)
    rows = node_rows(entries, node_of, evidence)
    add_places(rows, entries, node_of, relations.filter(pl.col("tie") == "site"))
    add_positions(rows, relations)
    nodes = node_frame(rows)
    broader = {
        node_of[f"tech/{slug}"]: [node_of[f"tech/{top}"] for top in tops] for slug, tops in technologies_above().items()
    }
    around = {node_of[key]: [node_of[top] for top in tops] for key, tops in within(entries).items()}
    return Columns(
        nodes=nodes,
        relations=relations,
        facts=fact_rows(entries, node_of, evidence),
        evidence=evidence.frame,
        technology=technology_rows(relations, entries, node_of),
        links=shortcuts(
            relations, [entries[k].kind if k in entries else "TechnologyArea" for k in keys], broader, around
        ),
    )
