import { describe, expect, it } from 'vitest'
import type { Neighbourhood } from '../src/core/api/types'
import { egoLayout } from '../src/core/profile/ego'
import { hostName, safeHref } from '../src/core/profile/evidence'

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
