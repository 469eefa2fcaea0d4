import { ask, withQuery } from '../api/client'
import type { Pair, Proven, Ref } from '../api/types'
import type { Level } from './place'

/** Euro, null where no sum is known; `equal` is what of it was split in equal parts. */
export interface Money { eur: number | null; known: number; silent: number; equal: number }
export interface Stop extends Money { id: string; level: Level; value: string; name: Pair; path: string | null; count: number }
export interface Band extends Money { source: string; target: string }
export interface Flows { by: Level[]; total: Money; undated: number; years: [number, number] | null; stops: Stop[]; bands: Band[]; sparql: string }
export interface Choice { value: string; name: Pair; count: number; depth: number }
export interface Choices { technology: Choice[]; region: Choice[]; kind: Choice[]; years: [number, number] | null }
export interface Sum {
  key: string; kind: Pair; start: string | null; amount: string | null; currency: string | null; eur: number | null; part: number | null
  equal: boolean; funders: Ref[]; effort: Ref | null; recipients: Ref[]; recipient_count: number; evidence: number[]
}
export interface Sums extends Proven { total: number; money: Money; rows: Sum[] }

export const flowsApi = {
  flows: (query: string, signal?: AbortSignal) => ask<Flows>(withQuery('/flows', query), { signal }),
  choices: (signal?: AbortSignal) => ask<Choices>('/flows/choices', { signal }),
  sums: (query: string, limit: number, signal?: AbortSignal) => ask<Sums>(withQuery('/flows/sums', `${query ? `${query}&` : ''}limit=${limit}`), { signal }),
}

export const OTHER = '*other'
export const UNKNOWN = '*unknown'
