import { describe, expect, it } from 'vitest'
import { hiddenOf, hiding, keeping, marking, NOTHING, parseHeld, pinning, showing, unpinning, writeHeld, type Held } from '../src/core/map/held'
import { Steps } from '../src/core/map/history'
import { dotAt, isDrawn, longer, pathOf } from '../src/core/map/lasso'
import { MapGraph } from '../src/core/map/graph'
import { isSlow } from '../src/core/map/pace'
import { wrapped, type Sheet } from '../src/core/map/sheet'
import { svgOf } from '../src/core/map/svg'
import { around, stepsFrom, strongest } from '../src/core/map/walk'
import { rowsCsv } from '../src/core/map/files'
import { small } from './packing'

const written = (held: Held): string => {
  const query = new URLSearchParams()
  writeHeld(query, held)
  return query.toString()
}
const back = (held: Held): Held => parseHeld(new URLSearchParams(written(held)))
const many = (n: number): string[] => Array.from({ length: n }, (_, i) => `organisation-with-a-long-name-${i}`)

describe('what the hand did, in the address', () => {
  it('comes back as it was written', () => {
    const held = { hide: ['kth', 'place/se-ab'], only: ['abb'], mark: ['å & ö'], pin: [{ key: 'a:1:2', x: 1.5, y: -20 }], missing: 0 }
    expect(back(held)).toEqual(held)
    expect(written(NOTHING)).toBe('')
  })
  it('leaves out what is malformed', () =>
    expect(parseHeld(new URLSearchParams('hide=&hide=a&hide=a&pin=a&pin=b:1&pin=b:x:2&pin=:1:2&more=x'))).toEqual({ ...NOTHING, hide: ['a'] }))
  it('is whole on this page and short in the address when it is long', () => {
    const held = { ...NOTHING, hide: many(500) }
    expect(written(held).length).toBeLessThan(4000)
    expect(back(held)).toEqual(held)
  })
  it('says elsewhere how much is missing', () => {
    const query = new URLSearchParams(written({ ...NOTHING, hide: many(300) }).replace(/more=(\d+)\.\w+/, 'more=$1.other'))
    const held = parseHeld(query)
    expect(held.missing).toBe(300 - held.hide.length)
    expect(back(held)).toEqual(held)
  })
})

describe('hiding, keeping, marking, pinning', () => {
  it('hides, keeps and shows', () => {
    const held = hiding(marking(keeping(NOTHING, ['a', 'b', 'c']), ['a', 'b']), ['a'])
    expect([...hiddenOf(held, ['a', 'b', 'c', 'd'])]).toEqual(['a', 'd'])
    expect(held.mark).toEqual(['b'])
    expect([...hiddenOf(showing(held, 'd'), ['a', 'b', 'c', 'd'])]).toEqual(['a'])
    expect([...hiddenOf(showing(held, 'a'), ['a', 'b'])]).toEqual([])
  })
  it('pins a node once', () => {
    const held = pinning(pinning(NOTHING, { key: 'a', x: 1, y: 1 }), { key: 'a', x: 2.04, y: -3 })
    expect(held.pin).toEqual([{ key: 'a', x: 2, y: -3 }])
    expect(unpinning(held, 'a')).toEqual(NOTHING)
  })
})

describe('steps', () => {
  it('go back and forth, also with the button of the browser', () => {
    const steps = new Steps(0, (a, b) => a === b)
    for (const n of [1, 2, 2, 3]) steps.arrive(n)
    expect([steps.undo(), steps.undo(), steps.redo()]).toEqual([2, 1, 2])
    steps.arrive(1)
    expect([steps.canUndo, steps.canRedo, steps.redo()]).toEqual([true, true, 2])
    steps.arrive(9)
    expect([steps.canRedo, steps.redo(), steps.undo()]).toEqual([false, null, 2])
  })
})

describe('the lasso', () => {
  it('needs a line that is drawn', () => {
    expect(isDrawn([{ x: 0, y: 0 }, { x: 1, y: 1 }, { x: 2, y: 0 }])).toBe(false)
    expect(isDrawn([{ x: 0, y: 0 }, { x: 20, y: 1 }, { x: 2, y: 30 }])).toBe(true)
    expect(longer([{ x: 0, y: 0 }], { x: 1, y: 1 })).toHaveLength(1)
    expect(pathOf([{ x: 0, y: 0.4 }, { x: 5, y: 5 }])).toBe('M0 0L5 5Z')
  })
  it('finds the dot under the pointer', () => {
    const dots = [{ key: 'a', x: 0, y: 0, size: 5 }, { key: 'b', x: 8, y: 0, size: 5 }]
    expect([dotAt(dots, { x: 5, y: 0 })?.key, dotAt(dots, { x: 30, y: 0 })]).toEqual(['b', null])
  })
})

describe('walking', () => {
  const graph = new MapGraph(small(), () => 'company')

  it('goes by sorts of ties, then by who is best connected, past what is hidden', () => {
    expect(stepsFrom(graph, 'a', new Set())).toEqual([{ key: 'p', ties: ['participation', 'funding'] }, { key: 'b', ties: ['funding'] }])
    expect(stepsFrom(graph, 'a', new Set(['p'])).map((step) => step.key)).toEqual(['b'])
    expect([strongest(graph, new Set()), strongest(graph, new Set(['a'])), stepsFrom(graph, 'nobody', new Set())]).toEqual(['a', 'b', []])
  })
  it('goes round', () => expect([around(3, null, 1), around(3, 2, 1), around(3, 0, -1), around(0, null, 1)]).toEqual([0, 0, 2, null]))
})

describe('pictures and tables to take away', () => {
  const sheet: Sheet = {
    width: 300, height: 200, title: 'A <b> & "c"', subtitle: 'x', source: ['Source: one two three four five six seven eight nine ten'], background: '#fff', ink: '#000', muted: '#555',
    dots: [{ key: 'a', x: 10, y: 10, size: 5, colour: '#f00', label: '</text><script>alert(1)</script>\u0001', square: true }, { key: 'b', x: 50, y: 50, size: 5, colour: '#00f', label: '', square: false }],
    lines: [{ x1: 10, y1: 10, x2: 50, y2: 50, colour: '#ccc', width: 1 }], legend: [{ text: 'Företag', colour: '#00f', square: false }],
  }
  it('writes SVG without a script, a style or a character that XML has not', () => {
    const svg = svgOf(sheet, (text) => text.length * 6)
    expect(svg).not.toMatch(/<script|<style|\u0001/)
    expect(svg).toContain('Företag')
    expect(svg).toContain('&lt;/text&gt;&lt;script')
    expect(svg.match(/<(circle|rect|line)/g)).toHaveLength(3 + 3)
  })
  it('breaks lines at blanks', () => expect(wrapped('aa bb cc', 5, (text) => text.length)).toEqual(['aa bb', 'cc']))
  it('writes rows that no spreadsheet runs', () =>
    expect(rowsCsv([{ key: 'a', name: '=1', kind: 'Company', group: 'company', county: null, links: 2, since: null }], ['k'], (kind) => kind, (key) => key)).toBe("k\r\na,'=1,Company,,2,\r\n"))
})

it('calls slow what takes seconds a frame, but for the first', () =>
  expect([isSlow([9000, 20, 20, 20, 20]), isSlow([20, 2000, 2000, 1600, 20]), isSlow([2000, 2000])]).toEqual([false, true, false]))
