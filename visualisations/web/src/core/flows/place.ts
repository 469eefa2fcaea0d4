import { readable } from '../route'

export const LEVELS = ['funder', 'programme', 'technology', 'kind', 'region', 'country', 'recipient', 'instrument'] as const
export type Level = (typeof LEVELS)[number]
export const FILTERS = ['technology', 'region', 'funder', 'programme', 'kind'] as const
export type FilterName = (typeof FILTERS)[number]

/** What the address of the page says. `pick` are ids of one stop, or of the two that a band joins. */
export interface FlowPlace extends Record<FilterName, readonly string[]> {
  by: readonly Level[]; from: number | null; to: number | null; pick: readonly string[]
}
export interface Fault { about: 'By' | 'Year' | 'Pick'; value: string }

export const FIRST: readonly Level[] = ['funder', 'programme', 'technology', 'kind']
export const EVERYTHING: FlowPlace = { by: FIRST, technology: [], region: [], funder: [], programme: [], kind: [], from: null, to: null, pick: [] }

const isLevel = (text: string): text is Level => LEVELS.some((level) => level === text)

function levels(text: string | null, faults: Fault[]): readonly Level[] {
  if (text === null) return FIRST
  const asked = text.split(',')
  const known = asked.filter(isLevel)
  if (known.length === asked.length && known.length >= 2 && known.length <= 4 && new Set(known).size === known.length) return known
  faults.push({ about: 'By', value: text })
  return FIRST
}

/** Malformed values are left out and told of; unknown keys are the server's to refuse, with what comes near. */
export function readFlows(search: string): { place: FlowPlace; faults: readonly Fault[] } {
  const query = new URLSearchParams(search)
  const faults: Fault[] = []
  const many = (name: string): string[] => [...new Set(query.getAll(name).filter(Boolean))]
  const year = (name: string): number | null => {
    const text = query.get(name)
    if (text && /^\d{4}$/.test(text) && Number(text) > 0) return Number(text)
    if (text) faults.push({ about: 'Year', value: text })
    return null
  }
  const by = levels(query.get('by'), faults)
  const picks = many('pick')
  const good = picks.filter((id) => by.some((level) => id.startsWith(`${level}:`) && id.length > level.length + 1)).slice(0, 2)
  for (const id of picks) if (!good.includes(id)) faults.push({ about: 'Pick', value: id })
  return {
    place: { by, technology: many('technology'), region: many('region'), funder: many('funder'), programme: many('programme'), kind: many('kind'), from: year('from'), to: year('to'), pick: good },
    faults,
  }
}

function parameters(place: FlowPlace): URLSearchParams {
  const query = new URLSearchParams()
  if (place.by.join() !== FIRST.join()) query.set('by', place.by.join(','))
  for (const name of FILTERS) for (const value of place[name]) query.append(name, value)
  if (place.from !== null) query.set('from', String(place.from))
  if (place.to !== null) query.set('to', String(place.to))
  return query
}

/** What the server is asked for the picture. */
export const flowsQuery = (place: FlowPlace): string => readable(parameters(place))

/** What the server is asked for the sums behind what is picked. */
export function sumsQuery(place: FlowPlace): string {
  const query = parameters(place)
  for (const id of place.pick) query.append('pick', id)
  return readable(query)
}

/** The address of a place; `lang` stays when it was there. */
export function flowsHref(place: FlowPlace, search = ''): string {
  const query = new URLSearchParams(sumsQuery(place))
  const lang = new URLSearchParams(search).get('lang')
  if (lang) query.set('lang', lang)
  const text = readable(query)
  return text ? `/flows?${text}` : '/flows'
}

export const isFiltered = (place: FlowPlace): boolean => FILTERS.some((name) => place[name].length > 0) || place.from !== null || place.to !== null
export const unfiltered = (place: FlowPlace): FlowPlace => ({ ...EVERYTHING, by: place.by })

/** The place that shows only what a stop stands for; null where no filter says that. */
export function only(place: FlowPlace, level: Level, value: string): FlowPlace | null {
  if (value.startsWith('*')) return null
  const bare = { ...place, pick: [] }
  if (level === 'technology') return { ...bare, technology: [value.replace(/^tech\//, '')] }
  if (level === 'region' || level === 'country') return { ...bare, region: [value] }
  return level === 'funder' || level === 'programme' || level === 'kind' ? { ...bare, [level]: [value] } : null
}

/** The place without a value that the server refused, or with another one in its stead. */
export function mendedFlows(place: FlowPlace, parameter: string, value: string, other?: string): FlowPlace {
  const name = FILTERS.find((one) => one === parameter)
  if (name) return { ...place, pick: [], [name]: place[name].flatMap((one) => (one !== value ? [one] : other ? [other] : [])) }
  if (parameter === 'from' || parameter === 'to') return { ...place, from: null, to: null }
  return parameter === 'by' ? { ...place, by: FIRST, pick: [] } : { ...place, pick: [] }
}
