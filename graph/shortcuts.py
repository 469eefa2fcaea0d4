"""The shortcut edges, computed on columns. `ontology/rules/shortcuts.ru` defines them; a test holds the two equal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import polars as pl

from ontology.schema import is_a
from ontology.terms import CLASSES

_MOST_TOGETHER = 60
_HEADS = ("coordinator", "principal", "initiator")
LEADS = ("initiator", "principal", "coordinator", "partner")
_OWNING = ("subsidiary", "acquirer")


def shortcuts(
    relations: pl.DataFrame,
    kinds: Sequence[str],
    broader: Mapping[int, Iterable[int]],
    within: Mapping[int, Iterable[int]],
) -> pl.DataFrame:
    """The table `links`.

    `relations` as in graph.columns; `kinds` by node id; `broader` and `within` give for a technology or place itself and
    all above it. Both directions of `collaboratesWith` are there.
    """
    rows = relations.filter(pl.col("b").is_not_null())
    works, located = _between(rows, "actor", "area"), _between(rows, "siteOf", "place")
    spun = _between(rows.filter(pl.col("scheme") == "change", pl.col("role") == "spin-out"), "before", "after")
    owned = rows.filter((pl.col("share") > 0.5) | (_scheme("role") & pl.col("role").is_in(_OWNING)))
    heads = rows.filter(_scheme("role") & pl.col("role").is_in(_HEADS))
    found = {
        "participatesIn": rows.filter(pl.col("b_property") == "inEffort").select("a", "b"),
        "hasRoleIn": _between(heads, "participant", "inEffort"),
        "collaboratesWith": _collaborations(rows, kinds),
        "subsidiaryOf": _turned(_between(owned, "owner", "owned")),
        "affiliatedWith": _between(rows, "holder", "positionAt"),
        "supports": _between(rows, "supporter", "supported"),
        "spunOutOf": _turned(spun),
        "fundedBy": _turned(
            pl.concat([_between(rows, "funder", "recipient"), _between(rows, "funder", "fundedEffort")])
        ),
        "investedIn": _between(rows, "investor", "recipient"),
        "worksOn": works,
        "inField": _closed(works, broader),
        "locatedIn": located,
        "inRegion": _closed(located, within),
    }
    frames = [frame.select(pl.lit(name).alias("property"), "a", "b") for name, frame in found.items()]
    return pl.concat(frames).unique().sort("property", "a", "b")


def _scheme(name: str) -> pl.Expr:
    return pl.col("scheme") == name


def _between(rows: pl.DataFrame, a: str, b: str) -> pl.DataFrame:
    return rows.filter(pl.col("a_property") == a, pl.col("b_property") == b).select("a", "b")


def _turned(pairs: pl.DataFrame) -> pl.DataFrame:
    return pairs.select(pl.col("b").alias("a"), pl.col("a").alias("b"))


def _closed(pairs: pl.DataFrame, above: Mapping[int, Iterable[int]]) -> pl.DataFrame:
    steps = [(one, top) for one, tops in above.items() for top in tops]
    table = pl.DataFrame(steps, schema={"b": pl.UInt32, "top": pl.UInt32}, orient="row")
    return pairs.join(table, on="b").select("a", pl.col("top").alias("b"))


def _collaborations(rows: pl.DataFrame, kinds: Sequence[str]) -> pl.DataFrame:
    parts = rows.filter(pl.col("b_property") == "inEffort", _scheme("role"))
    joint = parts.filter(
        pl.col("role") != "attendee",
        ~pl.col("kind").is_in(below("Membership")),
        pl.col("b").is_in(_nodes(kinds, "Project", "Consortium")),
    ).select("a", "b")
    few = joint.unique().group_by("b").len().filter(pl.col("len") <= _MOST_TOGETHER).select("b")
    leads = parts.filter(
        pl.col("a_property") == "participant",
        pl.col("role").is_in(LEADS),
        ~pl.col("b").is_in(_nodes(kinds, "Project", "Event")),
    ).select("a", "b")
    owners = rows.filter(pl.col("b_property") == "owned", _scheme("role"), pl.col("role") == "joint-owner")
    partners = rows.filter(pl.col("tie") == "partnership").select("a", "b")
    pairs = [_together(joint.join(few, on="b")), _together(leads), _together(owners.select("a", "b"))]
    return pl.concat([*pairs, partners, _turned(partners)]).filter(pl.col("a") != pl.col("b"))


def _together(pairs: pl.DataFrame) -> pl.DataFrame:
    """All ordered pairs of different `a` that share a `b`."""
    held = pairs.unique()
    other = held.rename({"a": "other"})
    return held.join(other, on="b").filter(pl.col("a") != pl.col("other")).select("a", pl.col("other").alias("b"))


def below(top: str) -> list[str]:
    """The class and all below it."""
    return [kind for kind in CLASSES if is_a(kind, top)]


def _nodes(kinds: Sequence[str], *tops: str) -> pl.Series:
    wanted = {kind for top in tops for kind in below(top)}
    return pl.Series([node for node, kind in enumerate(kinds) if kind in wanted], dtype=pl.UInt32).implode()
