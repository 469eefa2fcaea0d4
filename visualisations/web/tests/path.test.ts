import { expect, test } from 'vitest'
import type { Actor, Hop, Ways } from '../src/core/api/gaps'
import { BOX, picture, twoLines } from '../src/core/path/picture'
import { askQuery, NOBODY, pathHref, readPlace, type Wanted } from '../src/core/path/place'
import { hopsQuery } from '../src/core/path/sparql'
import { pathEn } from '../src/core/path/en'
import { pathSv } from '../src/core/path/sv'

const actor = (key: string): Actor => ({ key, group: 'organisation', kind: 'Company', name: { en: key, sv: key }, path: `/org/${key}`, type: { value: 'company', sort: 'type', name: { en: '', sv: '' }, path: null }, place: null, country: null })
const hop = (a: string, b: string, strength = 1): Hop => ({ a: actor(a), b: actor(b), strength, meetings: 1, first_year: null, last_year: null, ties: [] })
const way = (...keys: string[]): Ways['paths'][number] => ({ hops: keys.slice(1).map((key, i) => hop(keys[i] ?? '', key)), strength: 1 })

test('the address says everything, and is read back as it was written', () => {
  const all: Wanted = { a: 'kth', b: 'org/5s6tu2ij4m', by: 'strongest', k: 5, from: 2010, to: 2020, ties: ['project', 'venture'], partners: 200, rollup: true }
  const href = pathHref(all, '?lang=sv')
  expect(href).toBe('/path?a=kth&b=org/5s6tu2ij4m&by=strongest&k=5&from=2010&to=2020&tie=project&tie=venture&max_partners=200&rollup=true&lang=sv')
  expect(readPlace(href.slice('/path'.length))).toEqual({ wanted: all, left: [] })
  expect(pathHref(NOBODY)).toBe('/path')
  expect(askQuery({ ...NOBODY, a: 'kth', b: 'ssab' })).toBe('a=kth&b=ssab')
})

test('values that are none are left out and named; the address of a page is its key', () => {
  const { wanted, left } = readPlace('?a=/org/kth&b=https://map.example/org/ssab&by=cheapest&k=99&from=20&tie=friendship&max_partners=1&rollup=yes')
  expect(wanted).toEqual({ ...NOBODY, a: 'kth', b: 'ssab' })
  expect([...left].sort()).toEqual(['by', 'from', 'k', 'max_partners', 'rollup', 'tie'])
  expect(readPlace('?from=2020&to=2010')).toEqual({ wanted: { ...NOBODY, to: 2010 }, left: ['from'] })
})

test('the picture has every organisation and tie once, and no tie runs through a box', () => {
  const drawn = picture([way('a', 'x', 'b'), way('a', 'y', 'x', 'b'), way('a', 'y', 'z', 'b')])
  expect(drawn.boxes.map((box) => box.actor.key).sort()).toEqual(['a', 'b', 'x', 'y', 'z'])
  expect(drawn.lines).toHaveLength(6)
  const at = new Map(drawn.boxes.map((box) => [box.actor.key, box]))
  // x stands two steps from a, as in the longer way; the tie from a to x passes the layer of y beside y
  expect(at.get('x')?.x).toBe(at.get('z')?.x)
  const passing = drawn.lines.find((line) => line.hop.a.key === 'a' && line.hop.b.key === 'x')
  const inside = /L(\S+) (\S+)C/.exec(passing?.d ?? '')
  expect(Math.abs(Number(inside?.[2]) - (at.get('y')?.y ?? 0))).toBeGreaterThan(BOX.height / 2)
  for (const one of drawn.boxes) for (const other of drawn.boxes) {
    if (one !== other && one.x === other.x) expect(Math.abs(one.y - other.y)).toBeGreaterThanOrEqual(BOX.height)
  }
  expect(picture([]).boxes).toEqual([])
  expect(picture([way('a', 'b')]).lines).toHaveLength(1)
})

test('names are cut to two lines', () => {
  expect(twoLines('SSAB')).toEqual(['SSAB', ''])
  expect(twoLines('KTH Royal Institute of Technology')).toEqual(['KTH Royal Institute', 'of Technology'])
  expect(twoLines('Forschungszentrumsverwaltungsgesellschaft')[0]).toHaveLength(21)
  expect(twoLines('A very long name of an institute of very many words in all')[1].endsWith('…')).toBe(true)
})

test('the query names each pair once, escapes keys, and counts what the page counts', () => {
  const query = hopsQuery([hop('kth', 'org/a b'), hop('kth', 'org/a b')], NOBODY)
  expect(query.match(/org\/a%20b/g)).toHaveLength(4) // once for each kind of tie
  expect(query.match(/VALUES \?tie \{ "\w+" \}/g)).toHaveLength(4)
  expect(query).toContain('<= 60)')
  expect(query).not.toMatch(/xsd:integer|unitOf|\?a\b|\?party0/)
  const narrow = hopsQuery([hop('kth', 'ssab')], { ...NOBODY, from: 2010, to: 2020, ties: ['venture'], partners: 200, rollup: true })
  for (const words of ['>= 2010)', '<= 2020)', '"venture"', '<= 200)', '?oneUnit (ce:unitOf|ce:subsidiaryOf)* ?one']) expect(narrow).toContain(words)
  expect(narrow).not.toContain('"project"')
})

test('both languages have the same places for values', () => {
  for (const key of Object.keys(pathEn) as (keyof typeof pathEn)[]) {
    const holes = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '').sort()
    expect(holes(pathSv[key]), key).toEqual(holes(pathEn[key]))
  }
})
