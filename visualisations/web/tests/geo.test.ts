import { describe, expect, it } from 'vitest'
import type { Flows, Places } from '../src/core/map/geo/api'
import { bulk, clusters, spotsOf, sunflower, type Spot } from '../src/core/map/geo/cluster'
import { endsOf, NO_EXTRA, parseExtra, writeExtra, type Extra } from '../src/core/map/geo/extra'
import { linesOf, regionsAt, usualLeast, usualLevel } from '../src/core/map/geo/flows'
import { embedCode, embedHref, size } from '../src/core/map/embed'
import { bars, moved } from '../src/core/map/histogram'
import { before, begin, next } from '../src/core/map/play.svelte'
import { geoEn } from '../src/core/map/geo/en'
import { geoSv } from '../src/core/map/geo/sv'
import { matchRoute, unembedded } from '../src/core/route'

const spot = (key: string, x: number, y: number, count: number): Spot => ({ row: 0, key, at: [x, y], count, rough: false })
const PLACES: Places = {
  generation: 1, nowhere: { organisations: 1, efforts: 2 },
  places: {
    key: ['place/a', 'place/b', 'place/se', 'place/xx'], en: ['A', 'B', 'Sweden', 'Nowhere'], sv: ['A', 'B', 'Sverige', 'Ingenstans'], level: ['town', 'town', 'country', 'country'],
    lat: [59, 58, null, null], lon: [18, 12, null, null], county: ['place/se-ab', 'place/se-o', null, null], country: ['SE', 'SE', 'SE', 'XX'], organisations: [9, 3, 5, 1], efforts: [1, 0, 0, 0],
  },
}
const centre = (code: string): readonly [number, number] | null => (code === 'SE' ? [1, 2] : null)
const unit = (lon: number, lat: number): readonly [number, number] => [lon, lat]

describe('what the address says beside the filter', () => {
  const written = (extra: Extra): string => { const query = new URLSearchParams(); writeExtra(query, extra); return query.toString() }
  it('comes back as it was written', () => {
    const full: Extra = { flows: 'town', least: 7, at: 'place/a~SE', cols: ['country', 'since'] }
    expect(parseExtra(new URLSearchParams(written(full)))).toEqual(full)
    expect(written(NO_EXTRA)).toBe('')
  })
  it('leaves out what is malformed', () => expect(parseExtra(new URLSearchParams('flows=x&least=-1&at=&cols=nope'))).toEqual({ ...NO_EXTRA, cols: [] }))
  it('knows a flow by its two ends', () => expect([endsOf('a~b'), endsOf('a'), endsOf('a~'), endsOf('a~b~c'), endsOf(null)]).toEqual([['a', 'b'], null, null, null, null]))
})

describe('spots and clusters', () => {
  it('leaves out what has no place in the picture', () => expect(spotsOf(PLACES, unit, centre).map((one) => [one.key, one.count, one.rough])).toEqual([['place/a', 10, false], ['place/se', 5, true], ['place/b', 3, false]]))
  it('puts together what would overlap, and parts it when it is nearer', () => {
    const spots = [spot('a', 100, 100, 9), spot('b', 101, 100, 3), spot('c', 300, 100, 1)]
    expect(clusters(spots, 1).map((one) => one.count)).toEqual([12, 1])
    expect(clusters(spots, 60).map((one) => one.count)).toEqual([9, 3, 1])
  })
  it('keeps every thing', () => {
    const spots = Array.from({ length: 500 }, (_, i) => spot(String(i), (i * 37) % 200, (i * 91) % 150, 1 + (i % 7)))
    const total = spots.reduce((sum, one) => sum + one.count, 0)
    for (const scale of [0.1, 1, 4]) expect(clusters(spots, scale).reduce((sum, one) => sum + one.count, 0)).toBe(total)
  })
  it('shows the bulk, not the outliers', () => expect(bulk([spot('a', 10, 10, 60), spot('b', 12, 11, 60), spot('c', 900, 900, 1)])).toEqual({ low: [10, 10], high: [12, 11] }))
  it('spreads the things of a place', () => expect(new Set(sunflower(20, 15).map(String)).size).toBe(20))
})

describe('flows', () => {
  const flows: Flows = { level: 'county', keys: ['place/se-ab', 'place/se-o', 'XX'], names: [null, null, null], a: [0, 0], b: [1, 2], count: [9, 2], pairs: 2, efforts: 20, across: 11 }
  const at = regionsAt(PLACES, 'county', clusters(spotsOf(PLACES, unit, centre), 60), () => 0, centre)
  it('stand between regions that have a place', () => expect(linesOf(flows, 1, at).map((line) => [line.a, line.b, line.count])).toEqual([['place/se-ab', 'place/se-o', 9]]))
  it('begin at a threshold', () => { expect(linesOf(flows, 10, at)).toEqual([]); expect(usualLeast(flows)).toBe(2); expect(usualLeast({ ...flows, count: [] })).toBe(1) })
  it('are between counties where one country has the most', () => expect(usualLevel(PLACES)).toBe('county'))
})

describe('years', () => {
  it('draws the last years, those before in the first bar', () => {
    const found = bars([{ year: 1477, count: 3 }, { year: 2020, count: 5 }, { year: 2022, count: 1 }])
    expect([found.length, found[0], found.at(-2), found.at(-1)]).toEqual([41, { year: 1982, count: 3 }, { year: 2021, count: 0 }, { year: 2022, count: 1 }])
    expect(bars([])).toEqual([])
  })
  it('moves a handle by keys, never past the other', () => {
    const at = (key: string, end: 'low' | 'high') => moved(key, end, [2010, 2015], [2000, 2020])
    expect([at('ArrowRight', 'low'), at('PageUp', 'low'), at('PageUp', 'high'), at('Home', 'low'), at('End', 'high'), at('a', 'low')]).toEqual([2011, 2015, 2020, 2000, 2020, null])
  })
  it('moves a window to the end of the span', () => {
    const span = { from: 2000, to: 2004 }
    expect(begin(span, 3)).toEqual({ from: 2000, to: 2002 })
    expect(next({ from: 2000, to: 2002 }, span)).toEqual({ from: 2001, to: 2003 })
    expect(next({ from: 2002, to: 2004 }, span)).toBeNull()
    expect(before({ from: 2000, to: 2002 }, span)).toEqual({ from: 2000, to: 2002 })
  })
})

describe('pages in frames', () => {
  it('are the map and the profiles', () => expect(['/embed/map', '/embed/org/kth', '/embed/place/se-ab', '/embed/gaps', '/embed/'].map((path) => matchRoute(path).page)).toEqual(['map', 'profile', 'profile', 'missing', 'missing']))
  it('have an address without the frame', () => expect([unembedded('/embed/org/kth'), unembedded('/map')]).toEqual(['/org/kth', '/map']))
  it('come as code that nothing in a title breaks', () => {
    const href = embedHref('http://x', '/map', '?tech=a&q="<', 'sv')
    expect(href).toBe('http://x/embed/map?tech=a&q=%22%3C&lang=sv')
    expect(embedCode(href, '"><script>', null, 500)).toBe('<iframe src="http://x/embed/map?tech=a&amp;q=%22%3C&amp;lang=sv" title="&quot;>&lt;script>" width="100%" height="500" loading="lazy" allowfullscreen></iframe>')
    expect([size('9', 500), size('x', 500), size('640', 500)]).toEqual([200, 500, 640])
  })
})

it('says everything in both languages', () => expect(Object.keys(geoSv).sort()).toEqual(Object.keys(geoEn).sort()))
