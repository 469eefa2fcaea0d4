import { ask } from '../../api/client'
import type { Pair, Ref } from '../../api/types'
import type { Level } from './extra'

export type SpotLevel = 'town' | 'county' | 'country'
export interface Places {
  generation: number
  places: {
    key: string[]; en: string[]; sv: string[]; level: SpotLevel[]; lat: (number | null)[]; lon: (number | null)[]
    county: (string | null)[]; country: (string | null)[]; organisations: number[]; efforts: number[]
  }
  nowhere: { organisations: number; efforts: number }
}
export interface Flows {
  level: Level; keys: string[]; names: (Pair | null)[]; a: number[]; b: number[]; count: number[]
  pairs: number; efforts: number; across: number
}
export interface FlowTie { tie: string; effort: Ref | null; start: number | null; end: number | null; a: Ref[]; b: Ref[] }
export interface Flow { total: number; ties: FlowTie[] }
/** A row of the table; `links` counts others of the selection. */
export interface TableRow {
  key: string; path: string; name: Pair; kind: string; county: string | null; country: string | null; place: Pair | null
  links: number; since: number | null; technologies: number
}
export interface TablePart { total: number; offset: number; rows: TableRow[] }
export interface There extends Ref { at: string; degree: number }
export interface ThereAt { totals: number[]; things: There[] }

const path = (name: string, query: string, more: Record<string, string | readonly string[]>): string => {
  const added = new URLSearchParams(query)
  for (const [key, value] of Object.entries(more)) for (const one of [value].flat()) added.append(key, one)
  return `/map/${name}?${added}`
}

export const geo = {
  places: (query: string, signal?: AbortSignal) => ask<Places>(path('places', query, {}), { signal }),
  flows: (query: string, level: Level, signal?: AbortSignal) => ask<Flows>(path('flows', query, { level, limit: '300' }), { signal }),
  flow: (query: string, level: Level, a: string, b: string, signal?: AbortSignal) => ask<Flow>(path('flow', query, { level, a, b }), { signal }),
  rows: (query: string, sort: string, offset: number, limit: number, lang: string, signal?: AbortSignal) =>
    ask<TablePart>(path('rows', query, { sort, offset: String(offset), limit: String(limit), lang }), { signal }),
  there: (query: string, at: readonly string[], limit: number, signal?: AbortSignal) => ask<ThereAt>(path('at', query, { at, limit: String(limit) }), { signal }),
}
export const placesCsv = (query: string, lang: string): string => `/api/v1${path('places.csv', query, { lang })}`
export const flowCsv = (query: string, level: Level, a: string, b: string, lang: string): string => `/api/v1${path('flow.csv', query, { level, a, b, lang })}`
