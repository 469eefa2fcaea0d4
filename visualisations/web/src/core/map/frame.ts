import type { MapGraph } from './graph'

export interface Frame { stretch: number; bbox: { x: [number, number]; y: [number, number] } }

/** Clusters may become ovals, but no needles. */
const MOST = 1.7

/** What the fitted camera shows: all nodes but the row of those without any tie; taller on a tall canvas. */
export function frame(graph: MapGraph, width: number, height: number): Frame {
  const linked = graph.degrees.some((degree) => degree > 0)
  const [x, y] = [range(graph, graph.x, linked), range(graph, graph.y, linked)]
  const wanted = (height / Math.max(1, width)) * ((x[1] - x[0]) / Math.max(1, y[1] - y[0]))
  const stretch = height > width && Number.isFinite(wanted) ? Math.min(MOST, Math.max(1, wanted)) : 1
  return { stretch, bbox: { x, y: [y[0] * stretch, y[1] * stretch] } }
}

function range(graph: MapGraph, values: Float32Array, linked: boolean): [number, number] {
  let [low, high] = [Infinity, -Infinity]
  values.forEach((value, i) => {
    if (linked && graph.degrees[i] === 0) return
    if (value < low) low = value
    if (value > high) high = value
  })
  return high < low ? [-1, 1] : low === high ? [low - 1, high + 1] : [low, high]
}
