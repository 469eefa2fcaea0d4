"""The source `sweden`: from its records to nodes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.node import Concept, Node, Ref, SourceCard
from ingest.contract import Checkpoint, Extraction, Record, State
from ingest.keys import relation_key
from ingest.sources.sweden import tables as t
from ingest.sources.sweden.directory import PLACES
from ingest.sources.sweden.extract import records
from ingest.sources.sweden.links import link
from ingest.sources.sweden.money import grant
from ingest.sources.sweden.parts import participation
from ingest.sources.sweden.proof import CURATED, evidence
from ingest.sources.sweden.reconcile import reconcile
from ingest.sources.sweden.things import activity, organisation, place


@dataclass(frozen=True, slots=True)
class Sweden:
    """The seven tables; read whole each time, for they are small."""

    card: SourceCard

    def extract(self, task: Extraction, state: State) -> Iterator[Record | Checkpoint]:  # noqa: ARG002 - it reads all
        """Every good row with its context, then the date of the data."""
        yield from records(task)
        yield Checkpoint({"data_date": CURATED.isoformat()})

    def map(self, record: Record) -> Iterable[Node]:
        """The nodes of one row."""
        return list(MAPPINGS[record.table](record))

    def reconcile(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Money that two rows tell of becomes one."""
        return reconcile(nodes)


def tag(record: Record) -> Iterator[Node]:
    """A thing works on a technology."""
    if "concept" not in record.context:
        code = record.values["technology"]
        raise record.fault("technology", f"the ontology has no concept for the code {code!r}", "add it to tech.ttl")
    actor, area = record.context["entity"], record.context["concept"]
    node = Node(relation_key("TechnologyActivity", actor, area), "TechnologyActivity", [evidence(record)])
    node.add("actor", Ref(actor)).add("area", Concept("tech", area))
    yield node.add("activityKind", Concept("activity", "focus"))


MAPPINGS: Mapping[str, Callable[[Record], Iterator[Node]]] = {
    PLACES: place,
    t.ORGANISATIONS: organisation,
    t.ACTIVITIES: activity,
    t.PARTICIPATIONS: participation,
    t.RELATIONS: link,
    t.FUNDING: grant,
    t.TAGS: tag,
}


def open_source(card: SourceCard, _inputs: tuple[Path, ...]) -> Sweden:
    """The source, for `ingest.registry`."""
    return Sweden(card)
