import type { NodeDisplayData } from 'sigma/types'
import { KIND_COLOURS } from '../kinds'
import { COLOURS, type Bundled } from './bundles'
import { NOBODY, type MapGraph } from './graph'
import type { Colouring } from './look'
import type { ShapeData } from './node-program'
import { COMMUNITY_COLOURS } from './palette'
import type { Sized } from './sizes'

/** `edge` joins two of one community, `bridge` two communities, `faint` stands in the shade. */
export interface Paper { theme: 'light' | 'dark'; background: string; ink: string; edge: string; bridge: string; faint: string }

export const PAPERS: Record<'light' | 'dark', Paper> = {
  light: { theme: 'light', background: '#fbfcfa', ink: '#14211d', edge: '#bccac3', bridge: '#dfe6e2', faint: '#eff3f0' },
  dark: { theme: 'dark', background: '#0f1614', ink: '#e8efeb', edge: '#43534c', bridge: '#26312d', faint: '#161f1c' },
}

const NONE: ReadonlySet<number> = new Set()

/** Colour and size of every node, and who stands in the light: a hovered or selected node with its neighbours; nobody means everybody. */
export class Painter {
  hovered = -1
  selected = -1
  /** Smaller nodes on a smaller picture. */
  scale = 1
  colour: Colouring = 'kind'
  /** Not drawn, nor any line to them. */
  hidden: ReadonlySet<number> = NONE
  /** A chosen set: each with a ring. */
  chosen: ReadonlySet<number> = NONE
  #near: ReadonlySet<number> = NONE

  constructor(public graph: MapGraph, public bundled: Bundled, public sized: Sized, public paper: Paper) {}

  get focus(): number {
    return this.hovered >= 0 ? this.hovered : this.selected
  }

  get near(): ReadonlySet<number> {
    return this.#near
  }

  get shaded(): boolean {
    return this.focus >= 0
  }

  /** To be called after `hovered` or `selected` changed: the nodes that look different now. */
  update(): Set<number> {
    const before = this.#near
    this.#near = this.focus < 0 ? NONE : new Set([this.focus, ...this.graph.neighborsOf(this.focus)])
    return new Set([...before, ...this.#near])
  }

  colourOf(node: number): string {
    const { theme } = this.paper
    if (this.colour === 'kind') return KIND_COLOURS[theme][this.graph.groupOf(node)]
    return this.community(this.graph.degrees[node] ? (this.graph.community[node] ?? NOBODY) : NOBODY)
  }

  community(number: number): string {
    const colours = COMMUNITY_COLOURS[this.paper.theme]
    return colours[number === NOBODY ? COLOURS : (this.bundled.rank[number] ?? COLOURS)] ?? '#888888'
  }

  marked = (node: number): boolean => node === this.focus || node === this.selected || this.chosen.has(node)

  node(node: number, x: number, y: number): Partial<ShapeData & NodeDisplayData> {
    const marked = this.marked(node)
    const radius = this.sized.radius[node] ?? 1
    return {
      x, y, size: (marked ? radius + 2 : radius) * this.scale, type: 'shape', label: null, hidden: this.hidden.has(node),
      square: this.graph.groupOf(node) === 'effort', lit: this.#near.has(node), hollow: this.sized.unknown[node] === 1,
      color: this.colourOf(node), rim: marked ? this.paper.ink : this.paper.background, zIndex: 0,
    }
  }
}
