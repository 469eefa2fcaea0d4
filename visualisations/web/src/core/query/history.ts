import { read, write } from '../storage'

/** What was asked in this browser, the latest first; it never leaves it. */
export interface Asked { q: string; at: string }

const NAME = 'query-history'
const MOST = 30
const LONGEST = 20_000

export function parseHistory(text: string | null): Asked[] {
  try {
    const held: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(held) ? held.filter((one): one is Asked => typeof one?.q === 'string' && typeof one?.at === 'string') : []
  } catch {
    return []
  }
}

/** The same query stands once, at its latest time. */
export function remembered(held: readonly Asked[], q: string, at: string): Asked[] {
  if (!q.trim() || q.length > LONGEST) return [...held]
  return [{ q, at }, ...held.filter((one) => one.q !== q)].slice(0, MOST)
}

export const readHistory = (): Asked[] => parseHistory(read(NAME))
export const writeHistory = (held: readonly Asked[]): void => write(NAME, JSON.stringify(held))

/** A line that says what a query is about: its first line that is neither empty, a comment nor a prefix. */
export const headline = (q: string): string =>
  q.split('\n').map((line) => line.trim()).find((line) => line && !line.startsWith('#') && !/^(PREFIX|BASE)\b/i.test(line)) ?? q.trim().slice(0, 80)
