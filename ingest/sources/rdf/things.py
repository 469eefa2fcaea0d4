"""From statements to nodes: each thing is classed, then each of its properties is seen to."""

from __future__ import annotations

from graph.node import Node, Text
from ingest.keys import relation_key
from ingest.sources.rdf.statements import TYPE, is_address
from ingest.sources.rdf.terms import Rule
from ingest.sources.rdf.told import Told
from ingest.sources.rdf.values import outside
from ingest.sources.rdf.write import write
from ontology.schema import ancestors, is_a


def build(told: Told) -> None:
    """Fill in the nodes, edges and wishes of everything that is told."""
    for subject in sorted(told.said.by_subject):
        _classify(told, subject)
    for subject in sorted(told.rules):
        _describe(told, subject)
    for subject in sorted(told.rules):
        _finish(told, subject)


def _classify(told: Told, subject: str) -> None:
    types = told.said.types(subject)
    known = [told.terms.classes[address] for address in types if address in told.terms.classes]
    if not known:
        if not any(address in told.terms.inline for address in types):
            told.losses.classes.update(types)
        return
    told.said.mark(subject, TYPE)
    # Whoever is a person is one, whatever else: else a trader's private data would come in as a company's.
    rule = max(known, key=lambda rule: (rule.to == "Person", len(ancestors(rule.to)), rule.to))
    if rule.person is not None and any(told.is_person(value) for value in told.peek(subject, rule.person_at)):
        rule = rule.person
    told.rules[subject] = rule
    relation = is_a(rule.to, "Relation")
    key = relation_key(rule.to, told.name, subject) if relation else told.key(subject)
    told.nodes[subject] = Node(key, rule.to, [told.proof(subject)])
    if is_address(subject) and not relation and not subject.startswith("file:"):
        told.nodes[subject].add("sameRecord", outside(subject))
        told.identify(subject, subject)


def _describe(told: Told, subject: str) -> None:
    own = told.rules[subject].rules
    person = told.nodes[subject].kind == "Person"
    for predicate in sorted(told.said.by_subject[subject]):
        rules = own.get(predicate) or told.terms.properties.get(predicate, ())
        if person and not any(rule.to == "name" or rule.relation == "Position" for rule in rules):
            if predicate != TYPE:
                told.leave(subject, predicate, Rule((predicate,), drop="data of a person"))
            continue
        for rule in rules:
            if rule.drop or rule.ignore:
                told.leave(subject, predicate, rule)
            else:
                for value in list(told.follow(subject, rule.way)):
                    write(told, subject, rule, value)


def _finish(told: Told, subject: str) -> None:
    node, rule = told.nodes[subject], told.rules[subject]
    told.settle(node, rule.set)
    if "name" not in node.values and "legalName" in node.values:
        node.add("name", Text(str(node.values["legalName"][0]), told.reading.language))
