"""vis-network as pyvis ships it, drawing what our server says with our places: no physics, which would take minutes."""

from __future__ import annotations

from typing import Final

from tests.benchmarks.explorer.browser import Watched
from visualisations.picture import script

# Dots as large and lines as wide as the exported page has them; the names are drawn by vis-network itself.
_PAGE: Final = """<!doctype html><meta charset="utf-8"><title>vis-network</title>
<style>body { margin: 0 } main { width: 1150px; height: 700px }</style><main></main>
<script src="/vis-network.js"></script>
<script>
fetch('/api/v1/map').then((answer) => answer.json()).then(({ nodes, edges, kinds }) => {
  const things = nodes.key.map((key, id) => ({
    id, label: nodes.name.en[id], group: kinds[nodes.kind[id]], x: nodes.x[id], y: -nodes.y[id], shape: 'dot',
    size: Math.min(7 + 2.6 * Math.sqrt(nodes.degree[id]), 38) / 4, font: { size: 6 },
  }))
  const lines = edges.a.map((from, id) => ({ id, from, to: edges.b[id], width: 0.6 }))
  const network = new vis.Network(document.querySelector('main'), { nodes: new vis.DataSet(things), edges: new vis.DataSet(lines) }, {
    physics: { enabled: false }, layout: { improvedLayout: false }, edges: { smooth: false },
    interaction: { hover: true, hideEdgesOnDrag: LARGE, hideEdgesOnZoom: LARGE },
  })
  network.once('afterDrawing', () => { window.__drawn = true })
})
</script>"""


def open_vis(page: Watched, address: str, *, hide_lines: bool = True) -> None:
    """Open its page on the address of our server, and wait for the picture. `hide_lines` while it is dragged, as pyvis pages do."""
    html = _PAGE.replace("LARGE", "true" if hide_lines else "false")
    page.page.route(f"{address}/vis", lambda route: route.fulfill(body=html, content_type="text/html"))
    page.page.route("**/vis-network.js", lambda route: route.fulfill(body=script(), content_type="text/javascript"))
    page.page.goto(f"{address}/vis")
    page.page.wait_for_function("() => window.__drawn")
