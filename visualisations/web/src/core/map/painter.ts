import type { EdgeDisplayData, NodeDisplayData } from 'sigma/types'
import { KIND_COLOURS, tieColour } from '../kinds'
import type { EdgeData, MapGraph, NodeData } from './model'
import type { ShapeData } from './node-program'

export interface Paper { theme: 'light' | 'dark'; background: string; ink: string; edge: string; faint: string; faintEdge: string }

export const PAPERS: Record<'light' | 'dark', Paper> = {
  light: { theme: 'light', background: '#fbfcfa', ink: '#14211d', edge: '#d9e0dc', faint: '#e3e8e5', faintEdge: '#eff2f0' },
  dark: { theme: 'dark', background: '#0f1614', ink: '#e8efeb', edge: '#2a3632', faint: '#222d29', faintEdge: '#18211e' },
}

/** Who stands in the light: a hovered or selected node with its neighbours; nobody means everybody. */
export class Painter {
  hovered: string | null = null
  selected: string | null = null
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
    const marked = key === this.focus || key === this.selected
    return {
      x: data.x, y: data.y, size: marked ? data.size + 2 : data.size, type: 'shape', square: data.group === 'effort', label: null,
      color: lit ? KIND_COLOURS[paper.theme][data.group] : paper.faint,
      rim: marked ? paper.ink : paper.background,
      zIndex: marked ? 2 : lit && this.#near.size ? 1 : 0,
    }
  }

  edge = (edge: string, data: EdgeData): Partial<EdgeDisplayData> => {
    const { paper, focus } = this
    if (!this.#near.size) return { color: paper.edge, size: 0.7, zIndex: 0 }
    const [a, b] = this.graph.extremities(edge)
    if (a !== focus && b !== focus) return { color: paper.faintEdge, size: 0.6, zIndex: 0 }
    return { color: tieColour(data.ties[0] ?? '', paper.theme), size: 1.4, zIndex: 1 }
  }
}
