import { describe, expect, it } from 'vitest'
import type { Vocabulary } from '../src/core/api/types'
import { NO_FILTER } from '../src/core/filter'
import { checked } from '../src/core/map/known'

const word = { en: 'x', sv: 'x' }
const KNOWN: Vocabulary = {
  kinds: { Company: { ...word, group: 'organisation' } }, roles: { founding: word }, ties: {}, technologies: {}, counties: {}, properties: {},
}

describe('a filter from an address', () => {
  it('loses what nobody knows, and says so', () => {
    const { filter, faults } = checked({ ...NO_FILTER, kind: ['Company', 'Foo'], role: ['founder', 'constructor'] }, KNOWN)
    expect([filter.kind, filter.role]).toEqual([['Company'], []])
    expect(faults.map((fault) => (fault.why === 'unknown' ? fault.value : fault.why))).toEqual(['Foo', 'founder', 'constructor'])
  })
  it('keeps a facet of which nothing is known', () => expect(checked({ ...NO_FILTER, tie: ['funding'] }, KNOWN).filter.tie).toEqual(['funding']))
  it('loses years the wrong way round and words without end', () => {
    const { filter, faults } = checked({ ...NO_FILTER, from: 2020, to: 2010, q: 'a'.repeat(201) }, KNOWN)
    expect(filter).toEqual(NO_FILTER)
    expect(faults.map((fault) => fault.why)).toEqual(['years', 'long'])
  })
})
