import Graph from 'graphology'
import type { NodeDisplayData } from 'sigma/types'
import type { Camera } from '../filter'
import { bundled, type Bundle, type Community } from './bundles'
import { Drawing } from './drawing'
import { Eye, HOME } from './eye'
import { frame } from './frame'
import type { MapGraph } from './graph'
import { Light } from './light'
import { Lines, MOST_NODES } from './lines'
import { linesProgram, type Shown } from './lines-program'
import { FIRST_LOOK, type Colouring, type Sizing } from './look'
import { shapeProgram } from './node-program'
import { Over } from './over'
import { Overlay } from './overlay'
import { Painter, type Paper } from './painter'
import { Picking } from './picking'
import { pointing, type Pointed } from './pointing'
import { Scene } from './scene'
import type { Dot, Line, Point } from './shown'
import { sized } from './sizes'
import { NoProgram, Stage, standing, type Stand } from './stage'
import { Titles } from './titles'

export { hasWebgl } from './webgl'

export interface RendererEvents extends Pointed {
  moved(camera: Camera): void
  /** How many bundles are drawn, when that changed. */
  drawn?(bundles: number): void
}

/**
 * The network on a canvas: sigma draws nodes and moves the camera; lines, bundles and labels are drawn here. The rooms behind it: `Eye` the
 * camera, `Light` what is chosen, `Over` names and bundles, `Picking` what lies under a point, `Drawing` what goes out.
 */
export class Renderer {
  readonly #scene = new Scene()
  readonly #lines = new Lines()
  readonly #painter: Painter
  readonly #overlay: Overlay
  readonly #titles: Titles
  readonly #stage: Stage
  readonly #eye: Eye
  readonly #light: Light
  readonly #over: Over
  readonly #picking: Picking
  readonly #drawing: Drawing
  #graph: MapGraph
  #sizing: Sizing = FIRST_LOOK.size
  #measure: Float32Array | null = null
  #stretch = 0

