import { tieColour } from '../kinds'
import { bend, distance, type Bundle } from './bundles'
import type { MapGraph } from './graph'
import type { Painter } from './painter'
import { mixed } from './palette'
import type { Scene } from './scene'
import type { Line } from './shown'

/** Px around the middle of a bundle that still mean it. */
const REACH = 7
/** Lines of one node that are drawn at most in its light. */
const MOST = 4_000

/** The width of a bundle in px: the square root of its ties, so that a hundredfold is a tenfold. */
export const bundleWidth = (ties: number, most: number): number => 1.2 + 11 * Math.sqrt(ties / Math.max(most, 1))

/** What lies between the lines and the nodes: bundles of ties between communities, and the lines of the node in the light. */
export class Overlay {
  bundles: readonly Bundle[] = []
  hovered: Bundle | null = null

  constructor(readonly scene: Scene, readonly painter: Painter) {}

  #ends({ a, b }: Bundle): [number, number, number, number] {
    const { scene } = this
    return [scene.x(a.x), scene.y(a.y), scene.x(b.x), scene.y(b.y)]
  }

  drawBundles(context: CanvasRenderingContext2D): void {
    const { paper, shaded } = this.painter
    const most = this.bundles[0]?.ties ?? 1
    const order = [...this.bundles].reverse()
    if (this.hovered) order.push(this.hovered)
    context.lineCap = 'round'
    for (const bundle of order) {
      const [x1, y1, x2, y2] = this.#ends(bundle)
      const middle = bend(x1, y1, x2, y2)
      context.beginPath()
      context.moveTo(x1, y1)
      context.quadraticCurveTo(middle.x, middle.y, x2, y2)
      context.lineWidth = bundleWidth(bundle.ties, most)
      context.strokeStyle = bundle === this.hovered ? paper.ink : shaded ? paper.faint : mixed(paper.edge, paper.background, 0.25)
      context.globalAlpha = bundle === this.hovered ? 0.75 : 0.6
      context.stroke()
    }
    context.globalAlpha = 1
  }

  drawFocus(context: CanvasRenderingContext2D): void {
    for (const [colour, lines] of this.focusLines()) {
      context.beginPath()
      for (const { x1, y1, x2, y2 } of lines) {
        context.moveTo(x1, y1)
        context.lineTo(x2, y2)
      }
      context.strokeStyle = colour
      context.lineWidth = lines[0]?.width ?? 1
      context.stroke()
    }
  }

  /** By colour, which is that of the first tie. */
  focusLines(): Map<string, Line[]> {
    const { scene, painter } = this
    const { graph, focus, hidden, paper } = painter
    const found = new Map<string, Line[]>()
    if (focus < 0 || hidden.has(focus)) return found
    const near = graph.neighborsOf(focus)
    const width = near.length > 300 ? 1 : 1.8
    graph.linesOf(focus).slice(0, MOST).forEach((line, i) => {
      const other = near[i] ?? 0
      if (hidden.has(other)) return
      const colour = tieColour(graph.tiesOf(line)[0] ?? '', paper.theme)
      const list = found.get(colour) ?? []
      found.set(colour, list)
      list.push({ x1: at(graph, focus, 'x', scene), y1: at(graph, focus, 'y', scene), x2: at(graph, other, 'x', scene), y2: at(graph, other, 'y', scene), colour, width })
    })
    return found
  }

  /** The bundle under a point of the canvas: of several the nearest. */
  bundleAt(x: number, y: number): Bundle | null {
    const most = this.bundles[0]?.ties ?? 1
    let found: Bundle | null = null
    let least = Infinity
    for (const bundle of this.bundles) {
      const off = distance(x, y, ...this.#ends(bundle)) - bundleWidth(bundle.ties, most) / 2
      if (off < REACH && off < least) [found, least] = [bundle, off]
    }
    return found
  }
}

const at = (graph: MapGraph, node: number, axis: 'x' | 'y', scene: Scene): number => scene[axis](graph[axis][node] ?? 0)
