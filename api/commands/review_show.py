"""Two records side by side on a terminal, and what a merge would do."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from api.answers.review_models import EffectOut, PairOut, SideOut, Some, State, SumOut, ValueOut
from graph.ties import TIES
from graph.visible import visible
from ontology.schema import label

_SIGNS: dict[State, str] = {
    "equal": "= equal",
    "shared": "~ partly equal",
    "different": "! different",
    "only_one": "< only left",
    "only_other": "> only right",
}


def _text(said: str, style: str = "") -> Text:
    """As text, so that no value is taken for a style or turns the terminal."""
    return Text(visible(said), style=style)


def shown(pair: PairOut, place: str) -> RenderableType:
    """The pair; `place` says where in the queue it is."""
    reasons = ", ".join(pair.reasons) or "nothing proposes them"
    head = _text(f"{place}  likeness {pair.score:g}: {reasons}" if pair.score is not None else f"{place}  {reasons}")
    effect = [_text(f"  {line}") for line in effect_lines(pair)]
    return Group(head, _table(pair), _text("If they are one:", style="bold"), *effect)


def _table(pair: PairOut) -> Table:
    table = Table(header_style="bold", show_lines=False, expand=True)
    table.add_column("", overflow="fold", ratio=2)
    table.add_column("", overflow="fold", ratio=2)
    for side in (pair.one, pair.other):
        table.add_column(_text(f"{side.thing.name.en}\n{side.record}"), overflow="fold", ratio=5)
    for field in pair.fields:
        table.add_row(_text(field.label.en), _text(_SIGNS[field.state]), _values(field.one), _values(field.other))
    for name, told in (("relations", _ties), ("partners", _partners), ("money", _money), ("records", _records)):
        table.add_row(_text(name), "", _text(told(pair.one)), _text(told(pair.other)))
    return table


def _values(values: Sequence[ValueOut]) -> Text:
    """One a line, with a tick where the other side has it, too."""
    lines = [
        f"{'✓ ' if value.equal else ''}{value.text if isinstance(value.text, str) else value.text.en}"
        for value in values
    ]
    return _text("\n".join(lines) or "-")


def _ties(side: SideOut) -> str:
    return ", ".join(f"{TIES[tie].en} {count}" for tie, count in side.ties.items()) or "-"


def _partners(side: SideOut) -> str:
    more = side.partner_count - len(side.partners)
    named = ", ".join(partner.name.en for partner in side.partners)
    return (f"{named} and {more:,} more" if more else named) or "-"


def _money(side: SideOut) -> str:
    told = [f"received {_sums(side.money_in)}"] if side.money_in else []
    return "\n".join([*told, *([f"given {_sums(side.money_out)}"] if side.money_out else [])]) or "-"


def _sums(sums: Sequence[SumOut]) -> str:
    return ", ".join(f"{float(held.amount):,.0f} {held.currency}" for held in sums)


def _records(side: SideOut) -> str:
    return "\n".join(f"{record.key} ({record.source})" for record in side.records)


def effect_lines(pair: PairOut) -> Iterator[str]:
    """What a merge would do, in words; what speaks against it first."""
    effect: EffectOut = pair.effect
    a, b = pair.one.thing.name.en, pair.other.thing.name.en
    if effect.merged:
        yield "they are one thing in this map already; `different` tells them apart at the next build"
        return
    if not effect.kinds_fit:
        kinds = f"a {label(pair.one.thing.kind, 'en')} and a {label(pair.other.thing.kind, 'en')}"
        yield f"against: {kinds} exclude each other, so a build does not join them even when you say `same`"
    for clash in effect.clashes:
        yield f"against: {clash.label.en} differs: {', '.join(clash.one)} and {', '.join(clash.other)}"
    if effect.agree:
        yield f"for: equal {', '.join(name.en for name in effect.agree)}"
    if effect.together.count:
        yield f"against: both stand in {_some(effect.together)}, each for itself"
    if effect.between:
        yield f"against: relations between the two, which would fall away: {effect.between:,}"
    mine, theirs = sum(pair.one.ties.values()), sum(pair.other.ties.values())
    yield f"relations on one page: {mine + theirs - effect.between:,} ({a} has {mine:,} now, {b} {theirs:,})"
    if effect.shared.count:
        yield f"for: partners of both: {_some(effect.shared)}"
    yield f"new partners: {effect.new_for_one.count:,} for {a}, {effect.new_for_other.count:,} for {b}"


def _some(some: Some) -> str:
    more = some.count - len(some.first)
    return ", ".join(place.name.en for place in some.first) + (f" and {more:,} more" if more else "")
