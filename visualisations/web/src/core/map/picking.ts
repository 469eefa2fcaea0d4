import type { Bundle } from './bundles'
import type { Overlay } from './overlay'
import type { Painter } from './painter'
import type { Scene } from './scene'
import { inside, type Point } from './shown'

/** Px from a node within which it is looked at at all, squared: more than the largest radius. */
const FARTHEST = 2_500
/** Px beside a node that still mean it. */
const SLACK = 1.5

/** What stands where on the canvas, answered from arrays: no pixel is read back. */
export class Picking {
  constructor(readonly scene: Scene, readonly painter: Painter, readonly overlay: Overlay, readonly radius: (node: number) => number) {}

  pointOf(node: number): Point {
    const { graph } = this.painter
    return { x: this.scene.x(graph.x[node] ?? 0), y: this.scene.y(graph.y[node] ?? 0) }
  }

  /** Null when it is not drawn. */
  pointOfKey(key: string): Point | null {
    const node = this.painter.graph.indexOf(key)
    return node < 0 || this.painter.hidden.has(node) ? null : this.pointOf(node)
  }

  /** A point of the canvas (px) in the coordinates of the map. */
  mapOf({ x, y }: Point): Point {
    const { scale, offset } = this.scene
    return { x: (x - offset[0]) / scale[0], y: (y - offset[1]) / scale[1] }
  }

  /** The node under a point: of several the nearest. */
  nodeAt({ x, y }: Point): string | null {
    const { nodes, count, scale, offset } = this.scene
    const { graph } = this.painter
    let [found, least] = [-1, FARTHEST]
    for (let i = 0; i < count; i++) {
      const node = nodes[i] ?? 0
      const across = (graph.x[node] ?? 0) * scale[0] + offset[0] - x
      const down = (graph.y[node] ?? 0) * scale[1] + offset[1] - y
      const off = across * across + down * down
      if (off < least && off <= (this.radius(node) + SLACK) ** 2) [found, least] = [node, off]
    }
    return found < 0 ? null : graph.keyOf(found)
  }

  bundleAt = ({ x, y }: Point): Bundle | null => this.overlay.bundleAt(x, y)

  /** The nodes drawn within a polygon of the canvas (px). */
  keysIn(polygon: readonly Point[]): string[] {
    const { nodes, count } = this.scene
    return Array.from(nodes.subarray(0, count)).filter((node) => inside(this.pointOf(node), polygon)).map(this.painter.graph.keyOf)
  }
}
