"""Options that commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Data = Annotated[Path, typer.Option("--data", metavar="DIR", envvar="CLEANTECH_DATA", help="The data folder.")]
DEFAULT_DATA = Path("var")
