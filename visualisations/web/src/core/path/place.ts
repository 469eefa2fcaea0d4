import { readable } from '../route'

export const BYS = ['shortest', 'strongest'] as const
export type By = (typeof BYS)[number]
export const TIES = ['project', 'partnership', 'lead', 'venture'] as const
export type Tie = (typeof TIES)[number]

/** What the address of the page says. A key that nobody has is the server's to refuse, with what comes near. */
export interface Wanted {
  a: string
  b: string
  by: By
  k: number
  from: number | null
  to: number | null
  ties: readonly Tie[]
  partners: number
  rollup: boolean
}
export const FEWEST: Pick<Wanted, 'k' | 'partners'> = { k: 3, partners: 60 }
export const NOBODY: Wanted = { a: '', b: '', by: 'shortest', ...FEWEST, from: null, to: null, ties: [], rollup: false }
const MOST = { k: 20, partners: 10_000 }

/** `/org/kth`, or the address of a page that was pasted, is `kth`. */
export const plainKey = (text: string): string => text.trim().replace(/^(https?:\/\/[^/]+)?\/org\//, '')

/** `left`: the parameters whose values are none, and which were left out. */
export interface Read { wanted: Wanted; left: readonly string[] }

export function readPlace(search: string): Read {
  const query = new URLSearchParams(search)
  const left: string[] = []
  const whole = (name: string, least: number, most: number): number | null => {
    const text = query.get(name)
    if (text === null || text === '') return null
    const value = /^\d{1,6}$/.test(text) ? Number(text) : Number.NaN
    if (value >= least && value <= most) return value
    left.push(name)
    return null
  }
  const one = <T extends string>(name: string, known: readonly T[], first: T): T => {
    const text = query.get(name)
    const found = known.find((value) => value === text)
    if (text && !found) left.push(name)
    return found ?? first
  }
  const ties = TIES.filter((tie) => query.getAll('tie').includes(tie))
  if (query.getAll('tie').some((tie) => tie && !TIES.some((known) => known === tie))) left.push('tie')
  const wanted: Wanted = {
    a: plainKey(query.get('a') ?? ''), b: plainKey(query.get('b') ?? ''),
    by: one('by', BYS, 'shortest'), k: whole('k', 1, MOST.k) ?? FEWEST.k,
    from: whole('from', 1000, 9999), to: whole('to', 1000, 9999),
    ties: ties.length === TIES.length ? [] : ties,
    partners: whole('max_partners', 2, MOST.partners) ?? FEWEST.partners, rollup: one('rollup', ['true', 'false'], 'false') === 'true',
  }
  if (wanted.from !== null && wanted.to !== null && wanted.from > wanted.to) {
    left.push('from')
    wanted.from = null
  }
  return { wanted, left: [...new Set(left)] }
}

/** What differs from the first choice, as the server and the address take it. */
function params(wanted: Wanted): URLSearchParams {
  const query = new URLSearchParams()
  if (wanted.a) query.set('a', wanted.a)
  if (wanted.b) query.set('b', wanted.b)
  if (wanted.by !== 'shortest') query.set('by', wanted.by)
  if (wanted.k !== FEWEST.k) query.set('k', String(wanted.k))
  if (wanted.from !== null) query.set('from', String(wanted.from))
  if (wanted.to !== null) query.set('to', String(wanted.to))
  for (const tie of wanted.ties) query.append('tie', tie)
  if (wanted.partners !== FEWEST.partners) query.set('max_partners', String(wanted.partners))
  if (wanted.rollup) query.set('rollup', 'true')
  return query
}

export const askQuery = (wanted: Wanted): string => readable(params(wanted))

/** The address of a place; `lang` stays when it was there. */
export function pathHref(some: Partial<Wanted>, search = ''): string {
  const query = params({ ...NOBODY, ...some })
  const lang = new URLSearchParams(search).get('lang')
  if (lang) query.set('lang', lang)
  const text = readable(query)
  return text ? `/path?${text}` : '/path'
}

export const isNarrowed = (wanted: Wanted): boolean =>
  wanted.from !== null || wanted.to !== null || wanted.ties.length > 0 || wanted.partners !== FEWEST.partners
