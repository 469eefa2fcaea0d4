from __future__ import annotations

import csv
from io import BytesIO, StringIO
from zipfile import ZipFile

import networkx
import pytest

from graph.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES, network
from graph.visible import visible
from tests.visualisations.samples import CAPTION, columns, everything, sample
from visualisations.export import ExportError, exporter, names, summary


def _tables(content: bytes) -> dict[str, list[dict[str, str]]]:
    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {
            name: list(csv.DictReader(StringIO(archive.read(name).decode(), newline=""))) for name in archive.namelist()
        }


def test_exporters_are_found_by_being_there() -> None:
    assert set(names()) >= {"html", "gexf", "graphml", "csv"}
    assert all(summary(name).endswith(".") for name in names())
    with pytest.raises(ExportError, match=r"no exporter 'dot'; there are csv, gexf"):
        exporter("dot")


@pytest.mark.parametrize("name", names())
def test_same_network_gives_the_same_bytes(name: str) -> None:
    assert exporter(name).render(sample(), CAPTION) == exporter(name).render(sample(), CAPTION)


def test_graphml_parses_back_with_every_node_edge_and_letter() -> None:
    graph = networkx.read_graphml(BytesIO(exporter("graphml").render(sample(), CAPTION)))
    assert (len(graph), graph.number_of_edges()) == (5, 6)
    assert graph.nodes["malmo"]["label_sv"] == "Malmö kommun"
    assert graph.nodes["kth"]["label"] == "KTH"
    assert "x" not in graph.nodes["malmo"]
    assert graph.edges["kth", "scbn", "rel/1"]["start"] == "2008-11"


def test_gexf_parses_back_with_position_colour_and_days() -> None:
    graph = networkx.read_gexf(BytesIO(exporter("gexf").render(sample(), CAPTION)))
    assert (len(graph), graph.number_of_edges()) == (5, 6)
    viz = graph.nodes["kth"]["viz"]
    assert viz["position"] == {"x": 0.0, "y": 10.0, "z": 0.0}
    assert set(viz["color"]) == {"r", "g", "b", "a"}
    assert graph.nodes["malmo"]["label"] == "Malmö Municipality"
    held = {data["relation"]: data for _, _, data in graph.edges(data=True)}
    assert (held["rel/1"]["start"], held["rel/1"]["since"]) == ("2008-11-01", "2008-11")
    assert (held["rel/3"]["end"], held["rel/3"]["until"]) == ("2012-12-31", "2012")


def test_tables_hold_every_column_and_neutralise_formulas() -> None:
    tables = _tables(exporter("csv").render(sample(), CAPTION))
    nodes, edges = tables["nodes.csv"], tables["edges.csv"]
    assert (len(nodes), len(edges)) == (5, 6)
    assert tuple(nodes[0]) == NODE_ATTRIBUTES
    assert tuple(edges[0]) == ("source", "target", *EDGE_ATTRIBUTES)
    assert nodes[3]["label_sv"] == "Malmö kommun"
    assert float(nodes[2]["x"]) == -80.0
    assert [row["note"] for row in edges if row["note"]] == ["'=HYPERLINK(1)"]


@pytest.mark.parametrize("sign", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1"])
def test_cells_that_start_like_formulas_get_an_apostrophe(sign: str) -> None:
    held = columns([{"key": "evil", "kind": "Company", "name_en": sign}], [])
    [row] = _tables(exporter("csv").render(network(held, everything(held)), CAPTION))["nodes.csv"]
    assert row["label_en"] == f"'{visible(sign)}"


def test_characters_that_xml_cannot_hold_are_left_out() -> None:
    held = columns([{"key": "odd", "kind": "Company", "name_en": 'Å\x00\x0b\ufffeÖ <&>"'}], [])
    for name, read in (("gexf", networkx.read_gexf), ("graphml", networkx.read_graphml)):
        graph = read(BytesIO(exporter(name).render(network(held, everything(held)), CAPTION)))
        assert graph.nodes["odd"]["label"] == 'ÅÖ <&>"'
