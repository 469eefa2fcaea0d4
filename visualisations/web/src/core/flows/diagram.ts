import { sankey, sankeyLinkHorizontal, type SankeyLink, type SankeyNode } from 'd3-sankey'
import { short } from '../format'
import { OTHER, UNKNOWN, type Band, type Flows, type Stop } from './answer'

interface NodeIn { stop: Stop; level: number; order: number }
interface LinkIn { band: Band; source: string; target: string; value: number }
type Node = SankeyNode<NodeIn, LinkIn>
type Link = SankeyLink<NodeIn, LinkIn>

export interface Block { stop: Stop; level: number; colour: string; x: number; y: number; width: number; height: number; room: number }
export interface Ribbon { band: Band; from: Stop; to: Stop; colour: string; path: string; width: number }
export interface Picture { blocks: readonly Block[]; ribbons: readonly Ribbon[]; height: number }

const COLOURS = ['company', 'network', 'research', 'money', 'support', 'startup'] as const
const BLOCK = 14
const GAP = 24
const LEAST = 360
/** Beside the last level: its names stand there, so that they meet no others. */
const MARGIN = 240
/** Named stops by size, then all others, then what is not known. */
const rank = (stop: Stop): number => (stop.value === UNKNOWN ? 2 : stop.value === OTHER ? 1 : 0)

export const inOrder = (stops: readonly Stop[]): Stop[] =>
  [...stops].sort((a, b) => rank(a) - rank(b) || (b.eur ?? -1) - (a.eur ?? -1) || b.known + b.silent - a.known - a.silent)

/** CSS colours by id: the same in the picture and the lists; what is not one thing is grey. */
export function colours(found: Flows): ReadonlyMap<string, string> {
  const made = new Map<string, string>()
  for (const level of found.by) {
    inOrder(found.stops.filter((stop) => stop.level === level)).forEach((stop, at) =>
      made.set(stop.id, rank(stop) ? 'var(--effort)' : `var(--${COLOURS[at % COLOURS.length] ?? 'effort'})`))
  }
  return made
}

/** Blocks and bands of what has an amount; null when nothing has. */
export function picture(found: Flows, width: number): Picture | null {
  const paint = colours(found)
  const nodes: NodeIn[] = found.by.flatMap((level, at) =>
    inOrder(found.stops.filter((stop) => stop.level === level && (stop.eur ?? 0) > 0)).map((stop, order) => ({ stop, level: at, order })))
  const links: LinkIn[] = found.bands.filter((band) => (band.eur ?? 0) > 0).map((band) => ({ band, source: band.source, target: band.target, value: band.eur ?? 0 }))
  if (!nodes.length || !links.length) return null
  const most = Math.max(...found.by.map((_, at) => nodes.filter((node) => node.level === at).length))
  const height = Math.max(LEAST, most * (GAP + 26))
  const margin = Math.min(MARGIN, width / 4)
  const drawn = sankey<NodeIn, LinkIn>()
    .nodeId((node) => node.stop.id)
    .nodeAlign((node) => (node as Node).level)
    .nodeSort((a, b) => a.order - b.order)
    .nodeWidth(BLOCK)
    .nodePadding(GAP)
    .extent([[1, 12], [width - margin, height - 12]])({ nodes, links })
  const line = sankeyLinkHorizontal<NodeIn, LinkIn>()
  const column = (width - 1 - margin - BLOCK) / (found.by.length - 1)
  const blocks = (drawn.nodes as Node[]).map((node) => {
    const { x0 = 0, y0 = 0, y1 = 0 } = node
    const last = node.level === found.by.length - 1
    return { stop: node.stop, level: node.level, colour: paint.get(node.stop.id) ?? '', x: x0, y: y0, width: BLOCK, height: Math.max(1.5, y1 - y0), room: (last ? margin : column) - BLOCK - 8 }
  })
  const ribbons = (drawn.links as Link[]).map((link) => {
    const from = (link.source as Node).stop
    return { band: link.band, from, to: (link.target as Node).stop, colour: paint.get(from.id) ?? '', path: line(link) ?? '', width: Math.max(1, link.width ?? 1) }
  })
  return { blocks, ribbons: ribbons.sort((a, b) => b.width - a.width), height }
}

const SIZE = 12.5 // pixels, of the names of blocks
let pen: CanvasRenderingContext2D | null | undefined

/** Pixels of a text beside a block: wide letters are wide, so that no name runs into the next block. */
function wide(text: string, weight: number): number {
  if (pen === undefined) pen = typeof document === 'undefined' ? null : document.createElement('canvas').getContext('2d')
  if (!pen) return text.length * 8
  pen.font = `${weight} ${SIZE}px ${getComputedStyle(document.body).fontFamily}`
  return pen.measureText(text).width
}

/** A name that fits into `room` pixels together with its sum; at least four letters of it. */
export function fitted(name: string, sum: string, room: number): string {
  const left = room - wide(sum, 400) - 12
  let most = [...name].length
  while (most > 4 && wide(short(name, most), 600) > left) most--
  return short(name, most)
}
