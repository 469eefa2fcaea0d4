"""`cleantech keys`: who may write."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Annotated

import typer
from rich.console import Console
from rich.table import Table

from api.commands.failure import CommandError, told
from api.commands.options import DEFAULT_DATA, Data
from api.keys import Keys

keys_app = typer.Typer(
    help="Keys for writing through /sparql and /graph-store, for ingest and for the review.", no_args_is_help=True
)
Name = Annotated[str, typer.Argument(help="A name for the log and the journal.")]


@keys_app.command()
def add(
    name: Name,
    scope: Annotated[
        str,
        typer.Option(
            "--scope",
            help="update: every graph that is not managed; graph:IRI: graphs below it; ingest: start an ingest; "
            "review: say who is who, and build anew; admin: all of it, and take edits back.",
        ),
    ] = "update",
    expires: Annotated[
        str | None, typer.Option("--expires", metavar="DATE", help="The last day, as 2027-12-31.")
    ] = None,
    data: Data = DEFAULT_DATA,
) -> None:
    """Make a key and print it. It is kept as a hash only: this is the one time it is shown."""
    with told("keys add"):
        try:
            last = date.fromisoformat(expires) if expires else None
        except ValueError as error:
            raise CommandError(f"{expires} is no date such as 2027-12-31") from error
        today = datetime.now(UTC).date()
        if last is not None and last < today:
            raise CommandError(
                f"{last} is over already (today is {today}, UTC): name the last day on which the key holds"
            )
        secret = Keys.of(data).add(name, scope, last)
    typer.echo("Send it as `Authorization: Bearer …`; it cannot be shown again:", err=True)
    typer.echo(secret)


@keys_app.command("list")
def list_keys(data: Data = DEFAULT_DATA) -> None:
    """Names, scopes and last days; never the keys."""
    with told("keys list"):
        if not data.is_dir():
            raise CommandError(f"there is no data folder {data}; make it with `cleantech init --data {data}`")
        held = Keys.of(data).all()
    table = Table(box=None, header_style="bold")
    for column in ("name", "scope", "made (UTC)", "last day"):
        table.add_column(column, overflow="fold")
    for key in held:
        last = "never ends" if key.expires is None else key.expires + (" (over)" if key.expired else "")
        table.add_row(key.name, key.scope, key.created, last)
    Console().print(table)


@keys_app.command()
def revoke(name: Name, data: Data = DEFAULT_DATA) -> None:
    """Take a key away; a running server refuses it from the next request on."""
    with told("keys revoke"):
        Keys.of(data).revoke(name)
    typer.echo(f"The key {name} is revoked.")
