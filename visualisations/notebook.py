"""The exported page inside a notebook."""

from __future__ import annotations

from html import escape

from networkx import MultiGraph

from visualisations.caption import Caption
from visualisations.export.html import render


class Frame(str):
    """HTML that a notebook shows when it is the last value of a cell."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return str(self)


def show(network: MultiGraph, caption: Caption | None = None, height: int = 640) -> Frame:
    """The page in an iframe of its own, `height` pixels high, that cannot reach the notebook; ExportError as `render`."""
    page = render(network, caption or Caption()).decode()
    return Frame(
        f'<iframe srcdoc="{escape(page)}" sandbox="allow-scripts allow-popups allow-downloads" '
        f'style="width:100%;height:{height}px;border:0" title="Cleantech KG"></iframe>'
    )
