import type { Overlay } from './overlay'
import type { Painter } from './painter'
import type { Scene } from './scene'
import type { Stage } from './stage'
import type { Titles } from './titles'

/** The camera is so far away that the names of communities say more than those of nodes. */
const FAR = 0.45

/** What is drawn on plain canvases: bundles and the lines in the light below the nodes, names above them. */
export class Over {
  /** What lies over the picture at its right and lower edge, in px: names keep clear of it. */
  covered = { right: 0, below: 0 }
  #frame = 0

  constructor(readonly stage: Stage, readonly scene: Scene, readonly painter: Painter, readonly overlay: Overlay, readonly titles: Titles) {}

  /** After the nodes were drawn. */
  draw(): void {
    this.#stop()
    const under = this.#context('edgeLabels')
    if (!under) return
    under.clearRect(0, 0, this.scene.width, this.scene.height)
    this.overlay.drawBundles(under)
    this.overlay.drawFocus(under)
    this.#names(true)
  }

  /** The names alone, with the next frame: nodes and lines stay as they are, which is most of a frame in software. */
  rename(): void {
    if (!this.#frame) this.#frame = requestAnimationFrame(() => { this.#stop(); this.#names(false) })
  }

  stop = (): void => this.#stop()

  #stop(): void {
    cancelAnimationFrame(this.#frame)
    this.#frame = 0
  }

  /** Px of a node at this camera. */
  radius = (node: number): number => this.stage.scaleSize((this.painter.sized.radius[node] ?? 1) * this.painter.scale)

  /** `cleared`: the canvas is empty; else it holds the names that were placed before. */
  #names(cleared: boolean): void {
    const context = this.#context('labels')
    if (!context) return
    const { ratio } = this.stage.getCamera()
    const large = ratio > FAR && (this.painter.colour === 'community' || this.overlay.bundles.length > 0)
    const changed = this.titles.place(context, this.covered, 1 / Math.sqrt(ratio), this.radius, large)
    if (!cleared && !changed) return
    if (!cleared) context.clearRect(0, 0, this.scene.width, this.scene.height)
    this.titles.write(context)
  }

  #context = (layer: string): CanvasRenderingContext2D | null => this.stage.getCanvases()[layer]?.getContext('2d') ?? null
}
