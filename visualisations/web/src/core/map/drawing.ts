import type { Lines } from './lines'
import { bundleWidth, type Overlay } from './overlay'
import type { Painter } from './painter'
import type { Picking } from './picking'
import type { Scene } from './scene'
import type { Dot, Line } from './shown'
import type { Stage } from './stage'
import type { Titles } from './titles'

/** What is on the canvas, told as shapes in px or as a picture. */
export class Drawing {
  constructor(
    readonly stage: Stage, readonly scene: Scene, readonly painter: Painter, readonly sheet: Lines, readonly overlay: Overlay, readonly titles: Titles, readonly picking: Picking,
  ) {}

  /** Px of a single line. */
  get width(): number {
    return Math.min(3, Math.max(1.1, 1.3 / Math.sqrt(this.stage.getCamera().ratio)))
  }

  /** What is drawn within the canvas; `label` is empty where none is written. */
  *dots(): Iterable<Dot> {
    const labels = new Map(this.titles.placed.map(({ spot, text }) => [spot.key, text]))
    const { nodes, count } = this.scene
    for (const node of nodes.subarray(0, count)) {
      const key = this.painter.graph.keyOf(node)
      yield { key, ...this.picking.pointOf(node), size: this.picking.radius(node), colour: this.painter.colourOf(node), label: labels.get(key) ?? '' }
    }
  }

  /** Single lines, bundles as the straight lines between their communities, and those of the node in the light. */
  *lines(): Iterable<Line> {
    const { from, to, community } = this.painter.graph
    const { paper } = this.painter
    const { width } = this
    for (const line of this.sheet.drawn) {
      const [a, b] = [from[line] ?? 0, to[line] ?? 0]
      const [p, q] = [this.picking.pointOf(a), this.picking.pointOf(b)]
      yield { x1: p.x, y1: p.y, x2: q.x, y2: q.y, colour: community[a] === community[b] ? paper.edge : paper.bridge, width }
    }
    const most = this.overlay.bundles[0]?.ties ?? 1
    const { x, y } = this.scene
    for (const { a, b, ties } of this.overlay.bundles) yield { x1: x(a.x), y1: y(a.y), x2: x(b.x), y2: y(b.y), colour: paper.edge, width: bundleWidth(ties, most) }
    for (const lines of this.overlay.focusLines().values()) yield* lines
  }

  /** A PNG of what is shown, background and labels included, `scale` px for each px of the canvas. */
  snapshot(scale: number): Promise<Blob> {
    // drawn now: what a canvas shows is gone after the frame
    this.stage.refresh({ partialGraph: { nodes: [], edges: [] }, skipIndexation: true })
    const { width, height } = this.stage.getDimensions()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    const context = canvas.getContext('2d')
    const layers = this.stage.getCanvases()
    if (context) {
      context.fillStyle = this.painter.paper.background
      context.fillRect(0, 0, canvas.width, canvas.height)
      for (const name of ['edges', 'edgeLabels', 'nodes', 'labels']) if (layers[name]) context.drawImage(layers[name], 0, 0, canvas.width, canvas.height)
    }
    return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'))
  }
}
