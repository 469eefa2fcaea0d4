import { describe, expect, it } from 'vitest'
import type { MapPayload } from '../src/core/api/types'
import { frame } from '../src/core/map/frame'
import { buildGraph, rows } from '../src/core/map/model'
import { nextOrder, sortRows } from '../src/core/map/sorting'
import { kindGroup } from '../src/core/kinds'

const PAYLOAD: MapPayload = {
  generation: 1, kinds: ['Company', 'Project'], ties: ['participation', 'funding'], counties: ['place/se-ab'],
  nodes: {
    key: ['a', 'b', 'p'], kind: [0, 0, 1], x: [0, 1, 2], y: [0, 1, 2], degree: [2, 1, 1], community: [0, 0, 1],
    county: [0, null, null], year: [2001, null, 2010], name: { en: ['Alpha', 'Beta', 'Project'], sv: [null, null, 'Projekt'] },
  },
  edges: { a: [0, 0, 0], b: [1, 2, 2], tie: [1, 0, 1], year: [null, 2010, null] },
}

describe('the graph of the picture', () => {
  const graph = buildGraph(PAYLOAD, 'sv', (kind) => kindGroup(kind))
  it('joins the ties of a pair in one line', () => {
    expect(graph.size).toBe(2)
    expect(graph.getEdgeAttribute(graph.edge('a', 'p'), 'ties')).toEqual(['participation', 'funding'])
  })
  it('tells lines within a community from bridges', () => {
    expect(graph.getEdgeAttribute(graph.edge('a', 'b'), 'inside')).toBe(true)
    expect(graph.getEdgeAttribute(graph.edge('a', 'p'), 'inside')).toBe(false)
  })
  it('names things in the language of the reader', () => expect(graph.getNodeAttribute('p', 'name')).toBe('Projekt'))
})

describe('the rows of the table', () => {
  const all = rows(PAYLOAD, 'en', (kind) => kindGroup(kind))
  it('hold the same things', () => expect(all.map((row) => row.key)).toEqual(['a', 'b', 'p']))
  it('keep unknown values last in both directions', () => {
    expect(sortRows(all, { column: 'since', descending: false }, 'en', (row) => row.since).map((row) => row.key)).toEqual(['a', 'p', 'b'])
    expect(sortRows(all, { column: 'since', descending: true }, 'en', (row) => row.since).map((row) => row.key)).toEqual(['p', 'a', 'b'])
  })
  it('begin with the greatest number and the first letter', () => {
    expect(nextOrder({ column: 'name', descending: false }, 'links')).toEqual({ column: 'links', descending: true })
    expect(nextOrder({ column: 'links', descending: true }, 'links')).toEqual({ column: 'links', descending: false })
  })
})

describe('the frame of the fitted camera', () => {
  const graph = buildGraph({ ...PAYLOAD, nodes: { ...PAYLOAD.nodes, degree: [2, 1, 0], y: [0, 1, 9] } }, 'en', (kind) => kindGroup(kind))
  it('leaves out what has no tie', () => expect(frame(graph, 800, 400)).toEqual({ stretch: 1, bbox: { x: [0, 1], y: [0, 1] } }))
  it('is taller on a tall canvas, within bounds', () => {
    expect(frame(graph, 400, 500).stretch).toBe(1.25)
    expect(frame(graph, 400, 4000).stretch).toBe(1.7)
  })
})
