import { ask, withQuery } from './client'
import type { Choice } from './gaps'
import type { Pair, Proven, Ref } from './types'

/** The shapes of `/api/v1/time`; what they mean stands in the OpenAPI document. A null number is not known: never 0. */
export const EVENT_KINDS = ['founded', 'begun', 'funded', 'partnered', 'ended', 'parted', 'closed'] as const
export type EventKind = (typeof EVENT_KINDS)[number]
export interface Offered extends Choice { count: number; depth: number }
export interface TimeScope { of: Ref | null; technology: Choice[]; region: Choice[]; kind: EventKind[]; year_from: number | null; year_to: number | null }
export interface KindCount { kind: EventKind; name: Pair; count: number; undated: number | null }
export interface Period { period: string; counts: Partial<Record<EventKind, number>>; eur: number | null; stated: number }
export interface Timeline {
  generation: number
  scope: TimeScope
  by: 'year' | 'month'
  kinds: KindCount[]
  periods: Period[]
  years: { year: number; count: number }[]
  technology: Offered[]
  region: Offered[]
  total: number
  coarse: number
}
export interface TimeEvent {
  kind: EventKind
  date: string | null
  thing: Ref
  other: Ref | null
  amount: string | null
  currency: string | null
  amount_eur: number | null
  evidence: number[]
}
export interface TimeEvents extends Proven { generation: number; scope: TimeScope; rows: TimeEvent[]; total: number }

export const time = {
  counts: (query: string, signal?: AbortSignal) => ask<Timeline>(withQuery('/time', query), { signal }),
  events: (query: string, signal?: AbortSignal) => ask<TimeEvents>(withQuery('/time/events', query), { signal }),
}
export const timeCsv = (query: string, lang: string): string => `/api/v1/time.csv?${query ? `${query}&` : ''}lang=${lang}`
export const eventsCsv = (query: string, lang: string): string => `/api/v1/time/events.csv?${query ? `${query}&` : ''}lang=${lang}`
