"""The predicates of relations.csv, one small function each."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from graph.node import Concept, Node, Ref
from ingest.contract import Record
from ingest.sources.sweden.money import investment
from ingest.sources.sweden.parts import taking_part
from ingest.sources.sweden.proof import evidence, money, relation, role
from ingest.sources.sweden.things import subsidiary
from ontology.schema import is_a


def link(record: Record) -> Iterator[Node]:
    """The node or nodes that the row stands for."""
    if record.values["subject"] == record.values["object"]:
        raise record.fault("object", "subject and object are the same", "name the other party")
    yield from PREDICATES[record.values["predicate"]](record)


def _ends(record: Record) -> tuple[str, str]:
    return record.values["subject"], record.values["object"]


def _invested(record: Record) -> Iterator[Node]:
    investor, company = _ends(record)
    yield from investment(record, investor, company, record.values["start"])


def _partner(record: Record) -> Iterator[Node]:
    """Partner of a joint effort is a part in it; two centres, or two of anything else, have a partnership."""
    one, other = _ends(record)
    joint = [is_a(record.context[name], "JointEffort") for name in ("subject_kind", "object_kind")]
    centres = all(record.context[name] == "ResearchCentre" for name in ("subject_kind", "object_kind"))
    if joint[1] and not centres:
        yield taking_part(record, one, other, "partner")
    elif joint[0] and not joint[1]:
        yield taking_part(record, other, one, "partner")
    else:
        first, second = sorted((one, other))
        node = relation(record, "Partnership", "collaboration", first, second)
        node.add("party", Ref(one)).add("party", Ref(other))
        yield node.add("partnershipKind", Concept("partnership", "collaboration"))


def _customer(record: Record) -> Iterator[Node]:
    buyer, seller = _ends(record)
    node = relation(record, "Partnership", "customer", customer=buyer, supplier=seller)
    node.add("partnershipKind", Concept("partnership", "customer"))
    yield node.add("amount", money(record, "amount", record.values["start"]))


def _supports(record: Record) -> Iterator[Node]:
    """Support; Funding when a sum is stated or the look-up says that it is money."""
    giver, taker = _ends(record)
    kind = record.context.get("money_kind", "Funding" if record.values["amount"] else "")
    if not kind:
        yield relation(record, "Support", supporter=giver, supported=taker)
        return
    node = relation(record, kind, record.values["amount"], record.values["currency"], funder=giver, recipient=taker)
    node.add("instrument", Concept("instrument", record.context.get("instrument", "unspecified")))
    yield node.add("amount", money(record, "amount", record.values["start"]))


def _unit(record: Record) -> Iterator[Node]:
    unit, whole = _ends(record)
    node = Node(unit, record.context["subject_kind"])
    yield node.add("unitOf", Ref(whole), evidence=[evidence(record)])


def _owned(as_role: str, *, owner: str) -> Callable[[Record], Iterator[Node]]:
    """Ownership in a role, where `owner` names the column of the owner."""

    def make(record: Record) -> Iterator[Node]:
        ends = {"owner": record.values[owner], "owned": record.values["object" if owner == "subject" else "subject"]}
        if as_role == "subsidiary":
            yield subsidiary(record, **ends)
            return
        node = relation(record, "Ownership", as_role, **ends).add("role", role(as_role))
        yield node.add("amount", money(record, "amount", record.values["start"]))

    return make


def _change(kind: str) -> Callable[[Record], Iterator[Node]]:
    def make(record: Record) -> Iterator[Node]:
        after, before = _ends(record)
        yield relation(record, "ChangeEvent", kind, before=before, after=after).add(
            "changeKind", Concept("change", kind)
        )

    return make


def _taking_part(as_role: str, *, who: str = "subject", effort: str = "object") -> Callable[[Record], Iterator[Node]]:
    def make(record: Record) -> Iterator[Node]:
        yield taking_part(record, record.values[who], record.values[effort], as_role)

    return make


PREDICATES: Mapping[str, Callable[[Record], Iterator[Node]]] = {
    "acquired": _owned("acquirer", owner="subject"),
    "customerOf": _customer,
    "initiatorOf": _taking_part("initiator"),
    "investedIn": _invested,
    "jointVentureOf": _owned("joint-owner", owner="object"),
    "locatedAt": _taking_part("host", who="object", effort="subject"),
    "memberOf": _taking_part("member"),
    "partnerOf": _partner,
    "spinOffOf": _change("spin-out"),
    "subsidiaryOf": _owned("subsidiary", owner="object"),
    "successorOf": _change("succession"),
    "supports": _supports,
    "unitOf": _unit,
}
