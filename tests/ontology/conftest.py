from __future__ import annotations

import warnings

import pyoxigraph as ox
import pytest
from rdflib import Dataset, Graph

from ontology import schema
from ontology.vocabulary import read_graph


def with_ontology() -> ox.Store:
    """A store with the ontology in its default graph."""
    store = ox.Store()
    for path in schema.files():
        store.bulk_load(path=path, format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="session")
def ontology_graph() -> Graph:
    return read_graph()


@pytest.fixture(scope="session")
def sample() -> ox.Store:
    """The planted sample as a generation would hold it: sources merged into the default graph, rules run."""
    store = with_ontology()
    store.bulk_load(path=schema.sample_path(), format=ox.RdfFormat.N_QUADS)
    for graph in list(store.named_graphs()):
        if isinstance(graph, ox.NamedNode) and "/graph/src/" in graph.value:
            store.bulk_extend(
                ox.Quad(q.subject, q.predicate, q.object) for q in store.quads_for_pattern(None, None, None, graph)
            )
    store.update(schema.rules_text())
    return store


@pytest.fixture(scope="session")
def rdflib_sample(sample: ox.Store) -> Dataset:
    """The same sample in rdflib."""
    dataset = Dataset()
    with warnings.catch_warnings():
        # rdflib's own reader still calls what it deprecates in itself.
        warnings.filterwarnings("ignore", "Dataset.default_context is deprecated", DeprecationWarning)
        dataset.parse(data=sample.dump(format=ox.RdfFormat.N_QUADS), format="nquads")
    return dataset
