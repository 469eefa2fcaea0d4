"""The questions: one file each in `queries/`, with stand-ins such as `<urn:bench:organisation>` for what is asked about."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from tests.benchmarks.sparql.client import GRAPH, TABLE

FOLDER: Final = Path(__file__).parents[1] / "queries"
_STAND_IN: Final = re.compile(r"<urn:bench:([a-z-]+)>")
_FORM: Final = re.compile(r"^\s*(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with its parameters filled in."""

    name: str
    text: str

    @property
    def media(self) -> str:
        """The type in which the answer is wanted: JSON for tables, Turtle for graphs."""
        form = _FORM.search(self.text)
        return GRAPH if form is not None and form[1] in {"CONSTRUCT", "DESCRIBE"} else TABLE


@dataclass(frozen=True, slots=True)
class Question:
    """`what` is the first line of the file; `loose` when only the number of rows is comparable (LIMIT without order)."""

    name: str
    what: str
    text: str

    @property
    def loose(self) -> bool:
        """A LIMIT without ORDER BY lets each store choose its rows."""
        return "LIMIT" in self.text and "ORDER BY" not in self.text

    def filled(self, parameters: Mapping[str, Sequence[str]], turn: int) -> Asked:
        """With the parameters of the `turn`-th run."""

        def value(found: re.Match[str]) -> str:
            pool = parameters[found[1]]
            return pool[turn % len(pool)]

        return Asked(self.name, _STAND_IN.sub(value, self.text))


def questions() -> list[Question]:
    """All of them, by name."""
    return [_read(path) for path in sorted(FOLDER.glob("*.rq"))]


def _read(path: Path) -> Question:
    text = path.read_text("utf-8")
    return Question(path.stem, text.partition("\n")[0].removeprefix("# "), text)
