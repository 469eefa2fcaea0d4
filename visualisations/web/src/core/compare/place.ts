import { mapHref } from '../filter'
import { EVERYTHING, flowsHref } from '../flows/place'
import { readable } from '../route'
import type { Ref } from '../api/types'
import type { FigureId, Sort } from './answer'

export type Measure = 'projects' | 'eur'
/** What the address of the page says: keys of both sides, and what the bars show. */
export interface ComparePlace { a: string; b: string; measure: Measure }

export function readCompare(search: string): ComparePlace {
  const query = new URLSearchParams(search)
  return { a: query.get('a')?.trim() ?? '', b: query.get('b')?.trim() ?? '', measure: query.get('measure') === 'eur' ? 'eur' : 'projects' }
}

/** What the server is asked; empty while a side is missing. */
export const compareQuery = (place: ComparePlace): string =>
  place.a && place.b ? readable(new URLSearchParams({ a: place.a, b: place.b })) : ''

/** The address of a place; `lang` stays when it was there. */
export function compareHref(place: ComparePlace, search = ''): string {
  const query = new URLSearchParams()
  if (place.a) query.set('a', place.a)
  if (place.b) query.set('b', place.b)
  if (place.measure !== 'projects') query.set('measure', place.measure)
  const lang = new URLSearchParams(search).get('lang')
  if (lang) query.set('lang', lang)
  const text = readable(query)
  return text ? `/compare?${text}` : '/compare'
}

const slug = (key: string): string => key.replace(/^tech\//, '')

/** Where the rows of a figure are: on the map, on the page of money, in a list below, on the profile; null for a ratio. */
export function rowsHref(figure: FigureId, sort: Sort, side: Ref, isCounty: boolean): string | null {
  const region = isCounty ? side.key : side.key.replace(/^place\//, '').toUpperCase()
  switch (figure) {
    case 'organisations':
      if (sort === 'technology') return mapHref({ tech: [slug(side.key)], mode: 'actors' }, { view: 'table' })
      return isCounty ? mapHref({ county: [side.key], mode: 'actors' }, { view: 'table' }) : side.path
    case 'got':
      if (sort === 'technology') return flowsHref({ ...EVERYTHING, technology: [slug(side.key)] })
      return sort === 'region' && (isCounty || /^[A-Z]{2}$/.test(region)) ? flowsHref({ ...EVERYTHING, region: [region] }) : side.path
    case 'gave':
      return sort === 'organisation' ? flowsHref({ ...EVERYTHING, funder: [side.key] }) : null
    case 'partners': case 'projects': case 'technologies':
      return `#${figure}`
    default:
      return null
  }
}