  constructor(container: HTMLElement, graph: MapGraph, paper: Paper, motion: boolean, events: RendererEvents) {
    this.#graph = graph
    const painter = (this.#painter = new Painter(graph, bundled(graph), sized(graph, this.#sizing, null), paper))
    painter.scale = scaleOf(container)
    this.#overlay = new Overlay(this.#scene, painter)
    this.#titles = new Titles(this.#scene, painter)
    const Shape = shapeProgram(() => painter)
    this.#stage = new Stage(new Graph<Stand>(), container, {
      renderLabels: false, allowInvalidContainer: true, zIndex: false, stagePadding: container.clientWidth < 600 ? 12 : 36, enableCameraRotation: false,
      minCameraRatio: 0.02, maxCameraRatio: 3, defaultNodeType: 'shape', nodeProgramClasses: { circle: NoProgram as never, shape: Shape as never },
      nodeHoverProgramClasses: { circle: NoProgram as never, shape: NoProgram as never }, defaultDrawNodeHover: () => undefined,
      edgeProgramClasses: { line: NoProgram as never, arrow: NoProgram as never, lines: linesProgram(() => this.#shown()) as never },
      nodeReducer: (_, { i, x, y }) => painter.node(i, x, y) as Partial<NodeDisplayData>,
    })
    for (const layer of ['hovers', 'hoverNodes']) this.#stage.showLayer(layer, false)
    this.#light = new Light(this.#stage, painter)
    this.#over = new Over(this.#stage, this.#scene, painter, this.#overlay, this.#titles)
    this.#picking = new Picking(this.#scene, painter, this.#overlay, this.#over.radius)
    this.#drawing = new Drawing(this.#stage, this.#scene, painter, this.#lines, this.#overlay, this.#titles, this.#picking)
    this.#eye = new Eye(this.#stage, this.#scene, motion, (camera) => events.moved(camera))
    this.#listen(container, events)
    this.#eye.quietly(() => this.#set(graph))
  }

  #listen(container: HTMLElement, events: RendererEvents): void {
    this.#stage.on('afterClear', () => this.#prepare())
    let told = 0
    this.#stage.on('afterRender', () => {
      this.#over.draw()
      if (told !== this.bundles) events.drawn?.((told = this.bundles))
    })
    pointing(this.#stage, container, this.#picking, this.#overlay, {
      ...events, hover: (key) => { events.hover(key); this.#light.hover(key) },
      select: (key) => events.select(key), bundle: (bundle, at) => events.bundle?.(bundle, at),
    }, (bundle) => this.frameBundle(bundle))
  }

  /** What is in view and which lines that means, before anything is drawn. */
  #prepare(): void {
    const { width, height } = this.#stage.getDimensions()
    const cameraState = this.#stage.getCamera().getState()
    const scene = this.#scene
    scene.look((point) => this.#stage.graphToViewport({ x: point.x, y: point.y * this.#stretch }, { cameraState }), width, height)
    scene.gather(this.#graph, this.#painter.hidden)
    this.#lines.see(this.#graph, scene.view, scene.count, this.#painter.hidden)
    this.#stage.showLayer('edges', this.#lines.count > 0)
    this.#overlay.bundles = this.#lines.count === 0 && this.#graph.size > 0 && scene.count > MOST_NODES / 10 ? this.#painter.bundled.bundles : []
    if (this.#overlay.hovered && !this.#overlay.bundles.includes(this.#overlay.hovered)) this.#overlay.hovered = null
  }

  #shown(): Shown {
    const { scale, offset } = this.#scene
    return { lines: this.#lines, scale, offset, width: this.#drawing?.width ?? 1, paper: this.#painter.paper, shaded: this.#painter.shaded }
  }

  /** Give the nodes to the stage, which draws them. */
  #set(graph: MapGraph): void {
    const container = this.#stage.getContainer()
    const { stretch, bbox } = frame(graph, container.clientWidth, container.clientHeight)
    this.#stretch = stretch
    this.#stage.setCustomBBox(bbox)
    this.#stage.setGraph(standing(graph, stretch))
  }

  get graph(): MapGraph {
    return this.#graph
  }

  /** Lines that are drawn now. */
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

  /** Another network on the same canvas; the camera goes home. */
  show(graph: MapGraph): void {
    if (graph === this.#graph) return
    this.#graph = graph
    this.#light.move(graph)
    this.#painter.bundled = bundled(graph)
    this.#measure = null
    this.#painter.sized = sized(graph, this.#sizing, null)
    this.#titles.names = []
    this.#lines.forget()
    this.jump(HOME)
    this.#set(graph)
  }

  select = (key: string | null): void => this.#light.select(key)
  setMarked = (keys: ReadonlySet<string>): void => this.#light.mark(keys)
  setHidden(keys: ReadonlySet<string>): void {
    this.#lines.forget()
    this.#light.hide(keys)
  }

  /** How nodes are coloured and sized; `measure` by node, NaN where it is not known, null for none or until it is here. */
  look(colour: Colouring, sizing: Sizing, measure: Float32Array | null): void {
    if (colour === this.#painter.colour && sizing === this.#sizing && measure === this.#measure) return
    this.#painter.colour = colour
    this.#sizing = sizing
    this.#measure = measure
    this.#painter.sized = sized(this.#graph, sizing, measure?.length === this.#graph.order ? measure : null)
    this.#stage.refresh()
  }

  repaint(paper: Paper): void {
    if (paper === this.#painter.paper) return
    this.#painter.paper = paper
    this.#stage.refresh()
  }

  /** The names of nodes (in their order) and of communities (by number). */
  name(names: readonly string[], communities: ReadonlyMap<number, string>): void {
    this.#titles.names = names
    this.#titles.communities = communities
    this.#over.rename()
  }

  /** What lies over the picture at its right and lower edge, in px: labels keep clear of it, the selected node moves out if `moves`. */
  cover(right: number, below: number, moves = true): void {
    this.#over.covered = { right, below }
    const place = this.#placeOf(this.#light.selected)
    if (!moves || !place || !this.#eye.uncover(place, { right, below })) this.#over.rename()
  }

  camera = (): Camera => this.#eye.camera
  jump = (camera: Camera): void => this.#eye.jump(camera)
  fit = (): void => this.#eye.fit()
  zoom = (factor: number): void => this.#eye.zoom(factor)
  pan = (right: number, down: number): void => this.#eye.pan(right, down)

  centre(key: string): void {
    const place = this.#placeOf(key)
    if (place) this.#eye.centre(place)
  }

  /** The camera on the two communities of a bundle. */
  frameBundle = ({ a, b }: Bundle): void => this.#eye.frameCommunities([a, b])
  frameCommunity = (number: number): void => this.#eye.frameCommunities(this.communities.filter((one) => one.number === number).slice(0, 1))
  /** The camera on these, with a margin for their names. */
  frameKeys = (keys: readonly string[]): void => this.#eye.framePoints(keys.flatMap((key) => this.viewportOf(key) ?? []))

  /** Drawn at once: a resized canvas is an empty one. */
  resize = (): void => {
    const container = this.#stage.getContainer()
    if (container.clientWidth === this.#scene.width && container.clientHeight === this.#scene.height) return
    const before = this.#painter.scale
    this.#painter.scale = scaleOf(container)
    const { stretch, bbox } = frame(this.#graph, container.clientWidth, container.clientHeight)
    this.#lines.forget()
    if (stretch !== this.#stretch) return this.#set(this.#graph)
    this.#stage.setCustomBBox(bbox)
    if (before !== this.#painter.scale) this.#stage.refresh()
    else this.#stage.refresh({ partialGraph: { nodes: [] } })
  }
  kill = (): void => {
    this.#over.stop()
    this.#stage.kill()
  }

  /** Where a node stands in px from the upper left corner of the canvas; null when it is not drawn. */
  viewportOf = (key: string): Point | null => this.#picking.pointOfKey(key)

  /** Whether a point lies on the canvas, and under nothing. */
  shows({ x, y }: Point): boolean {
    const { width, height } = this.#stage.getDimensions()
    const { right, below } = this.#over.covered
    return x >= 0 && y >= 0 && x <= width - right && y <= height - below
  }

  /** Where a node stands in the coordinates of the stage; null when it is not drawn. */
  #placeOf(key: string | null): Point | null {
    const node = key === null ? -1 : this.#graph.indexOf(key)
    if (node < 0 || this.#painter.hidden.has(node)) return null
    return { x: this.#graph.x[node] ?? 0, y: (this.#graph.y[node] ?? 0) * this.#stretch }
  }

  /** A point of the canvas (px) in the coordinates of the map, which `place` takes and the server gives. */
  mapOf = (point: Point): Point => this.#picking.mapOf(point)
  keysIn = (polygon: readonly Point[]): string[] => this.#picking.keysIn(polygon)

  /** Move a node, in the coordinates of the map (see `mapOf`). */
  place(key: string, x: number, y: number): void {
    const node = this.#graph.indexOf(key)
    if (node < 0) return
    this.#graph.x[node] = x
    this.#graph.y[node] = y
    this.#lines.forget()
    this.#stage.getGraph().mergeNodeAttributes(key, { x, y: y * this.#stretch })
  }

  snapshot = (scale = 1): Promise<Blob> => this.#drawing.snapshot(scale)
  /** What is drawn within the canvas, in px. */
  positions = (): Iterable<Dot> => this.#drawing.dots()
  lines = (): Iterable<Line> => this.#drawing.lines()
}

const scaleOf = (container: HTMLElement): number =>
  Math.min(1.3, Math.max(0.6, Math.sqrt(container.clientWidth * container.clientHeight) / 900))
