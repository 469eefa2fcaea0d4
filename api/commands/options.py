"""Options that commands share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Annotated

import typer

from api.commands.failure import CommandError

Data = Annotated[Path, typer.Option("--data", metavar="DIR", envvar="CLEANTECH_DATA", help="The data folder.")]
DEFAULT_DATA = Path("var")
Inputs = Annotated[
    list[Path] | None,
    typer.Option("--input", metavar="PATH", help="A file or folder of the source; may be given more than once."),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="NAME=VALUE", help="An option of the source, instead of its card's."),
]


def inputs_of(paths: Sequence[Path] | None) -> Sequence[Path]:
    """What `--input` named; CommandError when something is not there."""
    for path in paths or ():
        if not path.exists():
            raise CommandError(f"{path} does not exist; --input takes a file or a folder of the source")
    return paths or ()


def settings_of(said: Sequence[str] | None) -> Mapping[str, str]:
    """What `--set` said, by name; CommandError when it is not NAME=VALUE."""
    return dict(_setting(one) for one in said or ())


def _setting(said: str) -> tuple[str, str]:
    name, found, value = said.partition("=")
    if not found or not name:
        raise CommandError(f"--set takes NAME=VALUE, not {said!r}")
    return name, value
