import type { Values } from './parameters'

export type Shown = 'table' | 'network' | 'chart' | 'map'
/** Where somebody is on the query page: a text, or a question with what was changed in it. */
export interface QueryPlace { q: string | null; question: string | null; values: Values; shown: Shown }

const SHOWN: readonly Shown[] = ['table', 'network', 'chart', 'map']
/** More than this in an address is more than chats and mail programs keep whole. */
export const LONGEST_LINK = 16_000

export function readQueryPlace(search: string): QueryPlace {
  const query = new URLSearchParams(search)
  const values: Record<string, string[]> = {}
  for (const [name, value] of query) if (name.startsWith('p.')) (values[name.slice(2)] ??= []).push(value)
  const q = query.get('q')
  return { q: q || null, question: q ? null : query.get('question') || null, values, shown: SHOWN.find((name) => name === query.get('view')) ?? 'table' }
}

/** The address of a place; `lang` stays when it was there. */
export function queryHref(place: Partial<QueryPlace>, search = ''): string {
  const query = new URLSearchParams()
  if (place.q) query.set('q', place.q)
  else if (place.question) {
    query.set('question', place.question)
    for (const [name, held] of Object.entries(place.values ?? {})) for (const value of held) query.append(`p.${name}`, value)
  }
  if (place.shown && place.shown !== 'table') query.set('view', place.shown)
  const lang = new URLSearchParams(search).get('lang')
  if (lang) query.set('lang', lang)
  const text = query.toString()
  return text ? `/query?${text}` : '/query'
}
