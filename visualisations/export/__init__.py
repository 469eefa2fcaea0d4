"""Exporters: one module each, found by being here.

A module `<name>.py` offers `SUFFIX` (file name ending without the dot), `MEDIA_TYPE` and `render(network, caption)`,
which gives the bytes of the file. Same network and caption, same bytes. Its docstring's first line is its help text.
"""

from __future__ import annotations

import ast
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Protocol, cast

from networkx import MultiGraph

from visualisations.caption import Caption


class ExportError(ValueError):
    """A selection cannot be exported; the message says what to do."""


class Exporter(Protocol):
    """What each module of this package offers."""

    SUFFIX: str
    MEDIA_TYPE: str

    def render(self, network: MultiGraph, caption: Caption) -> bytes:
        """The file's bytes; ExportError when the network is too large for the format."""


def names() -> tuple[str, ...]:
    """The exporters at hand, in alphabetical order; nothing is imported."""
    return tuple(sorted(module.name for module in iter_modules(__path__)))


def summary(name: str) -> str:
    """The first line of an exporter's docstring, read without importing it (pyvis alone takes half a second)."""
    source = (Path(__path__[0]) / f"{name}.py").read_text(encoding="utf-8")
    return (ast.get_docstring(ast.parse(source)) or name).splitlines()[0]


def exporter(name: str) -> Exporter:
    """The exporter of this name; ExportError when there is none."""
    if name not in names():
        raise ExportError(f"no exporter {name!r}; there are {', '.join(names())}")
    return cast(Exporter, import_module(f"{__name__}.{name}"))
