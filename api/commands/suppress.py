"""`cleantech suppress`: withhold a record or a thing from the map."""

from __future__ import annotations

from typing import Annotated

import typer

from api.commands.failure import CommandError, told
from api.commands.options import DEFAULT_DATA, Data
from api.commands.review_desk import Desk, Unknown
from graph.generation import DataFolder
from ingest.deciding import check_key
from ingest.deciding import suppress as withhold


def suppress(
    key: Annotated[str, typer.Argument(help="The key of a record, or of a thing on the map.")],
    reason: Annotated[str, typer.Option("--reason", help="Why; it is written down.")] = "",
    unknown: Unknown = False,
    data: Data = DEFAULT_DATA,
) -> None:
    """Withhold it, with its relations, from the next build on, and after each ingest; its addresses answer 410."""
    with told("suppress"):
        if not reason.strip():
            raise CommandError("say why, with --reason")
        check_key(key)
        desk = Desk.open(DataFolder(data))
        if not desk.has(key):
            if not unknown:
                raise desk.nowhere(key, "is not in this map")
            typer.echo(f"warning: {key} is not in this map; the suppression waits for it", err=True)
        said = withhold(desk.data, key, reason, fingerprint=desk.marks.get(key))
        typer.echo(f"{said.id}: {said.key} is withheld.")
        desk.tell_waiting()
