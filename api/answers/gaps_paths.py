"""How two organisations hang together, as JSON."""

from __future__ import annotations

from dataclasses import dataclass

from api.answers.gaps import net_of
from api.answers.gaps_scope import coverage_out, query_of, scope_out
from api.answers.gaps_shown import Shown, exact
from api.models_gaps import GoBetweenOut, HopOut, PartOut, PathOut, PathsOut, TieOut
from api.served import Snapshot
from graph.columns import Columns
from graph.gaps.answer import Answer
from graph.gaps.meetings import Hop, Meeting
from graph.gaps.paths import GoBetween, Part, Path, go_betweens, parts, path_answer
from graph.gaps.routes import By
from graph.gaps.scope import Scope

_BETWEEN = 10
_MEETINGS = 20  # of one hop, the strongest


@dataclass(frozen=True)
class Way:
    """A question: from one node id to another."""

    scope: Scope
    a: int
    b: int
    k: int
    by: By


@dataclass(frozen=True)
class Ways:
    """What was found for it."""

    paths: Answer[Path]
    between: Answer[GoBetween]
    as_of: int
    apart: tuple[Part, Part] | None


def ways(columns: Columns, way: Way) -> Ways:
    """Walk the network."""
    net = net_of(columns, way.scope)
    found = path_answer(net, way.a, way.b, k=way.k, by=way.by)
    apart = None if found.rows else parts(net, way.a, way.b)
    return Ways(found, go_betweens(net, way.a, way.b, limit=_BETWEEN), net.as_of, apart)


def paths_out(snapshot: Snapshot, way: Way, found: Ways) -> PathsOut:
    """As JSON."""
    shown, answer = Shown(snapshot), found.paths
    head = {
        "generation": snapshot.generation.number,
        "built": snapshot.generation.manifest.built,
        "scope": scope_out(shown, way.scope, found.as_of),
        "a": shown.actor(way.a),
        "b": shown.actor(way.b),
        "by": way.by,
        "k": way.k,
        "paths": [_path(shown, path) for path in answer.rows],
        "between": [_between(shown, one) for one in found.between.rows],
        "between_total": found.between.total,
        "apart": found.apart and tuple(_part(shown, one) for one in found.apart),
        "csv": _csv(snapshot, way),
        "coverage": coverage_out(shown, answer.coverage),
        "notes": [shown.sentence(note) for note in answer.notes],
        "empty": None if answer.empty is None else shown.sentence(answer.empty),
    }
    return PathsOut(**head, **shown.evidence())


def hop_of(shown: Shown, hop: Hop) -> HopOut:
    """A tie between two organisations."""
    return HopOut(
        a=shown.actor(hop.a),
        b=shown.actor(hop.b),
        strength=exact(hop.strength),
        meetings=len(hop.meetings),
        first_year=hop.first_year,
        last_year=hop.last_year,
        ties=[tie_of(shown, one) for one in hop.meetings[:_MEETINGS]],
    )


def tie_of(shown: Shown, meeting: Meeting) -> TieOut:
    """One thing in which two met."""
    return TieOut(
        tie=shown.word("tie", meeting.tie),
        thing=None if meeting.thing is None else shown.snapshot.things.ref(meeting.thing),
        start=meeting.start,
        end=meeting.end,
        partners=None,
        strength=exact(meeting.strength),
        proofs=shown.proofs(meeting.proofs),
        roles_a=list(meeting.roles[0]),
        roles_b=list(meeting.roles[1]),
    )


def _path(shown: Shown, path: Path) -> PathOut:
    return PathOut(hops=[hop_of(shown, hop) for hop in path.hops], strength=exact(path.strength))


def _between(shown: Shown, one: GoBetween) -> GoBetweenOut:
    return GoBetweenOut(
        actor=shown.actor(one.actor),
        strength=exact(one.strength),
        to_a=hop_of(shown, one.to_a),
        to_b=hop_of(shown, one.to_b),
    )


def _part(shown: Shown, one: Part) -> PartOut:
    return PartOut(end=shown.actor(one.end), actors=one.actors, first=[shown.actor(node) for node in one.first])


def _csv(snapshot: Snapshot, way: Way) -> str:
    """Where the same is answered as a table."""
    keys = snapshot.columns.key_of
    return "/api/v1/paths.csv?" + query_of(
        way.scope, [("a", keys[way.a]), ("b", keys[way.b]), ("k", way.k), ("by", way.by)]
    )
