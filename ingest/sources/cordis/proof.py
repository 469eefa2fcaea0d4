"""Evidence, money and dates of a record."""

from __future__ import annotations

from decimal import Decimal
from functools import lru_cache

from graph.node import Concept, Evidence, Money, PartialDate, Ref
from ingest.contract import Record

SITE = "https://cordis.europa.eu/"


@lru_cache(maxsize=100_000)
def page(project: str) -> str:
    """The page of a project: by its grant agreement number, or by its record number."""
    return f"{SITE}project/rcn/{project[4:]}" if project.startswith("rcn-") else f"{SITE}project/id/{project}"


def evidence(record: Record, project: str) -> Evidence:
    """The row, and the page on which CORDIS shows what it says."""
    return Evidence(page(project), f"{record.table}:{record.line}")


@lru_cache(maxsize=100_000)
def euro(text: str) -> Money | None:
    """A sum that was settled before; None for an empty cell, which means unknown and not zero."""
    return Money(Decimal(text), "EUR") if text else None


@lru_cache(maxsize=20_000)
def day(text: str) -> PartialDate | None:
    """A day that was settled before."""
    return PartialDate.parse(text) if text else None


@lru_cache(maxsize=100_000)
def ref(key: str) -> Ref:
    """A reference, one object for all that point to the same."""
    return Ref(key)


@lru_cache(maxsize=100)
def concept(scheme: str, slug: str) -> Concept:
    """A concept, looked up once."""
    return Concept(scheme, slug)
