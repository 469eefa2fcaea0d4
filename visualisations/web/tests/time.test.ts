import { describe, expect, it } from 'vitest'
import { chart, ticks } from '../src/core/time/bars'
import { countsQuery, eventsQuery, NOTHING, placeHref, playHref, readPlace, type Wanted } from '../src/core/time/place'

const FULL: Wanted = {
  of: 'place/se-ab', technology: ['batteries', 'hydrogen'], region: ['SE', 'place/se-o'], kind: ['founded', 'ended'], from: 2010, to: 2020, show: 'money',
  by: 'month', period: '2015-03', event: 'ended',
}

describe('the address of the time page', () => {
  it('holds everything and gives it back', () => {
    for (const wanted of [NOTHING, FULL, { ...NOTHING, period: 'undated' }, { ...NOTHING, from: 2015 }]) {
      const href = placeHref(wanted)
      expect(readPlace(href.slice('/time'.length))).toEqual({ wanted, faults: [] })
    }
    expect(placeHref(NOTHING)).toBe('/time')
    expect(placeHref(NOTHING, '?lang=sv')).toBe('/time?lang=sv')
  })
  it('leaves out what can be nothing, and tells it', () => {
    const { wanted, faults } = readPlace('?from=20x0&to=2020&by=week&period=2020-13&kind=born&kind=ended&event=x&of=kth')
    expect(wanted).toEqual({ ...NOTHING, of: 'kth', kind: ['ended'], to: 2020 })
    expect(faults.map((fault) => fault.name).sort()).toEqual(['by', 'event', 'from', 'kind', 'period'])
    expect(readPlace('?from=2020&to=2010')).toEqual({ wanted: NOTHING, faults: [{ name: 'from', value: '2020–2010' }] })
  })
  it('asks the server for counts and for the events of a bar', () => {
    expect(countsQuery(FULL)).toBe('of=place/se-ab&technology=batteries&technology=hydrogen&region=SE&region=place/se-o&kind=founded&kind=ended&from=2010&to=2020&by=month')
    expect(eventsQuery({ ...NOTHING, kind: ['begun', 'ended'], period: '2015', event: 'ended', from: 2010 })).toBe('kind=ended&period=2015')
  })
  it('leads to the map that plays', () => {
    expect(playHref(2000, 2020, ['batteries'], ['place/se-ab'])).toBe('/map?tech=batteries&county=place/se-ab&from=2000&to=2020&play=1')
  })
})

describe('bars', () => {
  const row = (period: string, counts: object): { period: string; counts: object; eur: null; stated: number } => ({ period, counts, eur: null, stated: 0 })
  it('has one for each year, empty ones too, and stacks ends below the line', () => {
    const drawn = chart([row('2018', { begun: 2, founded: 1, ended: 4 }), row('2020', { begun: 5 })], 'year', null)
    expect(drawn.bars.map((bar) => [bar.period, bar.total])).toEqual([['2018', 7], ['2019', 0], ['2020', 5]])
    expect([drawn.up, drawn.down]).toEqual([5, 4])
    expect(drawn.bars[0]?.parts).toEqual([
      { kind: 'begun', from: 0, to: 2, count: 2 }, { kind: 'founded', from: 2, to: 3, count: 1 }, { kind: 'ended', from: -0, to: -4, count: 4 },
    ])
  })
  it('draws forty years unless a first one is chosen', () => {
    const rows = [row('1477', { founded: 1 }), row('2020', { begun: 1 })]
    expect(chart(rows, 'year', null)).toMatchObject({ earlier: 1, bars: [{ period: '2020' }] })
    expect(chart(rows, 'year', 1477).bars).toHaveLength(544)
  })
  it('counts months over the turn of a year', () => {
    expect(chart([row('2019-11', { begun: 1 }), row('2020-02', { begun: 1 })], 'month', 2019).bars.map((bar) => bar.period)).toEqual(['2019-11', '2019-12', '2020-01', '2020-02'])
  })
  it('has a scale of round numbers', () => {
    expect(ticks(3100, 2000)).toEqual([-2000, -1000, 0, 1000, 2000, 3000])
    expect(ticks(1, 0)).toEqual([0, 1])
    expect(ticks(0, 0)).toEqual([0])
  })
})

describe('money and dragging', () => {
  it('draws what is known in euro and leaves out what nobody states', async () => {
    const { chart, moneyChart, yearsBetween } = await import('../src/core/time/bars')
    const drawn = moneyChart(chart([{ period: '2020', counts: { funded: 2, ended: 5 }, eur: 10, stated: 1 }, { period: '2022', counts: { funded: 1 }, eur: null, stated: 0 }], 'year', null))
    expect(drawn.bars.map((bar) => bar.parts.map((part) => part.to))).toEqual([[10], [], []])
    expect([drawn.up, drawn.down]).toEqual([10, 0])
    expect(yearsBetween(drawn.bars, 2, 1)).toEqual([2021, 2022])
    expect(yearsBetween(drawn.bars, 0, 9)).toBeNull()
  })
})
