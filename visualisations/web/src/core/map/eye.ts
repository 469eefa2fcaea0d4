import type { Camera } from '../filter'
import type { Community } from './bundles'
import type { Scene } from './scene'
import type { Point } from './shown'
import type { Stage } from './stage'

export const HOME: Camera = { x: 0.5, y: 0.5, ratio: 1 }
/** So near the camera comes to one node that is asked for. */
const NEAR = 0.45
/** Px around nodes that are framed, for their names. */
const MARGIN = 40

/** The camera: where it looks, and what moves it. */
export class Eye {
  /** Where the camera is going: a second key press during a movement goes on from there. */
  #goal: Camera | null = null
  #quiet = false

  constructor(readonly stage: Stage, readonly scene: Scene, readonly motion: boolean, moved: (camera: Camera) => void) {
    stage.getCamera().on('updated', ({ x, y, ratio }) => { if (!this.#quiet) moved({ x, y, ratio }) })
  }

  /** As the address writes it. */
  get camera(): Camera {
    const { x, y, ratio } = this.stage.getCamera().getState()
    return { x: Number(x.toFixed(4)), y: Number(y.toFixed(4)), ratio: Number(ratio.toFixed(4)) }
  }

  #now(): Camera {
    return this.#goal && this.stage.getCamera().isAnimated() ? this.#goal : this.stage.getCamera().getState()
  }

  /** Without motion (asked for by the system) or with `jump`, the camera is there at once. */
  to(target: Partial<Camera>, jump = false): void {
    const camera = this.stage.getCamera()
    if (jump || !this.motion) return void camera.setState(target)
    const goal = { ...this.#now(), ...target }
    this.#goal = goal
    void camera.animate(goal, { duration: 280 }).then(() => {
      if (this.#goal === goal) this.#goal = null
    })
  }

  /** What it does itself is no movement of a person's. */
  quietly(act: () => void): void {
    this.#quiet = true
    act()
    this.#quiet = false
  }

  jump(camera: Camera): void {
    this.quietly(() => this.to(camera, true))
  }

  fit = (): void => this.to(HOME)
  zoom = (factor: number): void => this.to({ ratio: this.stage.getCamera().getBoundedRatio(this.#now().ratio * factor) })
  pan(right: number, down: number): void {
    const { x, y, ratio } = this.#now()
    this.to({ x: x + right * 0.12 * ratio, y: y - down * 0.12 * ratio })
  }

  /** A place of the picture, in the coordinates of the stage, into the middle of the canvas. */
  centre(place: Point): void {
    const { x, y } = this.stage.viewportToFramedGraph(this.stage.graphToViewport(place))
    this.to({ x, y, ratio: Math.min(this.stage.getCamera().ratio, NEAR) })
  }

  /** A place of the picture out from under what covers its right and lower edge; false when it is not under it. */
  uncover(place: Point, { right, below }: { right: number; below: number }): boolean {
    // from where the camera is going to, not from what was drawn last: asked twice on the way, it goes no further
    const cameraState = { ...this.stage.getCamera().getState(), ...this.#now() }
    const { width, height } = this.stage.getDimensions()
    const point = this.stage.graphToViewport(place, { cameraState })
    const over = right && Math.max(0, point.x - (width - right - 90))
    const under = below && Math.max(0, point.y - (height - below - 30))
    if (!over && !under) return false
    const { x, y } = this.stage.viewportToFramedGraph({ x: width / 2 + over, y: height / 2 + under }, { cameraState })
    this.to({ x, y })
    return true
  }

  frameCommunities(these: readonly Community[]): void {
    const { scene } = this
    this.#frame(these.flatMap((one) => [one.x - one.reach, one.x + one.reach]).map(scene.x), these.flatMap((one) => [one.y - one.reach, one.y + one.reach]).map(scene.y))
  }

  framePoints(points: readonly Point[]): void {
    if (points.length) this.#frame(points.flatMap(({ x }) => [x - MARGIN, x + MARGIN]), points.flatMap(({ y }) => [y - MARGIN, y + MARGIN]))
  }

  #frame(x: readonly number[], y: readonly number[]): void {
    const { width, height } = this.scene
    const [[left, right], [top, bottom]] = [ends(x), ends(y)]
    const to = this.stage.viewportToFramedGraph({ x: (left + right) / 2, y: (top + bottom) / 2 })
    const part = Math.max((right - left) / width, (bottom - top) / height) * 1.1
    const camera = this.stage.getCamera()
    this.to({ x: to.x, y: to.y, ratio: camera.getBoundedRatio(camera.ratio * part) })
  }
}

/** The least and the greatest; there may be more than a call takes arguments. */
const ends = (values: readonly number[]): [number, number] =>
  values.reduce<[number, number]>(([least, most], value) => [Math.min(least, value), Math.max(most, value)], [Infinity, -Infinity])
