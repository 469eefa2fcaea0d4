import type { MapGraph } from './model'

/** A step that can be taken from a node: along which ties, to whom. */
export interface Step { key: string; ties: readonly string[] }

/** The neighbours that can be seen: most ties first, then the largest, then by name. */
export function stepsFrom(graph: MapGraph, key: string, hidden: ReadonlySet<string>): Step[] {
  if (!graph.hasNode(key)) return []
  const steps = graph.neighbors(key).filter((other) => !hidden.has(other)).map((other) => {
    const { size, name } = graph.getNodeAttributes(other)
    return { key: other, ties: graph.getEdgeAttribute(graph.edge(key, other), 'ties'), size, name }
  })
  steps.sort((a, b) => b.ties.length - a.ties.length || b.size - a.size || (a.name < b.name ? -1 : a.name > b.name ? 1 : 0))
  return steps.map(({ key: other, ties }) => ({ key: other, ties }))
}

/** Round and round. */
export function around(count: number, at: number | null, by: 1 | -1): number | null {
  if (count === 0) return null
  return at === null ? (by === 1 ? 0 : count - 1) : (at + by + count) % count
}

/** The best connected of those that can be seen. */
export function strongest(graph: MapGraph, hidden: ReadonlySet<string>): string | null {
  let [best, most] = [null as string | null, -1]
  graph.forEachNode((key) => {
    const degree = hidden.has(key) ? -1 : graph.degree(key)
    if (degree > most) [best, most] = [key, degree]
  })
  return best
}
