"""What an edit changed is known to the quad, blank nodes and empty graphs included, and can be taken back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from graph.edits import Edits, JournalEntry
from graph.undo import History, UndoError, kept_deltas
from graph.writer_refusal import RefusedError
from graph.writer_wire import Edit
from tests.writer.live import Live

UPDATES = (
    "INSERT DATA { <a:a> <a:b> 1, _:x . GRAPH <a:g> { <a:a> <a:b> _:y . _:y <a:c> <<( <a:a> <a:b> _:z )>> } }",
    "INSERT DATA { <a:a> <a:b> 1, 2 }",
    "INSERT DATA { GRAPH <a:g> { <a:a> <a:b> 'a\\nå' } } ; INSERT DATA { GRAPH <a:h> { <a:a> <a:b> [] } }",
    "DELETE DATA { <a:a> <a:b> 1, 7 }",
    "DELETE DATA { <a:a> <a:b> 2 } ; INSERT DATA { <a:a> <a:b> 2, 3, _:q } ; DELETE DATA { <a:a> <a:b> 3 }",
    "DELETE { ?s ?p ?o } INSERT { ?s ?p 9 . GRAPH <a:g> { ?s ?p _:n } } WHERE { ?s ?p ?o }",
    "INSERT { GRAPH ?o { ?o ?o ?o } } WHERE { VALUES ?o { <a:1> <a:2> } }",
    "DELETE WHERE { GRAPH <a:g> { ?s ?p ?o } }",
    "CLEAR SILENT GRAPH <a:g>",
    "CREATE SILENT GRAPH <a:e>",
    "COPY DEFAULT TO <a:h>",
    "MOVE SILENT <a:h> TO <a:i>",
    "ADD SILENT <a:i> TO DEFAULT",
    "DROP SILENT GRAPH <a:g>",
    "DROP ALL",
)
EDITS = (
    *(Edit("update", text.encode()) for text in UPDATES),
    *(
        Edit(kind, body, graph, "text/turtle", "http://e/")
        for kind in ("put", "post")
        for graph in (None, "a:g")
        for body in (b"<a:a> <a:b> 1, [ <a:c> 2 ] .", b"<a:a> <a:b> 1, 2 .", b"<a:a> <a:b> 1, 2, 3, 4 .", b"")
    ),
    Edit("delete", b"", None),
    Edit("delete", b"", "a:g"),
)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.sampled_from(EDITS), max_size=8))
def test_taking_edits_back_one_by_one_or_together_leads_to_what_was(edits: list[Edit]) -> None:
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        live = Live(Path(folder))
        states, numbers = [live.state], []
        for edit in edits:
            before = live.state
            try:
                told = live.edit(edit)
            except RefusedError:  # a graph that is not there
                assert live.state == before
                assert live.number not in kept_deltas(live.store.edits)
                continue
            added, removed = live.state[0] - before[0], before[0] - live.state[0]
            assert (told["added"], told["removed"]) == (len(added), len(removed))
            numbers.append(live.number)
            states.append(live.state)
        end = live.state
        live.undo(*numbers)
        assert live.state == states[0]
        live.undo(live.number)
        assert live.state == end
        for number, state in zip(reversed(numbers), reversed(states[:-1]), strict=True):
            live.undo(number)
            assert live.state == state


def test_a_graph_put_over_one_that_is_nearly_the_same(tmp_path: Path) -> None:
    live = Live(tmp_path)

    def put(*values: int) -> dict[str, object]:
        body = f"<a:a> <a:b> {', '.join(map(str, values))} ."
        told = live.edit(Edit("put", body.encode(), "a:g", "text/turtle", "http://e/"))
        assert sorted(quad.object.value for quad in live.state[0]) == sorted(map(str, values))  # type: ignore[union-attr]
        return told

    put(1, 2, 3, 4, 5)
    assert put(1, 2, 3, 4, 6) == {"created": False, "added": 1, "removed": 1}
    assert put(1) == {"created": False, "added": 0, "removed": 4}
    live.undo(2, 3)
    assert len(live.state[0]) == 5


def test_only_what_an_edit_changed_is_taken_back(tmp_path: Path) -> None:
    live = Live(tmp_path)
    live.update("INSERT DATA { <a:a> <a:b> 1 }")
    live.update("INSERT DATA { <a:a> <a:b> 1, 2 }")
    live.update("INSERT DATA { <a:a> <a:b> 3 }")
    live.undo(2)
    assert sorted(quad.object.value for quad in live.state[0]) == ["1", "3"]  # type: ignore[union-attr]


def test_above_the_limit_an_edit_stands_and_cannot_be_taken_back_alone(tmp_path: Path) -> None:
    live = Live(tmp_path, undo_quads=3)
    assert live.update("INSERT DATA { <a:a> <a:b> 1, 2, 3 }")["added"] == 3
    assert "added" not in live.update("INSERT DATA { <a:a> <a:b> 1, 2, 3, 4, _:x }")
    assert "added" not in live.update("DELETE WHERE { <a:a> <a:b> 1 }")
    with pytest.raises(RefusedError, match="edit 2 changed"):
        live.undo(2)
    live.edit(Edit("undo", b"", undoes=(1, 2, 3), everything=True))
    assert live.state == (set(), set())


def test_a_delta_of_an_edit_that_was_not_applied_is_gone(tmp_path: Path) -> None:
    live = Live(tmp_path)
    with pytest.raises(RefusedError):
        live.update("INSERT DATA { <a:a> <a:b> 1 } ; DROP GRAPH <a:none>")
    with pytest.raises(RefusedError):
        live.update("INSERT DATA { <a:a> <a:b> }")
    assert kept_deltas(live.store.edits) == set()


def test_which_edits_stand() -> None:
    entries = [JournalEntry(number, "", "k", "update") for number in (1, 2, 3)]
    entries += [JournalEntry(4, "", "k", "undo", undoes=(1, 2)), JournalEntry(5, "", "k", "undo", undoes=(4,))]
    entries += [JournalEntry(6, "", "k", "undo", undoes=(2,))]
    history = History.of(entries, {1, 2, 4, 5, 6})
    assert [told.undone_by for told in history.edits] == [None, 6, None, 5, None, None]
    assert history.standing == [1, 3]
    for number, reason in ((2, "done"), (3, "unknown"), (9, "missing")):
        with pytest.raises(UndoError) as error:
            history.check([number])
        assert error.value.reason == reason


def test_the_journal_of_before_is_read(tmp_path: Path) -> None:
    (tmp_path / "journal.jsonl").write_text('{"number": 1, "time": "t", "key": "k", "kind": "update", "text": "x"}\n')
    told = History.read(Edits(tmp_path)).edits
    assert [(one.entry.added, one.undoable) for one in told] == [(None, False)]
