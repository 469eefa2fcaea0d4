import type { Neighbourhood } from '../api/types'

export interface EgoNode { key: string; x: number; y: number; tie: string; anchor: 'start' | 'end'; ring: number }
export interface Ego { nodes: EgoNode[]; width: number; height: number; left: number }

const ORDER = ['part', 'participation', 'partnership', 'collaboration', 'membership', 'funding', 'investment', 'ownership', 'support', 'change', 'site']
const rank = (tie: string): number => (ORDER.indexOf(tie) + ORDER.length + 1) % (ORDER.length + 1)

/**
 * Neighbours in two columns of arcs, left and right of the focus, by kind of tie. Each stands on a row of its own,
 * `step` px high, so that no label touches another; the arc gives the picture its round form.
 */
export function egoLayout(data: Neighbourhood, limit = 40, step = 25): Ego {
  const ties = tieOf(data)
  const others = data.nodes
    .filter((node) => node.key !== data.focus && ties.has(node.key))
    .sort((a, b) => b.degree - a.degree)
    .slice(0, limit)
    .sort((a, b) => rank(ties.get(a.key) ?? '') - rank(ties.get(b.key) ?? '') || b.degree - a.degree)
  const right = Math.ceil(others.length / 2)
  const rows = Math.max(right, others.length - right, 5)
  const height = rows * step + 40
  const nodes = others.map((node, i): EgoNode => {
    const onRight = i < right
    const count = onRight ? right : others.length - right
    const row = onRight ? i : others.length - 1 - i
    const offset = row - (count - 1) / 2
    const bend = Math.sqrt(Math.max(0, 1 - (offset / (rows / 2 + 1.5)) ** 2))
    const reach = 46 + 74 * bend
    return { key: node.key, tie: ties.get(node.key) ?? '', ring: i, anchor: onRight ? 'start' : 'end', x: onRight ? reach : -reach, y: offset * step }
  })
  return { nodes, width: 800, height, left: -400 }
}

/** The tie that joins each neighbour to the focus; the first by the order above when there are several. */
export function tieOf(data: Neighbourhood): Map<string, string> {
  const ties = new Map<string, string>()
  for (const edge of data.edges) {
    const other = edge.a === data.focus ? edge.b : edge.b === data.focus ? edge.a : null
    if (!other) continue
    const known = ties.get(other)
    if (known === undefined || rank(edge.tie) < rank(known)) ties.set(other, edge.tie)
  }
  return ties
}
