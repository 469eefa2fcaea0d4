import Graph from 'graphology'
import type { NodeDisplayData } from 'sigma/types'
import type { Camera } from '../filter'
import { bundled, type Bundle, type Community } from './bundles'
import { frame } from './frame'
import type { MapGraph } from './graph'
import { Lines, MOST_NODES } from './lines'
import { linesProgram } from './lines-program'
import { FIRST_LOOK, type Colouring, type Sizing } from './look'
import { shapeProgram } from './node-program'
import { bundleWidth, Overlay } from './overlay'
import { Painter, type Paper } from './painter'
import { Scene } from './scene'
import { inside, type Dot, type Line, type Point } from './shown'
import { sized } from './sizes'
import { NoProgram, Stage, standing, type Stand } from './stage'
import { Titles } from './titles'

export const hasWebgl = (): boolean => {
  try {
    const canvas = document.createElement('canvas')
    canvas.width = canvas.height = 1
    return Boolean(canvas.getContext('webgl2') ?? canvas.getContext('webgl'))
  } catch {
    return false
  }
}

export interface RendererEvents {
  hover(key: string | null): void
  select(key: string | null): void
  moved(camera: Camera): void
  /** The bundle under the pointer, and where that is in px. */
  bundle?(bundle: Bundle | null, at: Point): void
  /** How many bundles are drawn, when that changed. */
  drawn?(bundles: number): void
}

const HOME: Camera = { x: 0.5, y: 0.5, ratio: 1 }
/** The camera is so far away that the names of communities say more than those of nodes. */
const FAR = 0.45

/** The network on a canvas: sigma draws nodes and moves the camera; lines, bundles and labels are drawn here. */
export class Renderer {
  readonly #sigma: Stage
  readonly #painter: Painter
  readonly #scene = new Scene()
  readonly #lines = new Lines()
  readonly #overlay: Overlay
  readonly #titles: Titles
  readonly #motion: boolean
  #graph: MapGraph
  #sizing: Sizing = FIRST_LOOK.size
  #measure: Float32Array | null = null
  #covered = { right: 0, below: 0 }
  #quiet = true
  #stretch = 0
  /** Where the camera is going: a second key press during a movement goes on from there. */
  #goal: Camera | null = null

