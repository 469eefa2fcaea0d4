"""The map for a picture, in bytes: one small header of JSON, then arrays that a browser reads where they lie.

    4 bytes      length of the header (unsigned, little endian), which is padded with spaces
    header       JSON: see `PackedHead`; `arrays` says of each array its type, where it begins (counted from the end of the
                 header, a multiple of 8) and its length in bytes
    arrays       little endian; `text` is UTF-8, one entry a line

The nodes come best connected first, so that the first so many of them are the ones to show when there are too many.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import numpy.typing as npt
import polars as pl

from api.answers.map import indexed
from api.served import Snapshot
from graph.measures import measured
from graph.selection import Drawing, Filter, drawing
from graph.spread import spread

MEDIA_TYPE = "application/vnd.cleantech.map"
Part = Literal["picture", "rest", "partners", "money"]
NAMED = (
    400  # nodes whose names come with the picture: five for each that there is room to write; the others follow at once
)
_NONE = {"u1": 0xFF, "u2": 0xFFFF}

Array = npt.NDArray[Any]


@dataclass
class _Pack:
    """Arrays one after the other, and the header that finds them."""

    head: dict[str, object]
    _places: dict[str, list[object]] = field(default_factory=dict)
    _held: list[bytes] = field(default_factory=list)
    _at: int = 0

    def add(self, name: str, kind: str, body: bytes) -> None:
        self._places[name] = [kind, self._at, len(body)]
        padded = body + b"\0" * (-len(body) % 8)
        self._held.append(padded)
        self._at += len(padded)

    def array(self, name: str, values: Array, kind: str) -> None:
        self.add(name, kind, values.astype(f"<{kind}").tobytes())

    def text(self, name: str, values: pl.Series) -> None:
        lines = values.fill_null("").str.replace_all(r"[\r\n\x{2028}\x{2029}]+", " ").to_list()
        self.add(name, "text", "\n".join(lines).encode())

    def whole(self) -> bytes:
        head = json.dumps(self.head | {"arrays": self._places}, ensure_ascii=False, separators=(",", ":")).encode()
        head += b" " * (-(len(head) + 4) % 8)
        return b"".join((len(head).to_bytes(4, "little"), head, *self._held))


def packed_map(snapshot: Snapshot, chosen: Filter, part: Part, top: int | None) -> bytes:
    """One part of the picture of a selection, of its `top` best connected things; all parts have the same order."""
    drawn = drawing(snapshot.columns, snapshot.search, chosen)
    ids = _best_first(snapshot, drawn.nodes, top)
    head: dict[str, object] = {
        "generation": snapshot.generation.number,
        "part": part,
        "nodes": len(ids),
        "of": len(drawn.nodes),
    }
    pack = _Pack(head)
    if part == "picture":
        _picture(pack, snapshot, drawn, ids)
    elif part == "rest":
        _rest(pack, snapshot, ids)
    else:
        pack.array(part, measured(snapshot.columns, part)[ids], "f4")
    return pack.whole()


def _best_first(snapshot: Snapshot, ids: npt.NDArray[np.uint32], top: int | None) -> npt.NDArray[np.uint32]:
    degree = snapshot.columns.nodes["degree"].to_numpy()[ids].astype(np.int64)
    return ids[np.lexsort((ids, -degree))][:top]


def _picture(pack: _Pack, snapshot: Snapshot, drawn: Drawing, ids: npt.NDArray[np.uint32]) -> None:
    nodes = snapshot.columns.nodes[ids]
    pack.head["kinds"], kind = indexed(nodes["kind"])
    place = np.column_stack([nodes["x"].fill_null(0).to_numpy(), nodes["y"].fill_null(0).to_numpy()]).astype(np.float64)
    if len(ids) < len(drawn.nodes):
        place = spread(place, nodes["community"], snapshot.columns.nodes)
    pack.array("x", np.rint(place[:, 0] * 10), "i2")
    pack.array("y", np.rint(place[:, 1] * 10), "i2")
    pack.array("kind", np.array(kind), "u1")
    pack.array("community", nodes["community"].fill_null(_NONE["u2"]).to_numpy(), "u2")
    pack.array("degree", nodes["degree"].to_numpy(), "u4")
    _lines(pack, drawn, ids, len(snapshot.columns.nodes))
    pack.text("key", nodes["key"])
    _names(pack, nodes[:NAMED])


def _lines(pack: _Pack, drawn: Drawing, ids: npt.NDArray[np.uint32], count: int) -> None:
    """Each pair once: `lines` for each node with how many before it, `to` which of those, `tie` a bit for each of `ties`."""
    place = np.full(count, -1, dtype=np.int64)
    place[ids] = np.arange(len(ids))
    one, other = place[drawn.a], place[drawn.b]
    kept = (one >= 0) & (other >= 0)
    one, other, tie = one[kept], other[kept], drawn.tie[kept]
    pack.head["edges"] = len(one)
    pack.head["ties"] = list(drawn.ties)
    apart = one != other
    one, other, tie = one[apart], other[apart], tie[apart]
    code = np.maximum(one, other) * max(len(ids), 1) + np.minimum(one, other)
    order = np.argsort(code, kind="stable")
    code = code[order]
    first = (
        np.flatnonzero(np.concatenate(([True], code[1:] != code[:-1]))) if len(code) else np.zeros(0, dtype=np.int64)
    )
    bits = np.left_shift(1, np.maximum(tie[order], 0)).astype(np.uint16)
    later, earlier = np.divmod(code[first], max(len(ids), 1))
    pack.head["pairs"] = len(first)
    pack.array("lines", np.bincount(later, minlength=len(ids)), "u2" if len(ids) <= _NONE["u2"] else "u4")
    pack.array("to", earlier, "u2" if len(ids) <= _NONE["u2"] else "u4")
    pack.array("tie", np.bitwise_or.reduceat(bits, first) if len(first) else bits, "u2")


def _rest(pack: _Pack, snapshot: Snapshot, ids: npt.NDArray[np.uint32]) -> None:
    """What the table has beyond the picture."""
    nodes = snapshot.columns.nodes[ids]
    pack.head["counties"], _ = listed = indexed(nodes["county"])
    pack.array("county", np.array([_NONE["u2"] if code is None else code for code in listed[1]]), "u2")
    pack.array("year", nodes["start_year"].fill_null(0).to_numpy(), "i2")  # the year 0 is none
    _names(pack, nodes)


def _names(pack: _Pack, nodes: pl.DataFrame) -> None:
    """`sv` is empty where it is the same as `en`."""
    pack.text("en", nodes["name_en"])
    pack.text("sv", nodes.select(pl.when(pl.col("name_sv") != pl.col("name_en")).then(pl.col("name_sv")))["name_sv"])
