"""Names, numbers and sentences as the terminal shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from api.answers.gaps_words import header, told, word
from api.models import EvidenceOut, Pair
from api.models_gaps import ActorOut, Choice, GroupOut, ProofOut
from graph.gaps.words import Lang, written
from graph.visible import visible

DASH: Final = "–"


@dataclass(frozen=True)
class Tongue:
    """One language."""

    lang: Lang

    def text(self, pair: Pair) -> str:
        """In this language, without characters that turn a terminal."""
        return visible(str(getattr(pair, self.lang)))

    def word(self, name: str, **values: str) -> str:
        """A word of the terminal."""
        return str(told()["terminal"][name][self.lang]).format(**values)

    def head(self, name: str) -> str:
        """The head of a column, as in the CSV."""
        return self.text(header(name))

    def value(self, sort: str, value: str | None) -> str:
        """A value of a vocabulary; a dash for none."""
        return DASH if value is None else self.text(word(sort, value))

    def number(self, value: float | None, digits: int = 0) -> str:
        """As the language writes it; a dash for what is not known."""
        return DASH if value is None else written(value, digits, self.lang)

    def choice(self, choice: Choice | None) -> str:
        """A technology, region or type."""
        return self.word("everybody") if choice is None else self.text(choice.name)

    def actor(self, actor: ActorOut) -> str:
        """Name, type and place: `KTH (research, Stockholm)`."""
        where = self.text(actor.place.name) if actor.place else actor.country
        beside = ", ".join(part for part in (self.text(actor.type.name), where) if part)
        return f"{self.text(actor.name)} ({beside})"

    def group(self, group: GroupOut) -> str:
        """`research, Stockholm County (12)`."""
        where = (
            self.value("reach", "outside") if group.outside else self.text(group.region.name) if group.region else ""
        )
        what = self.text(group.type.name) if group.type else ""
        name = ", ".join(part for part in (what, where) if part) or self.word("everybody")
        return f"{name} ({self.number(group.actors)})"

    def interval(self, low: float | None, high: float | None) -> str:
        """`-1.20 to -0.30`, or a dash."""
        return DASH if low is None or high is None else f"{self.number(low, 2)} … {self.number(high, 2)}"


def documents(proof: ProofOut, evidence: dict[int, EvidenceOut]) -> list[str]:
    """The addresses behind a proof, each once."""
    held = (evidence[number].document for number in proof.evidence if number in evidence)
    return [visible(one) for one in dict.fromkeys(held) if one]
