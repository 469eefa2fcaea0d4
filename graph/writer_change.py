"""Inside the writer: what an edit will change or has changed, and how a known change is made in one step."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Self, TypeAlias

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, Store, Triple

from graph.delta import Delta, graph_lines, lines, quads
from graph.update_text import Update
from graph.writer_refusal import RefusedError

MARK = NamedNode(
    "urn:cleantech-kg:writer"
)  # one quad in the live store, never in a checkpoint: the number of the last edit
DATA = frozenset(["INSERT DATA", "DELETE DATA", "LOAD"])  # operations that say themselves what they change
_AGAIN = 100  # edits until a graph that was too large is looked at again
_Term: TypeAlias = NamedNode | BlankNode | Literal | Triple


@dataclass(frozen=True, slots=True)
class Change:
    """What to do for an edit. `text` is for the engine (None: make the change of `delta`, which is known beforehand).

    `watched`: compare afterwards. With neither `delta` nor `watched` nobody knows what the edit changes.
    """

    text: str | None
    delta: Delta | None = None
    watched: Watched | None = None
    created: bool = False


def mark_quad(number: int) -> Quad:
    """The quad that tells the number of the last edit."""
    return Quad(MARK, MARK, Literal(number), MARK)


def delta_of_data(
    store: Store, update: Update, loads: Sequence[str], base: str | None, limit: int, named: Collection[str | None]
) -> Delta | None:
    """What an update of DATA blocks alone changes; None above `limit` quads. SyntaxError when it is malformed.

    RefusedError when the engine reads other graphs in it than `named`, those that were found in the text.
    """
    mentioned = Store()
    mentioned.update(update.render(loads=loads, inserts=True), base_iri=base)
    _check_graphs(mentioned, named)
    if len(mentioned) > limit:
        return None
    before = {quad for quad in mentioned if quad in store}
    if all(operation.kind != "DELETE DATA" for operation in update.operations):
        return added(store, (quad for quad in mentioned if quad not in before))
    scene = Store()
    scene.extend(before)
    scene.update(update.render(loads=loads), base_iri=base)
    after = set(scene)
    delta = added(store, after - before)
    return Delta(delta.added, lines(before - after), delta.graphs_added)


def _check_graphs(mentioned: Store, named: Collection[str | None]) -> None:
    reached = {graph.value for graph in mentioned.named_graphs() if isinstance(graph, NamedNode)}
    strange = sorted(reached - set(named))
    if strange or (
        None not in named and any(True for _ in mentioned.quads_for_pattern(None, None, None, DefaultGraph()))
    ):
        name = f"<{strange[0]}>" if strange else "the default graph"
        raise RefusedError("forbidden", f"It is not clear from the text that the update writes {name}.")


def added(store: Store, found: Iterable[Quad]) -> Delta:
    """The delta of quads that are not in the store."""
    held = list(found)
    graphs = {quad.graph_name for quad in held if isinstance(quad.graph_name, NamedNode)}
    fresh = sorted(graph.value for graph in graphs if not store.contains_named_graph(graph))
    return Delta(lines(held), (), fresh)


def make(store: Store, delta: Delta, number: int) -> None:
    """Make a known change, blank nodes under their names, in one transaction with the mark."""
    mark, fresh = mark_quad(number), quads(delta.added)
    if (
        not delta.removed
        and not delta.graphs_removed
        and {_name(quad) for quad in fresh}.issuperset(delta.graphs_added)
    ):
        store.extend([*fresh, mark])
        return
    gone = set(delta.graphs_removed)
    removed = [quad for quad in quads(delta.removed) if _name(quad) not in gone]
    functions = _Functions()
    steps = [f"DROP SILENT GRAPH {NamedNode(graph)}" for graph in delta.graphs_removed]
    steps += functions.steps("DELETE", removed)
    steps += [f"CREATE SILENT GRAPH {NamedNode(graph)}" for graph in delta.graphs_added]
    steps += functions.steps("INSERT", fresh)
    steps.append(f"INSERT DATA {{ GRAPH {MARK} {{ {MARK} {MARK} {mark.object} }} }}")
    store.update(";\n".join(steps), custom_functions=functions.functions)


def _name(quad: Quad) -> str | None:
    return quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else None


class _Functions:
    """SPARQL cannot name a blank node that is stored: functions hand the terms of the quads over, by their places."""

    def __init__(self) -> None:
        self.functions: dict[NamedNode, Callable[..., _Term | None]] = {}

    def steps(self, verb: str, found: Sequence[Quad]) -> list[str]:
        default = [quad for quad in found if isinstance(quad.graph_name, DefaultGraph)]
        named = [quad for quad in found if not isinstance(quad.graph_name, DefaultGraph)]
        parts = ("subject", "predicate", "object")
        held = [self._step(verb, default, "{ ?subject ?predicate ?object }", parts)] if default else []
        pattern = "{ GRAPH ?graph_name { ?subject ?predicate ?object } }"
        return [*held, self._step(verb, named, pattern, (*parts, "graph_name"))] if named else held

    def _step(self, verb: str, found: Sequence[Quad], pattern: str, parts: Sequence[str]) -> str:
        binds = " ".join(f"BIND({self._function(found, part)}(?n) AS ?{part})" for part in parts)
        places = " ".join(map(str, range(len(found))))
        return f"{verb} {pattern} WHERE {{ VALUES ?n {{ {places} }} {binds} }}"

    def _function(self, found: Sequence[Quad], part: str) -> NamedNode:
        name = NamedNode(f"{MARK.value}:{len(self.functions)}")

        def term(place: Literal) -> _Term | None:
            held: _Term = getattr(found[int(place.value)], part)
            return held

        self.functions[name] = term
        return name


@dataclass
class Watched:
    """The graphs that an edit may change, as they were before it."""

    graphs: Sequence[str | None] | None  # None: all
    limit: int
    before: set[bytes]
    known: frozenset[str]

    @classmethod
    def of(cls, store: Store, graphs: Sequence[str | None] | None, limit: int) -> Self | None:
        """Look at the graphs (None: at all); None when together they hold more quads than `limit`."""
        held = _look(store, graphs, limit)
        return None if held is None else cls(graphs, limit, *held)

    def delta(self, store: Store) -> Delta | None:
        """What has changed since; None when the graphs hold more than the limit now."""
        held = _look(store, self.graphs, self.limit)
        if held is None:
            return None
        after, known = held
        return Delta(
            sorted(after - self.before),
            sorted(self.before - after),
            sorted(known - self.known),
            sorted(self.known - known),
        )


@dataclass
class TooLarge:
    """Graphs that were too large to be watched are not tried again for a while, for that costs a pass over them."""

    left: dict[tuple[str | None, ...] | None, int] = field(default_factory=dict)

    def watch(self, store: Store, graphs: Sequence[str | None] | None, limit: int) -> Watched | None:
        """As `Watched.of`."""
        key = None if graphs is None else tuple(graphs)
        if self.left.get(key, 0) > 0:
            self.left[key] -= 1
            return None
        watched = Watched.of(store, graphs, limit)
        if watched is None:
            self.left = {key: _AGAIN} if len(self.left) > _AGAIN else self.left | {key: _AGAIN}
        return watched


def _look(store: Store, graphs: Sequence[str | None] | None, limit: int) -> tuple[set[bytes], frozenset[str]] | None:
    if graphs is None:
        names = [graph.value for graph in store.named_graphs() if isinstance(graph, NamedNode) and graph != MARK]
        graphs = [None, *names]
    found: set[bytes] = set()
    for graph in graphs:
        held = graph_lines(store, graph, limit - len(found))
        if held is None:
            return None
        found.update(held)
    return found, frozenset(graph for graph in graphs if graph and store.contains_named_graph(NamedNode(graph)))
