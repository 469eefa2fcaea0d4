"""Entries to columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import polars as pl

from graph.columns import Columns
from graph.columns_evidence import evidence_rows
from graph.columns_facts import fact_rows, technology_rows
from graph.columns_nodes import node_rows
from graph.columns_places import add_places, within
from graph.columns_positions import add_positions
from graph.columns_relations import relation_rows
from graph.language import technologies_above
from graph.merge import Entry
from graph.shortcuts import shortcuts
from ontology.terms import SCHEMES


def _nobody(_linked: tuple[Sequence[str], pl.DataFrame]) -> None:
    """Nobody waits for the links."""


def build_columns(
    entries: Mapping[str, Entry], linked: Callable[[tuple[Sequence[str], pl.DataFrame]], None] = _nobody
) -> Columns:
    """All six tables. Nodes are numbered in the order of their keys; every technology of the ontology is a node.

    `linked` is told the keys by node id and the table `links` as soon as they are known.
    """
    keys = sorted(
        [key for key, entry in entries.items() if entry.is_thing] + [f"tech/{slug}" for slug in SCHEMES["tech"]]
    )
    node_of = {key: node for node, key in enumerate(keys)}
    evidence = evidence_rows(entries.values())
    relations = relation_rows(entries, node_of, evidence)
    broader = {
        node_of[f"tech/{slug}"]: [node_of[f"tech/{top}"] for top in tops] for slug, tops in technologies_above().items()
    }
    around = {node_of[key]: [node_of[top] for top in tops] for key, tops in within(entries).items()}
    kinds = [entries[key].kind if key in entries else "TechnologyArea" for key in keys]
    links = shortcuts(relations, kinds, broader, around)
    linked((keys, links))
    facts = fact_rows(entries, node_of, evidence)
    technology = technology_rows(relations, entries, node_of)
    nodes = add_places(node_rows(entries, node_of, evidence), entries, node_of, relations)
    return Columns(
        nodes=add_positions(nodes, relations),
        relations=relations,
        facts=facts,
        evidence=evidence.frame,
        technology=technology,
        links=links,
    )
