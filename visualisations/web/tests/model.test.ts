import { describe, expect, it } from 'vitest'
import { frame } from '../src/core/map/frame'
import { MapGraph } from '../src/core/map/graph'
import { names, rows } from '../src/core/map/model'
import { nextOrder, sortRows } from '../src/core/map/sorting'
import { kindGroup } from '../src/core/kinds'
import { small, smallRest } from './packing'

const graph = new MapGraph(small(), (kind) => kindGroup(kind))

it('names are in the language of the reader', () => expect(names(small().names, 'sv')).toEqual(['Alpha', 'Beta', 'Projekt', 'Zeta']))

describe('the rows of the table', () => {
  const all = rows(graph, names(small().names, 'en'), smallRest()).filter((row) => row.key !== 'z')
  it('hold the same things', () => expect(all.map(({ key, links, county, since }) => [key, links, county, since])).toEqual([['a', 2, 'place/se-ab', 2001], ['b', 1, null, null], ['p', 1, null, 2010]]))
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
  it('leaves out what has no tie', () => expect(frame(graph, 800, 400)).toEqual({ stretch: 1, bbox: { x: [0, 2], y: [0, 1] } }))
  it('is taller on a tall canvas, within bounds', () => {
    expect(frame(graph, 400, 500).stretch).toBe(1.7)
    expect(frame(graph, 400, 4000).stretch).toBe(1.7)
  })
})
