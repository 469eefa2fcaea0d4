import type { MapGraph } from './graph'

/** A part of the map, in its coordinates. */
export interface Rect { left: number; right: number; bottom: number; top: number }

/** Single lines are drawn while no more nodes than these are in view, and no more lines: above that nobody can follow one. */
export const MOST_NODES = 5_000
export const MOST_LINES = 50_000
/** How much more than the view is made ready: the picture can be pushed that far without another look at the lines. */
const MARGIN = 0.35
const STRIDE = 5

const holds = (outer: Rect, inner: Rect): boolean =>
  outer.left <= inner.left && outer.right >= inner.right && outer.bottom <= inner.bottom && outer.top >= inner.top

/** The lines that are drawn now, as x, y, x, y and whether both ends are of one community; bridges come first. */
export class Lines {
  array = new Float32Array()
  count = 0
  /** Which lines these are. */
  drawn: Uint32Array = new Uint32Array()
  #ready: Rect | null = null

  /** After the graph, a place or what is hidden changed. */
  forget(): void {
    this.#ready = null
  }

  /** Make the lines of the nodes in `view` ready, of which `nodes` are to be seen. */
  see(graph: MapGraph, view: Rect, nodes: number, hidden: ReadonlySet<number>): void {
    if (nodes > MOST_NODES) {
      this.#set(graph, [])
      this.#ready = null
      return
    }
    const [width, height] = [view.right - view.left, view.top - view.bottom]
    const held = this.#ready
    if (held && holds(held, view) && held.right - held.left < 4 * width) return
    const wide = { left: view.left - MARGIN * width, right: view.right + MARGIN * width, bottom: view.bottom - MARGIN * height, top: view.top + MARGIN * height }
    this.#set(graph, touching(graph, wide, hidden) ?? touching(graph, view, hidden) ?? [])
    this.#ready = wide
  }

  #set(graph: MapGraph, lines: readonly number[]): void {
    const { from, to, community, x, y } = graph
    const inside = (line: number): boolean => community[from[line] ?? 0] === community[to[line] ?? 0]
    const ordered = [...lines.filter((line) => !inside(line)), ...lines.filter(inside)]
    this.drawn = Uint32Array.from(ordered)
    this.count = ordered.length
    this.array = new Float32Array(STRIDE * ordered.length)
    ordered.forEach((line, i) => {
      const [a, b] = [from[line] ?? 0, to[line] ?? 0]
      this.array.set([x[a] ?? 0, y[a] ?? 0, x[b] ?? 0, y[b] ?? 0, inside(line) ? 1 : 0], STRIDE * i)
    })
  }
}

/** The lines with an end in `rect`; null when they are too many to be drawn. */
function touching({ order, x, y, adjacency }: MapGraph, rect: Rect, hidden: ReadonlySet<number>): number[] | null {
  const { start, near, line } = adjacency
  const inside = (node: number): boolean => {
    const [px, py] = [x[node] ?? 0, y[node] ?? 0]
    return px >= rect.left && px <= rect.right && py >= rect.bottom && py <= rect.top
  }
  const found: number[] = []
  for (let node = 0; node < order; node++) {
    if (!inside(node) || hidden.has(node)) continue
    for (let at = start[node] ?? 0; at < (start[node + 1] ?? 0); at++) {
      const other = near[at] ?? 0
      if (hidden.has(other) || (other > node && inside(other))) continue
      found.push(line[at] ?? 0)
      if (found.length > MOST_LINES) return null
    }
  }
  return found
}
