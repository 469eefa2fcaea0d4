"""`cleantech unsuppress`: let a record or a thing into the map again."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.failure import told
from api.commands.options import DEFAULT_DATA, Data
from api.commands.review_desk import Desk
from graph.generation import DataFolder
from ingest.deciding import unsuppress as let_in


def unsuppress(
    key: Annotated[str, typer.Argument(help="The key that was suppressed.")],
    data: Data = DEFAULT_DATA,
) -> None:
    """Take every suppression of the key back; it is on the map again from the next build on."""
    with told("unsuppress"):
        folder = DataFolder(data)
        taken = let_in(folder, key)
        typer.echo(f"{key} is not withheld any more ({len(taken)} taken back).")
        Desk.open(folder).tell_waiting()
