import Sigma from 'sigma'
import type { Camera } from '../filter'
import { frame, type Frame } from './frame'
import { placeLabels, type Spot } from './labels'
import type { EdgeData, MapGraph, NodeData } from './model'
import { ShapeProgram } from './node-program'
import { Painter, type Paper } from './painter'
import { inside, type Dot, type Line, type Point } from './shown'

export const hasWebgl = (): boolean => {
  try {
    const canvas = document.createElement('canvas')
    return Boolean(canvas.getContext('webgl2') ?? canvas.getContext('webgl'))
  } catch {
    return false
  }
}

export interface RendererEvents {
  hover(key: string | null): void
  select(key: string | null): void
  moved(camera: Camera): void
}

const HOME: Camera = { x: 0.5, y: 0.5, ratio: 1 }
const FONT = '"Helvetica Neue", "Segoe UI", Roboto, Arial, sans-serif'

/** The network on a canvas: sigma draws nodes and edges, the labels are placed here so that none covers another. */
export class Renderer {
  readonly #sigma: Sigma<NodeData, EdgeData>
  readonly #painter: Painter
  readonly #widths = new Map<string, number>()
  readonly #motion: boolean
  #covered = { right: 0, below: 0 }
  #quiet = true
  #stretch = 0
  #labelled: string[] = []
  /** Where the camera is going: a second key press during a movement goes on from there. */
  #goal: Camera | null = null

