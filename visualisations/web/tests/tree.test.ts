import { describe, expect, it } from 'vitest'
import { facetTree, holds } from '../src/core/tree'

const row = (value: string, count: number, broader: string | string[] | null) => ({ value, count, depth: 0, broader })
const ROWS = [
  row('cleantech', 30, null), row('storage', 10, 'cleantech'), row('batteries', 7, 'storage'), row('hydrogen', 9, ['storage']),
  row('solar', 12, 'cleantech'), row('nothing', 0, 'cleantech'),
]

describe('the tree of technologies', () => {
  it('leaves out the single root and what has no result', () =>
    expect(facetTree(ROWS).map((node) => node.value)).toEqual(['solar', 'storage']))
  it('sorts children by count', () =>
    expect(facetTree(ROWS).find((node) => node.value === 'storage')?.children.map((node) => node.value)).toEqual(['hydrogen', 'batteries']))
  it('keeps a chosen value without results', () =>
    expect(facetTree(ROWS, ['nothing']).some((node) => node.value === 'nothing')).toBe(true))
  it('lifts a child whose parent has no count', () =>
    expect(facetTree([row('a', 1, 'gone'), row('b', 2, null)]).map((node) => node.value)).toEqual(['b', 'a']))
  it('does not follow a loop to itself', () => expect(facetTree([row('a', 1, 'a'), row('b', 1, null)])).toHaveLength(2))
  it('finds a choice below', () => {
    const storage = facetTree(ROWS).find((node) => node.value === 'storage')
    expect(storage && holds(storage, ['batteries'])).toBe(true)
    expect(storage && holds(storage, ['solar'])).toBe(false)
  })
})
