"""The parts of a profile as tables for a spreadsheet: every row, RFC 4180, UTF-8."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import Literal

import polars as pl

from api.answers.profile_partners import Row
from api.answers.profile_parts import technologies
from api.models import Pair
from api.served import Snapshot
from graph.profile import Link
from graph.profile_money import paid, payments
from graph.profile_similar import Similar
from graph.profile_timeline import timeline
from ontology.schema import label
from ontology.terms import SCHEMES
from visualisations.plain import csv_text

Lang = Literal["en", "sv"]
_HEADS = {
    "key": Pair(en="key", sv="nyckel"),
    "name": Pair(en="name", sv="namn"),
    "kind": Pair(en="kind", sv="typ"),
    "place": Pair(en="place", sv="plats"),
    "country": Pair(en="country", sv="land"),
    "joint": Pair(en="joint efforts", sv="gemensamma insatser"),
    "strength": Pair(en="strength", sv="styrka"),
    "first": Pair(en="first year", sv="första år"),
    "last": Pair(en="last year", sv="sista år"),
    "roles": Pair(en="roles", sv="roller"),
    "eur": Pair(en="euro", sv="euro"),
    "efforts": Pair(en="efforts", sv="insatser"),
    "stated": Pair(en="stated", sv="uppgivet"),
    "organisations": Pair(en="organisations", sv="organisationer"),
    "direction": Pair(en="direction", sv="riktning"),
    "year": Pair(en="year", sv="år"),
    "amount": Pair(en="amount", sv="belopp"),
    "currency": Pair(en="currency", sv="valuta"),
    "held": Pair(en="held in round", sv="ingår i runda"),
    "payer": Pair(en="payer", sv="betalare"),
    "recipient": Pair(en="recipient", sv="mottagare"),
    "effort": Pair(en="effort", sv="insats"),
    "event": Pair(en="event", sv="händelse"),
    "other": Pair(en="other party", sv="motpart"),
    "role": Pair(en="role", sv="roll"),
    "start": Pair(en="from", sv="från"),
    "end": Pair(en="to", sv="till"),
    "score": Pair(en="likeness", sv="likhet"),
    "technologies": Pair(en="technologies", sv="tekniker"),
    "double": Pair(en="probably the same", sv="troligen samma"),
    "tie": Pair(en="tie", sv="band"),
    "note": Pair(en="note", sv="anmärkning"),
    "documents": Pair(en="sources", sv="källor"),
}


class Tables:
    """Tables about one thing in one language."""

    def __init__(self, snapshot: Snapshot, node: int, lang: Lang) -> None:
        self._snapshot, self._node, self._lang = snapshot, node, lang

    def partners(self, rows: Iterable[Row]) -> bytes:
        """Partners, participants, organisations."""
        heads = (*_WHO, "joint", "strength", "first", "last", "roles", "eur", "documents")
        told = (
            (
                *self._who(one.node),
                one.joint,
                one.strength,
                one.first,
                one.last,
                [self._role(role) for role in one.roles],
                one.amount_eur,
                self._documents(one.relations),
            )
            for one in rows
        )
        return self._table(heads, told)

    def similar(self, rows: Iterable[Similar]) -> bytes:
        """Organisations alike."""
        told = (
            (*self._who(one.node), round(one.score, 3), [self._name(tech) for tech in one.techs], _yes(one.double))
            for one in rows
        )
        return self._table((*_WHO, "score", "technologies", "double"), told)

    def technologies(self) -> bytes:
        """What it works on."""
        names = ("efforts", "stated", "organisations", "first", "last")
        keys = self._snapshot.columns.key_of
        told = (
            (keys[row["tech"]], self._name(row["tech"]), *(_yes(row[name]) for name in names))
            for row in technologies(self._snapshot, self._node).iter_rows(named=True)
        )
        return self._table(("key", "name", *names), told)

    def timeline(self) -> bytes:
        """Every dated event."""
        heads = ("event", "other", "role", "start", "end", "amount", "currency", "documents")
        events = timeline(self._snapshot.columns, self._node).events
        told = (
            (
                row["event"],
                self._name(row["node"]),
                self._role(row["role"]),
                row["start"],
                row["end"],
                row["amount"],
                row["currency"],
                self._documents(() if row["relation"] is None else (row["relation"],)),
            )
            for row in events.iter_rows(named=True)
        )
        return self._table(heads, told)

    def money(self) -> bytes:
        """Every payment, each once for each direction."""
        heads = ("direction", "year", "payer", "recipient", "effort", "amount", "currency", "eur", "held", "documents")
        return self._table(heads, self._payments())

    def _payments(self) -> Iterator[Sequence[object]]:
        columns = self._snapshot.columns
        parties = payments(columns).parties
        for way in ("in", "out"):
            rows = paid(columns, self._node, way)
            mine = parties.filter(pl.col("key").is_in(rows["key"].implode()))
            held: dict[tuple[str, str], list[str | None]] = {}
            for key, role, node in mine.iter_rows():
                held.setdefault((key, role), []).append(self._name(node))
            for row in rows.iter_rows(named=True):
                named = (held.get((row["key"], role)) for role in ("payer", "recipient", "effort"))
                told = (row["amount"], row["currency"], row["eur"], _yes(not row["counts"]))
                yield way, row["year"], *named, *told, self._documents((row["relation"],))

    def relations(self, links: Iterable[Link]) -> bytes:
        """Relations as the profile has them."""
        heads = ("tie", "direction", "role", "other", "key", "start", "end", "amount", "currency", "note", "documents")
        keys = self._snapshot.columns.key_of
        told = (
            (
                label(link.kind, self._lang),
                link.direction,
                self._role(link.role),
                self._name(link.other),
                None if link.other is None else keys[link.other],
                link.start,
                link.end,
                link.amount,
                link.currency,
                link.note,
                self._documents((link.relation,)),
            )
            for link in links
        )
        return self._table(heads, told)

    def _who(self, node: int) -> tuple[object, ...]:
        things = self._snapshot.things
        place, country = things.placed[node]
        key = self._snapshot.columns.key_of[node]
        return key, self._name(node), label(things.kinds[node], self._lang), self._name(place), country

    def _name(self, node: int | None) -> str | None:
        return None if node is None else str(getattr(self._snapshot.things.name(node), self._lang))

    def _role(self, slug: str | None) -> str | None:
        if slug is None:
            return None
        found = next((terms[slug] for terms in (SCHEMES["role"], *SCHEMES.values()) if slug in terms), None)
        return slug if found is None else str(getattr(found, f"label_{self._lang}"))

    def _documents(self, relations: Iterable[int]) -> list[str]:
        evidence, document = self._proofs
        return list(dict.fromkeys(one for row in relations for proof in evidence[row] if (one := document[proof])))

    @cached_property
    def _proofs(self) -> tuple[list[list[int]], list[str | None]]:
        """Evidence by relation, documents by evidence: plain lists, because a table asks for thousands of them."""
        columns = self._snapshot.columns
        return columns.relations["evidence"].to_list(), columns.evidence["document"].to_list()

    def _table(self, heads: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
        return csv_text((getattr(_HEADS[name], self._lang) for name in heads), rows).encode()


_WHO = ("key", "name", "kind", "place", "country")


def _yes(value: object) -> object:
    """True and false as 1 and 0: the same in every language."""
    return int(value) if isinstance(value, bool) else value
