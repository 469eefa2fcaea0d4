"""Reasons of content: texts that speak of the same, and technologies that both work on."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from graph.gaps.answer import Note, Proof, Reason
from graph.gaps.collaboration import of_row
from graph.gaps.ground import Ground
from graph.gaps.text import telling
from graph.inside import inside

Ints = npt.NDArray[np.int64]
_MOST_TEXTS = 150  # of one organisation that are compared
_ALIKE, _WORDS = 0.06, 2  # the least cosine of two texts, and words that they share
_IN_SCOPE = 2.0  # a likeness within the technology of the scope counts as so many
_MOST_TECHNOLOGIES = 3
_TOPICS, _TECHNOLOGIES = 0.6, 0.2  # a whole likeness adds the first


def topics(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """The two texts, one of each side, that are most alike, and the words that make them so."""
    one, other = _things(held, a), _things(held, b)
    alike = _apart(held, one, other)
    if not alike.size or alike.max() < _ALIKE:
        return ()
    i, j = (int(place) for place in np.unravel_index(int(alike.argmax()), alike.shape))
    words = telling(csr_array(held.texts.telling[[one[i]]]), csr_array(held.texts.telling[[other[j]]]))
    if len(words) < _WORDS:
        return ()
    shown = ", ".join(held.texts.shown[word] for word in words)
    code, things = _where(held, a, b, int(one[i]), int(other[j]))
    proofs = _about(held, a, int(one[i])), _about(held, b, int(other[j]))
    return (Reason(Note(code, {"words": shown}, things), proofs, round(min(float(alike[i, j]), 1.0) * _TOPICS, 4)),)


def technologies(held: Ground, a: int, b: int) -> Sequence[Reason]:
    """The narrowest technologies that both work on, those of the scope first, then the rarest."""
    net = held.net
    common = (set(of_row(held.works, a).tolist()) & set(of_row(held.works, b).tolist())) - held.too_wide
    if not common:
        return ()
    nodes = {int(net.techs[column]): column for column in common}
    narrow = [node for node in nodes if not (inside(net.columns, node) & nodes.keys())]
    narrow = [node for node in narrow if node in held.scope_techs or not inside(net.columns, node)] or narrow
    narrow.sort(key=lambda node: (node not in held.scope_techs, held.spread[nodes[node]], node))
    shown = tuple(narrow[:_MOST_TECHNOLOGIES])
    proofs = [proof for node in shown for row in (a, b) for proof in _works(held, row, node)]
    note = Note("shared-technology", {}, {"a": (_node(held, a),), "b": (_node(held, b),), "technologies": shown})
    return (Reason(note, _merged(proofs), _TECHNOLOGIES),)


def _things(held: Ground, row: int) -> Ints:
    """Its own text and those of its efforts, those of the technology in the scope first, then the youngest."""
    own = held.records.efforts.of(row)[:, 0]
    kept = own[np.lexsort((own, -held.node_last[own], ~held.in_scope[own]))][:_MOST_TEXTS]
    return np.concatenate([[_node(held, row)], kept]).astype(np.int64)


def _apart(held: Ground, one: Ints, other: Ints) -> npt.NDArray[np.float64]:
    """How alike any two of the texts are, more where both are of the technology; one and the same, or one within the
    other, says nothing."""
    alike = csr_array(held.texts.telling[one] @ held.texts.telling[other].T).toarray()
    alike[np.isin(one, other)] = 0
    alike[:, np.isin(other, one)] = 0
    about = held.in_scope[one][:, np.newaxis] & held.in_scope[other][np.newaxis, :]
    found: npt.NDArray[np.float64] = alike * np.where(about, _IN_SCOPE, 1.0)
    return found


def _where(held: Ground, a: int, b: int, one: int, other: int) -> tuple[str, dict[str, tuple[int, ...]]]:
    """Which sentence: with the project of each side, of one side, or of none where the words are the organisation's own."""
    things: dict[str, tuple[int, ...]] = {"a": (_node(held, a),), "b": (_node(held, b),)}
    if one == things["a"][0] and other == things["b"][0]:
        return "shared-topic", things
    if one == things["a"][0]:
        return "shared-topic-one", {"a": things["b"], "b": things["a"], "project": (other,)}
    if other == things["b"][0]:
        return "shared-topic-one", {**things, "project": (one,)}
    return "shared-topic-both", {**things, "project_a": (one,), "project_b": (other,)}


def _about(held: Ground, row: int, thing: int) -> Proof:
    """The records of a text, and of the part that the organisation has in it."""
    described = held.records.thing(thing)
    if thing == _node(held, row):
        return described
    parts = held.records.efforts.of(row)
    part = held.records.relation(thing, *parts[parts[:, 0] == thing, 1])
    return Proof(thing, tuple(sorted({*described.evidence, *part.evidence})))


def _works(held: Ground, row: int, tech: int) -> list[Proof]:
    """Who says that it works on the technology: of itself, else the youngest occasion about it."""
    node = _node(held, row)
    said = _said(held, node, tech)
    if said is not None:
        return [said]
    own = held.columns_of(row)
    columns = own[held.covering(tech)[own]]
    for column in held.newest(columns)[:1]:
        thing, part = int(held.things[column]), held.records.part(held.net, row, column)
        about = None if thing < 0 else _said(held, thing, tech)
        return [part if about is None else Proof(thing, tuple(sorted({*about.evidence, *part.evidence})))]
    return []


def _said(held: Ground, node: int, tech: int) -> Proof | None:
    relations = held.records.works_on(node, [tech])
    stated = [relation for relation in relations if relation >= 0]
    if stated:
        return held.records.relation(node, *stated)
    return held.records.fact(node, "topic") if relations else None


def _merged(proofs: Sequence[Proof]) -> tuple[Proof, ...]:
    """One proof for each thing."""
    things = dict.fromkeys(proof.thing for proof in proofs)
    of = {thing: {one for proof in proofs if proof.thing == thing for one in proof.evidence} for thing in things}
    return tuple(Proof(thing, tuple(sorted(found))) for thing, found in of.items())


def _node(held: Ground, row: int) -> int:
    return int(held.net.nodes[row])
