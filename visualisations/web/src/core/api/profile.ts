import { ask, keyPath, withQuery } from './client'
import type { EvidenceId, Group, Pair, Proven, Ref, Relation } from './types'

/** A part of a profile, a page at a time; `sparql` gives the same rows at /sparql. */
export interface Part<Row> extends Proven {
  key: string
  total: number
  offset: number
  limit: number
  sparql: string
  csv: string | null
  rows: Row[]
}
export interface Partner {
  other: Ref
  place: Pair | null
  country: string | null
  joint: number
  strength: number | null
  share: number | null
  first: number | null
  last: number | null
  via: Ref[]
  roles: string[]
  amount_eur: number | null
  part: number | null
  evidence: EvidenceId[]
}
export interface Partners extends Part<Partner> { of: Group }
export interface TechnologyRow { technology: Ref; stated: boolean; efforts: number; organisations: number | null; first: number | null; last: number | null }
export interface MoneyTotal { rows: number; eur: number | null; unknown: number; unconverted: number; held: number }
export interface MoneyYear {
  year: number | null
  in_rows: number
  in_eur: number | null
  in_unknown: number
  out_rows: number
  out_eur: number | null
  out_unknown: number
}
export type Way = 'in' | 'out'
export type MoneyBy = 'payer' | 'recipient' | 'programme' | 'effort' | 'technology' | 'region'
export interface MoneyGroup { by: MoneyBy; direction: Way; total: number; rows: { other: Ref; rows: number; eur: number | null; unknown: number }[] }
export interface MoneyPart {
  key: string
  received: MoneyTotal
  paid: MoneyTotal
  years: MoneyYear[]
  groups: MoneyGroup[]
  sparql: Partial<Record<Way, string>>
  csv: string
}
export interface EventRow {
  event: string
  other: Ref | null
  role: string | null
  start: string | null
  end: string | null
  year: number
  year_to: number | null
  amount: string | null
  currency: string | null
  evidence: EvidenceId[]
}
export interface Timeline extends Part<EventRow> { kinds: Record<string, number>; years: { year: number; counts: Record<string, number> }[]; undated: number }
export interface Similar {
  other: Ref
  place: Pair | null
  country: string | null
  score: number
  technologies: Ref[]
  words: string[]
  common: Ref[]
  same_type: boolean
  linked: boolean
  double: boolean
}

type Asked = Record<string, string | number | readonly string[]>

function query(asked: Asked): string {
  const held = new URLSearchParams()
  for (const [name, value] of Object.entries(asked)) for (const one of Array.isArray(value) ? value : [value]) held.append(name, String(one))
  return held.toString()
}

const part = <T>(name: string) => (key: string, asked: Asked, signal?: AbortSignal): Promise<T> =>
  ask<T>(withQuery(`/entity/${keyPath(key)}/${name}`, query(asked)), { signal })

export const parts = {
  relations: part<Part<Relation>>('relations'),
  partners: part<Partners>('partners'),
  technologies: part<Part<TechnologyRow>>('technologies'),
  money: part<MoneyPart>('money'),
  timeline: part<Timeline>('timeline'),
  similar: part<Part<Similar>>('similar'),
}

/** Where a part is a table, in the language of the page. */
export const partCsv = (key: string, name: keyof typeof parts, lang: string): string => `/api/v1/entity/${keyPath(key)}/${name}.csv?lang=${lang}`
