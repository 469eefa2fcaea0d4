import type { Vocabulary } from '../api/types'
import { FACETS, type Facet, type Filter } from '../filter'

/** What of an address the server would refuse: a value nobody knows, years the wrong way round, words too long. */
export type Fault = { why: 'unknown'; facet: Facet; value: string } | { why: 'years'; from: number; to: number } | { why: 'long' }

const LONGEST = 200
/** Countries have no names here: their codes are judged by their form. */
const COUNTRY = /^[A-Z]{2}$/
const FIELDS = { kind: 'kinds', tech: 'technologies', county: 'counties', role: 'roles', tie: 'ties' } as const satisfies Record<Exclude<Facet, 'country'>, keyof Vocabulary>

/** The filter without its faults. A facet of which the vocabulary knows nothing (it did not come) is left as it is. */
export function checked(filter: Filter, vocabulary: Vocabulary): { filter: Filter; faults: Fault[] } {
  const faults: Fault[] = []
  const kept = { ...filter }
  for (const facet of FACETS) {
    if (facet === 'country') {
      kept.country = filter.country.filter((value) => COUNTRY.test(value))
      for (const value of filter.country) if (!COUNTRY.test(value)) faults.push({ why: 'unknown', facet, value })
      continue
    }
    const known = vocabulary[FIELDS[facet]]
    if (Object.keys(known).length) kept[facet] = filter[facet].filter((value) => Object.hasOwn(known, value))
    for (const value of filter[facet]) if (!kept[facet].includes(value)) faults.push({ why: 'unknown', facet, value })
  }
  const { from, to } = filter
  if (from !== null && to !== null && from > to) {
    faults.push({ why: 'years', from, to })
    kept.from = kept.to = null
  }
  if (filter.q.length > LONGEST) {
    faults.push({ why: 'long' })
    kept.q = ''
  }
  return { filter: kept, faults }
}
