"""Two tables in a zip, nodes.csv and edges.csv: UTF-8, one header line, safe to open in a spreadsheet."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from networkx import MultiGraph

from graph.network import EDGE_ATTRIBUTES, NODE_ATTRIBUTES
from visualisations.caption import Caption
from visualisations.plain import csv_text

SUFFIX = "zip"
MEDIA_TYPE = "application/zip"


def render(network: MultiGraph, caption: Caption) -> bytes:
    """The zip; `source` and `target` of an edge are keys of nodes. Cells that look like formulas get an apostrophe.

    The columns are those of `graph.network`, unless the network names its own (`node_attributes`, `edge_attributes`).
    """
    of_nodes = network.graph.get("node_attributes", NODE_ATTRIBUTES)
    of_edges = network.graph.get("edge_attributes", EDGE_ATTRIBUTES)
    tables = {
        "nodes.csv": _table(of_nodes, (row for _, row in network.nodes(data=True))),
        "edges.csv": _table(
            ("source", "target", *of_edges),
            ({"source": one, "target": other, **row} for one, other, row in network.edges(data=True)),
        ),
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in tables.items():
            entry = ZipInfo(name, _moment(caption.built))
            entry.compress_type = ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, text.encode())
    return out.getvalue()


def _table(header: tuple[str, ...], rows: Iterable[dict[str, object]]) -> str:
    return csv_text(header, ([row.get(name) for name in header] for row in rows))


def _moment(built: str) -> tuple[int, int, int, int, int, int]:
    """The build's day for the zip's entries (the wall clock would make each run differ); 1980 when it is unknown."""
    year, month, day = (int(part) for part in (built[:10] or "1980-01-01").split("-"))
    return year, month, day, 0, 0, 0
