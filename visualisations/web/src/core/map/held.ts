import { readable } from '../route'

/** What the analyst's hand did to the map: it is in the address like the filter, but the server never sees it. */
export interface Pin { key: string; x: number; y: number }
export interface Held {
  hide: readonly string[]
  /** Everything else is hidden; empty: nothing. */
  only: readonly string[]
  /** The set that was drawn around. */
  mark: readonly string[]
  /** Where a node was put, in the coordinates of the map. */
  pin: readonly Pin[]
  /** How many of all these the address was too short for, when it came from elsewhere. */
  missing: number
}
export const NOTHING: Held = { hide: [], only: [], mark: [], pin: [], missing: 0 }

/** Addresses longer than this are cut by some programs that they are sent with. */
const LONGEST = 4000
const LONGEST_ASKED = 7000
const MOST_ASKED = 1000
const LISTS = ['hide', 'only', 'mark'] as const

/** Sets too long for an address, by its `more`: the pages of this visit know them whole. */
const whole = new Map<string, Held>()

export const sizeOf = (held: Held): number => held.pin.length + LISTS.reduce((sum, name) => sum + held[name].length, 0)
export const isHeld = (held: Held): boolean => sizeOf(held) > 0

function pinOf(text: string): Pin | null {
  const [, key, x, y] = /^(.+):(-?\d+(?:\.\d+)?):(-?\d+(?:\.\d+)?)$/.exec(text) ?? []
  return key ? { key, x: Number(x), y: Number(y) } : null
}

/** Malformed values are left out. */
export function parseHeld(query: URLSearchParams): Held {
  const more = query.get('more') ?? ''
  const known = whole.get(more)
  if (known) return known
  const many = (name: string): string[] => [...new Set(query.getAll(name).filter(Boolean))]
  const pins = new Map(query.getAll('pin').flatMap((text) => pinOf(text) ?? []).map((pin) => [pin.key, pin]))
  const missing = Number(/^(\d{1,6})\.[a-z0-9]+$/.exec(more)?.[1] ?? 0)
  return { hide: many('hide'), only: many('only'), mark: many('mark'), pin: [...pins.values()], missing }
}

/** Adds it to the query, as much as there is room for; how many are left out. */
export function writeHeld(query: URLSearchParams, held: Held): number {
  const parts: [string, string][] = [
    ...held.pin.map(({ key, x, y }): [string, string] => ['pin', `${key}:${x}:${y}`]),
    ...LISTS.flatMap((name) => held[name].map((key): [string, string] => [name, key])),
  ]
  let room = LONGEST - query.toString().length - 60
  let written = 0
  for (const [name, value] of parts) {
    room -= name.length + 2 + encodeURIComponent(value).length
    if (room < 0) break
    query.append(name, value)
    written += 1
  }
  const left = parts.length - written
  if (left || held.missing) query.set('more', `${left + held.missing}.${keep(held, left + held.missing)}`)
  return left
}

/** The same set has the same name; another one another (FNV-1a, 32 bits). */
function keep(held: Held, left: number): string {
  let hash = 0x811c9dc5
  for (const letter of JSON.stringify([held.hide, held.only, held.mark, held.pin])) hash = Math.imul(hash ^ (letter.codePointAt(0) ?? 0), 0x01000193) >>> 0
  const name = hash.toString(36)
  whole.set(`${left}.${name}`, held)
  return name
}

export const leftOut = (held: Held): number => writeHeld(new URLSearchParams(), held)

const without = (list: readonly string[], keys: ReadonlySet<string>): string[] => list.filter((key) => !keys.has(key))
const joined = (a: readonly string[], b: Iterable<string>): string[] => [...new Set([...a, ...b])]

export function hiding(held: Held, keys: Iterable<string>): Held {
  const gone = new Set(keys)
  return { ...held, hide: joined(held.hide, gone), only: without(held.only, gone), mark: without(held.mark, gone) }
}
export function showing(held: Held, key: string): Held {
  const only = held.only.length ? joined(held.only, [key]) : []
  return { ...held, hide: held.hide.filter((one) => one !== key), only }
}
export const keeping = (held: Held, keys: Iterable<string>): Held => ({ ...held, only: [...new Set(keys)], mark: [] })
export const marking = (held: Held, keys: Iterable<string>, add = false): Held => ({ ...held, mark: add ? joined(held.mark, keys) : [...new Set(keys)] })
export function pinning(held: Held, { key, x, y }: Pin): Held {
  const round = (value: number): number => Number(value.toFixed(1))
  return { ...held, pin: [...held.pin.filter((pin) => pin.key !== key), { key, x: round(x), y: round(y) }] }
}
export const unpinning = (held: Held, key: string): Held => ({ ...held, pin: held.pin.filter((pin) => pin.key !== key) })

/** The query of what is shown: without what is hidden. Null: that is more than can be asked for. */
export function shownQuery(query: string, { hide, only }: Held): string | null {
  if (!hide.length && !only.length) return query
  if (hide.length + only.length > MOST_ASKED) return null
  const asked = new URLSearchParams(query)
  for (const [name, keys] of [['hide', hide], ['only', only]] as const) for (const key of keys) asked.append(name, key)
  const text = readable(asked)
  return text.length > LONGEST_ASKED ? null : text
}

/** Which of these keys are not to be seen. */
export function hiddenOf(held: Held, keys: Iterable<string>): Set<string> {
  const [hide, only] = [new Set(held.hide), new Set(held.only)]
  if (!hide.size && !only.size) return new Set()
  return new Set([...keys].filter((key) => hide.has(key) || (only.size > 0 && !only.has(key))))
}
