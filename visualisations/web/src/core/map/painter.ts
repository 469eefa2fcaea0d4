import type { EdgeDisplayData, NodeDisplayData } from 'sigma/types'
import { KIND_COLOURS, KIND_GROUPS, tieColour, type KindGroup } from '../kinds'
import type { EdgeData, MapGraph, NodeData } from './model'
import type { ShapeData } from './node-program'

/** `edge` joins two of one community, `bridge` two communities, `faint` stands in the shade. */
export interface Paper { theme: 'light' | 'dark'; background: string; ink: string; edge: string; bridge: string; faint: string }

export const PAPERS: Record<'light' | 'dark', Paper> = {
  light: { theme: 'light', background: '#fbfcfa', ink: '#14211d', edge: '#bccac3', bridge: '#dfe6e2', faint: '#eff3f0' },
  dark: { theme: 'dark', background: '#0f1614', ink: '#e8efeb', edge: '#43534c', bridge: '#26312d', faint: '#161f1c' },
}

/** The kind's colour, four fifths of the way to the paper. */
const SHADED = Object.fromEntries((['light', 'dark'] as const).map((theme) => [theme, Object.fromEntries(
  KIND_GROUPS.map((group) => [group, mixed(KIND_COLOURS[theme][group], PAPERS[theme].background, 0.8)]))])) as Record<Paper['theme'], Record<KindGroup, string>>

function mixed(from: string, to: string, share: number): string {
  const channel = (at: number): string => {
    const [a, b] = [from, to].map((colour) => parseInt(colour.slice(at, at + 2), 16))
    return Math.round((a ?? 0) * (1 - share) + (b ?? 0) * share).toString(16).padStart(2, '0')
  }
  return `#${channel(1)}${channel(3)}${channel(5)}`
}

/** Who stands in the light: a hovered or selected node with its neighbours; nobody means everybody. */
export class Painter {
  hovered: string | null = null
  selected: string | null = null
  /** Smaller nodes on a smaller picture. */
  scale = 1
  /** Not drawn, nor any line to them. */
  hidden: ReadonlySet<string> = new Set()
  /** A chosen set: each with a ring. */
  chosen: ReadonlySet<string> = new Set()
  #near = new Set<string>()

  constructor(readonly graph: MapGraph, public paper: Paper) {}

  get focus(): string | null {
    return this.hovered ?? this.selected
  }

  /** To be called after `hovered`, `selected` or the graph changed. */
  update(): void {
    const focus = this.focus
    this.#near = focus && this.graph.hasNode(focus) ? new Set([focus, ...this.graph.neighbors(focus)]) : new Set()
  }

  lit = (key: string): boolean => this.#near.size === 0 || this.#near.has(key)
  near = (key: string): boolean => this.#near.has(key)

  node = (key: string, data: NodeData): Partial<ShapeData & NodeDisplayData> => {
    const { paper } = this
    const lit = this.lit(key)
    const marked = key === this.focus || key === this.selected || this.chosen.has(key)
    return {
      x: data.x, y: data.y, size: (marked ? data.size + 2 : data.size) * this.scale, type: 'shape', square: data.group === 'effort', label: null, hidden: this.hidden.has(key),
      color: lit ? KIND_COLOURS[paper.theme][data.group] : SHADED[paper.theme][data.group],
      rim: marked ? paper.ink : paper.background,
      zIndex: marked ? 2 : lit && this.#near.size ? 1 : 0,
    }
  }

  edge = (edge: string, data: EdgeData): Partial<EdgeDisplayData> => {
    const { paper, focus } = this
    if (!this.#near.size) return { color: data.inside ? paper.edge : paper.bridge, size: data.inside ? 1.4 : 1.2, zIndex: data.inside ? 1 : 0 }
    const [a, b] = this.graph.extremities(edge)
    if (a !== focus && b !== focus) return { color: paper.faint, size: 1, zIndex: 0 }
    return { color: tieColour(data.ties[0] ?? '', paper.theme), size: 1.8, zIndex: 2 }
  }
}
