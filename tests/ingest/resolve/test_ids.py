"""Ids that stay, and what leads to them."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.generation import DataFolder
from graph.node import Node, Ref, SourceNodes
from ingest.decisions import Decisions
from ingest.problem import InputError
from ingest.resolve import Resolved, append_ids, read_ids, resolved
from tests.ingest.resolve.made import PROOF, decided, org, said


def sources(*keys: str) -> list[SourceNodes]:
    """One company under each key; `x:1`, `y:1` and the curated `works1` are the same."""
    by_source: dict[str, list[Node]] = {}
    for key in keys:
        name = key.partition(":")[0] if ":" in key else "home"
        by_source.setdefault(name, []).extend(org(key, f"Number {key[-1]} Works", town="lund"))
    return [said(name, nodes, curated=name == "home") for name, nodes in by_source.items()]


def lines(*found: Resolved) -> list[tuple[str, str]]:
    """What stands in `ids.jsonl` after these builds."""
    return [line for one in found for line in sorted(one.minted.items())]


def test_an_id_is_made_once_and_stays_when_the_cluster_grows_and_shrinks() -> None:
    first = resolved(sources("y:1"), Decisions(), [])
    an_id = first.identities.id_of["y:1"]
    assert an_id.startswith("org/")
    assert len(an_id) == len("org/") + 10
    grown = resolved(sources("a:1", "y:1"), Decisions(), lines(first))
    assert set(grown.identities.id_of.values()) == {an_id}
    left = resolved(sources("a:1"), Decisions(), lines(first, grown))
    assert left.identities.id_of == {"a:1": an_id}


def test_of_two_that_join_the_older_stays_and_the_other_leads_to_it() -> None:
    one = resolved(sources("x:1"), Decisions(), [])
    both = resolved(sources("x:1", "y:2"), Decisions(), lines(one))
    ids = both.identities.id_of
    same = resolved(sources("x:1", "y:2"), decided(("x:1", "y:2", "same")), lines(one, both))
    assert set(same.identities.id_of.values()) == {ids["x:1"]}
    assert same.identities.leads_to[ids["y:2"]] == ids["x:1"]
    assert same.identities.leads_to["y:2"] == ids["x:1"]


def test_of_one_that_splits_the_first_record_keeps_it() -> None:
    one = resolved(sources("x:1", "y:1"), Decisions(), [])
    parted = resolved(sources("x:1", "y:1"), decided(("x:1", "y:1", "different")), lines(one))
    ids = parted.identities.id_of
    assert ids["x:1"] == one.identities.id_of["x:1"]
    assert ids["y:1"] != ids["x:1"]


def test_a_curated_key_is_the_id() -> None:
    found = resolved(sources("x:1", "works1"), Decisions(), [])
    assert found.identities.id_of == {"x:1": "works1", "works1": "works1"}
    assert found.minted == {"x:1": "works1"}
    assert found.identities.leads_to == {"x:1": "works1"}


def test_what_is_withheld_takes_its_relations_along() -> None:
    nodes = [*org("x:1", "Sol"), *org("x:2", "Vind")]
    nodes[0].add("unitOf", Ref("x:2"))
    owning = Node("x:own", "Ownership", [PROOF]).add("owner", Ref("x:1")).add("owned", Ref("x:2"))
    found = resolved([said("x", [*nodes, owning])], decided(withheld=["x:2"]), [])
    kept = {node.key: node for source in found.sources for node in source.nodes}
    gone = found.identities.leads_to
    assert gone["x:2"] is None
    assert gone[found.identities.id_of["x:2"]] is None
    assert "x:own" not in kept
    assert "x:2/site" not in kept
    assert "unitOf" not in kept[found.identities.id_of["x:1"]].values
    assert found.summary.withheld == 3


def test_what_a_source_said_is_not_touched() -> None:
    one = sources("x:1", "y:1")
    before = [[(node.key, dict(node.values)) for node in source.nodes] for source in one]
    resolved(one, Decisions(), [])
    assert [[(node.key, dict(node.values)) for node in source.nodes] for source in one] == before


@given(st.permutations(["x:1", "x:2", "y:1", "y:3", "z:2", "works3"]), st.integers(0, 3))
@settings(max_examples=25, deadline=None)
def test_neither_the_order_nor_a_second_time_matters(keys: list[str], turn: int) -> None:
    plain = resolved(sources("x:1", "x:2", "y:1", "y:3", "z:2", "works3"), Decisions(), [])
    ordered = sources(*keys)
    found = resolved([*ordered[turn:], *ordered[:turn]], Decisions(), [])
    assert found.identities.clusters.equals(plain.identities.clusters)
    assert found.identities.candidates.equals(plain.identities.candidates)
    assert found.minted == plain.minted
    twice = resolved(ordered, Decisions(), lines(found))
    assert not twice.minted
    assert twice.identities.clusters.equals(found.identities.clusters)


@given(st.lists(st.sets(st.sampled_from(["x:1", "y:1", "z:1", "x:2", "z:2"]), min_size=1), min_size=2, max_size=4))
@settings(max_examples=25, deadline=None)
def test_every_address_that_was_given_stays_good(turns: list[set[str]]) -> None:
    known: list[tuple[str, str]] = []
    for keys in turns:
        found = resolved(sources(*sorted(keys)), Decisions(), known)
        known += lines(found)
        ids = set(found.identities.id_of.values())
        for key, an_id in known:
            if key in keys:
                assert an_id in ids or found.identities.leads_to[an_id] in ids
                assert found.identities.id_of[key] in ids


def test_ids_are_written_down_and_read_back(tmp_path: Path) -> None:
    data = DataFolder(tmp_path)
    append_ids(data, {"x:1": "org/a"}, "2026-11-26T10:00:00+00:00")
    path = tmp_path / "decisions" / "ids.jsonl"
    with path.open("a") as file:
        file.write('{"id": "org/b", "k')  # a run that was killed
    append_ids(data, {"x:2": "org/b"}, "2026-11-26T11:00:00+00:00")
    assert read_ids(data) == [("x:1", "org/a"), ("x:2", "org/b")]
    path.write_text("".join(f"{line}\n" for line in reversed(path.read_text().splitlines())) + '{"id": "org/c", "k')
    assert read_ids(data) == [("x:1", "org/a"), ("x:2", "org/b")]
    path.write_text("<<<<<<< HEAD\n")
    with pytest.raises(InputError, match=r"decisions/ids\.jsonl:1: .*a merge in git was left unfinished"):
        read_ids(data)
    path.write_text("[]\n")
    with pytest.raises(InputError, match=r"decisions/ids\.jsonl:1"):
        read_ids(data)
