"""The options that the commands of the gap finder share, and what they say."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Final, Literal

import typer

from api.commands.options import DEFAULT_DATA, Data
from graph.columns import Columns
from graph.gaps.scope import Scope, scope_of
from graph.gaps.words import Lang

Format = Literal["table", "json", "csv"]
Words = list[str]
_DEFAULT: Final = Scope()

Technology = Annotated[Words, typer.Option("--technology", help="Only this technology, such as batteries.")]
Region = Annotated[
    Words, typer.Option("--region", help="Only this place (place/se-ab), NUTS code (SE110) or country (SE).")
]
OtherRegion = Annotated[
    Words, typer.Option("--other-region", help="One end of a pair in --region, the other one here.")
]
Reach = Annotated[str, typer.Option("--reach", help="touching: one end of a pair is in the region; within: both are.")]
Type = Annotated[str, typer.Option("--type", metavar="A-B", help="The types of the two, such as company-research.")]
YearFrom = Annotated[
    int | None, typer.Option("--from", metavar="YEAR", min=1, max=9999, help="Active in this year or later.")
]
YearTo = Annotated[
    int | None, typer.Option("--to", metavar="YEAR", min=1, max=9999, help="Active in this year or earlier.")
]
AsOf = Annotated[
    int | None,
    typer.Option("--as-of", metavar="YEAR", min=1, max=9999, help="Count ages from this year, not the newest one."),
]
Tie = Annotated[Words, typer.Option("--tie", help="Only this counts: project, partnership, lead or venture.")]
MaxPartners = Annotated[
    int, typer.Option("--max-partners", metavar="N", help="Projects with more partners make no ties.")
]
HalfLife = Annotated[
    float, typer.Option("--half-life", metavar="YEARS", help="Until a tie is worth half; 0: ties do not age.")
]
Rollup = Annotated[bool, typer.Option("--rollup", help="Subsidiaries and units count as the organisation above.")]
LangOption = Annotated[Lang, typer.Option("--lang", help="The language of names and sentences.")]
Output = Annotated[
    Format | None,
    typer.Option("--format", help="How to print: table, unless --out ends in .json or .csv.", show_default=False),
]
Out = Annotated[str, typer.Option("--out", metavar="FILE", help="Write there instead; - is standard output.")]
Force = Annotated[bool, typer.Option("--force", help="Overwrite the file when it exists.")]
Limit = Annotated[
    int | None,
    typer.Option("--limit", metavar="N", min=1, help="How many rows at most: 20, or all for csv.", show_default=False),
]


@dataclass(frozen=True)
class Given:
    """What was typed for the scope."""

    values: Mapping[str, Any]

    def scope(self, columns: Columns) -> Scope:
        """Checked; ScopeError."""
        return scope_of(columns, **self.values)


@dataclass(frozen=True)
class Printed:
    """How to print, and where."""

    data: Path
    lang: Lang
    format: Format | None
    out: str
    force: bool

    @property
    def shape(self) -> Format:
        """What was asked for, else what the name of the file says."""
        ending = self.out.rpartition(".")[2]
        return self.format or ("json" if ending == "json" else "csv" if ending == "csv" else "table")


_TIES: Final[dict[str, tuple[Any, object]]] = {
    "year_from": (YearFrom, None),
    "year_to": (YearTo, None),
    "as_of": (AsOf, None),
    "tie": (Tie, []),
    "max_partners": (MaxPartners, _DEFAULT.max_partners),
    "half_life": (HalfLife, _DEFAULT.half_life),
    "rollup": (Rollup, False),
}
_SCOPE: Final[dict[str, tuple[Any, object]]] = {
    "technology": (Technology, []),
    "region": (Region, []),
    "reach": (Reach, _DEFAULT.reach),
    "type": (Type, ""),
    **_TIES,
}
_PRINTED: Final[dict[str, tuple[Any, object]]] = {
    "data": (Data, DEFAULT_DATA),
    "lang": (LangOption, "en"),
    "format": (Output, None),
    "out": (Out, ""),
    "force": (Force, False),
}


def scoped(command: Callable[..., None], *, wide: bool = False) -> Callable[..., None]:
    """A command with all of these options beside its own: it is called with `given` and `printed`, and its own.

    `wide`: without those that narrow (technology, region, reach, type), for what walks the whole network.
    """
    narrowing, own = (_TIES if wide else _SCOPE), inspect.signature(command, eval_str=True).parameters

    def called(**typed: Any) -> None:  # noqa: ANN401 - as Typer read them
        values = {name: typed.pop(name) for name in narrowing}
        printed = Printed(**{name: typed.pop(name) for name in _PRINTED})
        command(given=Given(values), printed=printed, **typed)

    mine = [parameter for name, parameter in own.items() if name not in ("given", "printed")]
    shared = [
        inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
        for name, (annotation, default) in (narrowing | _PRINTED).items()
    ]
    kept = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in mine]
    called.__signature__ = inspect.Signature([*kept, *shared])  # type: ignore[attr-defined]
    called.__annotations__ = {parameter.name: parameter.annotation for parameter in (*kept, *shared)}
    called.__doc__ = command.__doc__
    return called
