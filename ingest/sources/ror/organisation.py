"""One ROR record in settled form, whichever schema it was written in."""

from __future__ import annotations

from dataclasses import dataclass

from ingest.places import countries

TYPES = frozenset(
    {"archive", "company", "education", "facility", "funder", "government", "healthcare", "nonprofit", "other"}
)
STATUSES = frozenset({"active", "inactive", "withdrawn"})
RELATIONS = frozenset({"parent", "child", "related", "successor", "predecessor"})


class RorError(ValueError):
    """A record says something that neither schema allows: `field`, what is wrong with it, and what to do."""

    def __init__(self, field: str, message: str, advice: str = "compare it with the schema of ROR") -> None:
        self.field, self.message, self.advice = field, message, advice
        super().__init__(f"{field}: {message}; {advice}")


@dataclass(frozen=True, slots=True)
class Location:
    """A town with its GeoNames number; `subdivision` is the ISO 3166-2 code within the country, where there is one."""

    geonames: int
    name: str
    country: str
    subdivision: str
    lat: str
    long: str


@dataclass(frozen=True, slots=True)
class Organisation:
    """`ror` is the nine characters. `names` are (name, language) with the one to show first, `und` where no language is given.

    `ids`: by system (`fundref`, `grid`, `isni`, `wikidata` and older ones) the preferred one first; `preferred` are those systems
    that name a preferred one. `relations` are (type, nine characters).
    """

    ror: str
    status: str
    types: tuple[str, ...]
    established: int | None
    names: tuple[tuple[str, str], ...]
    others: tuple[str, ...]
    acronyms: tuple[str, ...]
    homepages: tuple[str, ...]
    wikipedia: tuple[str, ...]
    locations: tuple[Location, ...]
    ids: tuple[tuple[str, tuple[str, ...]], ...]
    preferred: frozenset[str]
    relations: tuple[tuple[str, str], ...]
    modified: str


def checked(organisation: Organisation) -> Organisation:
    """The same, or RorError when a word is none of the schema's."""
    for field, said, known in (
        ("types", organisation.types, TYPES),
        ("status", (organisation.status,), STATUSES),
        ("relationships", [kind for kind, _ in organisation.relations], RELATIONS),
    ):
        unknown = sorted(set(said) - known)
        if unknown:
            raise RorError(field, f"unknown {unknown[0]!r}", f"known are {', '.join(sorted(known))}")
    abroad = sorted({spot.country for spot in organisation.locations} - countries().keys())
    if abroad:
        raise RorError("locations", f"unknown country {abroad[0]!r}", "write a code of ISO 3166-1")
    if not organisation.types:
        raise RorError("types", "is empty")
    if not organisation.names:
        raise RorError("names", "there is no name")
    return organisation
