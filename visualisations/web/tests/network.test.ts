import { describe, expect, it } from 'vitest'
import { ApiError } from '../src/core/api/client'
import { picture } from '../src/core/api/packed'
import { bundled, COLOURS, distance } from '../src/core/map/bundles'
import { MapGraph } from '../src/core/map/graph'
import { Lines, MOST_NODES } from '../src/core/map/lines'
import { asked, FIRST_LOOK, FIRST_TOP, lookFaults, parseLook, writeLook } from '../src/core/map/look'
import { Scene } from '../src/core/map/scene'
import { sized } from '../src/core/map/sizes'
import { kindGroup } from '../src/core/kinds'
import { bytes, small } from './packing'

const VIEW = { left: -10, right: 10, bottom: -10, top: 10 }
const nobody: ReadonlySet<number> = new Set()

/** `count` nodes of each of two communities, each tied to the first of its own, and as many ties between the firsts and the others. */
function twoCommunities(count: number): MapGraph {
  const all = Array.from({ length: 2 * count }, (_, i) => i)
  return new MapGraph(picture(bytes(
    { generation: 1, nodes: 2 * count, of: 2 * count, edges: 0, kinds: ['Company'], ties: ['funding'] },
    {
      x: ['i2', all.map((i) => (i % 2) * 10)], y: ['i2', all.map((i) => i % 7)], kind: ['u1', all.map(() => 0)], community: ['u2', all.map((i) => i % 2)],
      degree: ['u4', all.map(() => 1)], lines: ['u2', all.map((i) => (i > 1 ? 2 : 0))], to: ['u2', all.slice(2).flatMap(() => [0, 1])],
      tie: ['u2', all.slice(2).flatMap(() => [1, 1])], key: all.map((i) => `n${i}`), en: [], sv: [],
    })), (kind) => kindGroup(kind))
}

describe('the bytes of the map', () => {
  it('are read where they lie', () => {
    const held = small()
    expect([held.of, held.edges, held.key, Array.from(held.x), held.names.sv[2]]).toEqual([9, 3, ['a', 'b', 'p', 'z'], [0, 10, 20, 5], 'Projekt'])
  })
  it('that are something else are an error with words', () => expect(() => picture(new TextEncoder().encode('<!doctype html>').buffer)).toThrow(ApiError))
})

describe('the graph of arrays', () => {
  const graph = new MapGraph(small(), (kind) => kindGroup(kind))
  it('joins the ties of a pair in one line', () => {
    expect([graph.order, graph.size]).toEqual([4, 2])
    expect(graph.ties('a', 'p')).toEqual(['participation', 'funding'])
    expect(graph.ties('p', 'a')).toEqual(['participation', 'funding'])
    expect(graph.ties('a', 'b')).toEqual(['funding'])
    expect(graph.ties('b', 'p')).toEqual([])
  })
  it('knows neighbours of both ends, and nothing of strangers', () => {
    expect([graph.neighbors('a').sort(), graph.neighbors('p'), graph.neighbors('z'), graph.neighbors('nobody')]).toEqual([['b', 'p'], ['a'], [], []])
    expect([graph.hasNode('p'), graph.hasNode('nobody'), graph.degree('a')]).toEqual([true, false, 2])
  })
})

describe('lines and bundles', () => {
  it('single lines while they can be followed, bridges first', () => {
    const lines = new Lines()
    lines.see(new MapGraph(small(), (kind) => kindGroup(kind)), VIEW, 3, nobody)
    expect([lines.count, lines.array[4], lines.array[9]]).toEqual([2, 0, 1])
    lines.forget()
    lines.see(new MapGraph(small(), (kind) => kindGroup(kind)), VIEW, 3, new Set([2]))
    expect(lines.count).toBe(1)
  })
  it('none when too many nodes are in view, and again when fewer are', () => {
    const graph = twoCommunities(40)
    const lines = new Lines()
    lines.see(graph, VIEW, MOST_NODES + 1, nobody)
    expect(lines.count).toBe(0)
    lines.see(graph, VIEW, 80, nobody)
    expect(lines.count).toBe(156)
  })
  it('one bundle for each pair of communities, with the number of its ties', () => {
    const { communities, bundles, rank } = bundled(twoCommunities(40))
    expect(communities.map(({ number, nodes, x }) => [number, nodes, x])).toEqual([[0, 40, 0], [1, 40, 1]])
    expect(bundles.map(({ ties }) => ties)).toEqual([78])
    expect([rank[0], rank[1], rank[7]]).toEqual([0, 1, COLOURS])
  })
  it('leaves what has no tie out of the communities', () => expect(bundled(new MapGraph(small(), (kind) => kindGroup(kind))).communities).toEqual([]))
  it('measures how far a point is from a curve', () => {
    expect(distance(0, 0, 0, 0, 100, 0)).toBe(0)
    expect(distance(50, 8, 0, 0, 100, 0)).toBeLessThan(1)
    expect(distance(50, -60, 0, 0, 100, 0)).toBeGreaterThan(50)
  })
})

describe('the scene', () => {
  it('gathers what is in view, without what is hidden', () => {
    const scene = new Scene()
    scene.look(({ x, y }) => ({ x: 100 * x, y: 300 - 100 * y }), 400, 400)
    scene.gather(new MapGraph(small(), (kind) => kindGroup(kind)), new Set([1]))
    expect(Array.from(scene.nodes.subarray(0, scene.count))).toEqual([0, 2])
    expect([scene.x(2), scene.y(1)]).toEqual([200, 200])
  })
})

describe('sizes', () => {
  const graph = new MapGraph(small(), (kind) => kindGroup(kind))
  it('follow the measure; what is not known is small, and marked', () => {
    const { radius, unknown } = sized(graph, 'money', Float32Array.from([400, 100, NaN, 0]))
    expect(Array.from(unknown)).toEqual([0, 0, 1, 0])
    expect(radius[0]).toBeGreaterThan(radius[1] ?? 99)
    expect(radius[1]).toBeGreaterThan(radius[2] ?? 99)
  })
  it('are alike when nothing is chosen', () => expect(new Set(sized(graph, 'none', null).radius).size).toBe(1))
})

describe('the look in the address', () => {
  const round = (text: string): string => {
    const query = new URLSearchParams()
    writeLook(query, parseLook(new URLSearchParams(text)))
    return query.toString()
  }
  it('comes back as it was written', () => {
    for (const text of ['', 'colour=community', 'size=money', 'colour=community&size=partners&top=500', 'top=all']) expect(round(text)).toBe(text)
  })
  it('is silent about the first choices', () => expect([round('colour=kind&size=ties'), parseLook(new URLSearchParams())]).toEqual(['', FIRST_LOOK]))
  it('leaves out what is malformed, and says what', () => {
    expect(round('colour=red&size=9&top=-3')).toBe('')
    expect(lookFaults(new URLSearchParams('colour=red&size=9&top=-3'))).toEqual(['red', '9', '-3'])
    expect(lookFaults(new URLSearchParams('colour=community&top=all'))).toEqual([])
  })
  it('asks for so many nodes', () => expect([asked(FIRST_LOOK), asked({ ...FIRST_LOOK, top: 0 }), asked({ ...FIRST_LOOK, top: 7 })]).toEqual([FIRST_TOP, null, 7]))
})
