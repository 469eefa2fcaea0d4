import { describe, expect, it } from 'vitest'
import { isHeaderText } from '../src/core/api/review'
import { actionOf } from '../src/core/review/keys'
import { reasonWords } from '../src/core/review/reasons'
import { pairId, placeHref, queueQuery, readPlace } from '../src/core/review/place'

const press = (key: string, more: Partial<KeyboardEvent> = {}) => ({ key, ctrlKey: false, metaKey: false, altKey: false, repeat: false, ...more })

describe('the place in the review', () => {
  it('comes back from its address', () => {
    const search = '?kind=Company&kind=StartUp&reason=same+town&order=score&one=a%3Ab%2F1&other=c'
    const wanted = readPlace(search)
    expect(wanted.pair).toEqual({ one: 'a:b/1', other: 'c' })
    expect(readPlace(placeHref(wanted, '').replace('/review', ''))).toEqual(wanted)
  })
  it('leaves out what is usual, keeps the language, and never asks the server for the pair', () => {
    expect(placeHref(readPlace(''), '?lang=sv')).toBe('/review?lang=sv')
    expect(placeHref(readPlace('?order=weight&view=queue'), '')).toBe('/review')
    expect(queueQuery(readPlace('?one=a&other=b&view=decided&country=SE'))).toBe('country=SE')
  })
  it('takes nonsense for nothing, and leaves what the server can judge to it', () => {
    expect(readPlace('?view=x&one=a')).toEqual(readPlace(''))
    expect(queueQuery(readPlace('?order=bad&offset=foo&kind=zzz'))).toBe('kind=zzz&order=bad&offset=foo')
  })
  it('knows a pair in either order', () => {
    expect(pairId({ one: 'b', other: 'a' })).toBe(pairId({ one: 'a', other: 'b' }))
  })
})

it('reasons are told in Swedish, with their numbers', () => {
  const told = (reason: string): string => reasonWords(reason, 'sv', (kind) => kind.toLowerCase())
  expect(told('name 0.93')).toBe('namn 0.93')
  expect(told('same town')).toBe('samma ort')
  expect(told('conflict: ror 05xyz joins them, but a Company is no Municipality')).toBe('konflikt: ror 05xyz förenar dem, men en sak är inte både company och municipality')
  expect(told('conflict: vatNumber SE1 is given to both, but their names differ')).toBe('konflikt: båda har vatNumber SE1, men namnen skiljer sig')
  expect(told('something new 3')).toBe('something new 3')
  expect(reasonWords('same town', 'en', (kind) => kind)).toBe('same town')
})

describe('keys', () => {
  it('decide on the page, in either case', () => {
    expect(actionOf(press('s'), 'page')).toBe('same')
    expect(actionOf(press('D'), 'page')).toBe('different')
    expect(actionOf(press(' '), 'page')).toBe('skip')
  })
  it('mean something else in a text, with a modifier, or held down', () => {
    expect(actionOf(press('s'), 'text')).toBeNull()
    expect(actionOf(press('s', { ctrlKey: true }), 'page')).toBeNull()
    expect(actionOf(press('s', { repeat: true }), 'page')).toBeNull()
    expect(actionOf(press(' '), 'control')).toBeNull()
    expect(actionOf(press('u'), 'control')).toBe('unsure')
  })
})

it('a key is what a header can hold', () => {
  expect(isHeaderText('ctk_abc-_')).toBe(true)
  expect(isHeaderText('nyckel å')).toBe(false)
  expect(isHeaderText('')).toBe(false)
})
