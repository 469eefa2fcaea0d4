"""What one edit changed: quads and graphs that came and went, kept beside the journal so that it can be taken back.

deltas/<number>.gz holds lines: `A` a quad added, `D` a quad removed (N-Quads as the engine writes them, blank nodes
under the names of the store), `AG` and `DG` graphs that came and went; the first line tells how many quads.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Store, parse, serialize

_FAST = 1  # of gzip: a delta is written while a client waits


@dataclass(frozen=True, slots=True)
class Counts:
    """How many quads an edit added and removed."""

    added: int
    removed: int


@dataclass(frozen=True, slots=True)
class Delta:
    """Lines of N-Quads without their ends, and IRIs of graphs."""

    added: Sequence[bytes] = ()
    removed: Sequence[bytes] = ()
    graphs_added: Sequence[str] = ()
    graphs_removed: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.graphs_added or self.graphs_removed)

    @property
    def counts(self) -> Counts:
        """How many quads."""
        return Counts(len(self.added), len(self.removed))

    @property
    def graphs(self) -> set[str | None]:
        """What it changes; None is the default graph."""
        names = [quad.graph_name for held in (self.added, self.removed) for quad in quads(held)]
        found: set[str | None] = {name.value if isinstance(name, NamedNode) else None for name in names}
        return found | set(self.graphs_added) | set(self.graphs_removed)

    def write(self, path: Path) -> None:
        """Write the file in one step; it is whole when it has its name."""
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".new")
        with gzip.open(draft, "wb", compresslevel=_FAST) as file:
            file.write(f"# {len(self.added)} {len(self.removed)}\n".encode())
            for sign, lines in (("A", self.added), ("D", self.removed)):
                file.write(b"".join(b"%b %b\n" % (sign.encode(), line) for line in lines))
            for sign, graphs in (("AG", self.graphs_added), ("DG", self.graphs_removed)):
                file.write("".join(f"{sign} {graph}\n" for graph in graphs).encode())
        draft.replace(path)

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read the file; OSError or ValueError when it is not whole."""
        found: dict[bytes, list[bytes]] = {b"A": [], b"D": [], b"AG": [], b"DG": []}
        with gzip.open(path, "rb") as file:
            file.readline()
            for line in file:
                sign, _, rest = line.rstrip(b"\n").partition(b" ")
                if sign not in found:
                    raise ValueError(f"{path.name}: there is no sign {sign[:10]!r}")
                found[sign].append(rest)
        graphs = ([graph.decode() for graph in found[sign]] for sign in (b"AG", b"DG"))
        return cls(found[b"A"], found[b"D"], *graphs)


def counts(path: Path) -> Counts | None:
    """What the first line of a delta tells; None when there is no such delta."""
    try:
        with gzip.open(path, "rb") as file:
            _, added, removed = file.readline().split()
            return Counts(int(added), int(removed))
    except (OSError, ValueError):
        return None


def lines(quads: Iterable[Quad]) -> list[bytes]:
    """Quads as the engine writes them, one line each."""
    return (serialize(quads, format=RdfFormat.N_QUADS) or b"").splitlines()


def quads(held: Iterable[bytes]) -> list[Quad]:
    """The quads of such lines, blank nodes under their names."""
    return list(parse(b"\n".join(held), format=RdfFormat.N_QUADS))


class _FullError(Exception):
    """More lines than are wanted."""


class _Counted(io.BytesIO):
    def __init__(self, limit: int) -> None:
        super().__init__()
        self.left = limit

    def write(self, part: object) -> int:
        held = bytes(part)  # type: ignore[call-overload]  # the engine gives bytes
        self.left -= held.count(b"\n")
        if self.left < 0:
            raise OSError("enough")
        return super().write(held)


def graph_lines(store: Store, graph: str | None, limit: int) -> list[bytes] | None:
    """The quads of a graph (None: the default graph) as lines; None when there are more than `limit`."""
    node = DefaultGraph() if graph is None else NamedNode(graph)
    output = _Counted(limit)
    try:
        store.dump(output, RdfFormat.N_TRIPLES, from_graph=node)
    except OSError:
        if output.left < 0:
            return None
        raise
    return in_graph(output.getvalue().splitlines(), graph)


def in_graph(triples: list[bytes], graph: str | None) -> list[bytes]:
    """Lines of N-Triples as lines of N-Quads in a graph."""
    ending = b"." if graph is None else f"{NamedNode(graph)} .".encode()
    return [line[:-1] + ending for line in triples]
