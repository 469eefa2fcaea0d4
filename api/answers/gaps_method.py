"""How the findings are made: parameters with defaults, formulas in words, limits, names of values."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Final

from api.answers.gaps_findings import FINDINGS, MOST
from api.answers.gaps_words import told, words
from api.models import Pair
from api.models_gaps import BackTestOut, BackTestRow, Choice, FindingOut, MethodOut, ParameterOut
from graph.gaps.actors import TYPES
from graph.gaps.published import Published, published
from graph.gaps.scope import TIES, Scope

_DEFAULT = Scope()
_DOCS = "docs/explanation/gaps.md"
_NETWORKS: Final = {
    "clean-tech": {"en": "Clean-tech projects of Horizon 2020", "sv": "Miljöteknikprojekt i Horisont 2020"},
    "five-projects": {
        "en": "Horizon 2020, organisations with five projects or more",
        "sv": "Horisont 2020, organisationer med fem projekt eller fler",
    },
}
_SORTS = ("type", "tie", "stage", "status", "role", "list", "answer", "history", "reach", "by", "state", "part")


@dataclass(frozen=True)
class _Parameter:
    default: str | int | float | bool | None = None
    choices: tuple[str, tuple[str, ...]] | None = None  # sort and values
    least: float | None = None
    most: float | None = None
    repeatable: bool = False


_PARAMETERS: Final = {
    "technology": _Parameter(repeatable=True),
    "region": _Parameter(repeatable=True),
    "other_region": _Parameter(repeatable=True),
    "reach": _Parameter(_DEFAULT.reach, ("reach", ("touching", "within"))),
    "type": _Parameter(choices=("type", TYPES)),
    "from": _Parameter(least=1, most=9999),
    "to": _Parameter(least=1, most=9999),
    "as_of": _Parameter(least=1, most=9999),
    "tie": _Parameter(choices=("tie", TIES), repeatable=True),
    "max_partners": _Parameter(_DEFAULT.max_partners, least=2, most=10_000),
    "half_life": _Parameter(_DEFAULT.half_life, least=0, most=100),
    "rollup": _Parameter(default=False),
    "history": _Parameter("never", ("history", ("never", "lapsed")), repeatable=True),
    "by": _Parameter("type", ("by", ("type", "region", "region-type"))),
    "limit": _Parameter(50, least=1, most=MOST),
    "offset": _Parameter(0, least=0, most=MOST - 1),
}


def method() -> MethodOut:
    """The same for every map."""
    return MethodOut(
        parameters=[_parameter(name, known) for name, known in _PARAMETERS.items()],
        findings=[_finding(name) for name in (*FINDINGS, "explain", "paths")],
        backtests=[_backtest(test) for test in published()],
        limits=[Pair(**one) for one in told()["limits"]],
        words={sort: dict(words(sort)) for sort in _SORTS},
        docs=_DOCS,
    )


def title(name: str) -> Pair:
    """What a finding is called."""
    return Pair(**told()["findings"][name]["title"])


def formula(name: str) -> Pair:
    """How a finding is made, in words."""
    return Pair(**told()["findings"][name]["formula"])


def _backtest(test: Published) -> BackTestOut:
    rows = [BackTestRow(**asdict(row)) for row in test.rows]
    network = Pair(**_NETWORKS[test.network])
    return BackTestOut(network=network, cut=test.cut, window=test.window, known=test.known, first=test.first, rows=rows)


def _finding(name: str) -> FindingOut:
    path = "/api/v1/paths" if name == "paths" else f"/api/v1/gaps/{name}"
    limits = [Pair(**one) for one in told()["findings"][name]["limits"]]
    return FindingOut(name=name, title=title(name), path=path, formula=formula(name), limits=limits)


def _parameter(name: str, known: _Parameter) -> ParameterOut:
    choices = None
    if known.choices is not None:
        sort, values = known.choices
        choices = [Choice(value=value, sort=sort, name=words(sort)[value], path=None) for value in values]
    return ParameterOut(
        name=name,
        text=Pair(**told()["parameters"][name]),
        default=known.default,
        choices=choices,
        least=known.least,
        most=known.most,
        repeatable=known.repeatable,
    )
