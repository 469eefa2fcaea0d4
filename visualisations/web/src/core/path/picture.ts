import type { Actor, Hop, Ways } from '../api/gaps'

export interface Box { actor: Actor; x: number; y: number; end: boolean }
/** `x`, `y`, `anchor`: where the words of the tie stand, beside the box with fewer ties on that side, or where it passes a layer. */
export interface Line { hop: Hop; d: string; x: number; y: number; anchor: 'start' | 'end' | 'middle'; width: number }
/** A layered drawing: `width` and `height` in units of the picture; a box is `BOX` wide and high around its middle. */
export interface Picture { boxes: Box[]; lines: Line[]; width: number; height: number }

export const BOX = { width: 194, height: 54 } as const
const GAP = { across: 170, down: 28 } as const
const EDGE = 6
const FLAT = 84
const HALF = BOX.width / 2

interface Spot { x: number; y: number }
/** `via`: the places that the tie takes in the layers that it passes by, so that it crosses no box. */
interface Tie { hop: Hop; from: string; to: string; via: string[] }

/**
 * The ways as layers from left to right: an organisation stands as many steps from the first as in the longest way that leads
 * over it. Ties are drawn once, however many ways take them.
 */
export function picture(paths: Ways['paths']): Picture {
  const steps = Math.max(0, ...paths.map((path) => path.hops.length))
  const { actors, layer } = layered(paths, steps)
  const ties = tied(paths, layer)
  const columns: string[][] = Array.from({ length: steps + 1 }, (_, i) => [...actors.keys()].filter((key) => layer.get(key) === i))
  for (const tie of ties) tie.via.forEach((place, i) => columns[(layer.get(tie.from) ?? 0) + 1 + i]?.push(place))
  ordered(columns, ties)
  const tall = Math.max(1, ...columns.map((column) => column.length))
  const height = tall * (BOX.height + GAP.down) - GAP.down + 2 * EDGE
  const spots = new Map<string, Spot>()
  columns.forEach((column, i) => column.forEach((key, j) => spots.set(key, { x: EDGE + HALF + i * (BOX.width + GAP.across), y: (height / column.length) * (j + 0.5) })))
  const boxes = [...actors].flatMap(([key, actor]) => {
    const spot = spots.get(key)
    return spot ? [{ actor, ...spot, end: layer.get(key) === 0 || layer.get(key) === steps }] : []
  })
  return { boxes, lines: drawn(ties, spots), width: (steps + 1) * BOX.width + steps * GAP.across + 2 * EDGE, height }
}

function layered(paths: Ways['paths'], steps: number): { actors: Map<string, Actor>; layer: Map<string, number> } {
  const layer = new Map<string, number>()
  const actors = new Map<string, Actor>()
  for (const { hops } of paths) {
    const [first] = hops
    const nodes = first ? [first.a, ...hops.map((hop) => hop.b)] : []
    nodes.forEach((actor, i) => {
      actors.set(actor.key, actor)
      layer.set(actor.key, i === nodes.length - 1 ? steps : Math.max(layer.get(actor.key) ?? 0, i))
    })
  }
  return { actors, layer }
}

function tied(paths: Ways['paths'], layer: ReadonlyMap<string, number>): Tie[] {
  const ties = new Map<string, Tie>()
  for (const hop of paths.flatMap((path) => path.hops)) {
    const [from, to] = (layer.get(hop.a.key) ?? 0) <= (layer.get(hop.b.key) ?? 0) ? [hop.a.key, hop.b.key] : [hop.b.key, hop.a.key]
    const id = [from, to].sort().join(' ')
    const passed = Math.max(0, (layer.get(to) ?? 0) - (layer.get(from) ?? 0) - 1)
    if (!ties.has(id)) ties.set(id, { hop, from, to, via: Array.from({ length: passed }, (_, i) => `${id} ${i}`) })
  }
  return [...ties.values()]
}

