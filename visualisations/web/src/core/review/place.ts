import type { Dimension } from '../api/review'

/** Where somebody is in the review: what the address says. */
export interface Wanted {
  filter: Record<Dimension, string[]>
  /** One of ORDERS; anything else is the server's to refuse. */
  order: string
  /** Not set by the page; what an address says is asked for as it stands. */
  offset: string
  pair: { one: string; other: string } | null
  view: 'queue' | 'decided'
  moved: boolean
}
export const ORDERS = ['weight', 'score', 'name'] as const
export type Order = (typeof ORDERS)[number]
export const DIMENSIONS: readonly Dimension[] = ['kind', 'country', 'source', 'reason']

export function readPlace(search: string): Wanted {
  const query = new URLSearchParams(search)
  const filter = Object.fromEntries(DIMENSIONS.map((name) => [name, [...new Set(query.getAll(name).filter(Boolean))]])) as Wanted['filter']
  const one = query.get('one')
  const other = query.get('other')
  return {
    filter,
    order: query.get('order') || 'weight',
    offset: query.get('offset') ?? '',
    pair: one && other ? { one, other } : null,
    view: query.get('view') === 'decided' ? 'decided' : 'queue',
    moved: query.get('moved') === 'true',
  }
}

/** What the server is asked: the filter, the order, and where to begin. */
export function queueQuery(wanted: Wanted): string {
  const query = new URLSearchParams()
  for (const name of DIMENSIONS) for (const value of wanted.filter[name]) query.append(name, value)
  if (wanted.order !== 'weight') query.set('order', wanted.order)
  if (wanted.offset) query.set('offset', wanted.offset)
  return query.toString()
}

/** The address of a place; `lang` stays when it was there. */
export function placeHref(wanted: Wanted, search: string): string {
  const query = new URLSearchParams(queueQuery(wanted))
  if (wanted.view === 'decided') query.set('view', 'decided')
  if (wanted.moved) query.set('moved', 'true')
  if (wanted.pair) {
    query.set('one', wanted.pair.one)
    query.set('other', wanted.pair.other)
  }
  const lang = new URLSearchParams(search).get('lang')
  if (lang) query.set('lang', lang)
  const text = query.toString()
  return text ? `/review?${text}` : '/review'
}

export const pairId = (pair: { one: string; other: string }): string => [pair.one, pair.other].sort().join(' ')
