import { describe, expect, it } from 'vitest'
import type { Ref } from '../src/core/api/types'
import { everyYear } from '../src/core/compare/answer'
import { compareEn } from '../src/core/compare/en'
import { compareHref, compareQuery, readCompare, rowsHref } from '../src/core/compare/place'
import { compareSv } from '../src/core/compare/sv'

const ref = (key: string, path: string): Ref => ({ key, group: 'organisation', kind: 'Company', name: { en: key, sv: key }, path })

describe('the address of a comparison', () => {
  it('goes there and back', () => {
    const place = { a: 'place/se-ab', b: 'place/se-o', measure: 'eur' } as const
    const href = compareHref(place)
    expect(href).toBe('/compare?a=place/se-ab&b=place/se-o&measure=eur')
    expect(readCompare(href.slice(href.indexOf('?')))).toEqual(place)
  })
  it('keeps the language, and nothing that it does not know', () => {
    expect(compareHref({ a: '', b: '', measure: 'projects' }, '?lang=sv&x=1')).toBe('/compare?lang=sv')
    expect(readCompare('?a=%20kth&measure=size')).toEqual({ a: 'kth', b: '', measure: 'projects' })
  })
  it('asks the server only for two', () => {
    expect(compareQuery({ a: 'kth', b: '', measure: 'projects' })).toBe('')
    expect(compareQuery({ a: 'kth', b: 'tech/water', measure: 'eur' })).toBe('a=kth&b=tech/water')
  })
})

describe('a number leads to its rows', () => {
  const county = ref('place/se-ab', '/place/se-ab')
  const country = ref('place/se', '/place/se')
  const tech = ref('tech/water', '/tech/water')
  it('on the map, on the page of money or in a list', () => {
    expect(rowsHref('organisations', 'region', county, true)).toBe('/map?county=place/se-ab&mode=actors&view=table')
    expect(rowsHref('organisations', 'region', country, false)).toBe('/place/se')
    expect(rowsHref('organisations', 'technology', tech, false)).toBe('/map?tech=water&mode=actors&view=table')
    expect(rowsHref('got', 'region', country, false)).toBe('/flows?region=SE')
    expect(rowsHref('got', 'technology', tech, false)).toBe('/flows?technology=water')
    expect(rowsHref('gave', 'organisation', ref('vinnova', '/org/vinnova'), false)).toBe('/flows?funder=vinnova')
    expect(rowsHref('partners', 'region', county, true)).toBe('#partners')
    expect(rowsHref('gotEach', 'region', county, true)).toBeNull()
  })
})

it('says everything in both languages, with the same values in the sentences', () => {
  for (const [key, text] of Object.entries(compareEn)) {
    const values = (said: string): string[] => [...said.matchAll(/\{(\w+)\}/g)].map((one) => one[1] ?? '').sort()
    expect(values(compareSv[key as keyof typeof compareSv]), key).toEqual(values(text))
  }
})

describe('years', () => {
  it('between two that have something are bars, too, but for long gaps', () => {
    const bar = (year: number) => ({ year, a: 1, b: 0, a_eur: null, b_eur: null })
    expect(everyYear([bar(1950), bar(2000), bar(2003)]).map((one) => [one.year, one.a])).toEqual([[1950, 1], [2000, 1], [2001, 0], [2002, 0], [2003, 1]])
    expect(everyYear([])).toEqual([])
  })
})
