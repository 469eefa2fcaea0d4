"""What the stops of a flow of money are called, in both languages."""

from __future__ import annotations

from api.models import Pair
from api.served import Snapshot
from graph.flows.bands import OTHER, UNKNOWN
from ontology.schema import label
from ontology.terms import CLASSES, SCHEMES

_UNKNOWN = {
    "funder": Pair(en="payer not named", sv="betalare inte angiven"),
    "programme": Pair(en="no programme named", sv="inget program angivet"),
    "technology": Pair(en="no technology named", sv="ingen teknik angiven"),
    "kind": Pair(en="recipient not named", sv="mottagare inte angiven"),
    "recipient": Pair(en="recipient not named", sv="mottagare inte angiven"),
    "region": Pair(en="place not known", sv="okänd plats"),
    "country": Pair(en="country not known", sv="okänt land"),
}
_ELSE = Pair(en="not known", sv="inte känt")
LEVEL_NAMES = {
    "funder": Pair(en="who pays", sv="betalare"),
    "programme": Pair(en="programme", sv="program"),
    "technology": Pair(en="technology", sv="teknik"),
    "kind": Pair(en="kind of recipient", sv="typ av mottagare"),
    "region": Pair(en="region of recipient", sv="mottagarens region"),
    "country": Pair(en="country of recipient", sv="mottagarens land"),
    "recipient": Pair(en="recipient", sv="mottagare"),
    "instrument": Pair(en="instrument", sv="finansieringsform"),
}


def name_of(snapshot: Snapshot, level: str, value: str, count: int = 1) -> Pair:
    """The name of a value of a level; the code itself of a country that the map has no place for."""
    if value == UNKNOWN:
        return _UNKNOWN.get(level, _ELSE)
    if value == OTHER:
        return Pair(en=f"other ({count})", sv=f"övriga ({count})")
    node = _node(snapshot, level, value)
    if node is not None:
        return snapshot.things.name(node)
    return instrument(value) if level in ("kind", "instrument") else Pair(en=value, sv=value)


def instrument(value: str) -> Pair:
    """The name of a class, or of a value of the vocabularies of instruments and rounds."""
    if value in CLASSES:
        return Pair(en=label(value, "en"), sv=label(value, "sv"))
    term = next((SCHEMES[scheme][value] for scheme in ("instrument", "round") if value in SCHEMES[scheme]), None)
    return Pair(en=value, sv=value) if term is None else Pair(en=term.label_en, sv=term.label_sv)


def path_of(snapshot: Snapshot, level: str, value: str) -> str | None:
    """The page of a value that is a thing; None for all others."""
    node = _node(snapshot, level, value)
    return None if node is None else snapshot.things.path(node)


def _node(snapshot: Snapshot, level: str, value: str) -> int | None:
    nodes = snapshot.columns.node_of
    if level in ("region", "country"):
        return nodes.get(value if "/" in value else f"place/{value.lower()}")
    return nodes.get(value) if level not in ("kind", "instrument") else None
