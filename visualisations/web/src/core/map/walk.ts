import type { MapGraph } from './model'

/** A step that can be taken from a node: along which ties, to whom. */
export interface Step { key: string; ties: readonly string[] }

/** The neighbours that can be seen: most sorts of ties first, then the best connected. */
export function stepsFrom(graph: MapGraph, key: string, hidden: ReadonlySet<string>): Step[] {
  const others = [...new Set(graph.neighborsOf(graph.indexOf(key)))].sort((a, b) => a - b).map(graph.keyOf)
  return others.filter((other) => !hidden.has(other)).map((other) => ({ key: other, ties: graph.ties(key, other) }))
    .sort((a, b) => b.ties.length - a.ties.length)
}

/** Round and round. */
export function around(count: number, at: number | null, by: 1 | -1): number | null {
  if (count === 0) return null
  return at === null ? (by === 1 ? 0 : count - 1) : (at + by + count) % count
}

/** The best connected of those that can be seen, by the ties of this picture. */
export function strongest(graph: MapGraph, hidden: ReadonlySet<string>): string | null {
  let [best, most] = [null as string | null, -1]
  for (const [node, key] of graph.keys.entries()) {
    const degree = hidden.has(key) ? -1 : graph.neighborsOf(node).length
    if (degree > most) [best, most] = [key, degree]
  }
  return best
}
