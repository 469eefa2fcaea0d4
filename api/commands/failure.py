"""How a command fails: one clear line on standard error and an exit code, never a traceback for what is foreseen."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import typer
from pydantic import ValidationError

from graph.errors import GraphError
from graph.guard import GuardError
from graph.readers import QueryError
from ingest.problem import IngestError


class CommandError(Exception):
    """A command cannot do what was asked; the message says what to do."""


class TypedError(CommandError):
    """What was typed is wrong; the message says what to do."""


@contextmanager
def told(command: str) -> Iterator[None]:
    """Turn the errors that this project foresees into one line and exit code 1; 2 when what was typed is wrong."""
    try:
        yield
    except GuardError as error:
        raise _exit(command, f"line {error.line}, column {error.column}: {error.message}", 2) from error
    except QueryError as error:
        place = "" if error.line is None else f"line {error.line}, column {error.column}: "
        raise _exit(command, f"{place}{error}", 2) from error
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(map(str, first["loc"])).upper()
        raise _exit(command, f"CLEANTECH_{name}: {first['msg']} (it is {first['input']!r})", 2) from error
    except TypedError as error:
        raise _exit(command, str(error), 2) from error
    except (CommandError, GraphError, IngestError) as error:
        raise _exit(command, str(error), 1) from error


def _exit(command: str, message: str, code: int) -> typer.Exit:
    typer.echo(f"cleantech {command}: {message}", err=True)
    return typer.Exit(code)
