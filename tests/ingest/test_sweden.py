"""What the shipped source says once it is mapped."""

from __future__ import annotations

import csv
from collections import Counter
from decimal import Decimal

import pytest

from graph.node import Concept, Money, Node, PartialDate, Ref, Text
from ingest.sources.sweden import tables as t
from ingest.sources.sweden.extract import SHIPPED
from ingest.sources.sweden.links import PREDICATES
from ontology.schema import is_a

SCBN = "stockholm-cleantech-business-network"


def find(nodes: dict[str, Node], kind: str, **values: str) -> list[Node]:
    """Nodes of the kind whose properties hold these keys, slugs or dates."""
    return [n for n in nodes.values() if n.kind == kind and all(v in said(n, name) for name, v in values.items())]


def said(node: Node, name: str) -> list[str]:
    return [
        str(getattr(v, "key", getattr(v, "slug", getattr(v, "text", getattr(v, "value", v)))))
        for v in node.values.get(name, [])
    ]


def test_the_network_of_the_press_release_is_one_thing(nodes: dict[str, Node]) -> None:
    network = nodes[SCBN]
    assert "scbn-initiative" not in nodes
    assert network.kind == "Network"
    assert said(network, "founded") == ["2008-11"]
    assert said(network, "acronym") == ["SCBN"]
    assert said(network, "formerKey") == ["scbn-initiative"]
    assert {proof.record for proof in network.evidence} == {
        f"organisations.csv:{SCBN}",
        "activities.csv:scbn-initiative",
    }


def test_its_founders_come_once_with_both_rows_and_the_more_precise_date(nodes: dict[str, Node]) -> None:
    founders = find(nodes, "Participation", inEffort=SCBN, role="initiator")
    assert Counter(said(node, "participant")[0] for node in founders) == {
        "kth": 1,
        "stockholms-stad": 1,
        "stockholm-business-region": 1,
        "sting": 1,
        "kista-science-city-ab": 1,
    }
    (kth,) = find(nodes, "Participation", inEffort=SCBN, participant="kth")
    assert kth.values["start"] == [PartialDate("2008-11")]
    assert [proof.record for proof in kth.evidence] == ["participations.csv:3", "relations.csv:3"]
    assert all(proof.document.startswith("https://") and proof.method == "person" for proof in kth.evidence)
    assert kth.evidence[0].published == PartialDate("2008-11-12")


def test_the_place_and_the_company_that_runs_it_stay_apart(nodes: dict[str, Node]) -> None:
    assert nodes["kista-science-city"].kind == "Cluster"
    assert nodes["kista-science-city-ab"].kind == "ClusterOrganization"


def test_every_role_predicate_and_kind_of_the_data_is_mapped(nodes: dict[str, Node]) -> None:
    assert set(PREDICATES) == set(t.PREDICATES)
    roles = {role for node in nodes.values() for role in said(node, "role")}
    assert {"initiator", "principal", "coordinator", "participant", "partner", "host", "attendee"} <= roles
    assert {"subsidiary", "acquirer", "joint-owner", "member"} <= roles
    assert "founder" not in roles
    held = {node.kind for node in nodes.values()}
    assert set(t.ORGANISATION_KINDS.values()) | set(t.ACTIVITY_KINDS.values()) <= held
    assert {
        "Grant",
        "Loan",
        "Funding",
        "Investment",
        "Partnership",
        "Ownership",
        "ChangeEvent",
        "Support",
        "VentureDay",
    } <= held


def test_guests_of_events_attend_and_funders_fund(nodes: dict[str, Node]) -> None:
    events = [node.key for node in nodes.values() if is_a(node.kind, "Event")]
    parts = [node for event in events for node in find(nodes, "Participation", inEffort=event)]
    assert find(nodes, "Participation", inEffort="kth-energy-dialogue-2021", role="attendee")
    assert not [node for node in parts if "coordinator" in said(node, "role")]
    assert find(
        nodes, "Grant", funder="erdf", fundedEffort="ksc-ict-cluster-project", recipient="kista-science-city-ab"
    )


def test_money_that_two_rows_tell_of_counts_once(nodes: dict[str, Node]) -> None:
    (grant,) = [n for n in nodes.values() if is_a(n.kind, "Funding") and said(n, "fundedEffort") == ["gobigas"]]
    assert grant.kind == "Grant"
    assert grant.values["amount"] == [Money(Decimal(222000000), "SEK", 2010)]
    assert {proof.record.partition(":")[0] for proof in grant.evidence if proof.record} == {
        "funding.csv",
        "participations.csv",
    }
    amounts = Counter(
        (said(n, "investor")[0], said(n, "recipient")[0], str(v.value), v.currency)
        for n in nodes.values()
        if n.kind == "Investment"
        for v in n.values.get("amount", [])
        if isinstance(v, Money)
    )
    assert amounts[("amf", "northvolt", "640000000", "SEK")] == 1
    assert amounts[("softbank", "exeger", "10000000", "USD")] == 1
    assert ("softbank", "exeger", "20000000", "USD") not in amounts
    assert set(amounts.values()) == {1}


