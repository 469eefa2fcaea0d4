import { NOBODY, type MapGraph } from './graph'

/** One community as it is drawn: where its members stand on average, and how far from there most of them do. */
export interface Community { number: number; nodes: number; x: number; y: number; reach: number }
/** All ties between two communities. */
export interface Bundle { a: Community; b: Community; ties: number }
export interface Bundled { communities: Community[]; bundles: Bundle[]; rank: Uint8Array }

/** Pairs of communities that are drawn at most: the strongest. */
const MOST = 140
/** What stands behind so many larger ones shares a colour with all others. */
export const COLOURS = 10
const LEAST = 3

/** The communities of a picture, the largest first, and what joins them; one pass over nodes and lines. */
export function bundled(graph: MapGraph): Bundled {
  const communities = gathered(graph)
  const rank = new Uint8Array(NOBODY + 1).fill(COLOURS)
  communities.slice(0, COLOURS).forEach((one, i) => { rank[one.number] = i })
  return { communities, bundles: between(graph, communities), rank }
}

function gathered({ order, community, degrees, x, y }: MapGraph): Community[] {
  const found = new Map<number, Community>()
  for (let i = 0; i < order; i++) {
    const number = community[i] ?? NOBODY
    if (number === NOBODY || degrees[i] === 0) continue
    const one = found.get(number)
    if (one) {
      one.nodes += 1
      one.x += x[i] ?? 0
      one.y += y[i] ?? 0
      one.reach += (x[i] ?? 0) ** 2 + (y[i] ?? 0) ** 2
    } else found.set(number, { number, nodes: 1, x: x[i] ?? 0, y: y[i] ?? 0, reach: (x[i] ?? 0) ** 2 + (y[i] ?? 0) ** 2 })
  }
  const list = [...found.values()].filter((one) => one.nodes >= LEAST)
  for (const one of list) {
    one.x /= one.nodes
    one.y /= one.nodes
    one.reach = 1.5 * Math.sqrt(Math.max(0, one.reach / one.nodes - one.x ** 2 - one.y ** 2))
  }
  return list.sort((a, b) => b.nodes - a.nodes || a.number - b.number)
}

function between({ size, from, to, community }: MapGraph, communities: readonly Community[]): Bundle[] {
  const count = communities.length
  const place = new Int32Array(NOBODY + 1).fill(-1)
  communities.forEach((one, i) => { place[one.number] = i })
  const ties = new Uint32Array(count * count)
  for (let l = 0; l < size; l++) {
    const a = place[community[from[l] ?? 0] ?? NOBODY] ?? -1
    const b = place[community[to[l] ?? 0] ?? NOBODY] ?? -1
    if (a >= 0 && b >= 0 && a !== b) ties[a < b ? a * count + b : b * count + a]! += 1
  }
  const found: Bundle[] = []
  ties.forEach((number, at) => {
    const [a, b] = [communities[Math.floor(at / count)], communities[at % count]]
    if (number && a && b) found.push({ a, b, ties: number })
  })
  return found.sort((one, other) => other.ties - one.ties).slice(0, MOST)
}

/** The bend of a bundle: the middle of its curve, beside the middle of its ends. */
export function bend(x1: number, y1: number, x2: number, y2: number): { x: number; y: number } {
  return { x: (x1 + x2) / 2 - (y2 - y1) * 0.16, y: (y1 + y2) / 2 + (x2 - x1) * 0.16 }
}

/** How far a point is from the curve of a bundle. */
export function distance(x: number, y: number, x1: number, y1: number, x2: number, y2: number): number {
  const middle = bend(x1, y1, x2, y2)
  let least = Infinity
  for (let step = 0; step <= 24; step++) {
    const t = step / 24
    const [p, q, r] = [(1 - t) ** 2, 2 * t * (1 - t), t ** 2]
    least = Math.min(least, Math.hypot(p * x1 + q * middle.x + r * x2 - x, p * y1 + q * middle.y + r * y2 - y))
  }
  return least
}
