import { NO_EXTRA, parseExtra, writeExtra, type Extra } from './map/geo/extra'
import { NOTHING, parseHeld, writeHeld, type Held } from './map/held'
import { FIRST_LOOK, parseLook, writeLook, type Look } from './map/look'
import { readable } from './route'

/** The one filter state of the map: it lives in the URL, network, geography and table show it. */
export type Mode = 'all' | 'actors'
export const VIEWS = ['network', 'geography', 'table'] as const
export type View = (typeof VIEWS)[number]
export interface Camera { x: number; y: number; ratio: number }
export interface Filter {
  kind: readonly string[]
  tech: readonly string[]
  county: readonly string[]
  country: readonly string[]
  role: readonly string[]
  tie: readonly string[]
  from: number | null
  to: number | null
  q: string
  mode: Mode
  /** Only this organisation or effort, and what is at most `steps` lines from it. */
  ego: string | null
  steps: 1 | 2
}
/** Columns of the table; the first order, most links first, is not written in the address. */
export const COLUMNS = ['name', 'kind', 'place', 'county', 'country', 'links', 'since', 'technologies'] as const
export type Column = (typeof COLUMNS)[number]
export interface Order { column: Column; descending: boolean }
export const FIRST_ORDER: Order = { column: 'links', descending: true }
export interface MapState { filter: Filter; view: View; order: Order; sel: string | null; cam: Camera | null; look: Look; held: Held; extra: Extra }

export const FACETS = ['kind', 'tech', 'county', 'country', 'role', 'tie'] as const
export type Facet = (typeof FACETS)[number]

export const NO_FILTER: Filter = { kind: [], tech: [], county: [], country: [], role: [], tie: [], from: null, to: null, q: '', mode: 'all', ego: null, steps: 1 }

const year = (text: string | null): number | null => (text && /^\d{4}$/.test(text) ? Number(text) : null)

function camera(text: string | null): Camera | null {
  const parts = (text ?? '').split(',').map(Number)
  const [x, y, ratio] = parts
  if (parts.length !== 3 || x === undefined || y === undefined || ratio === undefined) return null
  return parts.every(Number.isFinite) && ratio > 0 ? { x, y, ratio } : null
}

/** `name`, or `-links` for descending. */
function order(text: string | null): Order {
  const column = COLUMNS.find((name) => name === text?.replace(/^-/, ''))
  return column ? { column, descending: text?.startsWith('-') ?? false } : FIRST_ORDER
}

/** Unknown parameters and malformed values are left out: an old link still opens. */
export function parseState(search: string): MapState {
  const query = new URLSearchParams(search)
  const many = (name: Facet): string[] => [...new Set(query.getAll(name).filter(Boolean))]
  const filter: Filter = {
    kind: many('kind'), tech: many('tech'), county: many('county'), country: many('country'), role: many('role'), tie: many('tie'),
    from: year(query.get('from')), to: year(query.get('to')), q: (query.get('q') ?? '').trim(),
    mode: query.get('mode') === 'actors' ? 'actors' : 'all',
    ego: query.get('ego') || null, steps: query.get('ego') && query.get('steps') === '2' ? 2 : 1,
  }
  return {
    filter,
    view: VIEWS.find((view) => view === query.get('view')) ?? 'network',
    order: order(query.get('sort')),
    sel: query.get('sel') || null,
    cam: camera(query.get('cam')),
    held: parseHeld(query),
    look: parseLook(query),
    extra: parseExtra(query),
  }
}

function filterParams(filter: Filter): URLSearchParams {
  const query = new URLSearchParams()
  for (const facet of FACETS) for (const value of filter[facet]) query.append(facet, value)
  if (filter.from !== null) query.set('from', String(filter.from))
  if (filter.to !== null) query.set('to', String(filter.to))
  if (filter.q) query.set('q', filter.q)
  if (filter.mode !== 'all') query.set('mode', filter.mode)
  if (filter.ego) query.set('ego', filter.ego)
  if (filter.ego && filter.steps === 2) query.set('steps', '2')
  return query
}

/** What the server needs: the filter without view, selection and camera. */
export const filterQuery = (filter: Filter): string => readable(filterParams(filter))

export function stateQuery(state: MapState): string {
  const query = filterParams(state.filter)
  if (state.view !== 'network') query.set('view', state.view)
  const { column, descending } = state.order
  if (column !== FIRST_ORDER.column || descending !== FIRST_ORDER.descending) query.set('sort', `${descending ? '-' : ''}${column}`)
  writeLook(query, state.look)
  if (state.sel) query.set('sel', state.sel)
  if (state.cam) query.set('cam', [state.cam.x, state.cam.y, state.cam.ratio].map((n) => Number(n.toFixed(4))).join(','))
  writeExtra(query, state.extra)
  writeHeld(query, state.held)
  return readable(query)
}

export function mapHref(filter: Partial<Filter>, rest: Partial<Omit<MapState, 'filter'>> = {}): string {
  const first = { view: 'network' as const, order: FIRST_ORDER, sel: null, cam: null, look: FIRST_LOOK, held: NOTHING, extra: NO_EXTRA }
  const query = stateQuery({ filter: { ...NO_FILTER, ...filter }, ...first, ...rest })
  return query ? `/map?${query}` : '/map'
}

export const toggled = (values: readonly string[], value: string): string[] =>
  values.includes(value) ? values.filter((v) => v !== value) : [...values, value]

export const isFiltered = (filter: Filter): boolean =>
  FACETS.some((facet) => filter[facet].length > 0) || filter.from !== null || filter.to !== null || filter.q !== '' || filter.ego !== null