  constructor(container: HTMLElement, graph: MapGraph, paper: Paper, motion: boolean, events: RendererEvents) {
    this.#motion = motion
    this.#graph = graph
    this.#painter = new Painter(graph, bundled(graph), sized(graph, this.#sizing, null), paper)
    this.#painter.scale = scaleOf(container)
    this.#overlay = new Overlay(this.#scene, this.#painter)
    this.#titles = new Titles(this.#scene, this.#painter)
    const { stretch, bbox } = frame(graph, container.clientWidth, container.clientHeight)
    this.#stretch = stretch
    const Shape = shapeProgram(() => this.#painter)
    this.#sigma = new Stage(new Graph<Stand>(), container, {
      renderLabels: false, allowInvalidContainer: true, zIndex: false, stagePadding: container.clientWidth < 600 ? 12 : 36, enableCameraRotation: false,
      minCameraRatio: 0.02, maxCameraRatio: 3, defaultNodeType: 'shape', nodeProgramClasses: { circle: NoProgram as never, shape: Shape as never },
      nodeHoverProgramClasses: { circle: NoProgram as never, shape: NoProgram as never }, defaultDrawNodeHover: () => undefined,
      edgeProgramClasses: { line: NoProgram as never, arrow: NoProgram as never, lines: linesProgram(() => this.#shown()) as never },
      nodeReducer: (_, { i, x, y }) => this.#painter.node(i, x, y) as Partial<NodeDisplayData>,
    })
    this.#sigma.pickBy((at) => this.#nodeAt(at))
    this.#listen(container, events)
    this.#sigma.setCustomBBox(bbox)
    this.#sigma.setGraph(standing(graph, stretch))
    this.#quiet = false
  }

  get graph(): MapGraph {
    return this.#graph
  }

  /** Lines and bundles that are drawn now. */
  get drawn(): number {
    return this.#lines.count
  }

  get bundles(): number {
    return this.#overlay.bundles.length
  }

  /** All bundles, the strongest first. */
  get strongest(): readonly Bundle[] {
    return this.#painter.bundled.bundles
  }

  get communities(): readonly Community[] {
    return this.#painter.bundled.communities
  }

  #shown(): Parameters<typeof linesProgram>[0] extends () => infer T ? T : never {
    const { scale, offset } = this.#scene
    const width = Math.min(3, Math.max(1.1, 1.3 / Math.sqrt(this.#sigma?.getCamera().ratio ?? 1)))
    return { lines: this.#lines, scale, offset, width, paper: this.#painter.paper, shaded: this.#painter.shaded }
  }

  /** Another network on the same canvas; the camera goes home. */
  show(graph: MapGraph): void {
    if (graph === this.#graph) return
    const painter = this.#painter
    const [selected, hidden, chosen] = [this.#keyOf(painter.selected), this.#keys(painter.hidden), this.#keys(painter.chosen)]
    this.#graph = painter.graph = graph
    painter.bundled = bundled(graph)
    this.#measure = null
    painter.sized = sized(graph, this.#sizing, null)
    painter.hovered = -1
    painter.selected = selected === null ? -1 : graph.indexOf(selected)
    painter.hidden = this.#indexes(hidden)
    painter.chosen = this.#indexes(chosen)
    painter.update()
    this.#titles.names = []
    this.#lines.forget()
    const container = this.#sigma.getContainer()
    const { stretch, bbox } = frame(graph, container.clientWidth, container.clientHeight)
    this.#stretch = stretch
    this.#sigma.setCustomBBox(bbox)
    this.jump(HOME)
    this.#sigma.setGraph(standing(graph, stretch))
  }

  #keyOf = (node: number): string | null => (node < 0 ? null : this.#graph.keyOf(node))
  #keys = (nodes: ReadonlySet<number>): string[] => Array.from(nodes, this.#graph.keyOf)
  #indexes = (keys: Iterable<string>): Set<number> => new Set([...keys].map((key) => this.#graph.indexOf(key)).filter((i) => i >= 0))

  #listen(container: HTMLElement, events: RendererEvents): void {
    const hover = (key: string | null): void => {
      container.style.cursor = key ? 'pointer' : ''
      events.hover(key)
      this.#light(key === null ? -1 : this.#graph.indexOf(key), this.#painter.selected)
    }
    const over = (bundle: Bundle | null, at: Point): void => {
      if (bundle !== this.#overlay.hovered) {
        this.#overlay.hovered = bundle
        this.#sigma.scheduleRender()
      }
      if (this.#painter.hovered < 0) container.style.cursor = bundle ? 'pointer' : ''
      events.bundle?.(bundle, at)
    }
    this.#sigma.on('enterNode', ({ node }) => hover(node))
    this.#sigma.on('leaveNode', () => hover(null))
    this.#sigma.on('clickNode', ({ node }) => events.select(node))
    this.#sigma.on('moveBody', ({ event }) => over(this.#painter.hovered < 0 ? this.#overlay.bundleAt(event.x, event.y) : null, event))
    this.#sigma.on('clickStage', ({ event }) => {
      const bundle = this.#overlay.bundleAt(event.x, event.y)
      if (!bundle) return events.select(null)
      over(null, event)
      this.frameBundle(bundle)
    })
    this.#sigma.on('afterClear', () => this.#prepare())
    let told = 0
    this.#sigma.on('afterRender', () => {
      this.#drawOver()
      if (told !== this.bundles) events.drawn?.((told = this.bundles))
    })
    this.#sigma.getCamera().on('updated', (state) => {
      if (!this.#quiet) events.moved({ x: state.x, y: state.y, ratio: state.ratio })
    })
  }

  /** What is in view and which lines that means, before anything is drawn. */
  #prepare(): void {
    const { width, height } = this.#sigma.getDimensions()
    const cameraState = this.#sigma.getCamera().getState()
    this.#scene.look((point) => this.#sigma.graphToViewport({ x: point.x, y: point.y * this.#stretch }, { cameraState }), width, height)
    this.#scene.gather(this.#graph, this.#painter.hidden)
    this.#lines.see(this.#graph, this.#scene.view, this.#scene.count, this.#painter.hidden)
    this.#overlay.bundles = this.#lines.count === 0 && this.#graph.size > 0 && this.#scene.count > MOST_NODES / 10 ? this.#painter.bundled.bundles : []
    if (this.#overlay.hovered && !this.#overlay.bundles.includes(this.#overlay.hovered)) this.#overlay.hovered = null
  }

  #drawOver(): void {
    const canvases = this.#sigma.getCanvases()
    const [under, over] = [canvases['edgeLabels']?.getContext('2d'), canvases['labels']?.getContext('2d')]
    if (!under || !over) return
    const { width, height } = this.#scene
    under.clearRect(0, 0, width, height)
    this.#overlay.drawBundles(under)
    this.#overlay.drawFocus(under)
    const { ratio } = this.#sigma.getCamera()
    const large = ratio > FAR && (this.#painter.colour === 'community' || this.#overlay.bundles.length > 0)
    this.#titles.draw(over, this.#covered, 1 / Math.sqrt(ratio), this.#radius, large)
  }

  #radius = (node: number): number => this.#sigma.scaleSize((this.#painter.sized.radius[node] ?? 1) * this.#painter.scale)

  /** Draw some nodes anew, or all. */
  #repaint(nodes: Iterable<number> | null = null): void {
    if (nodes === null) return void this.#sigma.refresh()
    this.#sigma.refresh({ partialGraph: { nodes: Array.from(nodes, this.#graph.keyOf), edges: [] }, skipIndexation: true, schedule: true })
  }

  #light(hovered: number, selected: number): void {
    const { focus, selected: before } = this.#painter
    this.#painter.hovered = hovered
    this.#painter.selected = selected
    const changed = this.#painter.update()
    for (const node of [focus, before, selected, hovered]) if (node >= 0 && node < this.#graph.order) changed.add(node)
    this.#repaint(changed)
  }

  select(key: string | null): void {
    const node = key === null ? -1 : this.#graph.indexOf(key)
    if (node !== this.#painter.selected || this.#painter.hovered >= 0) this.#light(-1, node)
  }

  /** How nodes are coloured and sized; `measure` by node, NaN where it is not known, null for none or until it is here. */
  look(colour: Colouring, sizing: Sizing, measure: Float32Array | null): void {
    if (colour === this.#painter.colour && sizing === this.#sizing && measure === this.#measure) return
    this.#painter.colour = colour
    this.#sizing = sizing
    this.#measure = measure
    this.#painter.sized = sized(this.#graph, sizing, measure?.length === this.#graph.order ? measure : null)
    this.#repaint()
  }

  /** The names of nodes (in their order) and of communities (by number). */
  name(names: readonly string[], communities: ReadonlyMap<number, string>): void {
    this.#titles.names = names
    this.#titles.communities = communities
    this.#sigma.scheduleRender()
  }

  /** What lies over the picture at its right and lower edge, in px: labels keep clear of it, the selected node moves out if `moves`. */
  cover(right: number, below: number, moves = true): void {
    this.#covered = { right, below }
    // from where the camera is going to, not from what was drawn last: asked twice on the way, it goes no further
    const cameraState = { ...this.#sigma.getCamera().getState(), ...this.#now() }
    const { selected } = this.#painter
    const point = !moves || selected < 0 || this.#painter.hidden.has(selected) ? null : this.#sigma.graphToViewport(this.#placeOf(selected), { cameraState })
    const { width, height } = this.#sigma.getDimensions()
    if (point) {
      const [over, under] = [Math.max(0, point.x - (width - right - 90)), Math.max(0, point.y - (height - below - 30))]
      const to = this.#sigma.viewportToFramedGraph({ x: width / 2 + (right ? over : 0), y: height / 2 + (below ? under : 0) }, { cameraState })
      if ((right && over) || (below && under)) return this.#to({ x: to.x, y: to.y })
    }
    this.#sigma.scheduleRender()
  }

  repaint(paper: Paper): void {
    if (paper === this.#painter.paper) return
    this.#painter.paper = paper
    this.#repaint()
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
    const node = this.#graph.indexOf(key)
    if (node < 0 || this.#painter.hidden.has(node)) return
    const { x, y } = this.#sigma.viewportToFramedGraph(this.#sigma.graphToViewport(this.#placeOf(node)))
    this.#to({ x, y, ratio: Math.min(this.#sigma.getCamera().ratio, 0.45) })
  }

  /** The camera on the two communities of a bundle. */
  frameBundle({ a, b }: Bundle): void {
    this.#frameRect([a, b])
  }

  /** The camera on one community. */
  frameCommunity(number: number): void {
    const one = this.communities.find((each) => each.number === number)
    if (one) this.#frameRect([one])
  }

  #frameRect(these: readonly Community[]): void {
    const scene = this.#scene
    this.#frameBox(
      these.flatMap((one) => [scene.x(one.x - one.reach), scene.x(one.x + one.reach)]),
      these.flatMap((one) => [scene.y(one.y - one.reach), scene.y(one.y + one.reach)]))
  }

  /** The camera on these, with a margin for their names. */
  frameKeys(keys: readonly string[]): void {
    const points = keys.flatMap((key) => this.viewportOf(key) ?? [])
    const margin = 40
    if (points.length) this.#frameBox(points.flatMap(({ x }) => [x - margin, x + margin]), points.flatMap(({ y }) => [y - margin, y + margin]))
  }

  #frameBox(x: readonly number[], y: readonly number[]): void {
    const scene = this.#scene
    const least = (values: readonly number[]): number => values.reduce((a, b) => Math.min(a, b), Infinity)
    const most = (values: readonly number[]): number => values.reduce((a, b) => Math.max(a, b), -Infinity)
    const [left, right, top, bottom] = [least(x), most(x), least(y), most(y)]
    const to = this.#sigma.viewportToFramedGraph({ x: (left + right) / 2, y: (top + bottom) / 2 })
    const part = Math.max((right - left) / scene.width, (bottom - top) / scene.height) * 1.1
    const camera = this.#sigma.getCamera()
    this.#to({ x: to.x, y: to.y, ratio: camera.getBoundedRatio(camera.ratio * part) })
  }

  /** Drawn at once: a resized canvas is an empty one. */
  resize = (): void => {
    const container = this.#sigma.getContainer()
    if (container.clientWidth === this.#scene.width && container.clientHeight === this.#scene.height) return
    const before = this.#painter.scale
    this.#painter.scale = scaleOf(container)
    const { stretch, bbox } = frame(this.#graph, container.clientWidth, container.clientHeight)
    this.#sigma.setCustomBBox(bbox)
    this.#lines.forget()
    if (stretch !== this.#stretch) {
      this.#stretch = stretch
      this.#sigma.setGraph(standing(this.#graph, stretch))
    } else if (before !== this.#painter.scale) this.#sigma.refresh()
    else this.#sigma.refresh({ partialGraph: { nodes: [] } })
  }
  kill = (): void => this.#sigma.kill()

  /** Where a node stands in px from the upper left corner of the canvas; null when it is not drawn. */
  viewportOf(key: string): Point | null {
    const node = this.#graph.indexOf(key)
    return node < 0 || this.#painter.hidden.has(node) ? null : this.#pointOf(node)
  }

  /** Whether a point lies on the canvas, and under nothing. */
  shows({ x, y }: Point): boolean {
    const { width, height } = this.#sigma.getDimensions()
    return x >= 0 && y >= 0 && x <= width - this.#covered.right && y <= height - this.#covered.below
  }

  /** The node under a point: of several the nearest. */
  #nodeAt({ x, y }: Point): string | null {
    const { nodes, count, scale, offset } = this.#scene
    let [found, least] = [-1, Infinity]
    for (let i = 0; i < count; i++) {
      const node = nodes[i] ?? 0
      const across = (this.#graph.x[node] ?? 0) * scale[0] + offset[0] - x
      const down = (this.#graph.y[node] ?? 0) * scale[1] + offset[1] - y
      const off = across * across + down * down
      if (off < least && off < 2500) {
        const reach = this.#radius(node) + 1.5
        if (off <= reach * reach) [found, least] = [node, off]
      }
    }
    return this.#keyOf(found)
  }

  #placeOf = (node: number): Point => ({ x: this.#graph.x[node] ?? 0, y: (this.#graph.y[node] ?? 0) * this.#stretch })
  #pointOf = (node: number): Point => ({ x: this.#scene.x(this.#graph.x[node] ?? 0), y: this.#scene.y(this.#graph.y[node] ?? 0) })

  /** A point of the canvas (px) in the coordinates of the map, which `place` takes and the server gives. */
  mapOf({ x, y }: Point): Point {
    const { scale, offset } = this.#scene
    return { x: (x - offset[0]) / scale[0], y: (y - offset[1]) / scale[1] }
  }

  /** The nodes drawn within a polygon of the canvas (px). */
  keysIn(polygon: readonly Point[]): string[] {
    const { nodes, count } = this.#scene
    return Array.from(nodes.subarray(0, count)).filter((node) => inside(this.#pointOf(node), polygon)).map(this.#graph.keyOf)
  }

  setHidden(keys: ReadonlySet<string>): void {
    this.#painter.hidden = this.#indexes(keys)
    this.#lines.forget()
    this.#repaint()
  }

  /** A ring around each. */
  setMarked(keys: ReadonlySet<string>): void {
    const before = this.#painter.chosen
    this.#painter.chosen = this.#indexes(keys)
    this.#repaint(new Set([...before, ...this.#painter.chosen]))
  }

  /** Move a node, in the coordinates of the map (see `mapOf`). */
  place(key: string, x: number, y: number): void {
    const node = this.#graph.indexOf(key)
    if (node < 0) return
    this.#graph.x[node] = x
    this.#graph.y[node] = y
    this.#lines.forget()
    this.#sigma.getGraph().mergeNodeAttributes(key, { x, y: y * this.#stretch })
  }

  /** A PNG of what is shown, background and labels included, `scale` px for each px of the canvas. */
  snapshot(scale = 1): Promise<Blob> {
    // drawn now: what a canvas shows is gone after the frame
    this.#sigma.refresh({ partialGraph: { nodes: [], edges: [] }, skipIndexation: true })
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
    const labels = new Map(this.#titles.placed.map(({ spot, text }) => [spot.key, text]))
    const { nodes, count } = this.#scene
    for (const node of nodes.subarray(0, count)) {
      const key = this.#graph.keyOf(node)
      yield { key, ...this.#pointOf(node), size: this.#radius(node), colour: this.#painter.colourOf(node), label: labels.get(key) ?? '' }
    }
  }

  /** Single lines, bundles as the straight lines between their communities, and those of the node in the light. */
  *lines(): Iterable<Line> {
    const { from, to, community } = this.#graph
    const { paper } = this.#painter
    const { width } = this.#shown()
    for (const line of this.#lines.drawn) {
      const [a, b] = [from[line] ?? 0, to[line] ?? 0]
      const [p, q] = [this.#pointOf(a), this.#pointOf(b)]
      yield { x1: p.x, y1: p.y, x2: q.x, y2: q.y, colour: community[a] === community[b] ? paper.edge : paper.bridge, width }
    }
    const most = this.#overlay.bundles[0]?.ties ?? 1
    for (const { a, b, ties } of this.#overlay.bundles) {
      const { x, y } = this.#scene
      yield { x1: x(a.x), y1: y(a.y), x2: x(b.x), y2: y(b.y), colour: paper.edge, width: bundleWidth(ties, most) }
    }
    for (const lines of this.#overlay.focusLines().values()) yield* lines
  }
}

const scaleOf = (container: HTMLElement): number =>
  Math.min(1.3, Math.max(0.6, Math.sqrt(container.clientWidth * container.clientHeight) / 900))
