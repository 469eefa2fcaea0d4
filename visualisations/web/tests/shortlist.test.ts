import { describe, expect, it } from 'vitest'
import type { Explained } from '../src/core/api/gaps'
import { NOTHING, placeHref, readPlace } from '../src/core/gaps/place'
import { bestOf, isPicked, MOST_PICKS, pickId, pickKeys, readPicks, shortlistCsv, toggledPick, withDay } from '../src/core/gaps/shortlist'

describe('the shortlist', () => {
  it('stands in the address of every view', () => {
    const wanted = { ...NOTHING, view: 'shortlist' as const, picks: [pickId('kth', 'org/5s6tu2ij4m'), pickId('cordis:org/9', 'ssab')] }
    const href = placeHref(wanted, '?lang=sv')
    expect(href).toBe('/gaps?view=shortlist&pick=kth~org/5s6tu2ij4m&pick=cordis:org/9~ssab&lang=sv')
    expect(readPlace(href.slice('/gaps'.length))).toEqual(wanted)
  })
  it('leaves out what is no pair, and has each pair once in either order', () => {
    expect(readPicks(['a~b', 'b~a', 'a', 'a~a', 'a~b~c', '~b', ''])).toEqual(['a~b'])
    expect(readPicks(Array.from({ length: 60 }, (_, i) => `a~b${i}`))).toHaveLength(MOST_PICKS)
    expect(pickKeys('a~')).toBeNull()
  })
  it('is ticked and unticked from either side', () => {
    expect(toggledPick(['a~b'], 'c~d')).toEqual(['a~b', 'c~d'])
    expect(toggledPick(['a~b', 'c~d'], 'b~a')).toEqual(['c~d'])
    expect(isPicked(['a~b'], 'b~a')).toBe(true)
  })
  it('begins with the best of each list in turn, and with nobody twice while there are others', () => {
    const row = (a: string, b: string): { a: { key: string }; b: { key: string } } => ({ a: { key: a }, b: { key: b } })
    const lists = [[row('a', 'x'), row('b', 'x'), row('c', 'y')], [row('d', 'a'), row('e', 'z')]]
    const ids = (most: number): string[] => bestOf(lists, most).map((one) => `${one.a.key}${one.b.key}`)
    expect(ids(3)).toEqual(['ax', 'ez', 'cy'])
    expect(ids(5)).toEqual(['ax', 'ez', 'cy', 'bx', 'da'])
    expect(bestOf([], 10)).toEqual([])
  })
  it('says first what the venture day says of a pair', () => {
    const reason = (en: string): object => ({ en, sv: en, code: '', things: [], proofs: [], weight: null })
    const told = { a: { key: 'a' }, b: { key: 'b' }, state: 'missing', pair: { reasons: [reason('same town')], against: [] }, evidence: { 1: {} }, sources: {} } as unknown as Explained
    const day = { rows: [{ a: { key: 'a' }, b: { key: 'b' }, reasons: [reason('money'), reason('same town')], against: [reason('holds a rival')] }], evidence: { 2: {} }, sources: {} }
    const both = withDay(told, day as never)
    expect(both.pair?.reasons.map((one) => one.en)).toEqual(['money', 'same town'])
    expect(both.pair?.against).toHaveLength(1)
    expect(Object.keys(both.evidence)).toEqual(['1', '2'])
    expect(withDay({ ...told, b: { ...told.b, key: 'c' } }, day as never).pair?.reasons).toHaveLength(1)
    expect(withDay(told, null)).toBe(told)
  })
  it('is a table in which nothing runs and quotes are doubled', () => {
    const actor = (key: string): object => ({ key, path: `/org/${key}` })
    const told = { a: actor('=a'), b: actor('b'), state: 'missing', answer: null, ties: [], evidence: { 1: { document: 'https://x.example/1' } }, sources: {},
      pair: { reasons: [{ en: 'Say "yes"', sv: '', proofs: [{ evidence: [1, 1] }] }], against: [] } } as unknown as Explained
    const text = shortlistCsv([told], 'https://map.example', { heads: ['n'], name: (one) => one.key, about: () => '', state: () => 'never', say: (pair) => pair.en })
    expect(text.split('\r\n')[1]).toBe('1,\'=a,,https://map.example/org/=a,b,,https://map.example/org/b,never,"Say ""yes""",,https://x.example/1')
  })
})
