"""Two records side by side: what they say, where they agree, and what a merge would do."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

import polars as pl

from api.answers.facts import shown_value
from api.answers.review_models import (
    ClashOut,
    EffectOut,
    FieldOut,
    PairOut,
    RecordOut,
    SideOut,
    Some,
    State,
    SumOut,
    ValueOut,
)
from api.models import Pair, PlaceRef
from api.reviewing import Standing
from api.served import Snapshot
from graph.compare import STRONG, Effect, Side, Sum, effect
from graph.profile import Fact
from ingest.decisions import pair_of
from ontology.schema import label
from ontology.terms import PROPERTIES

_FIRST = 5
_ORDER = ("name", "legalName", "altName", "acronym", "formerName", "title", "kind", "country", "municipality", "county")
_LEFT_OUT = frozenset({"formerKey", "countryCode"})
_OF_PLACES = {"municipality": ("municipality", "kommun"), "county": ("county", "län"), "country": ("country", "land")}
_KIND = Pair(en="kind", sv="typ")


def compared(snapshot: Snapshot, standing: Standing, one: str, other: str) -> PairOut:
    """The pair in full; both must be records of this map."""
    sides = tuple(Side.of(snapshot.columns, node_of(snapshot, key)) for key in (one, other))
    found = _proposal(snapshot, one, other)
    return PairOut(
        one=_side(snapshot, one, sides[0]),
        other=_side(snapshot, other, sides[1]),
        fields=list(_fields(snapshot, *sides)),
        effect=_effect(snapshot, effect(*sides), merged=sides[0].known.node == sides[1].known.node),
        score=found.get("score"),
        weight=found.get("weight"),
        reasons=found.get("reasons") or [],
        decided=pair_of(one, other) in standing.pairs,
    )


def node_of(snapshot: Snapshot, key: str) -> int:
    """The node of the thing in which the record stands; KeyError when there is none."""
    return snapshot.columns.node_of[snapshot.identities.id_of[key]]


def _proposal(snapshot: Snapshot, one: str, other: str) -> dict[str, object]:
    rows = snapshot.identities.candidates
    keys = {one, other}
    held = rows.filter(pl.col("a_key").is_in(keys) & pl.col("b_key").is_in(keys) & (pl.col("a_key") != pl.col("b_key")))
    return held.row(0, named=True) if held.height else {}


def _side(snapshot: Snapshot, key: str, side: Side) -> SideOut:
    node = side.known.node
    clusters = snapshot.identities.clusters
    titles = {source.name: Pair(**source.title) for source in snapshot.generation.manifest.sources}
    records = clusters.filter(pl.col("id") == snapshot.columns.key_of[node]).sort("key")
    partners = [one.node for one in side.known.collaborators]
    return SideOut(
        record=key,
        thing=snapshot.things.ref(node),
        records=[
            RecordOut(key=record, source=source, title=titles.get(source))
            for record, source in records.select("key", "source").iter_rows()
        ],
        ties=dict(side.ties),
        partners=list(_places(snapshot, partners[:_FIRST])),
        partner_count=len(partners),
        money_in=[_sum(held) for held in side.money_in],
        money_out=[_sum(held) for held in side.money_out],
    )


def _sum(held: Sum) -> SumOut:
    return SumOut(currency=held.currency, amount=f"{held.amount:f}", relations=held.relations)


def _places(snapshot: Snapshot, nodes: Iterable[int]) -> Iterable[PlaceRef]:
    return (place for node in nodes if (place := snapshot.things.place(node)) is not None)


def _fields(snapshot: Snapshot, one: Side, other: Side) -> Iterable[FieldOut]:
    """Names first, then where it is, then identifiers, then the rest by name."""
    held, said = _values(snapshot, one), _values(snapshot, other)
    for name in sorted(held.keys() | said.keys(), key=_place):
        term = PROPERTIES.get(name)
        mine, theirs = held.get(name, {}), said.get(name, {})
        yield FieldOut(
            property=name,
            label=Pair(en=term.label_en, sv=term.label_sv) if term else _word(name),
            identifier=term is not None and "identifier" in term.parents,
            state=_state(mine.keys(), theirs.keys()),
            one=[value.model_copy(update={"equal": plain in theirs}) for plain, value in mine.items()],
            other=[value.model_copy(update={"equal": plain in mine}) for plain, value in theirs.items()],
        )


def _word(name: str) -> Pair:
    return _KIND if name == "kind" else Pair(en=_OF_PLACES[name][0], sv=_OF_PLACES[name][1])


def _place(name: str) -> tuple[int, str]:
    if name in _ORDER:
        return _ORDER.index(name), ""
    term = PROPERTIES[name]
    middle = len(_ORDER)
    return (
        middle if name in STRONG else middle + 1 if "identifier" in term.parents or name == "homepage" else middle + 2
    ), name


def _state(one: Iterable[str], other: Iterable[str]) -> State:
    mine, theirs = set(one), set(other)
    if mine == theirs:
        return "equal"
    if not theirs:
        return "only_one"
    if not mine:
        return "only_other"
    return "shared" if mine & theirs else "different"


def _values(snapshot: Snapshot, side: Side) -> Mapping[str, dict[str, ValueOut]]:
    """By property the values, each by the plain form in which it is compared."""
    held: dict[str, dict[str, ValueOut]] = {}
    row = snapshot.columns.nodes.row(side.known.node, named=True)
    kind = Pair(en=label(row["kind"], "en"), sv=label(row["kind"], "sv"))
    held["kind"] = {row["kind"]: ValueOut(text=kind, lang=None, href=None, equal=False)}
    for name in _OF_PLACES:
        if row[name] is not None:
            node = snapshot.columns.node_of.get(row[name])
            text = row[name] if node is None else snapshot.things.name(node)
            href = None if node is None else snapshot.things.path(node)
            held[name] = {row[name]: ValueOut(text=text, lang=None, href=href, equal=False)}
    for fact in side.known.facts:
        if fact.property not in _LEFT_OUT:
            value, href = shown_value(snapshot, fact)
            shown = ValueOut(text=value, lang=fact.lang, href=href, equal=False)
            held.setdefault(fact.property, {}).setdefault(_plain(fact), shown)
    return held


def _plain(fact: Fact) -> str:
    """Case, blanks, and the scheme and www of an address tell nothing apart."""
    text = " ".join(fact.value.casefold().split())
    if fact.datatype != "iri":
        return text
    parts = urlsplit(text)
    return f"{parts.netloc.removeprefix('www.')}{parts.path.rstrip('/')}{parts.query}"


def _effect(snapshot: Snapshot, found: Effect, *, merged: bool) -> EffectOut:
    def some(nodes: tuple[int, ...]) -> Some:
        return Some(count=len(nodes), first=list(_places(snapshot, nodes[:_FIRST])))

    return EffectOut(
        merged=merged,
        between=0 if merged else found.between,
        together=some(found.together),
        shared=some(found.shared),
        new_for_one=some(found.new_for_one),
        new_for_other=some(found.new_for_other),
        agree=[_label(name) for name in found.agree],
        clashes=[
            ClashOut(
                property=clash.property, label=_label(clash.property), one=list(clash.one), other=list(clash.other)
            )
            for clash in found.clashes
        ],
        kinds_fit=found.kinds_fit,
    )


def _label(name: str) -> Pair:
    return Pair(en=PROPERTIES[name].label_en, sv=PROPERTIES[name].label_sv)
