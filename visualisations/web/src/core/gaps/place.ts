import type { Cell, GroupOf } from '../api/gaps'
import { readable } from '../route'
import { readPicks } from './shortlist'

/** The parts of the page: the matrix with its pairs, the other findings, and how all of it is computed. */
export const VIEWS = ['pairs', 'newcomers', 'brokers', 'orphans', 'deserts', 'chains', 'whitespace', 'venture-day', 'shortlist', 'brokerage', 'answers', 'method'] as const
export type View = (typeof VIEWS)[number]
export const HISTORIES = ['never', 'lapsed'] as const
export type History = (typeof HISTORIES)[number]

/** What the groups of the matrix are. */
export const BYS = ['type', 'region', 'region-type'] as const
export type By = (typeof BYS)[number]

/** What the address of the page says. `cell` names a cell of the matrix, see `cellId`. */
export interface Wanted {
  view: View
  technology: readonly string[]
  region: readonly string[]
  type: string
  from: number | null
  to: number | null
  by: By
  cell: string
  history: History
  /** The pairs that somebody has put on the shortlist, see `pickId`. */
  picks: readonly string[]
}

export const NOTHING: Wanted = { view: 'pairs', technology: [], region: [], type: '', from: null, to: null, by: 'type', cell: '', history: 'never', picks: [] }

const year = (text: string | null): number | null => (text && /^\d{4}$/.test(text) ? Number(text) : null)

/** Malformed values are left out; unknown ones are the server's to refuse, with what comes near. */
export function readPlace(search: string): Wanted {
  const query = new URLSearchParams(search)
  const many = (name: string): string[] => [...new Set(query.getAll(name).filter(Boolean))]
  return {
    view: VIEWS.find((name) => name === query.get('view')) ?? 'pairs',
    technology: many('technology'),
    region: many('region'),
    type: query.get('type') ?? '',
    from: year(query.get('from')),
    to: year(query.get('to')),
    by: BYS.find((name) => name === query.get('by')) ?? 'type',
    cell: inOrder(query.get('cell') ?? ''),
    history: query.get('history') === 'lapsed' ? 'lapsed' : 'never',
    picks: readPicks(query.getAll('pick')),
  }
}

function scopeParams(wanted: Wanted): URLSearchParams {
  const query = new URLSearchParams()
  for (const value of wanted.technology) query.append('technology', value)
  for (const value of wanted.region) query.append('region', value)
  if (wanted.type) query.set('type', wanted.type)
  if (wanted.from !== null) query.set('from', String(wanted.from))
  if (wanted.to !== null) query.set('to', String(wanted.to))
  return query
}

/** What the server is asked: the filter alone. */
export const scopeQuery = (wanted: Wanted): string => readable(scopeParams(wanted))

/** What the matrix is asked, with every cell that the server shows at once. */
export const matrixQuery = (wanted: Wanted): string => {
  const query = scopeParams(wanted)
  if (wanted.by !== 'type') query.set('by', wanted.by)
  query.set('limit', '1000')
  return readable(query)
}

/** An address of the server, of pairs of this history and some twenty of them. */
export function withHistory(address: string, history: History): string {
  const url = new URL(address, 'http://host')
  if (history !== 'never') url.searchParams.set('history', history)
  url.searchParams.set('limit', '20')
  return `${url.pathname}${readable(url.searchParams) ? `?${readable(url.searchParams)}` : ''}`
}

/** The address of a place; `lang` stays when it was there. */
export function placeHref(wanted: Wanted, search = ''): string {
  const query = scopeParams(wanted)
  if (wanted.view !== 'pairs') query.set('view', wanted.view)
  if (wanted.by !== 'type') query.set('by', wanted.by)
  if (wanted.cell && wanted.view === 'pairs') query.set('cell', wanted.cell)
  if (wanted.history !== 'never') query.set('history', wanted.history)
  for (const pick of wanted.picks) query.append('pick', pick)
  const lang = new URLSearchParams(search).get('lang')
  if (lang) query.set('lang', lang)
  const text = readable(query).replaceAll('%7E', '~')
  return text ? `/gaps?${text}` : '/gaps'
}

/** Findings that do not ask for kinds of actors: the filter stays in the address and does nothing there. */
export const takesKinds = (view: View): boolean => !['orphans', 'deserts', 'chains', 'whitespace'].includes(view)

/** The place without a value that the server refused, or with another one in its stead. */
export function mended(wanted: Wanted, parameter: string, value: string, other?: string): Wanted {
  const cleared = { ...wanted, cell: '' }
  if (parameter === 'technology' || parameter === 'region') {
    const values = wanted[parameter].flatMap((one) => (one !== value ? [one] : other ? [other] : []))
    return { ...cleared, [parameter]: [...new Set(values)] }
  }
  if (parameter === 'type') return { ...cleared, type: other ?? '' }
  return parameter === 'from' || parameter === 'to' ? { ...cleared, from: null, to: null } : cleared
}

export const isFiltered = (wanted: Wanted): boolean => scopeQuery(wanted) !== ''

/** A type and a region; what is empty is any, an exclamation mark is anywhere but in the regions of the filter. */
export const groupId = (group: GroupOf): string => `${group.type?.value ?? ''}:${group.outside ? '!' : (group.region?.value ?? '')}`

/** The name of a cell in the address: technology, and type and region of both sides, in one order; what is empty is "any". */
export const cellId = (cell: Pick<Cell, 'technology' | 'a' | 'b'>): string =>
  [cell.technology?.value ?? '', ...[groupId(cell.a), groupId(cell.b)].sort()].join(',')

/** A cell as somebody typed it, its sides in either order. */
const inOrder = (id: string): string => {
  const [technology = '', ...groups] = id.split(',')
  return groups.length === 2 ? [technology, ...groups.sort()].join(',') : id
}

/** `company-research` as its two sides; null when it is not two. */
export function sides(type: string): [string, string] | null {
  const [one, other, more] = type.split('-')
  return one && other && more === undefined ? [one, other] : null
}
