"""What the rows say together: which thing is of which kind, where the towns are, which round an investment is in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ingest.contract import Record
from ingest.places import countries, towns
from ingest.sources.sweden import tables as t
from ingest.sources.sweden.lookups import Lookups
from ingest.sources.sweden.rounds import Rounds
from ontology.schema import is_a
from ontology.terms import SCHEMES

UNITS = ("OrganizationalUnit", "ResearchCentre", "PublicBody")
PLACES = "geonames"


class Directory:
    """Looks things up for records; built once from all good rows."""

    def __init__(self, rows: Sequence[Record], lookups: Lookups) -> None:
        self.lookups = lookups
        self.kinds = {row.values["slug"]: _kind(row, lookups) for row in rows if "kind" in row.values}
        self.same = {one: into for one, into in lookups.same.items() if one in self.kinds and into in self.kinds}
        self.published = {
            row.values["source_url"]: row.values["source_date"] for row in rows if row.values.get("source_date")
        }
        wanted = {(row.values["city"], row.values["country"]) for row in rows if row.values.get("city")}
        self.wanted = sorted(place for place in wanted if place[1])
        self.towns = towns(frozenset(self.wanted))
        self.countries = sorted({row.values["country"] for row in rows if row.values.get("country")})
        self.whole = {
            (row.values["subject"], row.values["object"]) for row in rows if row.values.get("predicate") == "unitOf"
        }
        self.concepts = {concept.notation: slug for slug, concept in SCHEMES["tech"].items() if concept.notation}
        self.rounds = Rounds(rows, lookups.rounds)

    def unknown_towns(self) -> Iterable[tuple[str, str]]:
        """Towns that no gazetteer entry was found for."""
        return [place for place in self.wanted if place not in self.towns]

    def places(self) -> Iterator[Record]:
        """A record for each country, county and town that the rows name."""
        known = countries()
        for line, code in enumerate(self.countries, 1):
            name, geonames = known[code]
            yield Record(PLACES, line, {"level": "country", "code": code, "name": name, "geonames": str(geonames)})
        found = [self.towns[place] for place in self.wanted if place in self.towns]
        for line, code in enumerate(sorted({town.county for town in found} - {""}), 1):
            yield Record(PLACES, line, {"level": "county", "code": code})
        for line, town in enumerate(found, 1):
            fields = {name: str(getattr(town, name)) for name in town.__slots__}
            yield Record(PLACES, line, {"level": "town", **fields})

    def context(self, row: Record) -> Mapping[str, str]:
        """Everything that the mapping of this row needs to know of other rows."""
        found = {"published": self.published.get(row.values["source_url"], "")}
        if "kind" in row.values:
            found |= self._thing(row)
        if row.table == t.RELATIONS:
            found |= self._relation(row)
        if row.table in {t.PARTICIPATIONS, t.FUNDING}:
            found |= self._effort(row)
        if row.table == t.TAGS:
            entity = row.values["entity"]
            found["entity"] = self.rounds.company(entity) or self.lookups.closings.get(entity) or self._own(entity)
            found["concept"] = self.concepts.get(row.values["technology"], "")
        return {name: value for name, value in found.items() if value}

    def _own(self, slug: str) -> str:
        return self.same.get(slug, slug)

    def _thing(self, row: Record) -> dict[str, str]:
        slug, parent = row.values["slug"], row.values.get("parent", "")
        key = self._own(slug)
        place = self.towns.get((row.values["city"], row.values["country"]))
        unit = any(is_a(self.kinds[slug], kind) for kind in UNITS) or slug in self.lookups.units
        company, round_type = self.lookups.rounds.get(slug, ("", ""))
        closed = self.lookups.closings.get(slug, "")
        centre = self.lookups.stages.get(slug, "")
        return {
            "key": key,
            "kind": self.kinds[key],
            "place": place.key
            if place
            else (f"place/{row.values['country'].lower()}" if row.values["country"] else ""),
            "whole": parent if parent and (unit or (slug, parent) in self.whole) else "",
            "round": company if company in self.kinds else "",
            "round_type": round_type,
            "closed": closed if closed in self.kinds else "",
            "centre": centre if centre in self.kinds else "",
        }

    def _relation(self, row: Record) -> dict[str, str]:
        one, other = row.values["subject"], row.values["object"]
        kind, instrument = self.lookups.supports.get((one, other), ("", ""))
        return {
            "subject_kind": self.kinds[one],
            "object_kind": self.kinds[other],
            "round": self.rounds.of(one, other, row.values["start"]) if row.values["predicate"] == "investedIn" else "",
            "money_kind": kind if row.values["predicate"] == "supports" else "",
            "instrument": instrument,
            "not_own": self.lookups.amounts.get((one, other, row.values["amount"]), ""),
        }

    def _effort(self, row: Record) -> dict[str, str]:
        slug = row.values["activity"]
        giver = row.values.get("organisation") or row.values["funder"]
        closed = self.lookups.closings.get(slug, "")
        recipient = row.values.get("recipient", "")
        implied = "" if slug or not recipient else self.rounds.of(giver, recipient, row.values.get("date", ""))
        return {
            "effort": self._own(slug),
            "effort_kind": self.kinds.get(self._own(slug), ""),
            "plain": "yes" if slug in self.lookups.plain else "",
            "round": slug if self.rounds.company(slug) in self.kinds else implied,
            "company": self.rounds.company(slug),
            "closed": closed if closed in self.kinds else "",
            "not_own": self.lookups.amounts.get((giver, slug, row.values["amount"]), ""),
        }


def _kind(row: Record, lookups: Lookups) -> str:
    slug, kind = row.values["slug"], row.values["kind"]
    table = t.ORGANISATION_KINDS if row.table == t.ORGANISATIONS else t.ACTIVITY_KINDS
    return lookups.kinds.get(slug, table[kind])
