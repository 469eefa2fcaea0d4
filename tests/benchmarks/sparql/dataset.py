"""The data of the comparison: a data folder that the project built itself, and its quads in two forms for the peers."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import DefaultGraph, NamedNode, RdfFormat, Store

from graph.build import build_generation
from graph.generation import DataFolder, Generation
from graph.node import SourceNodes
from ontology.terms import BASE
from tests.benchmarks.sparql.generator import generated
from tests.benchmarks.sparql.real import real

SOURCES: Final[Mapping[str, Callable[[float], SourceNodes]]] = {"generated": generated, "cordis": real}
BUILT: Final = "2026-11-25T00:00:00Z"
DEFAULT_GRAPH: Final = f"{BASE}graph/accepted"  # where a peer without a default graph of its own keeps it


@dataclass(frozen=True, slots=True)
class Data:
    """`quads` is N-Quads with the default graph as it is, `named` with the default graph under `DEFAULT_GRAPH`."""

    folder: Path
    store: Path
    quads: Path
    named: Path
    graphs: tuple[str, ...]
    count: int
    seconds: float


def build(folder: Path, scale: float, source: str = "generated") -> Data:
    """Take the data of `SOURCES`, build through the project, publish, and write the quads out. `seconds` is the build alone.

    What stands in `folder` already is taken as it is; `seconds` is 0 then.
    """
    data, seconds = DataFolder(folder / "data"), 0.0
    if (generation := data.current()) is None:
        said = SOURCES[source](scale)
        began = time.perf_counter()
        generation = build_generation(data, [said], BASE, built=BUILT)
        seconds = time.perf_counter() - began
        data.publish(generation)
    return _written_out(folder, data.path, generation, seconds)


def _written_out(folder: Path, data: Path, generation: Generation, seconds: float) -> Data:
    quads, named = folder / "quads.nq", folder / "named.nq"
    store = Store.read_only(str(generation.store))
    with quads.open("wb") as plain, named.open("wb") as moved:
        store.dump(plain, RdfFormat.N_QUADS)
        name = f" <{DEFAULT_GRAPH}> .\n".encode()
        inner = folder / "default.nt"
        store.dump(str(inner), RdfFormat.N_TRIPLES, from_graph=DefaultGraph())
        with inner.open("rb") as lines:
            moved.writelines(line.removesuffix(b" .\n") + name for line in lines)
        inner.unlink()
    with named.open("ab") as moved, quads.open("rb") as lines:
        moved.writelines(line for line in lines if line.endswith(b"> .\n") and _has_graph(line))
    graphs = tuple(sorted(graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode)))
    return Data(data, generation.store, quads, named, graphs, len(store), seconds)


def _has_graph(line: bytes) -> bool:
    """Whether the last term of an N-Quads line names one of our graphs: no object of a triple is below `graph/`."""
    return line.rsplit(b" ", 2)[1].startswith(f"<{BASE}graph/".encode())