/** Each column by the middle of what its members are tied to in the column beside it, so that few ties cross. */
function ordered(columns: string[][], ties: readonly Tie[]): void {
  const beside = new Map<string, string[]>()
  for (const tie of ties) {
    const chain = [tie.from, ...tie.via, tie.to]
    chain.slice(1).forEach((key, i) => {
      const before = chain[i] ?? ''
      beside.set(key, [...(beside.get(key) ?? []), before])
      beside.set(before, [...(beside.get(before) ?? []), key])
    })
  }
  const sort = (column: string[], other: readonly string[]): void => {
    const middle = new Map(column.map((key, i) => {
      const at = (beside.get(key) ?? []).map((one) => other.indexOf(one)).filter((place) => place >= 0)
      return [key, at.length ? at.reduce((sum, place) => sum + (place + 0.5) / other.length, 0) / at.length : (i + 0.5) / column.length]
    }))
    column.sort((a, b) => (middle.get(a) ?? 0) - (middle.get(b) ?? 0))
  }
  for (let i = columns.length - 2; i > 0; i -= 1) sort(columns[i] ?? [], columns[i + 1] ?? [])
  for (let i = 1; i < columns.length - 1; i += 1) sort(columns[i] ?? [], columns[i - 1] ?? [])
}

function drawn(ties: readonly Tie[], spots: ReadonlyMap<string, Spot>): Line[] {
  const most = Math.max(...ties.map((tie) => tie.hop.strength), Number.MIN_VALUE)
  const right = (key: string): number => ties.filter((tie) => tie.from === key).length
  const left = (key: string): number => ties.filter((tie) => tie.to === key).length
  return ties.flatMap((tie): Line[] => {
    const [from, to] = [spots.get(tie.from), spots.get(tie.to)]
    if (!from || !to) return []
    const width = 1.5 + 4.5 * Math.sqrt(tie.hop.strength / most)
    if (from.x === to.x) return [{ hop: tie.hop, width, ...bent(from, to) }]
    const via = tie.via.flatMap((place) => spots.get(place) ?? [])
    const start = right(tie.from) <= left(tie.to)
    const place = start ? { x: from.x + HALF + 8, y: from.y, anchor: 'start' as const } : { x: to.x - HALF - 8, y: to.y, anchor: 'end' as const }
    const [free] = via
    if (free) return [{ hop: tie.hop, width, d: through([from, ...via, to]), x: free.x, y: free.y, anchor: 'middle' }]
    return [{ hop: tie.hop, width, d: start ? straight(from, to, FLAT, 0) : straight(from, to, 0, FLAT), ...place }]
  })
}

/** One step, level for so far at its beginning and its end: the words stand above and below the level part. */
function straight(from: Spot, to: Spot, first: number, last: number): string {
  const [x1, x2] = [from.x + HALF + first, to.x - HALF - last]
  const bend = (x2 - x1) / 2
  return `M${from.x + HALF} ${from.y}H${x1}C${x1 + bend} ${from.y} ${x2 - bend} ${to.y} ${x2} ${to.y}H${to.x - HALF}`
}

/** From the right edge of one place to the left edge of the next, and straight through those that are passed. */
function through(places: readonly Spot[]): string {
  return places.slice(1).map((to, i) => {
    const from = places[i] ?? to
    const [x1, x2] = [from.x + HALF, to.x - HALF]
    const bend = (x2 - x1) / 2
    return `${i ? 'L' : 'M'}${x1} ${from.y}C${x1 + bend} ${from.y} ${x2 - bend} ${to.y} ${x2} ${to.y}`
  }).join('')
}

/** A tie within one layer bends out to the right. */
function bent(from: Spot, to: Spot): { d: string; x: number; y: number; anchor: 'middle' } {
  const x = from.x + HALF
  return { d: `M${x} ${from.y}C${x + 60} ${from.y} ${x + 60} ${to.y} ${x} ${to.y}`, x: x + 50, y: (from.y + to.y) / 2, anchor: 'middle' }
}

/** A name on at most two lines of so many letters; the second ends in … when there is more. */
export function twoLines(name: string, most = 21): [string, string] {
  const words = name.split(' ')
  let first = ''
  while (words.length && `${first} ${words[0]}`.trim().length <= most) first = `${first} ${words.shift()}`.trim()
  if (!first) {
    const long = words.shift() ?? ''
    first = long.slice(0, most)
    if (long.length > most) words.unshift(long.slice(most))
  }
  const rest = words.join(' ')
  return [first, rest.length > most ? `${rest.slice(0, most - 1).trimEnd()}…` : rest]
}
