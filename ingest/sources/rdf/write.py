"""What one value of one property becomes, by the rule of its term."""

from __future__ import annotations

import re

from pyoxigraph import Literal

from graph.node import Concept, Node, NodeError, PartialDate, Ref, Text
from ingest.keys import relation_key
from ingest.problem import CellError
from ingest.sources.rdf.statements import TYPE
from ingest.sources.rdf.terms import Rule
from ingest.sources.rdf.told import Told, Wish
from ingest.sources.rdf.values import ADDRESSES, money, outside
from ingest.sources.rdf.words import SCHEME_OF, concept
from ontology.schema import is_a
from ontology.terms import CE, PROPERTIES

_GEONAMES = re.compile(r"https?://(?:sws|www)\.geonames\.org/([1-9][0-9]{0,9})(?:/.*)?")
_SEVERAL = ("name", "description", "aim")  # at most one a language


def write(told: Told, subject: str, rule: Rule, value: str | Literal) -> None:
    """Add the value to its node, or tell why it cannot be added."""
    try:
        if rule.site:
            _site(told, subject, rule, value)
        elif rule.money:
            _money(told, subject, rule, value)
        elif rule.relation:
            _relation(told, subject, rule, value)
        elif rule.inverse:
            _inverse(told, subject, rule, value)
        else:
            _value(told, subject, rule, value)
    except (CellError, NodeError) as error:
        told.fault(subject, rule.way[-1], value, error)


def _value(told: Told, subject: str, rule: Rule, value: str | Literal) -> None:
    node, name = told.nodes[subject], rule.to
    term = PROPERTIES[name]
    if name in ADDRESSES:
        address = outside(value)
        node.add(name, address)
        if name == "sameRecord":
            told.identify(subject, address.value)
    elif name in SCHEME_OF:
        _concept(told, subject, rule, value)
    elif term.object:
        _reference(told, subject, rule, value)
    elif isinstance(value, Literal):
        _plain(told, subject, name, value)
    elif value in told.said.by_subject or value.startswith("_:"):
        return  # a part, whose own values other rules reach for; what nobody reaches is told at the end
    else:
        told.losses.others[f"an address where {name} takes a plain value"] += 1


def _plain(told: Told, subject: str, name: str, value: Literal) -> None:
    node = told.nodes[subject]
    found = told.reading.plain(name, value)
    if isinstance(found, PartialDate):
        found = _as_exact(told, subject, name, found)
    if name in _SEVERAL and isinstance(found, Text):
        lang = found.lang
        if any(isinstance(other, Text) and other.lang == lang for other in node.values.get(name, [])):
            if name == "name":
                node.add("altName", found)
            else:
                told.losses.others[f"a second {name} in one language"] += 1
            return
    if name != "altName" or found not in node.values.get("name", []):
        node.add(name, found)


def _as_exact(told: Told, subject: str, name: str, date: PartialDate) -> PartialDate:
    """Our own vocabulary writes the first day, and beside it how exact that is."""
    said = told.peek(subject, f"{CE}{name}Precision")
    grain = said[0].value if said and isinstance(said[0], Literal) else ""
    return PartialDate(date.text[: {"year": 4, "month": 7}.get(grain, 10)])


def _concept(told: Told, subject: str, rule: Rule, value: str | Literal) -> None:
    words = told.words(value)
    found = next(filter(None, (concept(rule.to, word) for word in words)), None)
    node = told.nodes[subject]
    if found is not None:
        node.add(rule.to, found)
    if rule.otherwise and (found is None or rule.otherwise == "title") and words:
        said = words[-1]
        node.add(rule.otherwise, Text(said, told.reading.language) if rule.otherwise == "title" else said)
    elif found is None:
        told.losses.others[f"no word of ours for {rule.to} {words[-1] if words else value!s:.60}"] += 1


def _reference(told: Told, subject: str, rule: Rule, value: str | Literal) -> None:
    target = told.target(value, rule.to)
    if target is None:
        return
    name = rule.to
    effort = is_a(told.nodes[target].kind, "JointEffort")
    if rule.otherwise and name == "fundedEffort" and not effort:
        name = rule.otherwise
    told.nodes[subject].add(name, Ref(told.nodes[target].key))


def _inverse(told: Told, subject: str, rule: Rule, value: str | Literal) -> None:
    target = told.target(value, rule.to)
    if target is not None:
        told.nodes[target].add(rule.to, Ref(told.nodes[subject].key))


def _relation(told: Told, subject: str, rule: Rule, value: str | Literal) -> None:
    here = told.nodes[subject]
    if rule.there in SCHEME_OF:
        found = next(filter(None, (concept(rule.there, word) for word in told.words(value))), None)
        if found is None:
            said = value.value if isinstance(value, Literal) else value
            told.losses.others[f"no word of ours for {rule.there} {said:.60}"] += 1
        else:
            _edge(told, subject, rule, rule.relation, here.key, found)
        return
    target = told.target(value, rule.relation)
    if target is None:
        return
    there = told.nodes[target]
    if is_a(there.kind, "Relation"):  # the n-ary way: the thing at the other end says the rest
        there.add(rule.here, Ref(here.key))
        return
    kind = rule.relation
    if "Person" in {here.kind, there.kind} and kind != "Position":
        told.losses.dropped[f"a {kind} of a person, which is no public role"] += 1
        return
    _edge(told, subject, rule, kind, here.key, Ref(there.key))


def _edge(told: Told, subject: str, rule: Rule, kind: str, here: str, there: Ref | Concept) -> None:
    other = there.key if isinstance(there, Ref) else there.slug
    ends = sorted([here, other]) if rule.here == rule.there else [here, other]
    if rule.here == "inEffort":
        ends.reverse()  # the same link told from the other side has the same key
    node = Node(relation_key(kind, *sorted(rule.set.values()), *ends), kind, [told.proof(subject)])
    node.add(rule.here, Ref(here)).add(rule.there, there)
    told.settle(node, rule.set)
    told.edges.append((subject, node))


def _money(told: Told, subject: str, rule: Rule, value: str | Literal) -> None:
    if isinstance(value, Literal):
        raise CellError(f"the sum {value.value!r} has no currency", "name one")
    told.said.mark(value, TYPE)
    amount = told.one(value, rule.money.get("value"))
    if not isinstance(amount, Literal):
        told.losses.others["a sum without a number"] += 1
        return
    currency, year = (told.one(value, rule.money.get(part)) for part in ("currency", "year"))
    told.nodes[subject].add(rule.to, money(amount, currency, year))


def _site(told: Told, subject: str, rule: Rule, value: str | Literal) -> None:
    kind = rule.set.get("siteKind", "")
    if isinstance(value, Literal):
        told.losses.others["an address in words, without a town of its own"] += 1
    elif value in told.nodes:
        told.wishes.append(Wish(subject, "", "", "", kind, place=value))
    elif number := _GEONAMES.fullmatch(value):
        told.wishes.append(Wish(subject, "", "", "", kind, geonames=int(number[1])))
    else:
        told.said.mark(value, TYPE)
        found = {part: told.one(value, way) for part, way in rule.site.items()}
        words = {part: _call(told, said) for part, said in found.items()}
        told.wishes.append(
            Wish(subject, words.get("town", ""), words.get("country", ""), words.get("street", ""), kind)
        )


def _call(told: Told, value: str | Literal | None) -> str:
    """A town or country in words."""
    if value is None:
        return ""
    return " ".join((value.value if isinstance(value, Literal) else told.words(value)[-1]).split())
