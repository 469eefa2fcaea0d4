import Graph from 'graphology'
import type { MapPayload } from '../api/types'
import type { KindGroup } from '../kinds'

export interface NodeData {
  [attribute: string]: unknown
  x: number
  /** Stretched on a tall picture. */
  y: number
  /** `y` as the server gave it. */
  level: number
  size: number
  group: KindGroup
  name: string
  /** Whether it has a tie to anything on the whole map. */
  linked: boolean
}
export interface EdgeData { [attribute: string]: unknown; ties: string[]; inside: boolean }
export type MapGraph = Graph<NodeData, EdgeData>

/** One row of the table and one entry of the selection panel. */
export interface Row {
  key: string
  name: string
  kind: string
  group: KindGroup
  county: string | null
  links: number
  since: number | null
}

type GroupOf = (kind: string) => KindGroup

/** Radius in px at the fitted camera, by the square root of the degree; smaller when there are many nodes. */
function radius(degree: number, group: KindGroup, nodes: number): number {
  const scale = Math.min(1, Math.max(0.45, Math.sqrt(800 / nodes)))
  const size = 2.4 + 1.25 * Math.sqrt(degree)
  return Math.min(15, group === 'effort' ? size * 0.78 : size) * scale
}

export function names(payload: MapPayload, lang: 'en' | 'sv'): string[] {
  const { en, sv } = payload.nodes.name
  return lang === 'en' ? en : en.map((name, i) => sv[i] ?? name)
}

/** Nodes keep their place from the server; the ties of a pair become one line that knows its kinds. */
export function buildGraph(payload: MapPayload, lang: 'en' | 'sv', groupOf: GroupOf): MapGraph {
  const graph: MapGraph = new Graph({ type: 'undirected', multi: false, allowSelfLoops: false })
  const { key, kind, x, y, degree } = payload.nodes
  const labels = names(payload, lang)
  const groups = payload.kinds.map(groupOf)
  key.forEach((id, i) => {
    const group = groups[kind[i] ?? -1] ?? 'company'
    graph.addNode(id, {
      x: x[i] ?? 0, y: y[i] ?? 0, level: y[i] ?? 0, name: labels[i] ?? id, group, size: radius(degree[i] ?? 0, group, key.length),
      linked: (degree[i] ?? 0) > 0,
    })
  })
  addEdges(graph, payload)
  return graph
}

function addEdges(graph: MapGraph, payload: MapPayload): void {
  const { a, b, tie } = payload.edges
  const { key, community } = payload.nodes
  for (let i = 0; i < a.length; i++) {
    const from = key[a[i] ?? -1]
    const to = key[b[i] ?? -1]
    const name = payload.ties[tie[i] ?? -1] ?? ''
    if (!from || !to || from === to) continue
    const known = graph.edge(from, to)
    if (known === undefined) graph.addEdge(from, to, { ties: [name], inside: community[a[i] ?? -1] === community[b[i] ?? -1] })
    else if (!graph.getEdgeAttribute(known, 'ties').includes(name)) graph.getEdgeAttribute(known, 'ties').push(name)
  }
}

/** With how many others of the selection each is tied. */
function linksInside({ nodes, edges }: MapPayload): number[] {
  const others = nodes.key.map(() => new Set<number>())
  edges.a.forEach((a, i) => {
    const b = edges.b[i]
    if (b === undefined || a === b) return
    others[a]?.add(b)
    others[b]?.add(a)
  })
  return others.map((set) => set.size)
}

export function rows(payload: MapPayload, lang: 'en' | 'sv', groupOf: GroupOf): Row[] {
  const { key, kind, county, year } = payload.nodes
  const labels = names(payload, lang)
  const links = linksInside(payload)
  return key.map((id, i) => {
    const name = payload.kinds[kind[i] ?? -1] ?? ''
    const place = county[i]
    return {
      key: id, name: labels[i] ?? id, kind: name, group: groupOf(name), links: links[i] ?? 0, since: year?.[i] ?? null,
      county: place === null || place === undefined || place < 0 ? null : (payload.counties[place] ?? null),
    }
  })
}
