import { COLOURS, type Community } from './bundles'
import { placeLabels, shortened, type Box, type Placed, type Spot } from './labels'
import type { Painter } from './painter'
import { mixed, QUIET } from './palette'
import type { Scene } from './scene'

const FONT = '"Helvetica Neue", "Segoe UI", Roboto, Arial, sans-serif'
const font = (weight: number, size: number): string => `${weight} ${size}px ${FONT}`
/** Dots beside which labels are kept clear at most: the largest. */
const MOST_DOTS = 2_500
/** Names of communities at most. */
const MOST_TITLES = 16

export interface Title { text: string; x: number; baseline: number; size: number; colour: string; left: number; right: number }

/** The names on the picture: large ones of communities, then those of nodes, none over another. */
export class Titles {
  /** By node, empty where it is not known yet. */
  names: readonly string[] = []
  /** By number of the community. */
  communities: ReadonlyMap<number, string> = new Map()
  placed: readonly Placed[] = []
  titles: readonly Title[] = []
  readonly #widths = new Map<string, number>()

  constructor(readonly scene: Scene, readonly painter: Painter) {}

  #size = 12
  #said = ''

  /** Choose what is written where; whether that is anything else than before. */
  place(context: CanvasRenderingContext2D, covered: { right: number; below: number }, zoom: number, radiusOf: (node: number) => number, large: boolean): boolean {
    const { width, height } = this.scene
    const size = (this.#size = width < 600 ? 11 : width < 1300 ? 12 : 13)
    const taken: Box[] = []
    this.titles = large ? this.#large(context, width < 600 ? 12 : 16, taken, { width: width - covered.right, height: height - covered.below }) : []
    const full = Math.round(Math.min(140, (width * height) / 15000) * Math.min(2.5, Math.max(1, zoom)))
    const measure = (text: string, strong: boolean): number => this.#measure(context, text, font(strong ? 700 : 500, strong ? size + 1 : size))
    const { spots, dots } = this.#spots(radiusOf)
    this.placed = placeLabels(spots, dots, {
      width: width - covered.right, height: height - covered.below, limit: large && !this.painter.shaded ? Math.round(full / 3) : full,
      fontSize: size, longest: width < 600 ? 24 : 34, measure, taken,
    })
    const said = JSON.stringify([size, this.titles, this.placed.map(({ spot, left, baseline, text }) => [left, baseline, text, spot.strong])])
    const changed = said !== this.#said
    this.#said = said
    return changed
  }

  write(context: CanvasRenderingContext2D): void {
    const { paper } = this.painter
    const size = this.#size
    context.lineJoin = 'round'
    context.textBaseline = 'alphabetic'
    context.strokeStyle = paper.background
    const write = (text: string, x: number, y: number, style: string, halo: number): void => {
      context.lineWidth = halo
      context.strokeText(text, x, y)
      context.fillStyle = style
      context.fillText(text, x, y)
    }
    for (const { spot, left, baseline, text } of this.placed) {
      context.font = font(spot.strong ? 700 : 500, spot.strong ? size + 1 : size)
      write(text, left, baseline, paper.ink, 3.5)
    }
    for (const { text, left, baseline, size: large, colour } of this.titles) {
      context.font = font(750, large)
      write(text, left, baseline, colour, 5)
    }
  }

  #measure(context: CanvasRenderingContext2D, text: string, face: string): number {
    const id = face + text
    let width = this.#widths.get(id)
    if (width === undefined) {
      context.font = face
      width = context.measureText(text).width
      this.#widths.set(id, width)
    }
    return width
  }

  /** The largest communities by name, each over its middle, or a little above or below it. */
  #large(context: CanvasRenderingContext2D, size: number, taken: Box[], area: { width: number; height: number }): Title[] {
    const { paper, bundled } = this.painter
    const found: Title[] = []
    for (const one of bundled.communities.slice(0, MOST_TITLES * 2)) {
      const name = this.communities.get(one.number)
      if (!name || found.length >= MOST_TITLES) continue
      const text = shortened(name, 38)
      const width = this.#measure(context, text, font(750, size))
      const box = this.#free(one, width, size, taken, area)
      if (!box) continue
      taken.push(box)
      const colour = this.painter.colour !== 'community' ? paper.ink : bundled.rank[one.number] === COLOURS ? QUIET[paper.theme] : mixed(this.painter.community(one.number), paper.ink, 0.3)
      found.push({ text, x: (box.left + box.right) / 2, left: box.left + 5, right: box.right - 5, baseline: box.bottom - size * 0.36, size, colour })
    }
    return found
  }

  #free(one: Community, width: number, size: number, taken: readonly Box[], area: { width: number; height: number }): Box | null {
    const [x, y] = [this.scene.x(one.x), this.scene.y(one.y)]
    for (const shift of [0, -1.3, 1.3, -2.6, 2.6]) {
      const top = y + shift * size - size * 0.7
      const box = { left: x - width / 2 - 5, right: x + width / 2 + 5, top, bottom: top + size * 1.4 }
      const apart = (other: Box): boolean => other.right < box.left || other.left > box.right || other.bottom < box.top || other.top > box.bottom
      if (box.left > 0 && box.top > 0 && box.right < area.width && box.bottom < area.height && taken.every(apart)) return box
    }
    return null
  }

  /** What may carry a label now (the nodes in view that stand in the light), and what a label should keep clear of. */
  #spots(radiusOf: (node: number) => number): { spots: Spot[]; dots: Spot[] } {
    const { scene, painter } = this
    const { graph, sized } = painter
    const dots: Spot[] = []
    const least = scene.count > MOST_DOTS ? this.#threshold() : 0
    for (let i = 0; i < scene.count; i++) {
      const node = scene.nodes[i] ?? 0
      const weight = sized.radius[node] ?? 0
      const strong = node === painter.focus || node === painter.selected
      if ((weight < least || dots.length >= 2 * MOST_DOTS) && !strong && !painter.near.has(node)) continue
      dots.push({ key: graph.keyOf(node), x: scene.x(graph.x[node] ?? 0), y: scene.y(graph.y[node] ?? 0), radius: radiusOf(node), text: this.names[node] ?? '', weight, strong })
    }
    if (!painter.shaded) return { spots: dots.filter((dot) => dot.text), dots }
    const near = dots.filter((dot) => painter.near.has(graph.indexOf(dot.key)))
    return { spots: near.filter((dot) => dot.text), dots: near }
  }

  /** The size that about the largest `MOST_DOTS` in view reach, from a sample. */
  #threshold(): number {
    const { scene, painter } = this
    const step = Math.max(1, Math.floor(scene.count / 2000))
    const sample: number[] = []
    for (let i = 0; i < scene.count; i += step) sample.push(painter.sized.radius[scene.nodes[i] ?? 0] ?? 0)
    sample.sort((a, b) => b - a)
    return sample[Math.floor((sample.length * MOST_DOTS) / scene.count)] ?? 0
  }
}
