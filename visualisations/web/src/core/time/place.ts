import { EVENT_KINDS, type EventKind } from '../api/time'
import { mapHref } from '../filter'
import { readable } from '../route'

/** What the address of the page says. `period` is the bar that is open (`2020`, `2020-05`, `undated`), `event` the part of it. */
export interface Wanted {
  of: string
  technology: readonly string[]
  region: readonly string[]
  kind: readonly EventKind[]
  from: number | null
  to: number | null
  by: 'year' | 'month'
  show: 'events' | 'money'
  period: string
  event: EventKind | null
}
export const NOTHING: Wanted = { of: '', technology: [], region: [], kind: [], from: null, to: null, by: 'year', show: 'events', period: '', event: null }

/** The parameters of an address that can be none, and their values. */
export interface Fault { name: string; value: string }

const PERIOD = /^(\d{4}(-(0[1-9]|1[0-2]))?|undated)$/
const known = (text: string): EventKind | undefined => EVENT_KINDS.find((kind) => kind === text)

/** Malformed values are left out and told; unknown technologies and regions are the server's to refuse. */
export function readPlace(search: string): { wanted: Wanted; faults: Fault[] } {
  const query = new URLSearchParams(search)
  const faults: Fault[] = []
  const many = (name: string): string[] => [...new Set(query.getAll(name).filter(Boolean))]
  const good = <T>(name: string, value: T | undefined | null, fallback: T): T => {
    const text = query.get(name)
    if (text && (value === undefined || value === null)) faults.push({ name, value: text })
    return value ?? fallback
  }
  const year = (name: string): number | null => good<number | null>(name, /^\d{4}$/.test(query.get(name) ?? '') ? Number(query.get(name)) : null, null)
  for (const value of many('kind')) if (!known(value)) faults.push({ name: 'kind', value })
  let [from, to] = [year('from'), year('to')]
  if (from !== null && to !== null && from > to) {
    faults.push({ name: 'from', value: `${from}–${to}` })
    from = to = null
  }
  const period = query.get('period') ?? ''
  return {
    faults,
    wanted: {
      of: query.get('of') ?? '', technology: many('technology'), region: many('region'),
      kind: EVENT_KINDS.filter((kind) => many('kind').includes(kind)), from, to,
      by: good('by', (['year', 'month'] as const).find((by) => by === query.get('by')), 'year'),
      show: good('show', (['events', 'money'] as const).find((show) => show === query.get('show')), 'events'),
      period: good('period', PERIOD.test(period) ? period : null, ''),
      event: good<EventKind | null>('event', known(query.get('event') ?? ''), null),
    },
  }
}

function params(wanted: Wanted): URLSearchParams {
  const query = new URLSearchParams()
  if (wanted.of) query.set('of', wanted.of)
  for (const value of wanted.technology) query.append('technology', value)
  for (const value of wanted.region) query.append('region', value)
  for (const value of wanted.kind) query.append('kind', value)
  return query
}

/** What the server is asked for the counts. */
export function countsQuery(wanted: Wanted): string {
  const query = params(wanted)
  if (wanted.from !== null) query.set('from', String(wanted.from))
  if (wanted.to !== null) query.set('to', String(wanted.to))
  if (wanted.by !== 'year') query.set('by', wanted.by)
  return readable(query)
}

/** What the server is asked for the events of the open bar. */
export function eventsQuery(wanted: Wanted): string {
  const query = params(wanted.event ? { ...wanted, kind: [wanted.event] } : wanted)
  query.set('period', wanted.period)
  return readable(query)
}

/** The address of a place; `lang` stays when it was there. */
export function placeHref(wanted: Wanted, search = ''): string {
  const query = new URLSearchParams(countsQuery(wanted))
  if (wanted.show !== 'events') query.set('show', wanted.show)
  if (wanted.period) query.set('period', wanted.period)
  if (wanted.period && wanted.event) query.set('event', wanted.event)
  const lang = new URLSearchParams(search).get('lang')
  if (lang) query.set('lang', lang)
  const text = readable(query)
  return text ? `/time?${text}` : '/time'
}

/** The map with the same technologies and counties, told to play through these years. */
export function playHref(from: number, to: number, technologies: readonly string[], counties: readonly string[]): string {
  const href = mapHref({ tech: technologies, county: counties, from, to })
  return `${href}${href.includes('?') ? '&' : '?'}play=1`
}

export const isFiltered = (wanted: Wanted): boolean =>
  Boolean(wanted.of || wanted.technology.length || wanted.region.length || wanted.kind.length || wanted.from !== null || wanted.to !== null)
