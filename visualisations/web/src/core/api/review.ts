import { ask as asked, type Asking } from './client'
import type { Count, Pair, Ref } from './types'

/** The shapes of `/api/v1/review`; what the answers mean stands in the OpenAPI document. */
export type Verdict = 'same' | 'different' | 'unsure'
export type State = 'equal' | 'shared' | 'different' | 'only_one' | 'only_other'
export interface Place { key: string; name: Pair; path: string }
export interface Candidate {
  one: string
  other: string
  one_thing: Ref
  other_thing: Ref
  one_country: string | null
  other_country: string | null
  score: number
  weight: number
  reasons: string[]
}
export type Dimension = 'kind' | 'country' | 'source' | 'reason'
export interface Queue {
  total: number
  open: number
  decided: number
  waiting: number
  offset: number
  pairs: Candidate[]
  choices: Record<Dimension, Count[]>
}
export interface ShownValue { text: string | Pair; lang: string | null; href: string | null; equal: boolean }
export interface Field { property: string; label: Pair; identifier: boolean; state: State; one: ShownValue[]; other: ShownValue[] }
export interface Sum { currency: string; amount: string; relations: number }
export interface Side {
  record: string
  thing: Ref
  records: { key: string; source: string; title: Pair | null }[]
  ties: Record<string, number>
  partners: Place[]
  partner_count: number
  money_in: Sum[]
  money_out: Sum[]
}
export interface Some { count: number; first: Place[] }
export interface Effect {
  merged: boolean
  between: number
  together: Some
  shared: Some
  new_for_one: Some
  new_for_other: Some
  agree: Pair[]
  clashes: { property: string; label: Pair; one: string[]; other: string[] }[]
  kinds_fit: boolean
}
export interface Compared {
  one: Side
  other: Side
  fields: Field[]
  effect: Effect
  score: number | null
  weight: number | null
  reasons: string[]
  decided: boolean
}
export interface Decision {
  id: string
  at: string
  by: string
  one: string
  other: string
  verdict: Verdict
  note: string
  built: boolean
  moved: Record<string, string>
  unknown: string[]
  one_name: Pair | null
  other_name: Pair | null
}
export interface Decisions { total: number; today: number; waiting: number; decisions: Decision[] }
export interface Job { job: string; state: 'running' | 'done' | 'failed'; seconds: number; last: string }

const BASE = '/api/v1/review'

const ask = <T>(path: string, key: string | null, options: Asking = {}): Promise<T> => asked<T>(`/review${path}`, { key, ...options })

/** Letters, digits and marks of ASCII: anything else cannot be in a header, and is no key. */
export const isHeaderText = (text: string): boolean => /^[\x21-\x7e]+$/.test(text)

export const review = {
  queue: (query: string, offset: number, limit: number, signal?: AbortSignal) =>
    ask<Queue>(`?offset=${offset}&limit=${limit}${query ? `&${query}` : ''}`, null, { signal }),  // an offset of the query counts
  pair: (one: string, other: string, signal?: AbortSignal) =>
    ask<Compared>(`/pair?${new URLSearchParams({ one, other })}`, null, { signal }),
  decisions: (key: string, offset: number, limit: number, moved: boolean, signal?: AbortSignal) =>
    ask<Decisions>(`/decisions?offset=${offset}&limit=${limit}&moved=${moved}`, key, { signal }),
  decide: (key: string, one: string, other: string, verdict: Verdict, note: string) =>
    ask<{ decision: Decision; waiting: number }>('/decisions', key, { post: true, body: { one, other, verdict, note } }),
  undo: (key: string, id: string) => ask<{ id: string; waiting: number }>('/undo', key, { post: true, body: { id } }),
  rebuild: (key: string) => ask<Job>('/rebuild', key, { post: true }),
  job: (key: string, id: string) => ask<Job>(`/rebuild/${encodeURIComponent(id)}`, key),
}

export const queueCsvHref = (query: string, lang: string): string => `/api/v1/review.csv?${query ? `${query}&` : ''}lang=${lang}`
export const queueHref = (query: string): string => (query ? `${BASE}?${query}` : BASE)