  constructor(container: HTMLElement, readonly graph: MapGraph, paper: Paper, motion: boolean, events: RendererEvents) {
    this.#motion = motion
    this.#painter = new Painter(graph, paper)
    this.#painter.scale = scaleOf(container)
    const bbox = this.#frame(container)
    this.#sigma = new Sigma<NodeData, EdgeData>(graph, container, {
      renderLabels: false, allowInvalidContainer: true, zIndex: true, stagePadding: container.clientWidth < 600 ? 12 : 36, minEdgeThickness: 1.1,
      minCameraRatio: 0.02, maxCameraRatio: 3, defaultNodeType: 'shape', nodeProgramClasses: { shape: ShapeProgram as never },
      nodeHoverProgramClasses: { shape: ShapeProgram as never }, defaultDrawNodeHover: () => undefined,
      nodeReducer: this.#painter.node, edgeReducer: this.#painter.edge as never,
      hideEdgesOnMove: graph.size > 20000,
    })
    this.#sigma.setCustomBBox(bbox)
    this.#listen(container, events)
  }

  /** Stretch the graph for the canvas; what the fitted camera shows. */
  #frame(container: HTMLElement): Frame['bbox'] {
    const { stretch, bbox } = frame(this.graph, container.clientWidth, container.clientHeight)
    if (stretch !== this.#stretch) this.graph.updateEachNodeAttributes((_, data) => ({ ...data, y: data.level * stretch }), { attributes: ['y'] })
    this.#stretch = stretch
    return bbox
  }

  #listen(container: HTMLElement, events: RendererEvents): void {
    const hover = (key: string | null): void => {
      container.style.cursor = key ? 'pointer' : ''
      events.hover(key)
      this.#light(key, this.#painter.selected)
    }
    this.#sigma.on('enterNode', ({ node }) => hover(node))
    this.#sigma.on('leaveNode', () => hover(null))
    this.#sigma.on('clickNode', ({ node }) => events.select(node))
    this.#sigma.on('clickStage', () => events.select(null))
    this.#sigma.on('afterRender', () => this.#drawLabels())
    this.#sigma.getCamera().on('updated', (state) => {
      if (!this.#quiet) events.moved({ x: state.x, y: state.y, ratio: state.ratio })
    })
    this.#quiet = false
  }

  #light(hovered: string | null, selected: string | null): void {
    this.#painter.hovered = hovered
    this.#painter.selected = selected && this.graph.hasNode(selected) ? selected : null
    this.#painter.update()
    this.#sigma.refresh({ skipIndexation: true })
  }

  select(key: string | null): void {
    this.#light(null, key)
  }

  /** What lies over the picture at its right and lower edge, in px: labels keep clear of it, the selected node moves out. */
  cover(right: number, below: number): void {
    this.#covered = { right, below }
    const selected = this.#painter.selected
    const display = selected ? this.#sigma.getNodeDisplayData(selected) : undefined
    const { width, height } = this.#sigma.getDimensions()
    if (display) {
      const { x, y } = this.#sigma.framedGraphToViewport(display)
      const [over, under] = [Math.max(0, x - (width - right - 90)), Math.max(0, y - (height - below - 30))]
      const to = this.#sigma.viewportToFramedGraph({ x: width / 2 + (right ? over : 0), y: height / 2 + (below ? under : 0) })
      if ((right && over) || (below && under)) return this.#to({ x: to.x, y: to.y })
    }
    this.#sigma.scheduleRender()
  }

  repaint(paper: Paper): void {
    this.#painter.paper = paper
    this.#sigma.refresh()
  }

  /** As the address writes it. */
  camera(): Camera {
    const { x, y, ratio } = this.#sigma.getCamera().getState()
    return { x: Number(x.toFixed(4)), y: Number(y.toFixed(4)), ratio: Number(ratio.toFixed(4)) }
  }

  #now(): Camera {
    return this.#goal && this.#sigma.getCamera().isAnimated() ? this.#goal : this.#sigma.getCamera().getState()
  }

  /** Without motion (asked for by the system) or with `jump`, the camera is there at once. */
  #to(target: Partial<Camera>, jump = false): void {
    const camera = this.#sigma.getCamera()
    if (jump || !this.#motion) return void camera.setState(target)
    const goal = { ...this.#now(), ...target }
    this.#goal = goal
    void camera.animate(goal, { duration: 280 }).then(() => {
      if (this.#goal === goal) this.#goal = null
    })
  }

  jump(camera: Camera): void {
    this.#quiet = true
    this.#to(camera, true)
    this.#quiet = false
  }

  fit = (): void => this.#to(HOME)
  zoom = (factor: number): void => {
    this.#to({ ratio: this.#sigma.getCamera().getBoundedRatio(this.#now().ratio * factor) })
  }
  pan = (right: number, down: number): void => {
    const { x, y, ratio } = this.#now()
    this.#to({ x: x + right * 0.12 * ratio, y: y - down * 0.12 * ratio })
  }

  centre(key: string): void {
    const data = this.#sigma.getNodeDisplayData(key)
    if (!data) return
    const { ratio } = this.#sigma.getCamera().getState()
    this.#to({ x: data.x, y: data.y, ratio: Math.min(ratio, 0.45) })
  }

  /** Drawn at once: a resized canvas is an empty one. */
  resize = (): void => {
    const container = this.#sigma.getContainer()
    this.#painter.scale = scaleOf(container)
    this.#sigma.setCustomBBox(this.#frame(container))
    this.#sigma.refresh({ schedule: false })
  }
  kill = (): void => this.#sigma.kill()

  /** Where a node stands in px from the upper left corner of the canvas; null when it is not drawn. */
  viewportOf(key: string): Point | null {
    const display = this.#sigma.getNodeDisplayData(key)
    return display && !display.hidden ? this.#sigma.framedGraphToViewport(display) : null
  }

  /** Whether a point lies on the canvas, and under nothing. */
  shows({ x, y }: Point): boolean {
    const { width, height } = this.#sigma.getDimensions()
    return x >= 0 && y >= 0 && x <= width - this.#covered.right && y <= height - this.#covered.below
  }

  /** A point of the canvas (px) in the coordinates of the map, which `place` takes and the server gives. */
  mapOf(point: Point): Point {
    const { x, y } = this.#sigma.viewportToGraph(point)
    return { x, y: y / this.#stretch }
  }

  /** The nodes drawn within a polygon of the canvas (px). */
  keysIn(polygon: readonly Point[]): string[] {
    return this.graph.filterNodes((key) => {
      const point = this.viewportOf(key)
      return point !== null && inside(point, polygon)
    })
  }

  setHidden(keys: ReadonlySet<string>): void {
    this.#painter.hidden = keys
    this.#sigma.refresh()
  }

  /** A ring around each. */
  setMarked(keys: ReadonlySet<string>): void {
    this.#painter.chosen = keys
    this.#sigma.refresh({ skipIndexation: true })
  }

  /** Move a node, in the coordinates of the map (see `mapOf`). */
  place(key: string, x: number, y: number): void {
    if (!this.graph.hasNode(key)) return
    this.graph.mergeNodeAttributes(key, { x, y: y * this.#stretch, level: y })
  }

  /** A PNG of what is shown, background and labels included, `scale` px for each px of the canvas. */
  snapshot(scale = 1): Promise<Blob> {
    this.#sigma.refresh({ partialGraph: { nodes: [], edges: [] }, skipIndexation: true })  // drawn now: what a canvas shows is gone after the frame
    const { width, height } = this.#sigma.getDimensions()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(width * scale)
    canvas.height = Math.round(height * scale)
    const context = canvas.getContext('2d')
    const layers = this.#sigma.getCanvases()
    if (context) {
      context.fillStyle = this.#painter.paper.background
      context.fillRect(0, 0, canvas.width, canvas.height)
      for (const name of ['edges', 'edgeLabels', 'nodes', 'labels']) if (layers[name]) context.drawImage(layers[name], 0, 0, canvas.width, canvas.height)
    }
    return new Promise((resolve, reject) => canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'))
  }

  /** What is drawn within the canvas, in px; `label` is empty where none is written. */
  *positions(): Iterable<Dot> {
    const labelled = new Set(this.#labelled)
    for (const key of this.graph.nodes()) {
      const display = this.#sigma.getNodeDisplayData(key)
      const point = this.viewportOf(key)
      if (!display || !point || !this.#sees(point, point)) continue
      yield { key, ...point, size: this.#sigma.scaleSize(display.size), colour: display.color, label: labelled.has(key) ? this.graph.getNodeAttribute(key, 'name') : '' }
    }
  }

  *lines(): Iterable<Line> {
    for (const edge of this.graph.edges()) {
      const display = this.#sigma.getEdgeDisplayData(edge)
      const [from, to] = this.graph.extremities(edge).map((key) => this.viewportOf(key))
      if (!display || display.hidden || !from || !to || !this.#sees(from, to)) continue
      yield { x1: from.x, y1: from.y, x2: to.x, y2: to.y, colour: display.color, width: this.#sigma.scaleSize(display.size) }
    }
  }

  #sees(a: Point, b: Point): boolean {
    const { width, height } = this.#sigma.getDimensions()
    return Math.max(a.x, b.x) > -20 && Math.max(a.y, b.y) > -20 && Math.min(a.x, b.x) < width + 20 && Math.min(a.y, b.y) < height + 20
  }

  #drawLabels(): void {
    const canvas = this.#sigma.getCanvases()['labels']
    const context = canvas?.getContext('2d')
    if (!context) return
    const { width, height } = this.#sigma.getDimensions()
    const fontSize = width < 600 ? 11 : width < 1300 ? 12 : 13
    const { spots, dots } = this.#spots(width, height)
    const zoom = 1 / Math.sqrt(this.#sigma.getCamera().ratio)
    const limit = Math.round(Math.min(140, (width * height) / 15000) * Math.min(2.5, Math.max(1, zoom)))
    const measure = (text: string, strong: boolean): number => this.#measure(context, text, strong, fontSize)
    const placed = placeLabels(spots, dots, { width: width - this.#covered.right, height: height - this.#covered.below, limit, fontSize, longest: width < 600 ? 24 : 34, measure })
    this.#labelled = placed.map(({ spot }) => spot.key)
    context.lineJoin = 'round'
    context.textBaseline = 'alphabetic'
    const { paper } = this.#painter
    for (const { spot, left, baseline, text } of placed) {
      context.font = font(spot.strong, fontSize)
      context.strokeStyle = paper.background
      context.lineWidth = 3.5
      context.strokeText(text, left, baseline)
      context.fillStyle = paper.ink
      context.fillText(text, left, baseline)
    }
  }

  #measure(context: CanvasRenderingContext2D, text: string, strong: boolean, size: number): number {
    const id = `${size}${strong}${text}`
    let width = this.#widths.get(id)
    if (width === undefined) {
      context.font = font(strong, size)
      width = context.measureText(text).width
      this.#widths.set(id, width)
    }
    return width
  }

  /** What may carry a label now (the nodes in view that stand in the light), and what a label should keep clear of. */
  #spots(width: number, height: number): { spots: Spot[]; dots: Spot[] } {
    const dots: Spot[] = []
    const focus = this.#painter.focus
    this.graph.forEachNode((key, data) => {
      const display = this.#sigma.getNodeDisplayData(key)
      if (!display || display.hidden) return
      const { x, y } = this.#sigma.framedGraphToViewport(display)
      if (x < -20 || y < -20 || x > width + 20 || y > height + 20) return
      const strong = key === focus || key === this.#painter.selected
      dots.push({ key, x, y, radius: this.#sigma.scaleSize(display.size), text: data.name, weight: data.size, strong })
    })
    const spots = focus ? dots.filter((dot) => this.#painter.near(dot.key)) : dots
    return { spots, dots: focus ? spots : dots }
  }
}

const scaleOf = (container: HTMLElement): number =>
  Math.min(1.3, Math.max(0.6, Math.sqrt(container.clientWidth * container.clientHeight) / 900))

const font = (strong: boolean, size: number): string => `${strong ? 700 : 500} ${strong ? size + 1 : size}px ${FONT}`
