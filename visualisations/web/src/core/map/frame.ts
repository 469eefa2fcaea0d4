import type { MapGraph } from './model'

export interface Frame { stretch: number; bbox: { x: [number, number]; y: [number, number] } }

/** Clusters may become ovals, but no needles. */
const MOST = 1.7

/** What the fitted camera shows: all nodes but the row of those without any tie; taller on a tall canvas. */
export function frame(graph: MapGraph, width: number, height: number): Frame {
  const linked = graph.filterNodes((_, data) => data.linked)
  const [x, y] = [range(graph, linked.length ? linked : graph.nodes(), 'x'), range(graph, linked.length ? linked : graph.nodes(), 'level')]
  const wanted = (height / Math.max(1, width)) * ((x[1] - x[0]) / Math.max(1, y[1] - y[0]))
  const stretch = height > width && Number.isFinite(wanted) ? Math.min(MOST, Math.max(1, wanted)) : 1
  return { stretch, bbox: { x, y: [y[0] * stretch, y[1] * stretch] } }
}

function range(graph: MapGraph, keys: readonly string[], axis: 'x' | 'level'): [number, number] {
  const values = keys.map((key) => graph.getNodeAttribute(key, axis))
  const [low, high] = [Math.min(...values), Math.max(...values)]
  return values.length === 0 ? [-1, 1] : low === high ? [low - 1, high + 1] : [low, high]
}
