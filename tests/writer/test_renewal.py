"""The live store is opened anew from time to time, whatever went wrong before."""

from __future__ import annotations

import gc
from pathlib import Path

import pytest
from pyoxigraph import Store

from graph.writer_refusal import RefusedError
from graph.writer_store import LiveStore, open_live
from graph.writer_wire import Edit, Ground


def test_refused_edits_do_not_keep_the_store_from_being_opened_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.writer_store._JOURNAL_OF_STORE", 0)  # each time
    built = Store(str(tmp_path / "built"))
    built.flush()
    del built
    ground = Ground(store=str(tmp_path / "built"), edits=str(tmp_path / "edits"), base=None)
    live = LiveStore(open_live(ground), ground)
    gc.disable()  # what refers to itself stays, and with it what it refers to
    try:
        for number in range(1, 6):
            for text in (
                "nonsense",
                "DROP GRAPH <http://e/none>",
                "INSERT DATA { GRAPH <http://e/g> { <x:a> <x:b> } }",
            ):
                with pytest.raises(RefusedError):
                    live.apply(number, Edit("update", text.encode()))
            try:
                live.apply(number, Edit("update", b"CREATE GRAPH <http://e/g>; CREATE GRAPH <http://e/g>"))
            except RefusedError as error:
                round_trip = [error]
                round_trip.append(round_trip)  # type: ignore[arg-type]  # a ring with the traceback in it
                del error
            live.apply(number, Edit("update", f"INSERT DATA {{ <x:a> <x:b> {number} }}".encode()))
            live.checkpoint(tmp_path / f"checkpoint-{number}")
    finally:
        gc.enable()
    assert len(live.store) == 5
