import { describe, expect, it } from 'vitest'
import { date, licence, money, number, period, sums } from '../src/core/format'

const plain = (text: string): string => text.replace(/\s/g, ' ')

describe('dates of three precisions', () => {
  it('shows no more than is known', () => {
    expect(date('2008', 'sv')).toBe('2008')
    expect(date('2008-11', 'sv')).toBe('november 2008')
    expect(date('2008-11-12', 'en')).toBe('12 November 2008')
  })
  it('does not move a day by time zone', () => expect(date('2026-01-01T00:30:00Z', 'en')).toBe('1 January 2026'))
  it('leaves other texts alone', () => expect(date('soon', 'en')).toBe('soon'))
  it('writes periods', () => {
    expect(period('2008', '2010', 'en')).toBe('2008 – 2010')
    expect(period('2008', '2008', 'en')).toBe('2008')
    expect(period(null, '2010', 'en')).toBe('– 2010')
    expect(period(null, null, 'en')).toBe('')
  })
})

describe('money', () => {
  it('keeps its currency', () => expect(plain(money('570000', 'EUR', 'en'))).toBe('570,000 EUR'))
  it('shortens large amounts in words', () => {
    expect(plain(money('3100000000', 'SEK', 'en'))).toBe('3.1 billion SEK')
    expect(plain(money('3100000000', 'SEK', 'sv'))).toBe('3,1 miljarder SEK')
  })
  it('is never summed across currencies', () =>
    expect(sums([{ amount: '1', currency: 'SEK' }, { amount: '2', currency: 'EUR' }, { amount: '4', currency: 'SEK' }, { amount: null, currency: 'SEK' }]))
      .toEqual([{ currency: 'SEK', total: 5, rows: 2 }, { currency: 'EUR', total: 2, rows: 1 }]))
  it('counts what is part of a round once', () =>
    expect(sums([{ amount: '10', currency: 'SEK' }, { amount: '4', currency: 'SEK', part_of: 'rel/1' }])[0]?.total).toBe(10))
  it('counts by locale', () => expect(plain(number(12345, 'sv'))).toBe('12 345'))
})

describe('licences', () => {
  it('have short names', () => {
    expect(licence('https://creativecommons.org/licenses/by/4.0/')).toBe('CC BY 4.0')
    expect(licence('https://creativecommons.org/publicdomain/zero/1.0/')).toBe('CC0 1.0')
    expect(licence('https://example.org/terms')).toBe('example.org/terms')
  })
})
