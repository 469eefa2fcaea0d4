import type { Picture } from '../api/packed'
import type { KindGroup } from '../kinds'

/** No community. */
export const NOBODY = 0xffff

/** Both directions of all lines: `near` and `line` of node i stand from `start[i]` to `start[i + 1]`. */
interface Adjacency { start: Uint32Array; near: Uint32Array; line: Uint32Array }

/**
 * The network as arrays: node i is the i-th best connected one, line l joins `from[l]` and `to[l]`. Positions are those of the map.
 * Nothing is made for each node or line but numbers; by key it answers like a graph of graphology.
 */
export class MapGraph {
  readonly order: number
  readonly size: number
  readonly keys: readonly string[]
  readonly x: Float32Array
  readonly y: Float32Array
  readonly groups: readonly KindGroup[]
  readonly kind: Uint8Array
  readonly community: Uint16Array
  readonly degrees: Uint32Array
  readonly from: Uint32Array
  readonly to: ArrayLike<number>
  readonly tie: Uint16Array
  #index: Map<string, number> | null = null
  #adjacency: Adjacency | null = null

  constructor(readonly picture: Picture, groupOf: (kind: string) => KindGroup) {
    this.order = picture.key.length
    this.size = picture.to.length
    this.keys = picture.key
    this.x = Float32Array.from(picture.x, (value) => value / 10)
    this.y = Float32Array.from(picture.y, (value) => value / 10)
    this.groups = picture.kinds.map(groupOf)
    this.kind = picture.kind
    this.community = picture.community
    this.degrees = picture.degree
    this.to = picture.to
    this.tie = picture.tie
    this.from = new Uint32Array(this.size)
    for (let node = 0, line = 0; node < this.order; node++) {
      const end = line + (picture.lines[node] ?? 0)
      this.from.fill(node, line, end)
      line = end
    }
  }

  /** -1 when it is not in the picture. */
  indexOf(key: string): number {
    this.#index ??= new Map(this.keys.map((one, i) => [one, i]))
    return this.#index.get(key) ?? -1
  }

  keyOf = (node: number): string => this.keys[node] ?? ''
  groupOf = (node: number): KindGroup => this.groups[this.kind[node] ?? 0] ?? 'company'
  hasNode = (key: string): boolean => this.indexOf(key) >= 0
  nodes = (): readonly string[] => this.keys
  degree = (key: string): number => this.neighborsOf(this.indexOf(key)).length
  neighbors = (key: string): string[] => Array.from(this.neighborsOf(this.indexOf(key)), this.keyOf)

  /** Made once, when somebody asks for neighbours. */
  get adjacency(): Adjacency {
    this.#adjacency ??= this.#joined()
    return this.#adjacency
  }

  neighborsOf(node: number): Uint32Array {
    const { start, near } = this.adjacency
    return node < 0 ? new Uint32Array() : near.subarray(start[node], start[node + 1])
  }

  linesOf(node: number): Uint32Array {
    const { start, line } = this.adjacency
    return node < 0 ? new Uint32Array() : line.subarray(start[node], start[node + 1])
  }

  /** The number of the line between two, or undefined. */
  edge(one: string, other: string): number | undefined {
    const [a, b] = [this.indexOf(one), this.indexOf(other)]
    const at = this.neighborsOf(a).indexOf(b)
    return at < 0 || b < 0 ? undefined : this.linesOf(a)[at]
  }

  extremities = (line: number): [string, string] => [this.keyOf(this.from[line] ?? 0), this.keyOf(this.to[line] ?? 0)]
  tiesOf = (line: number): string[] => this.picture.ties.filter((_, bit) => (this.tie[line] ?? 0) & (1 << bit))
  ties(one: string, other: string): string[] {
    const line = this.edge(one, other)
    return line === undefined ? [] : this.tiesOf(line)
  }

  #joined(): Adjacency {
    const { order, size, from, to } = this
    const start = new Uint32Array(order + 1)
    for (let l = 0; l < size; l++) {
      start[(from[l] ?? 0) + 1]! += 1
      start[(to[l] ?? 0) + 1]! += 1
    }
    for (let i = 0; i < order; i++) start[i + 1]! += start[i] ?? 0
    const at = start.slice(0, order)
    const near = new Uint32Array(2 * size)
    const line = new Uint32Array(2 * size)
    for (let l = 0; l < size; l++) {
      const [a, b] = [from[l] ?? 0, to[l] ?? 0]
      const [p, q] = [at[a]!++, at[b]!++]
      near[p] = b
      near[q] = a
      line[p] = line[q] = l
    }
    return { start, near, line }
  }
}
