"""What the rows of the gap finder are made of, as JSON shows it: names for node ids, sentences for notes, evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from api.answers.evidence import evidence_of, sources_of
from api.answers.gaps_words import word
from api.models import EvidenceOut, Pair, SourceOf
from api.models_gaps import ActorOut, Choice, ProofOut, ReasonOut, Sentence
from api.served import Snapshot
from graph.gaps.actors import actor_type
from graph.gaps.answer import Note, Proof, Reason
from graph.gaps.scope import ELSEWHERE
from graph.gaps.words import say
from ontology.terms import SCHEMES

_ENGLISH, _SWEDISH = 0, 1


@dataclass
class Shown:
    """Turns rows of one answer into JSON, and remembers which evidence they name."""

    snapshot: Snapshot
    used: set[int] = field(default_factory=set)

    def actor(self, node: int) -> ActorOut:
        """An organisation with its type and place."""
        things = self.snapshot.things
        place, country = things.placed[node]
        return ActorOut(
            **things.ref(node).model_dump(),
            type=self.word("type", actor_type(things.kinds[node])),
            place=things.place(place),
            country=country,
        )

    def maybe(self, node: int | None) -> ActorOut | None:
        """The same; None for None."""
        return None if node is None else self.actor(node)

    def word(self, sort: str, value: str) -> Choice:
        """A type, tie, stage or role: a value that has a name and no page."""
        return Choice(value=value, sort=sort, name=word(sort, value), path=None)

    def technology(self, node: int) -> Choice:
        """A technology by node id."""
        slug = self.snapshot.columns.key_of[node].removeprefix("tech/")
        things = self.snapshot.things
        return Choice(value=slug, sort="technology", name=things.name(node), path=things.path(node))

    def technology_of(self, slug: str) -> Choice:
        """A technology by its slug."""
        node = self.snapshot.columns.node_of.get(f"tech/{slug}")
        if node is not None:
            return self.technology(node)
        term = SCHEMES["tech"][slug]
        return Choice(value=slug, sort="technology", name=Pair(en=term.label_en, sv=term.label_sv), path=None)

    def region(self, key: str) -> Choice:
        """A place by key, or a country by its ISO code."""
        if key == ELSEWHERE:
            return Choice(value=key, sort="place", name=word("reach", "outside"), path=None)
        things, nodes = self.snapshot.things, self.snapshot.columns.node_of
        country = key not in nodes
        node = nodes.get(f"place/{key.lower()}" if country else key)
        sort = "country" if country else "place"
        if node is None:
            return Choice(value=key, sort=sort, name=Pair(en=key, sv=key), path=None)
        return Choice(value=key, sort=sort, name=things.name(node), path=things.path(node))

    def sentence(self, note: Note) -> Sentence:
        """A note in both languages, with links to what it names."""
        names = self.snapshot.things.names
        named = [node for nodes in note.things.values() for node in nodes]
        return Sentence(
            en=say(note, "en", lambda node: names[node][_ENGLISH]),
            sv=say(note, "sv", lambda node: names[node][_SWEDISH]),
            code=note.code,
            things=[self.snapshot.things.ref(node) for node in dict.fromkeys(named)],
        )

    def proof(self, proof: Proof) -> ProofOut:
        """What a proof shows; its evidence becomes part of the answer."""
        self.used.update(proof.evidence)
        return ProofOut(thing=self.snapshot.things.ref(proof.thing), evidence=list(proof.evidence))

    def proofs(self, proofs: Iterable[Proof]) -> list[ProofOut]:
        """All of them."""
        return [self.proof(one) for one in proofs]

    def reason(self, reason: Reason) -> ReasonOut:
        """A sentence with its proofs."""
        said = self.sentence(reason.note).model_dump()
        return ReasonOut(**said, proofs=self.proofs(reason.proofs), weight=rounded(reason.weight))

    def reasons(self, reasons: Iterable[Reason]) -> list[ReasonOut]:
        """All of them."""
        return [self.reason(one) for one in reasons]

    def evidence(self) -> dict[str, Any]:
        """`evidence` and `sources` of what was shown so far, as every answer ends."""
        evidence: Mapping[int, EvidenceOut] = evidence_of(self.snapshot, self.used)
        sources: Mapping[str, SourceOf] = sources_of(self.snapshot, evidence.values())
        return {"evidence": evidence, "sources": sources}


def exact(value: float, digits: int = 4) -> float:
    """A number that is always known."""
    return round(float(value), digits)


def rounded(value: float | None, digits: int = 4) -> float | None:
    """A number as JSON holds it: no digits that mean nothing, and null for what is none."""
    if value is None or value != value:
        return None
    return round(float(value), digits)
