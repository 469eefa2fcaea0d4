"""Our own judgements about the data, kept as small tables in `lookups/` and read as strictly as the data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.cells import amount, one_of, slug, text
from ingest.problem import InputError
from ingest.table import Column, Table, read_table
from ontology.terms import CLASSES, SCHEMES

FOLDER = Path(__file__).parent / "lookups"


@dataclass(frozen=True, slots=True)
class Lookups:
    """`same`: activity -> thing; `kinds`: slug -> class; `plain`: events whose parties keep their roles;
    `rounds`: activity -> (company, round type or empty); `closings`: activity -> company; `stages`: stage -> centre;
    `supports`: (supporter, supported) -> (class, instrument); `units`: slugs whose parent is the whole;
    `amounts`: (giver, company or effort, amount) -> why the sum is not that of the giver."""

    same: Mapping[str, str]
    kinds: Mapping[str, str]
    plain: frozenset[str]
    rounds: Mapping[str, tuple[str, str]]
    closings: Mapping[str, str]
    stages: Mapping[str, str]
    supports: Mapping[tuple[str, str], tuple[str, str]]
    units: frozenset[str]
    amounts: Mapping[tuple[str, str, str], str]


def read_lookups() -> Lookups:
    """All of them; InputError when one is malformed."""
    kind = Column("kind", one_of("kind", CLASSES), required=True)
    kinds = _rows("kinds", _slug("slug"), kind, Column("roles", one_of("roles", ["plain"])), _reason())
    money = Column("instrument", one_of("instrument", SCHEMES["instrument"]), required=True)
    supports = _rows("supports", _slug("supporter"), _slug("supported"), kind, money, _reason())
    round_type = Column("type", one_of("round type", SCHEMES["round"]))
    meaning = Column("meaning", one_of("meaning", ["total", "round", "elsewhere"]), required=True)
    amounts = _rows("amounts", _slug("one"), _slug("other"), Column("amount", amount, True), meaning, _reason())
    return Lookups(
        same={r["slug"]: r["into"] for r in _rows("corrections", _slug("slug"), _slug("into"), _reason())},
        kinds={r["slug"]: r["kind"] for r in kinds},
        plain=frozenset(r["slug"] for r in kinds if r["roles"]),
        rounds={
            r["activity"]: (r["company"], r["type"])
            for r in _rows("rounds", _slug("activity"), _slug("company"), round_type)
        },
        closings={r["activity"]: r["company"] for r in _rows("closings", _slug("activity"), _slug("company"))},
        stages={r["stage"]: r["centre"] for r in _rows("stages", _slug("stage"), _slug("centre"))},
        supports={(r["supporter"], r["supported"]): (r["kind"], r["instrument"]) for r in supports},
        units=frozenset(r["slug"] for r in _rows("units", _slug("slug"), _reason())),
        amounts={(r["one"], r["other"], r["amount"]): r["meaning"] for r in amounts},
    )


def _slug(name: str) -> Column:
    return Column(name, slug, required=True)


def _reason() -> Column:
    return Column("reason", text, required=True)


def _rows(name: str, *columns: Column) -> list[Mapping[str, str]]:
    path = FOLDER / f"{name}.csv"
    reading = read_table(Table(f"lookups/{name}.csv", columns), path.read_bytes())
    if reading.rejected:
        raise InputError(reading.rejected)
    return [row.values for row in reading.rows]
