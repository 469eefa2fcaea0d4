import { describe, expect, it } from 'vitest'
import type { Entity, Neighbourhood, Relation } from '../src/core/api/types'
import { cell, relationsCsv } from '../src/core/profile/csv'
import { egoLayout } from '../src/core/profile/ego'
import { byParty, relationGroups } from '../src/core/profile/relations'
import { evidenceOf, hostName, safeHref } from '../src/core/profile/evidence'

describe('hosts and links', () => {
  it('reads internationalised hosts', () => {
    expect(hostName('xn--miljinnovation-ypb.se')).toBe('miljöinnovation.se')
    expect(hostName('www.kth.se')).toBe('kth.se')
    expect(hostName('xn--')).toBe('xn--')
  })
  it('links to web pages only', () => {
    expect(safeHref('https://www.kth.se')).toBe('https://www.kth.se')
    expect(safeHref('javascript:alert(1)')).toBeNull()
    expect(safeHref(null)).toBeNull()
  })
})

describe('the picture of neighbours', () => {
  const keys = Array.from({ length: 60 }, (_, i) => `n${i}`)
  const data: Neighbourhood = {
    focus: 'f', truncated: 0,
    nodes: ['f', ...keys].map((key, i) => ({ key, group: 'organisation', kind: 'Company', name: { en: key, sv: key }, path: `/org/${key}`, degree: i, x: null, y: null })),
    edges: keys.map((key, i) => ({ a: i % 2 ? 'f' : key, b: i % 2 ? key : 'f', tie: i % 3 ? 'participation' : 'funding', role: null, start: null, end: null })),
  }
  it('draws forty at most, each on a line of its own', () => {
    const { nodes } = egoLayout(data)
    expect(nodes).toHaveLength(40)
    expect(new Set(nodes.map((node) => `${node.anchor}:${node.y}`)).size).toBe(40)
  })
  it('keeps kinds of tie together', () => {
    const ties = egoLayout(data).nodes.map((node) => node.tie)
    expect(ties.lastIndexOf('participation')).toBeLessThan(ties.indexOf('funding'))
  })
})

const EVIDENCE: Entity['evidence'] = {
  1: { document: 'https://a.se/x', host: 'a.se', published: null, retrieved: null, source: 's', record: 'r:1', quote: null, method: 'person', confidence: 1 },
  2: { document: 'https://a.se/x', host: 'a.se', published: null, retrieved: null, source: 's', record: 'r:2', quote: null, method: 'person', confidence: 1 },
  3: { document: 'https://b.se', host: 'b.se', published: null, retrieved: null, source: 's', record: 'r:3', quote: null, method: 'person', confidence: 1 },
}
const OTHER = { key: 'o', group: 'organisation' as const, kind: 'Company', name: { en: '=cmd()', sv: 'O' }, path: '/org/o' }
const relation = (key: string, tie: string, direction: 'in' | 'out', start: string | null, role: string | null = null): Relation => ({
  key, tie, direction, start, role, kind: tie, other: OTHER, end: null, amount: null, currency: null, amount_eur: null, note: null, evidence: [1, 3],
})
const entity = (relations: Relation[], money: Relation[] = []): Entity => ({
  key: 'k', iri: '', group: 'organisation', kind: 'Company', name: { en: 'K', sv: 'K' }, description: null, alt: [], place: null, county: null, country: null,
  facts: [], relations, technologies: [], collaborators: [], money: { in: money, out: [] }, evidence: EVIDENCE, sources: {},
})

describe('evidence', () => {
  it('shows a page once with all its records', () => {
    const shown = evidenceOf(entity([]), [1, 2, 3, 9])
    expect(shown.map((each) => [each.name, each.records])).toEqual([['a.se', ['r:1', 'r:2']], ['b.se', ['r:3']]])
  })
})

describe('relations', () => {
  const funding = relation('m', 'funding', 'in', '2020')
  const groups = relationGroups(entity([
    relation('1', 'ownership', 'in', null), relation('2', 'participation', 'out', '2001'), relation('3', 'participation', 'out', '2009'),
    relation('4', 'ownership', 'out', null), funding, relation('5', 'site', 'out', null), relation('6', 'partnership', 'out', null, 'customer'),
  ], [funding]))
  it('stand under a sentence that says who does what to whom', () =>
    expect(groups.map((group) => group.heading)).toEqual(['relParticipationOut', 'relCustomerOut', 'relOwnershipOut', 'relOwnershipIn']))
  it('begin with the newest', () => expect(groups[0]?.relations.map((each) => each.key)).toEqual(['3', '2']))
})

describe('the table for spreadsheets', () => {
  it('never holds a formula', () => {
    expect(cell('=1+1')).toBe("'=1+1")
    expect(cell(' @x')).toBe("' @x")
    expect(cell('-12.5')).toBe('-12.5')
    expect(cell('a "b", c')).toBe('"a ""b"", c"')
  })
  it('names the pages of each line', () => {
    const text = relationsCsv(entity([relation('1', 'support', 'out', '2001')]), {
      heads: ['x'], tie: () => 'Supports', role: String, kind: String, name: (other) => other.name.en,
    })
    expect(text).toBe("x\r\nSupports,,'=cmd(),Company,2001,,,,,https://a.se/x https://b.se\r\n")
  })
})

describe('parties', () => {
  it('stand once with all their roles, unnamed ones apart', () => {
    const base = { kind: 'Participation', tie: 'participation', role: null, direction: 'in' as const, start: null, end: null, amount: null, currency: null, amount_eur: null, note: null, evidence: [] }
    const rows = [{ ...base, key: 'r1', other: OTHER }, { ...base, key: 'r2', other: null }, { ...base, key: 'r3', other: OTHER }, { ...base, key: 'r4', other: null }]
    expect(byParty(rows).map((party) => party.map((row) => row.key))).toEqual([['r1', 'r3'], ['r2'], ['r4']])
  })
})
