import type { MapGraph } from './graph'
import type { Sizing } from './look'

/** Radius in px at the fitted camera, and whether its measure is not known: such a node is small and hollow. */
export interface Sized { radius: Float32Array; unknown: Uint8Array }

/** `measure` as the server gives it, NaN where it is not known; without it (ties, none, or not here yet) by ties, or all alike. */
export function sized(graph: MapGraph, sizing: Sizing, measure: Float32Array | null): Sized {
  const { order } = graph
  const scale = Math.min(1, Math.max(0.45, Math.sqrt(800 / order)))
  const radius = new Float32Array(order)
  const unknown = new Uint8Array(order)
  const most = measure ? measure.reduce((high, value) => (value > high ? value : high), 0) : 0
  for (let i = 0; i < order; i++) {
    const value = measure?.[i]
    let size: number
    if (value !== undefined && Number.isNaN(value)) {
      size = 3.6
      unknown[i] = 1
    } else if (value !== undefined) size = 2.4 + 12.6 * Math.sqrt(value / Math.max(most, 1))
    else size = sizing === 'none' ? 4.5 : Math.min(15, 2.4 + 1.25 * Math.sqrt(graph.degrees[i] ?? 0))
    radius[i] = (sizing === 'ties' && graph.groupOf(i) === 'effort' ? size * 0.78 : size) * scale
  }
  return { radius, unknown }
}
