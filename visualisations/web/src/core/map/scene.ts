import type { MapGraph } from './graph'
import type { Rect } from './lines'
import type { Point } from './shown'

/** Where everything stands on the canvas: px = scale * place + offset, for all nodes at once. */
export class Scene {
  scale: [number, number] = [1, 1]
  offset: [number, number] = [0, 0]
  width = 1
  height = 1
  /** The nodes in view, the best connected first: the first `count` of `nodes`. */
  nodes = new Uint32Array()
  count = 0

  /** `project` leads from the coordinates of the map to px. */
  look(project: (point: Point) => Point, width: number, height: number): void {
    const [origin, one] = [project({ x: 0, y: 0 }), project({ x: 1000, y: 1000 })]
    this.scale = [(one.x - origin.x) / 1000, (one.y - origin.y) / 1000]
    this.offset = [origin.x, origin.y]
    this.width = width
    this.height = height
  }

  x = (place: number): number => place * this.scale[0] + this.offset[0]
  y = (place: number): number => place * this.scale[1] + this.offset[1]

  /** The canvas in the coordinates of the map. */
  get view(): Rect {
    const at = (px: number, axis: 0 | 1): number => (px - this.offset[axis]) / this.scale[axis]
    return { left: at(0, 0), right: at(this.width, 0), bottom: at(this.height, 1), top: at(0, 1) }
  }

  gather({ order, x, y }: MapGraph, hidden: ReadonlySet<number>): void {
    if (this.nodes.length < order) this.nodes = new Uint32Array(order)
    const { left, right, bottom, top } = this.view
    this.count = 0
    for (let node = 0; node < order; node++) {
      const [px, py] = [x[node] ?? 0, y[node] ?? 0]
      if (px >= left && px <= right && py >= bottom && py <= top && !(hidden.size && hidden.has(node))) this.nodes[this.count++] = node
    }
  }
}
