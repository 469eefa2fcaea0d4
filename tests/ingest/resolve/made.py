"""Hand-made records of two open sources and a curated one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from graph.node import Evidence, Iri, Node, Ref, RunRecord, SourceCard, SourceNodes, Text
from ingest.decision_lines import Decision, Suppression, Verdict
from ingest.decisions import Decisions, pair_of
from ingest.resolve import Resolved, resolved

PROOF = Evidence("https://example.org/", record="row 1")
AT = datetime(2026, 11, 1, tzinfo=UTC)


def said(name: str, nodes: Iterable[Node], *, curated: bool = False) -> SourceNodes:
    """A source that says these nodes, each key once."""
    title = {"sv": name, "en": name}
    card = SourceCard(name, title, "x", "https://example.org/", "x", "x", "never", 1, curated=curated)
    once = list({node.key: node for node in nodes}.values())
    return SourceNodes(card, RunRecord("2026-11-01T00:00:00+00:00", {}, 1, 0, "2026-11-01"), once)


def org(key: str, *names: str, kind: str = "Company", town: str = "", web: str = "", **codes: str) -> list[Node]:
    """An organisation with its site in a town of Sweden; without a town it is in Sweden."""
    node = Node(key, kind, [PROOF])
    for number, name in enumerate(names):
        node.add("altName" if number else "name", name if number else Text(name, "en"))
    if web:
        node.add("homepage", Iri(web))
    for scheme, code in codes.items():
        node.add(scheme, code)
    place = f"place/se-{town}" if town else "place/se"
    site = Node(f"{key}/site", "Site", [PROOF]).add("siteOf", Ref(key)).add("place", Ref(place))
    return [node, site, *places(town)]


def places(town: str) -> list[Node]:
    """Sweden, and a town in it."""
    sweden = Node("place/se", "AdministrativeArea", [PROOF]).add("name", Text("Sweden", "en")).add("countryCode", "SE")
    if not town:
        return [sweden]
    inside = Node(f"place/se-{town}", "Place", [PROOF]).add("name", Text(town.title(), "sv"))
    return [sweden, inside.add("within", Ref("place/se"))]


def two(ones: Iterable[Node], others: Iterable[Node], *, decisions: Decisions | None = None) -> Resolved:
    """Resolve two sources, `a` and `b`."""
    return resolved([said("a", ones), said("b", others)], decisions or Decisions(), [])


def decided(*pairs: tuple[str, str, Verdict], withheld: Iterable[str] = ()) -> Decisions:
    """What people said."""
    lines = [
        Decision(f"d{number}", AT, "me", *pair_of(one, other), verdict)
        for number, (one, other, verdict) in enumerate(pairs)
    ]
    return Decisions.of(lines, [Suppression(f"s{key}", AT, "me", key, "asked") for key in withheld])


def joined(found: Resolved, one: str, other: str) -> bool:
    """Whether two records are one thing."""
    return found.identities.id_of[one] == found.identities.id_of[other]
