from __future__ import annotations

from graph.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES
from tests.visualisations.samples import PAGE, sample


def test_nodes_are_things_by_key_with_all_attributes() -> None:
    graph = sample()
    assert list(graph) == ["kth", "sting", "scbn", "malmo", "hybrit"]
    assert all(tuple(held) == NODE_ATTRIBUTES for _, held in graph.nodes(data=True))
    assert graph.nodes["malmo"]["county_sv"] == "Skåne län"
    assert graph.nodes["kth"]["label_sv"] == "Kungliga Tekniska högskolan"
    assert graph.nodes["malmo"]["x"] is None


def test_edges_are_relations_with_role_time_and_documents() -> None:
    graph = sample()
    held = graph.edges["kth", "scbn", "rel/1"]
    assert tuple(held) == EDGE_ATTRIBUTES
    assert (held["tie"], held["role"], held["start"], held["documents"]) == (
        "participation",
        "initiator",
        "2008-11",
        [PAGE],
    )


def test_each_pair_of_a_relation_is_an_edge_of_its_own() -> None:
    keys = [key for _, _, key in sample().edges(keys=True)]
    assert sorted(keys) == ["rel/1", "rel/2", "rel/3", "rel/3#2", "rel/4", "rel/5"]
