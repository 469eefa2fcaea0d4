"""The source `wikidata`: asked page by page, each page a point from which a broken-off run goes on."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from graph.node import Node, Ref, SourceCard
from ingest.contract import Checkpoint, Extraction, Record, State
from ingest.problem import InputError, Problem
from ingest.sources.wikidata.ask import ENTITY, Questions
from ingest.sources.wikidata.clean import Oddities, clean
from ingest.sources.wikidata.headquarters import Seat, in_words, known_towns, seats
from ingest.sources.wikidata.nodes import nodes
from ingest.sources.wikidata.options import Options, read_options
from ingest.sparql_client import Endpoint
from ontology.schema import is_a

TABLE = "wikidata"
_UNITS = ("ResearchPerformer", "PublicBody", "OrganizationalUnit")


@dataclass(frozen=True, slots=True)
class Wikidata:
    """`sleep` waits between questions."""

    card: SourceCard
    sleep: Callable[[float], None] = time.sleep

    def extract(self, task: Extraction, state: State) -> Iterator[Record | Checkpoint]:
        """A record an organisation. The state holds the last address of the page before, while a run is under way."""
        if task.inputs:
            message = "wikidata is asked over the network and reads no files"
            raise InputError(
                [Problem("--input", None, None, None, message, "leave --input out; see --set endpoint=...")]
            )
        options = read_options(task.options)
        questions = Questions(task, options, Endpoint(options.endpoint, options.manners(self.sleep)))
        going_on = state.get("asked") == options.digest and bool(state.get("after"))
        after = state["after"] if going_on else ""
        date = state.get("data_date", "") if going_on else questions.date()
        dated = {"data_date": date} if date else {}
        odd = Oddities.load(state.get("left_out", "") if going_on else "")
        while items := questions.items(after):
            for start in range(0, len(items), options.page_size):
                page = items[start : start + options.page_size]
                yield from _page(page, questions, options, odd)
                after = page[-1]
                yield Checkpoint({"asked": options.digest, "after": after, "left_out": odd.dump(), **dated})
        for warning in odd.warnings():
            task.warn(warning)
        yield Checkpoint(dated)

    def map(self, record: Record) -> Iterable[Node]:
        """The nodes of one organisation."""
        if record.values["label"] == "{}":
            advice = "give it a label in Wikidata, or name more languages with --set languages=..."
            raise record.fault("label", f"{record.values['item']} has no name in the languages asked for", advice)
        return list(nodes(record))

    def reconcile(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Ownership stands only between two that are here; a research performer or public body is a unit, not owned."""
        known = {node.key: node for node in nodes}
        kept: list[Node] = []
        for node in nodes:
            if node.kind != "Ownership":
                kept.append(node)
                continue
            ends = [value.key for name in ("owner", "owned") for value in node.values[name] if isinstance(value, Ref)]
            if any(end not in known for end in ends):
                continue
            owner, owned = ends
            if "role" in node.values and any(is_a(known[owned].kind, unit) for unit in _UNITS):
                known[owned].add("unitOf", Ref(owner), evidence=node.evidence)
            else:
                kept.append(node)
        return kept


def _page(items: Sequence[str], questions: Questions, options: Options, odd: Oddities) -> Iterator[Record]:
    facts = questions.facts(items)
    led = {item: seats(rows) for item, rows in facts.items()}
    towns = known_towns(seat for found in led.values() for seat in found)
    for item in items:
        number = item.removeprefix(ENTITY)
        values = clean(number, facts[item], options.languages, odd)
        codes: list[str] = json.loads(values["P17"])
        places = []
        for seat in led[item] or [Seat("", country=code) for code in codes]:
            place = in_words(seat, towns.get(seat.geonames), codes[0] if len(codes) == 1 else "")
            if place is None:
                odd.note(number, "P159 or P17: a place in no country that is known")
            elif place not in places:
                places.append(place)
        context = {"places": json.dumps(places, ensure_ascii=False)}
        yield Record(TABLE, int(number.removeprefix("Q")), values, context)


def open_source(card: SourceCard, _inputs: tuple[Path, ...]) -> Wikidata:
    """The source, for `ingest.registry`."""
    return Wikidata(card)
