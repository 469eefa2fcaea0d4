import type { MapGraph } from './graph'
import type { Painter } from './painter'
import type { Stage } from './stage'

/** Who is in the light, hidden or ringed: what a person does to nodes, and which of them are drawn anew for it. */
export class Light {
  constructor(readonly stage: Stage, readonly painter: Painter) {}

  get #graph(): MapGraph {
    return this.painter.graph
  }

  get selected(): string | null {
    return this.#keyOf(this.painter.selected)
  }

  hover(key: string | null): void {
    this.#fall(this.#indexOf(key), this.painter.selected)
  }

  select(key: string | null): void {
    const node = this.#indexOf(key)
    if (node !== this.painter.selected || this.painter.hovered >= 0) this.#fall(-1, node)
  }

  /** A hidden node takes its lines with it. */
  hide(keys: ReadonlySet<string>): void {
    this.painter.hidden = this.#indexes(keys)
    this.stage.refresh()
  }

  /** A ring around each. */
  mark(keys: ReadonlySet<string>): void {
    const before = this.painter.chosen
    this.painter.chosen = this.#indexes(keys)
    this.#repaint(new Set([...before, ...this.painter.chosen]))
  }

  /** Another graph is painted: what was selected, hidden and ringed stays so by its key. */
  move(graph: MapGraph): void {
    const { painter } = this
    const [selected, hidden, chosen] = [this.selected, this.#keys(painter.hidden), this.#keys(painter.chosen)]
    painter.graph = graph
    painter.hovered = -1
    painter.selected = this.#indexOf(selected)
    painter.hidden = this.#indexes(hidden)
    painter.chosen = this.#indexes(chosen)
    painter.update()
  }

  #fall(hovered: number, selected: number): void {
    const { painter } = this
    const { focus, selected: before } = painter
    painter.hovered = hovered
    painter.selected = selected
    const changed = painter.update()
    for (const node of [focus, before, selected, hovered]) if (node >= 0 && node < this.#graph.order) changed.add(node)
    this.#repaint(changed)
  }

  #repaint(nodes: Iterable<number>): void {
    this.stage.refresh({ partialGraph: { nodes: Array.from(nodes, this.#graph.keyOf), edges: [] }, skipIndexation: true, schedule: true })
  }

  #indexOf = (key: string | null): number => (key === null ? -1 : this.#graph.indexOf(key))
  #keyOf = (node: number): string | null => (node < 0 ? null : this.#graph.keyOf(node))
  #keys = (nodes: ReadonlySet<number>): string[] => Array.from(nodes, this.#graph.keyOf)
  #indexes = (keys: Iterable<string>): Set<number> => new Set([...keys].map((key) => this.#graph.indexOf(key)).filter((i) => i >= 0))
}
