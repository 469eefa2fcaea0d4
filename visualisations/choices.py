"""What people may type for a filter: the values that occur, by slug, key or name in either language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cached_property

import polars as pl

from graph.columns import Columns
from ontology.schema import ancestors
from visualisations.caption import Lang
from visualisations.words import kind_name, role_name, tie_name

_THINGS = pl.col("group").is_in(["organisation", "effort"])


class ChoiceError(ValueError):
    """A filter makes no sense: nothing is called that (the message names the nearest values), or years run backwards."""


@dataclass(frozen=True, slots=True)
class Offer:
    """A value that a filter takes, and what it is called."""

    value: str
    en: str
    sv: str

    def name(self, lang: Lang) -> str:
        """What to call it."""
        return self.sv if lang == "sv" else self.en

    def shown(self) -> str:
        """The value, and its name where the value does not show it."""
        return f"{self.value} ({self.en})" if self.value.startswith("place/") else self.value

    def spellings(self) -> tuple[str, ...]:
        """All that may be typed for it, in lower case."""
        return tuple(text.casefold() for text in (self.value, self.value.rpartition("/")[2], self.en, self.sv))


class Choices:
    """The values that the map of these columns can be filtered by; facets are kind, tech, county, role and tie."""

    def __init__(self, columns: Columns) -> None:
        self._columns = columns

    def find(self, facet: str, typed: str) -> Offer:
        """The value of this slug or name, for a county also of its beginning; ChoiceError otherwise."""
        wanted = typed.strip().casefold()
        offers = self._offers[facet]
        exact = [offer for offer in offers if wanted in offer.spellings()]
        begun = [offer for offer in offers if wanted and any(text.startswith(wanted) for text in offer.spellings())]
        if exact or (facet == "county" and len(begun) == 1):
            return (exact or begun)[0]
        spelt = {text: offer for offer in offers for text in offer.spellings()}
        near = [spelt[text] for text in get_close_matches(wanted, spelt, 6, 0.6)] + begun
        hint = f"did you mean {_listed(near[:6])}?" if near else f"there are {_listed(offers[:20])} ..."
        raise ChoiceError(f"--{facet}: no {facet} {typed!r}; {hint}")

    def ego(self, typed: str) -> Offer:
        """The organisation or effort under this key; ChoiceError when there is none."""
        keys = self._columns.nodes.filter(_THINGS)
        rows = keys.filter(pl.col("key") == typed).select("key", "name_en", "name_sv").rows()
        if not rows:
            near = get_close_matches(typed, keys["key"], 6, 0.6)
            hint = f"did you mean {', '.join(near)}?" if near else "keys are those of its page, such as kth"
            raise ChoiceError(f"--ego: nothing on the map has the key {typed!r}; {hint}")
        return Offer(*rows[0])

    @cached_property
    def _offers(self) -> Mapping[str, list[Offer]]:
        nodes, relations = self._columns.nodes, self._columns.relations
        return {
            "kind": [_named(kind, kind_name) for kind in _kinds(nodes)],
            "tech": _places(nodes.filter(pl.col("group") == "technology")),
            "county": _places(nodes.filter(pl.col("key").is_in(nodes["county"].drop_nulls().unique().implode()))),
            "role": [_named(role, role_name) for role in _values(relations["role"])],
            "tie": [_named(tie, tie_name) for tie in [*_values(relations["tie"]), "collaboration"]],
        }


def _kinds(nodes: pl.DataFrame) -> list[str]:
    """The classes of organisations and efforts that occur, and all above them."""
    return sorted({above for kind in _values(nodes.filter(_THINGS)["kind"]) for above in ancestors(kind)})


def _values(column: pl.Series) -> list[str]:
    return sorted(column.drop_nulls().unique())


def _named(value: str, name: Callable[[str, Lang], str]) -> Offer:
    return Offer(value, name(value, "en"), name(value, "sv"))


def _places(nodes: pl.DataFrame) -> list[Offer]:
    """Nodes as values; a technology is filtered by its slug, a county by its key."""
    rows = nodes.sort("key").select("key", "group", "name_en", "name_sv").iter_rows()
    return [Offer(key.removeprefix("tech/") if group == "technology" else key, en, sv) for key, group, en, sv in rows]


def _listed(offers: Iterable[Offer]) -> str:
    """Values, and what they are called where that is not the same."""
    return ", ".join(dict.fromkeys(offer.shown() for offer in offers))
