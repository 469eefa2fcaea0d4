import { select } from 'd3-selection'
import 'd3-transition'
import { zoom, zoomIdentity, type ZoomBehavior, type ZoomTransform } from 'd3-zoom'
import type { Camera } from '../../filter'
import { reducedMotion } from '../../theme.svelte'
import { place, unit, WORLD, type Point } from './globe'

const MOTION = 280
/** Ms without a movement after which labels are placed anew. */
const STILL = 130
/** Greatest scale in px a unit (about 10 km at the equator): towns lie far apart, their things fit between. */
export const CLOSEST = 90
/** From this scale on a place shows its things one by one. */
export const OPEN = 22

/** The camera of the geography: an affine step from units to px, moved by pointer, wheel, fingers, keys and links. */
export class GeoView {
  transform = $state.raw<ZoomTransform>(zoomIdentity)
  /** What positions are reckoned with: as long as the picture is only moved they stay, and all of it is shifted. */
  base = $state.raw<ZoomTransform>(zoomIdentity)
  /** The camera when it last stood still: labels are placed for it. */
  settled = $state.raw<ZoomTransform>(zoomIdentity)
  width = $state(0)
  height = $state(0)
  readonly #zoom: ZoomBehavior<HTMLElement, unknown> = zoom<HTMLElement, unknown>()
  #element: HTMLElement | null = null
  #placed = false
  #moving = false
  #timer = 0

  /** `moved` hears where the reader has moved to, not where a link or a fit led. */
  attach(element: HTMLElement, moved: (camera: Camera) => void): () => void {
    this.#element = element
    this.#zoom
      .extent(() => [[0, 0], [this.width, this.height]])
      .translateExtent([[-WORLD * 0.1, 0], [WORLD * 1.1, WORLD]])
      .clickDistance(5)
      .on('zoom', (event: { transform: ZoomTransform; sourceEvent: Event | null }) => {
        this.#arrive(event.transform)
        if (event.sourceEvent || this.#moving) moved(this.camera())
      })
    select(element).call(this.#zoom)
    return () => { select(element).on('.zoom', null).interrupt(); this.#element = null; this.#placed = false }
  }

  /** At the first size the camera is placed; later the middle stays in the middle. */
  resize(width: number, height: number, first: () => ZoomTransform): void {
    if (!this.#element || width < 10 || height < 10) return
    const [was, tall] = [this.width, this.height]
    this.width = width
    this.height = height
    this.#zoom.scaleExtent([Math.min(width, height) / WORLD, CLOSEST])
    const { k, x, y } = this.transform
    this.#to(this.#placed ? zoomIdentity.translate(x + (width - was) / 2, y + (height - tall) / 2).scale(k) : first(), false)
    this.#placed = true
  }

  #arrive(transform: ZoomTransform): void {
    this.transform = transform
    if (transform.k !== this.base.k) this.base = transform
    const settle = (): void => { this.base = this.settled = this.transform }
    clearTimeout(this.#timer)
    if (this.#placed) this.#timer = window.setTimeout(settle, STILL)
    else settle()
  }

  get placed(): boolean {
    return this.#placed
  }

  #to(transform: ZoomTransform, slowly: boolean): void {
    if (!this.#element) return
    const element = select(this.#element)
    if (slowly && !reducedMotion()) element.transition().duration(MOTION).call(this.#zoom.transform, transform)
    else element.call(this.#zoom.transform, transform)
  }

  /** As keys, buttons and clicks ask for it: it is written into the address. */
  #led(transform: ZoomTransform): void {
    this.#moving = true
    this.#to(transform, true)
    setTimeout(() => { this.#moving = false }, MOTION + 120)
  }

  zoom = (factor: number): void => {
    const k = Math.min(CLOSEST, this.transform.k / factor)
    const [x, y] = this.transform.invert([this.width / 2, this.height / 2])
    this.#led(this.at([x, y], k))
  }
  pan = (right: number, down: number): void =>
    this.#led(zoomIdentity.translate(this.transform.x - right * this.width * 0.15, this.transform.y - down * this.height * 0.15).scale(this.transform.k))
  goTo = (point: Point, k: number): void => this.#led(this.at(point, k))
  show = (low: Point, high: Point): void => this.#led(this.around(low, high))
  jump = (transform: ZoomTransform): void => this.#to(transform, false)

  at([x, y]: Point, k: number): ZoomTransform {
    return zoomIdentity.translate(this.width / 2 - x * k, this.height / 2 - y * k).scale(k)
  }

  /** A box in units with a margin around it; a single town is not shown as if it filled the land. */
  around(low: Point, high: Point): ZoomTransform {
    const margin = Math.min(90, this.width * 0.12)
    const k = Math.min((this.width - 2 * margin) / Math.max(1e-6, high[0] - low[0]), (this.height - 2 * margin) / Math.max(1e-6, high[1] - low[1]))
    return this.at([(low[0] + high[0]) / 2, (low[1] + high[1]) / 2], Math.max(Math.min(this.width, this.height) / WORLD, Math.min(12, k)))
  }

  /** Longitude, latitude, and and how often the world was doubled to be wider than the picture. */
  camera(): Camera {
    const [x, y] = place(this.transform.invert([this.width / 2, this.height / 2]))
    return { x: Number(x.toFixed(4)), y: Number(y.toFixed(4)), ratio: Number((Math.log2((WORLD * this.transform.k) / this.width) + 1).toFixed(4)) }
  }

  of(camera: Camera): ZoomTransform {
    const k = (2 ** (camera.ratio - 1) * this.width) / WORLD
    return this.at(unit(camera.x, camera.y), Math.min(CLOSEST, k))
  }
}
