"""From what each source says to one graph of things: who is who, under which id, and what is left for people to decide."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from graph.identities import CLUSTERS, MOVED, Identities
from graph.node import SourceNodes
from ingest.decisions import Decisions
from ingest.decisions_moved import moved
from ingest.resolve.candidates import candidates
from ingest.resolve.clusters import Clusters, clustered
from ingest.resolve.effect import Effects
from ingest.resolve.ids import Ids, Line, assigned
from ingest.resolve.links import PEOPLE, Conflict, Link, links_by_code
from ingest.resolve.namesakes import links_by_name
from ingest.resolve.records import Record, parts_of, records_of
from ingest.resolve.renamed import Names, Renamed
from ingest.resolve.signs import links_by_sign
from ingest.resolve.summary import Resolution
from ingest.resolve.withheld import withheld


@dataclass(frozen=True)
class Resolved:
    """What goes into a generation, and what the resolution did.

    `sources`: the nodes under the ids of things. `minted`: new lines for `decisions/ids.jsonl`, id by key.
    """

    sources: Sequence[SourceNodes]
    identities: Identities
    minted: Mapping[str, str]
    conflicts: Sequence[Conflict]
    summary: Resolution


def resolved(
    sources: Sequence[SourceNodes], decisions: Decisions, known: Iterable[Line], withdrawn: Iterable[str] = ()
) -> Resolved:
    """Make things of records. `known`: the lines that `read_ids` gives; `withdrawn`: keys that a source named once. The
    same whatever the order of the sources."""
    known = list(known)
    records = records_of(sources)
    prints = {key: record.fingerprint for key, record in records.items()}
    said = moved(decisions, prints, frozenset(an_id for _, an_id in known)).decisions
    parts = [pair for source in sources for pair in parts_of(source.nodes, records)]
    clusters = _clusters(records, said, parts)
    others = {node.key for source in sources for node in source.nodes if node.key not in records}
    ids = assigned(clusters.members, records, known, others)
    queue = candidates(
        clusters.members,
        records,
        clusters.conflicts,
        Effects.of(sources),
        apart=[*said.different, *parts],
        id_of=ids.of,
    )
    suppressed = _suppressed(frozenset(said.suppressed), ids)
    kept, gone, lost = withheld(sources, suppressed & (records.keys() | others))
    names = Names({key: an_id for key, an_id in ids.of.items() if key != an_id}, gone)
    return Resolved(
        sources=[replace(source, nodes=Renamed(nodes, names)) for source, nodes in zip(sources, kept, strict=True)],
        identities=Identities(
            clusters=_cluster_table(records, ids, prints),
            moved=_moved_table(ids, suppressed, _gone(withdrawn, known, ids, others)),
            candidates=queue.table.filter(~pl.col("a_key").is_in(gone) & ~pl.col("b_key").is_in(gone)),
        ),
        minted=ids.minted,
        conflicts=clusters.conflicts,
        summary=Resolution(
            records=len(records),
            things=len(clusters.members),
            joined=sum(len(keys) for keys in clusters.members if len(keys) > 1),
            rules=clusters.rules,
            conflicts=len(clusters.conflicts),
            candidates=queue.table.height - queue.conflicts,
            over=queue.over,
            withheld=lost,
        ),
    )


def _clusters(records: Mapping[str, Record], decisions: Decisions, parts: Sequence[tuple[str, str]]) -> Clusters:
    by_code, conflicts = links_by_code(records.values())
    people = [Link(PEOPLE, a, b, "people") for a, b in decisions.same if a in records and b in records]
    links = [*people, *by_code, *links_by_name(records.values()), *links_by_sign(records.values())]
    found = clustered(records, links, different=decisions.different, parts=parts)
    home = {key: number for number, keys in enumerate(found.members) for key in keys}
    left = {(c.a, c.b): c for c in (*conflicts, *found.conflicts) if home[c.a] != home[c.b]}
    open_ones = [left[pair] for pair in sorted(left) if pair not in decisions.different]
    return replace(found, conflicts=open_ones)


def _suppressed(said: frozenset[str], ids: Ids) -> frozenset[str]:
    """With all records and ids of the things that are meant by any of them."""
    things = {ids.of.get(key) or ids.moved.get(key) or key for key in said}
    old = {old for old, an_id in ids.moved.items() if an_id in things}
    return said | things | old | {key for key, an_id in ids.of.items() if an_id in things}


def _cluster_table(records: Mapping[str, Record], ids: Ids, prints: Mapping[str, str]) -> pl.DataFrame:
    rows = [(key, source, ids.of[key], prints[key]) for key, record in records.items() for source in record.sources]
    return pl.DataFrame(rows, schema=CLUSTERS, orient="row").sort("key", "source")


def _gone(withdrawn: Iterable[str], known: Sequence[Line], ids: Ids, others: Collection[str]) -> set[str]:
    """Withdrawn keys that stand nowhere, and the ids under which only they stood."""
    keys = {key for key in withdrawn if key not in ids.of and key not in others}
    held = set(ids.of.values()) | ids.moved.keys()
    return keys - held | {an_id for key, an_id in known if key in keys and an_id not in held}


def _moved_table(ids: Ids, suppressed: frozenset[str], gone: Iterable[str]) -> pl.DataFrame:
    """Keys of records and former ids lead to the thing; suppressed ones, and what its source has withdrawn, nowhere."""
    rows: dict[str, str | None] = {key: an_id for key, an_id in ids.of.items() if key != an_id}
    rows |= ids.moved
    rows |= dict.fromkeys(suppressed) | dict.fromkeys(gone)
    return pl.DataFrame(sorted(rows.items()), schema=MOVED, orient="row")
