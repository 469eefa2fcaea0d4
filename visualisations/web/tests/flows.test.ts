import { describe, expect, it } from 'vitest'
import type { Flows, Money } from '../src/core/flows/answer'
import { colours, picture } from '../src/core/flows/diagram'
import { flowsEn } from '../src/core/flows/en'
import { EVERYTHING, flowsHref, flowsQuery, mendedFlows, only, readFlows, type FlowPlace } from '../src/core/flows/place'
import { flowsSv } from '../src/core/flows/sv'

describe('the address of the page of money', () => {
  it('goes there and back', () => {
    const place: FlowPlace = { by: ['funder', 'technology', 'region'], technology: ['batteries'], region: ['place/se-ab', 'SE'], funder: ['kth'], programme: ['mistra'], kind: ['Company'], from: 2010, to: 2020, pick: ['technology:tech/batteries', 'region:*other'] }
    const href = flowsHref(place)
    expect(readFlows(href.slice(href.indexOf('?')))).toEqual({ place, faults: [] })
    expect(flowsQuery(place)).not.toContain('pick')
  })
  it('is short for what everybody sees first, and keeps the language', () => {
    expect(flowsHref(EVERYTHING)).toBe('/flows')
    expect(flowsHref(EVERYTHING, '?lang=sv&x=1')).toBe('/flows?lang=sv')
    expect(readFlows('').place).toEqual(EVERYTHING)
  })
  it('leaves out what is malformed, and says so', () => {
    const { place, faults } = readFlows('?by=funder,funder&from=20x0&to=2020&pick=region:SE&pick=kind:')
    expect(place).toEqual({ ...EVERYTHING, to: 2020 })
    expect(faults.map((fault) => fault.about).sort()).toEqual(['By', 'Pick', 'Pick', 'Year'])
  })
  it('mends what the server refuses', () => {
    const place = { ...EVERYTHING, technology: ['bateries', 'water'], from: 2020, to: 2010 }
    expect(mendedFlows(place, 'technology', 'bateries', 'batteries').technology).toEqual(['batteries', 'water'])
    expect(mendedFlows(place, 'technology', 'bateries').technology).toEqual(['water'])
    expect(mendedFlows(place, 'from', '').from).toBeNull()
  })
  it('narrows to a stop where a filter says that', () => {
    expect(only(EVERYTHING, 'technology', 'tech/water')?.technology).toEqual(['water'])
    expect(only(EVERYTHING, 'country', 'SE')?.region).toEqual(['SE'])
    expect(only(EVERYTHING, 'kind', '*other')).toBeNull()
    expect(only(EVERYTHING, 'recipient', 'kth')).toBeNull()
  })
})

const money = (eur: number | null): Money => ({ eur, known: eur === null ? 0 : 1, silent: eur === null ? 1 : 0, equal: 0 })
const stop = (level: 'funder' | 'kind', value: string, eur: number | null) => ({ id: `${level}:${value}`, level, value, name: { en: value, sv: value }, path: null, count: 1, ...money(eur) })
const FOUND: Flows = {
  by: ['funder', 'kind'], total: money(10), undated: 0, years: null, sparql: '',
  stops: [stop('funder', '*unknown', 4), stop('funder', 'a', 1), stop('funder', 'b', 5), stop('kind', 'Company', 10), stop('kind', 'Network', null)],
  bands: [
    { source: 'funder:*unknown', target: 'kind:Company', ...money(4) }, { source: 'funder:a', target: 'kind:Company', ...money(1) },
    { source: 'funder:b', target: 'kind:Company', ...money(5) }, { source: 'funder:b', target: 'kind:Network', ...money(null) },
  ],
}

describe('the picture of the money', () => {
  it('draws what has an amount, the greatest first and what is not known last', () => {
    const drawn = picture(FOUND, 800)
    expect(drawn?.blocks.filter((block) => block.level === 0).sort((a, b) => a.y - b.y).map((block) => block.stop.value)).toEqual(['b', 'a', '*unknown'])
    expect(drawn?.blocks.some((block) => block.stop.value === 'Network')).toBe(false)
    expect(drawn?.ribbons).toHaveLength(3)
    expect(drawn?.blocks.every((block) => block.x >= 0 && block.x + block.width <= 800 && block.y >= 0 && block.y + block.height <= (drawn?.height ?? 0))).toBe(true)
  })
  it('gives each stop its colour, grey to what is not one thing', () => {
    expect(colours(FOUND).get('funder:*unknown')).toBe('var(--effort)')
    expect(colours(FOUND).get('funder:a')).not.toBe(colours(FOUND).get('funder:b'))
  })
  it('is no picture where nothing has an amount', () => {
    expect(picture({ ...FOUND, stops: [stop('funder', 'b', null)], bands: [] }, 800)).toBeNull()
  })
})

it('says everything in both languages, with the same values in the sentences', () => {
  for (const [key, text] of Object.entries(flowsEn)) {
    const values = (said: string): string[] => [...said.matchAll(/\{(\w+)\}/g)].map((one) => one[1] ?? '').sort()
    expect(values(flowsSv[key as keyof typeof flowsSv]), key).toEqual(values(text))
  }
})
