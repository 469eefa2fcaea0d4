import { describe, expect, it } from 'vitest'
import type { MoneyYear, Timeline } from '../src/core/api/profile'
import type { Entity } from '../src/core/api/types'
import { profileEn } from '../src/core/profile/en'
import { moneyBars, yearsCsv, yearsTold } from '../src/core/profile/money'
import { contactHref, reportText } from '../src/core/profile/report'
import { profileSv } from '../src/core/profile/sv'
import { bars, readEvents, withEvents } from '../src/core/profile/timeline'
import { matchRoute } from '../src/core/route'

describe('second names of the profiles', () => {
  it('lead to the same page', () => {
    expect(matchRoute('/region/se-ab')).toEqual({ page: 'profile', key: 'place/se-ab' })
    expect(matchRoute('/project/effort/x1')).toEqual({ page: 'profile', key: 'effort/x1' })
    expect(matchRoute('/funder/vinnova')).toEqual({ page: 'profile', key: 'vinnova', funder: true })
  })
})

describe('the timeline', () => {
  const years: Timeline['years'] = [{ year: 1998, counts: { project: 2 } }, { year: 2003, counts: { project: 1, money: 4 } }]
  it('draws every year between the first and the last', () => {
    const drawn = bars(years, ['project', 'money'], [], 40)
    expect(drawn.map((bar) => bar.from)).toEqual([1998, 1999, 2000, 2001, 2002, 2003])
    expect(drawn.map((bar) => bar.total)).toEqual([2, 0, 0, 0, 0, 5])
  })
  it('draws years together when there are too many, and loses none', () => {
    const many = Array.from({ length: 500 }, (_, i) => ({ year: 1500 + i, counts: { project: 1 } }))
    const drawn = bars(many, ['project'], [], 30)
    expect(drawn.length).toBeLessThanOrEqual(30)
    expect(drawn.reduce((sum, bar) => sum + bar.total, 0)).toBe(500)
  })
  it('draws what is chosen', () => {
    expect(bars(years, ['project', 'money'], ['money'], 40).map((bar) => [bar.from, bar.total])).toEqual([[2003, 4]])
    expect(bars([], ['project'], [], 40)).toEqual([])
  })
  it('reads back what it writes, keeps the rest and leaves out what it does not know', () => {
    const written = withEvents('?lang=sv&event=old', ['project', 'money'])
    expect(written).toBe('?lang=sv&event=project&event=money')
    expect(readEvents(written, ['project', 'money'])).toEqual(['project', 'money'])
    expect(readEvents('?event=zzz&event=money&event=money', ['project', 'money'])).toEqual(['money'])
    expect(withEvents('?event=project', [])).toBe('')
  })
})

const year = (when: number | null, eur: number | null, rows: number, unknown = 0): MoneyYear =>
  ({ year: when, in_rows: rows, in_eur: eur, in_unknown: unknown, out_rows: 0, out_eur: null, out_unknown: 0 })

describe('money by year', () => {
  const years = [year(2020, 5, 2, 1), year(2021, null, 0), year(2022, null, 1, 1), year(null, 7, 1)]
  it('draws dated years and marks those with missing amounts', () => {
    expect(moneyBars(years).map((bar) => [bar.year, bar.in, bar.blind])).toEqual([[2020, 5, 1], [2021, 0, 0], [2022, 0, 1]])
  })
  it('tells years with payments, the newest first, undated ones last; what is not known stays empty', () => {
    expect(yearsTold(years).map((row) => row.year)).toEqual([2022, 2020, null])
    expect(yearsCsv(years, ['y', 'n', 'e', 'u', 'on', 'oe', 'ou']).split('\r\n').slice(0, 3)).toEqual(['y,n,e,u,on,oe,ou', '2022,1,,1,0,,0', '2020,2,5,1,0,,0'])
  })
})

describe('a report', () => {
  it('names thing, fact, records and generation', () => {
    const evidence = { document: 'https://a.se/x', host: 'a.se', published: null, retrieved: null, source: 's', record: 'r:1', quote: null, method: 'person', confidence: 1 }
    const entity = { key: 'kth', iri: 'https://e.org/kth', name: { en: 'KTH', sv: 'KTH' } } as unknown as Entity
    const heads = { page: 'Page', thing: 'Thing', fact: 'Fact', sources: 'Sources', generation: 'Generation', message: 'Wrong' }
    const text = reportText(entity, { page: 'http://h/org/kth', generation: '3', fact: 'Founded', value: '1827', evidence: [evidence, evidence], message: ' It was 1826. ' }, heads)
    expect(text.split('\n')).toEqual(['Page: http://h/org/kth', 'Thing: KTH (kth)', 'IRI: https://e.org/kth', 'Fact: Founded = 1827', 'Sources:', '- r:1 https://a.se/x', 'Generation: 3', '', 'Wrong:', 'It was 1826.', ''])
  })
  it('links to mail and web alone', () => {
    expect(contactHref('data@example.org')).toBe('mailto:data@example.org')
    expect(contactHref('https://example.org/report')).toBe('https://example.org/report')
    expect(contactHref('javascript:alert(1)')).toBeNull()
    expect(contactHref('the front desk')).toBeNull()
  })
})

describe('the words', () => {
  it('name the same places in both languages', () => {
    const places = (text: string): string[] => (text.match(/\{\w+\}/g) ?? []).sort()
    for (const key of Object.keys(profileEn) as (keyof typeof profileEn)[]) expect([key, places(profileSv[key])]).toEqual([key, places(profileEn[key])])
  })
})
