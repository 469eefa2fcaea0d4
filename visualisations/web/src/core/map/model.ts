import type { Names, Rest } from '../api/packed'
import type { KindGroup } from '../kinds'
import type { MapGraph } from './graph'

export type { MapGraph } from './graph'

/** One row of the table and one entry of the selection panel. */
export interface Row {
  key: string
  name: string
  kind: string
  group: KindGroup
  county: string | null
  /** How many others of the picture it is tied to. */
  links: number
  since: number | null
}

/** By node; those whose names are not here yet are missing at the end. */
export const names = ({ en, sv }: Names, lang: 'en' | 'sv'): string[] => (lang === 'en' ? en : en.map((name, i) => sv[i] || name))

/** One thing; `rest` is null until it is here. */
export function row(graph: MapGraph, i: number, labels: readonly string[], rest: Rest | null): Row {
  const county = rest?.county[i]
  return {
    key: graph.keyOf(i), name: labels[i] || graph.keyOf(i), kind: graph.picture.kinds[graph.kind[i] ?? 0] ?? '', group: graph.groupOf(i),
    county: county === undefined ? null : (rest?.counties[county] ?? null), links: graph.neighborsOf(i).length, since: rest?.year[i] || null,
  }
}

export const rows = (graph: MapGraph, labels: readonly string[], rest: Rest | null): Row[] => graph.keys.map((_, i) => row(graph, i, labels, rest))
