"""From statements to nodes: things, the relations between them, and the sites that wait for a gazetteer."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal

from graph.node import Concept, Evidence, Node, NodeError, PartialDate, Ref, Text
from ingest.keys import relation_key, slugged
from ingest.problem import CellError, Problem
from ingest.sources.rdf.report import Losses
from ingest.sources.rdf.statements import TYPE, Statements, is_address, order
from ingest.sources.rdf.terms import ClassRule, Rule, Terms
from ingest.sources.rdf.values import ADDRESSES, Reading, identifiers, money, outside
from ingest.sources.rdf.words import SCHEME_OF, concept
from ontology.schema import ancestors, is_a
from ontology.terms import CE, PROPERTIES

_LABELS = (
    "http://www.w3.org/2004/02/skos/core#prefLabel",
    "http://www.w3.org/2000/01/rdf-schema#label",
    "https://schema.org/name",
    "http://purl.org/dc/terms/title",
)
_SEVERAL = ("name", "description", "aim")  # at most one a language


@dataclass(frozen=True, slots=True)
class Wish:
    """A site of `of`; `place` is a thing that is described, else town and country in the words of the source."""

    of: str
    town: str
    country: str
    street: str
    kind: str
    place: str = ""


@dataclass(slots=True)
class Things:
    """Builds all nodes of the input. `nodes` is by subject; relations that an edge alone tells are in `edges`."""

    name: str
    said: Statements
    terms: Terms
    reading: Reading
    losses: Losses
    rules: dict[str, ClassRule] = field(default_factory=dict)
    nodes: dict[str, Node] = field(default_factory=dict)
    edges: list[tuple[str, Node]] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)

    def build(self) -> None:
        """Classify every subject, then see to each of its properties."""
        for subject in sorted(self.said.by_subject):
            self._classify(subject)
        for subject in sorted(self.rules):
            self._describe(subject)
        for subject in sorted(self.rules):
            self._finish(subject)

    def key(self, subject: str) -> str:
        """`<name>:<local part>-<digest>`, which depends on the address alone."""
        digest = hashlib.sha256(subject.encode()).hexdigest()[:8]
        if subject.startswith("_:"):
            return f"{self.name}:{digest}"
        local = slugged(subject.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1])[:40].strip("-")
        return f"{self.name}:{local}-{digest}" if local else f"{self.name}:{digest}"

    def proof(self, subject: str) -> Evidence:
        """The address of the thing, or its file; and the line, where it is known."""
        document, line = self.said.places[subject]
        record = f"{document.name}:{line}" if line else (subject if is_address(subject) else document.name)
        return Evidence(subject if subject.startswith(("http://", "https://")) else document.address, record)

    def problem(self, subject: str, column: str | None, value: str | None, message: str, advice: str) -> Problem:
        """A fault of a thing, with its place."""
        document, line = self.said.places[subject]
        file = document.name if line else f"{document.name} <{subject}>"
        at = f"<{subject}>: " if line and is_address(subject) else ""
        return Problem(file, line, column, value, f"{at}{message}", advice)

    def fault(self, subject: str, column: str, value: str | Literal, error: CellError | NodeError) -> None:
        """The thing is rejected for this value."""
        words = value.value if isinstance(value, Literal) else value
        message, advice = (error.message, error.advice) if isinstance(error, CellError) else (str(error), "mend it")
        self.losses.faults.setdefault(subject, []).append(self.problem(subject, column, words, message, advice))

    # Classes.

    def _classify(self, subject: str) -> None:
        types = self.said.types(subject)
        known = [self.terms.classes[address] for address in types if address in self.terms.classes]
        if not known:
            if not any(address in self.terms.inline for address in types):
                self.losses.classes.update(types)
            return
        self.said.mark(subject, TYPE)
        rule = max(known, key=lambda rule: (len(ancestors(rule.to)), rule.to))
        if rule.person is not None and any(self._is_person(value) for value in self._peek(subject, rule.person_at)):
            rule = rule.person
        self.rules[subject] = rule
        relation = is_a(rule.to, "Relation")
        key = relation_key(rule.to, self.name, subject) if relation else self.key(subject)
        self.nodes[subject] = Node(key, rule.to, [self.proof(subject)])
        if is_address(subject) and not relation:
            self.nodes[subject].add("sameRecord", outside(subject))
            self._identify(subject, subject)

    def _peek(self, subject: str, predicate: str) -> list[str | Literal]:
        return self.said.by_subject.get(subject, {}).get(predicate, [])

    def _is_person(self, value: str | Literal) -> bool:
        if isinstance(value, Literal):
            return False
        kinds = (self.terms.classes.get(address) for address in self.said.types(value))
        return any(rule is not None and rule.to == "Person" for rule in kinds)

    def _identify(self, subject: str, address: str) -> None:
        for name, value in identifiers(address).items():
            self.nodes[subject].add(name, value)

    # Properties.

    def _describe(self, subject: str) -> None:
        own = self.rules[subject].rules
        person = self.nodes[subject].kind == "Person"
        for predicate in sorted(self.said.by_subject[subject]):
            rules = own.get(predicate) or self.terms.properties.get(predicate, ())
            if person and not any(rule.to == "name" or rule.relation for rule in rules):
                if predicate != TYPE:
                    self._leave(subject, predicate, Rule((predicate,), drop="data of a person"))
                continue
            for rule in rules:
                if rule.drop or rule.ignore:
                    self._leave(subject, predicate, rule)
                else:
                    for value in list(self._follow(subject, rule.way)):
                        self._apply(subject, rule, value)

    def _leave(self, subject: str, predicate: str, rule: Rule) -> None:
        values = self.said.values(subject, predicate)
        if rule.drop:
            self.losses.dropped[rule.drop] += len(values)
            for value in values:
                self._swallow(value)
        else:
            self.losses.ignored[f"{predicate}: {rule.ignore}"] += len(values)

    def _swallow(self, value: str | Literal) -> None:
        """What is said of a part that was dropped goes with it."""
        if isinstance(value, str) and value not in self.rules:
            for predicate in self.said.by_subject.get(value, {}):
                self.said.mark(value, predicate)

    def _follow(self, subject: str, way: tuple[str, ...]) -> Iterator[str | Literal]:
        """What lies at the end of the way. Parts on the way are used up."""
        first, *rest = way
        for value in self.said.values(subject, first):
            if not rest:
                yield value
            elif isinstance(value, str):
                if value not in self.rules:
                    self.said.mark(value, TYPE)
                yield from self._follow(value, tuple(rest))

    def _one(self, subject: str, way: tuple[str, ...] | None) -> str | Literal | None:
        return min(self._follow(subject, way), key=order, default=None) if way else None

    def _apply(self, subject: str, rule: Rule, value: str | Literal) -> None:
        try:
            if rule.site:
                self._site(subject, rule, value)
            elif rule.money:
                self._money(subject, rule, value)
            elif rule.relation:
                self._relation(subject, rule, value)
            elif rule.inverse:
                self._inverse(subject, rule, value)
            else:
                self._value(subject, rule, value)
        except (CellError, NodeError) as error:
            self.fault(subject, rule.way[-1], value, error)

    def _value(self, subject: str, rule: Rule, value: str | Literal) -> None:
        node, name = self.nodes[subject], rule.to
        term = PROPERTIES[name]
        if name in ADDRESSES:
            address = outside(value)
            node.add(name, address)
            if name == "sameRecord":
                self._identify(subject, address.value)
        elif name in SCHEME_OF:
            self._concept(subject, rule, value)
        elif term.object:
            self._reference(subject, rule, value)
        elif isinstance(value, Literal):
            self._plain(subject, name, value)
        elif value in self.said.by_subject or value.startswith("_:"):
            return  # a part, whose own values other rules reach for; what nobody reaches is told at the end
        else:
            self.losses.others[f"an address where {name} takes a plain value"] += 1

    def _plain(self, subject: str, name: str, value: Literal) -> None:
        node = self.nodes[subject]
        found = self.reading.plain(name, value)
        if isinstance(found, PartialDate):
            found = self._as_exact(subject, name, found)
        if name in _SEVERAL and isinstance(found, Text):
            lang = found.lang
            if any(isinstance(other, Text) and other.lang == lang for other in node.values.get(name, [])):
                if name == "name":
                    node.add("altName", found)
                else:
                    self.losses.others[f"a second {name} in one language"] += 1
                return
        if name != "altName" or found not in node.values.get("name", []):
            node.add(name, found)

    def _as_exact(self, subject: str, name: str, date: PartialDate) -> PartialDate:
        """Our own vocabulary writes the first day, and beside it how exact that is."""
        said = self._peek(subject, f"{CE}{name}Precision")
        grain = said[0].value if said and isinstance(said[0], Literal) else ""
        return PartialDate(date.text[: {"year": 4, "month": 7}.get(grain, 10)])

    def _concept(self, subject: str, rule: Rule, value: str | Literal) -> None:
        words = self._words(value)
        found = next(filter(None, (concept(rule.to, word) for word in words)), None)
        node = self.nodes[subject]
        if found is not None:
            node.add(rule.to, found)
        if rule.otherwise and (found is None or rule.otherwise == "title") and words:
            said = words[-1]
            node.add(rule.otherwise, Text(said, self.reading.language) if rule.otherwise == "title" else said)
        elif found is None:
            self.losses.others[f"no word of ours for {rule.to} {words[-1] if words else value!s:.60}"] += 1

    def _words(self, value: str | Literal) -> list[str]:
        """What a concept may be called: its address, its local name, its labels."""
        if isinstance(value, Literal):
            return [value.value]
        local = value.rstrip("/#").replace("#", "/").rsplit("/", 1)[-1]
        labels = [text.value for at in _LABELS for text in self.said.values(value, at) if isinstance(text, Literal)]
        if value not in self.rules:
            self.said.mark(value, TYPE)
        return [*([] if value.startswith("_:") else [value, local]), *labels]

    def _target(self, value: str | Literal, what: str) -> str | None:
        """The described thing that a value points to; None, counted, when there is none."""
        if isinstance(value, str) and value in self.nodes:
            return value
        how = "words" if isinstance(value, Literal) else "an address of something that is not described here"
        self.losses.others[f"{how} where {what} takes a thing"] += 1
        return None

    def _reference(self, subject: str, rule: Rule, value: str | Literal) -> None:
        target = self._target(value, rule.to)
        if target is None:
            return
        name = rule.to
        effort = is_a(self.nodes[target].kind, "JointEffort")
        if rule.otherwise and name == "fundedEffort" and not effort:
            name = rule.otherwise
        self.nodes[subject].add(name, Ref(self.nodes[target].key))

    def _inverse(self, subject: str, rule: Rule, value: str | Literal) -> None:
        target = self._target(value, rule.to)
        if target is not None:
            self.nodes[target].add(rule.to, Ref(self.nodes[subject].key))

    def _relation(self, subject: str, rule: Rule, value: str | Literal) -> None:
        here = self.nodes[subject]
        if rule.there in SCHEME_OF:
            found = next(filter(None, (concept(rule.there, word) for word in self._words(value))), None)
            if found is None:
                said = value.value if isinstance(value, Literal) else value
                self.losses.others[f"no word of ours for {rule.there} {said:.60}"] += 1
            else:
                self._edge(subject, rule, rule.relation, here.key, found)
            return
        target = self._target(value, rule.relation)
        if target is None:
            return
        there = self.nodes[target]
        if is_a(there.kind, "Relation"):  # the n-ary way: the thing at the other end says the rest
            there.add(rule.here, Ref(here.key))
            return
        kind = rule.relation
        if "Person" in {here.kind, there.kind} and kind != "Position":
            self.losses.dropped[f"a {kind} of a person, which is no public role"] += 1
            return
        self._edge(subject, rule, kind, here.key, Ref(there.key))

    def _edge(self, subject: str, rule: Rule, kind: str, here: str, there: Ref | Concept) -> None:
        other = there.key if isinstance(there, Ref) else there.slug
        ends = sorted([here, other]) if rule.here == rule.there else [here, other]
        if rule.here == "inEffort":
            ends.reverse()  # the same link told from the other side has the same key
        node = Node(relation_key(kind, *sorted(rule.set.values()), *ends), kind, [self.proof(subject)])
        node.add(rule.here, Ref(here)).add(rule.there, there)
        self._set(node, rule.set)
        self.edges.append((subject, node))

    def _set(self, node: Node, concepts: Mapping[str, str]) -> None:
        for name, slug in concepts.items():
            if name not in node.values:
                node.add(name, Concept(SCHEME_OF[name], slug))

    def _money(self, subject: str, rule: Rule, value: str | Literal) -> None:
        if isinstance(value, Literal):
            raise CellError(f"the sum {value.value!r} has no currency", "name one")
        self.said.mark(value, TYPE)
        amount = self._one(value, rule.money.get("value"))
        if not isinstance(amount, Literal):
            self.losses.others["a sum without a number"] += 1
            return
        currency, year = (self._one(value, rule.money.get(part)) for part in ("currency", "year"))
        self.nodes[subject].add(rule.to, money(amount, currency, year))

    def _site(self, subject: str, rule: Rule, value: str | Literal) -> None:
        kind = rule.set.get("siteKind", "")
        if isinstance(value, Literal):
            self.losses.others["an address in words, without a town of its own"] += 1
        elif value in self.nodes:
            self.wishes.append(Wish(subject, "", "", "", kind, place=value))
        else:
            self.said.mark(value, TYPE)
            found = {part: self._one(value, way) for part, way in rule.site.items()}
            words = {part: self._call(said) for part, said in found.items()}
            self.wishes.append(
                Wish(subject, words.get("town", ""), words.get("country", ""), words.get("street", ""), kind)
            )

    def _call(self, value: str | Literal | None) -> str:
        """A town or country in words."""
        if value is None:
            return ""
        return " ".join((value.value if isinstance(value, Literal) else self._words(value)[-1]).split())

    def _finish(self, subject: str) -> None:
        node, rule = self.nodes[subject], self.rules[subject]
        self._set(node, rule.set)
        if "name" not in node.values and "legalName" in node.values:
            node.add("name", Text(str(node.values["legalName"][0]), self.reading.language))