def test_a_funding_round_is_a_round_and_no_event(nodes: dict[str, Node]) -> None:
    (around,) = [n for n in nodes.values() if Text("Aira Series B", "en") in n.values.get("name", [])]
    assert around.kind == "InvestmentRound"
    assert said(around, "recipient") == ["aira"]
    investors = [said(n, "investor")[0] for n in nodes.values() if Ref(around.key) in n.values.get("round", [])]
    assert sorted(investors) == ["altor", "kinnevik", "temasek"]
    assert all(len(n.values["round"]) == 1 for n in nodes.values() if n.kind == "Investment")


def test_a_bankruptcy_is_a_closing(nodes: dict[str, Node]) -> None:
    (closing,) = find(nodes, "ChangeEvent", before="northvolt", changeKind="closing")
    assert said(closing, "start") == ["2025-03-12"]
    assert said(nodes["northvolt"], "dissolved") == ["2025-03-12"]


def test_units_and_subsidiaries(nodes: dict[str, Node]) -> None:
    unit = nodes["kth-energiteknik"]
    assert said(unit, "unitOf") == ["kth"]
    assert unit.proofs["unitOf", Ref("kth")]
    assert not find(nodes, "Ownership", owned="kth-energiteknik")
    (sting,) = find(nodes, "Ownership", owned="sting", owner="stiftelsen-electrum")
    assert said(sting, "role") == ["subsidiary"]
    assert said(sting, "start") == ["2002"]
    assert said(nodes["cecost-2006"], "partOf") == ["cecost"]


def test_names_in_two_languages(nodes: dict[str, Node]) -> None:
    assert nodes["kth"].values["name"] == [
        Text("Kungliga Tekniska högskolan", "sv"),
        Text("KTH Royal Institute of Technology", "en"),
    ]
    assert said(nodes["kth"], "acronym") == ["KTH"]
    assert nodes["eef"].values["name"] == [Text("Energieffektiviseringsföretagen", "sv")]
    assert nodes["climeon"].values["name"] == [Text("Climeon", "en")]
    for node in nodes.values():
        languages = [value.lang for value in node.values.get("name", []) if isinstance(value, Text)]
        assert len(languages) == len(set(languages)), node.key


def test_places_have_coordinates_counties_and_codes(nodes: dict[str, Node]) -> None:
    goteborg = nodes["place/goteborg"]
    assert goteborg.values["name"] == [Text("Göteborg", "sv"), Text("Gothenburg", "en")]
    lat, long = goteborg.values["lat"][0], goteborg.values["long"][0]
    assert isinstance(lat, Decimal)
    assert isinstance(long, Decimal)
    assert (round(lat, 1), round(long, 1)) == (Decimal("57.7"), Decimal("12.0"))
    assert said(goteborg, "within") == ["place/se-o"]
    assert said(nodes["place/se-o"], "nutsCode") == ["SE232"]
    assert said(nodes["place/se-o"], "within") == ["place/se"]
    assert said(nodes["place/jarfalla"], "within") == ["place/se-ab"]
    assert said(nodes["place/no-bergen"], "within") == ["place/no"]
    assert said(nodes["place/it-bari"], "countryCode") == ["IT"]
    assert find(nodes, "Site", siteOf="kth", place="place/stockholm")
    assert find(nodes, "Site", siteOf="air-liquide") == []


def test_every_town_of_the_data_is_found(nodes: dict[str, Node]) -> None:
    for file in (t.ORGANISATIONS, t.ACTIVITIES):
        with (SHIPPED / file).open(encoding="utf-8", newline="") as stream:
            towns = {row["city"] for row in csv.DictReader(stream)} - {""}
        known = {name for node in nodes.values() if node.key.startswith("place/") for name in said(node, "name")}
        assert towns <= known


def test_technologies_are_the_concepts_of_the_ontology(nodes: dict[str, Node]) -> None:
    (tag,) = find(nodes, "TechnologyActivity", actor="northvolt", area="batteries")
    assert tag.values["activityKind"] == [Concept("activity", "focus")]
    assert not find(nodes, "TechnologyActivity", actor="northvolt-equity-2021")


@pytest.mark.parametrize("kind", ["Relation", "Agent", "JointEffort", "Place"])
def test_everything_has_evidence(nodes: dict[str, Node], kind: str) -> None:
    bare = [node.key for node in nodes.values() if is_a(node.kind, kind) and not node.evidence]
    assert not bare


def test_each_row_leaves_its_trace(nodes: dict[str, Node]) -> None:
    """No row is lost silently: each is the evidence of something."""
    records = {proof.record for node in nodes.values() for proof in node.evidence}
    records |= {proof.record for node in nodes.values() for proofs in node.proofs.values() for proof in proofs}
    lost = []
    for file in (t.ORGANISATIONS, t.ACTIVITIES, t.PARTICIPATIONS, t.RELATIONS, t.FUNDING, t.TAGS):
        with (SHIPPED / file).open(encoding="utf-8", newline="") as stream:
            for line, row in enumerate(csv.DictReader(stream), 2):
                if f"{file}:{row.get('slug') or line}" not in records:
                    lost.append((file, line, *row.values()))
    assert not lost
