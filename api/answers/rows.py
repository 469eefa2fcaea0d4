"""The table of the map, a part at a time, so that 50,000 rows can be scrolled without sending them all."""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import Literal, TypeAlias

import numpy as np
import numpy.typing as npt

from api.answers.places_models import RowOut, RowsOut
from api.served import Snapshot
from graph.columns import Columns
from graph.search import Search
from graph.selection import Filter, select
from ontology.schema import label

Column: TypeAlias = Literal["name", "kind", "county", "country", "place", "links", "since", "technologies"]
COLUMNS: tuple[Column, ...] = ("name", "kind", "county", "country", "place", "links", "since", "technologies")
Lang: TypeAlias = Literal["en", "sv"]
Ids: TypeAlias = npt.NDArray[np.int64]
_LAST = 1 << 40


def rows(snapshot: Snapshot, chosen: Filter, order: tuple[Column, bool], lang: Lang, part: tuple[int, int]) -> RowsOut:
    """Rows [offset, offset + limit) of the selection in the order of a column (and whether it descends)."""
    offset, limit = part
    nodes, links = _ordered(snapshot.columns, snapshot.search, chosen, *order, lang)
    things, table = snapshot.things, snapshot.columns.nodes
    own = _technologies(snapshot.columns)
    found = []
    for node in nodes[offset : offset + limit].tolist():
        place = table["place"][node]
        found.append(
            RowOut(
                key=snapshot.columns.key_of[node],
                path=things.path(node),
                name=things.name(node),
                kind=things.kinds[node],
                county=table["county"][node],
                country=table["country"][node],
                place=None if place is None else things.name(place),
                links=int(links[node]),
                since=table["start_year"][node],
                technologies=int(own[node]),
            )
        )
    return RowsOut(total=len(nodes), offset=offset, rows=found)


@lru_cache(maxsize=8)
def _ordered(
    columns: Columns, search: Search, chosen: Filter, column: Column, descending: bool, lang: Lang
) -> tuple[Ids, Ids]:
    """(node ids in order, links by node id); what has no value stands last either way, equal ones by name."""
    selection = select(columns, search, chosen)
    nodes = selection.nodes.astype(np.int64)
    links = _links(columns.nodes.height, selection.edges["a"].to_numpy(), selection.edges["b"].to_numpy())
    by_name = _ranks(columns, lang, "name")
    value = by_name if column == "name" else links if column == "links" else _ranks(columns, lang, column)
    mine = value[nodes]
    primary = np.where(mine < 0, _LAST, -mine if descending else mine)
    return nodes[np.lexsort((by_name[nodes], primary))], links


def _links(count: int, a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32]) -> Ids:
    """With how many others each node has a line."""
    low, high = np.minimum(a, b).astype(np.int64), np.maximum(a, b).astype(np.int64)
    pairs = np.unique(low * count + high)
    ends = np.concatenate([pairs // count, pairs % count])
    return np.bincount(ends, minlength=count).astype(np.int64)


@lru_cache(maxsize=4)
def _technologies(columns: Columns) -> Ids:
    direct = columns.technology.filter(columns.technology["direct"])["node"].to_numpy()
    return np.bincount(direct, minlength=columns.nodes.height).astype(np.int64)


@lru_cache(maxsize=32)
def _ranks(columns: Columns, lang: Lang, column: Column) -> Ids:
    """A number by node id that grows with the value of the column; -1 where there is none."""
    nodes = columns.nodes
    if column == "technologies":
        return _technologies(columns)
    if column == "since":
        return nodes["start_year"].cast(int).fill_null(-1).to_numpy().astype(np.int64)
    names = nodes[f"name_{lang}"].to_list()
    texts: list[str | None]
    if column == "name":
        texts = names
    elif column == "kind":
        texts = [label(kind, lang) for kind in nodes["kind"]]
    elif column == "place":
        texts = [None if place is None else names[place] for place in nodes["place"]]
    else:
        known = columns.node_of
        texts = [None if key is None else names[known[key]] if key in known else key for key in nodes[column]]
    written = {text: _collation(text, lang) for text in set(texts) if text is not None}
    position = {text: number for number, text in enumerate(sorted(written, key=lambda text: (written[text], text)))}
    return np.array([-1 if text is None else position[text] for text in texts], dtype=np.int64)


def _collation(text: str, lang: Lang) -> str:
    """What sorts as a reader expects: case and accents do not count; in Swedish å, ä and ö stand after z."""
    folded = text.casefold()
    if lang == "sv":
        folded = folded.translate({ord("å"): "{", ord("ä"): "|", ord("æ"): "|", ord("ö"): "}", ord("ø"): "}"})
    plain = unicodedata.normalize("NFKD", folded)
    return "".join(letter for letter in plain if not unicodedata.combining(letter)).lstrip("\"'“”([ ")
