import { describe, expect, it } from 'vitest'
import type { Cell, Choice, GroupOf, Status } from '../src/core/api/gaps'
import { csvOf } from '../src/core/api/gaps'
import type { BackTest, BackTestRow, Finding } from '../src/core/api/gaps'
import { best, methodKey, shows } from '../src/core/gaps/backtest'
import { at, grid, groupName, moved, slices, told, toward, withoutTwins, type Said } from '../src/core/gaps/grid'
import { joined } from '../src/core/gaps/joined'
import { nearest } from '../src/core/gaps/nearest'
import { madeOf } from '../src/core/gaps/parts'
import { byThing } from '../src/core/gaps/proofs'
import { patient } from '../src/core/gaps/patient'
import { cellId, isFiltered, matrixQuery, mended, NOTHING, placeHref, readPlace, scopeQuery, sides, takesKinds, withHistory, type Wanted } from '../src/core/gaps/place'
import { step, STEPS, surplus } from '../src/core/gaps/scale'
import { pieces } from '../src/core/gaps/sentence'
import { ApiError } from '../src/core/api/client'
import { gapsEn } from '../src/core/i18n/gaps-en'
import { gapsSv } from '../src/core/i18n/gaps-sv'

const choice = (sort: Choice['sort'], value: string): Choice => ({ value, sort, name: { en: value, sv: `${value}-sv` }, path: null })
const group = (type: string, region = '', actors = 10, outside = false): GroupOf =>
  ({ type: type ? choice('type', type) : null, region: region ? choice('place', region) : null, actors, outside })
function cell(technology: string, a: GroupOf, b: GroupOf, status: Status, observed = 1, expected = 6): Cell {
  return {
    technology: technology ? choice('technology', technology) : null, a, b, observed, expected, gap: Math.log((observed + 1) / (expected + 1)),
    low: -1, high: -0.2, status, missing_pairs: 9, pairs: '/api/v1/gaps/pairs?type=x-y',
  }
}
const SAID: Said = { anybody: 'Everybody', elsewhere: 'elsewhere', all: 'All' }
const en = (pair: { en: string }): string => pair.en
const [research, company] = [group('research'), group('company', '', 30)]

describe('the address of the gap finder', () => {
  const full: Wanted = {
    view: 'pairs', technology: ['batteries', 'hydrogen'], region: ['place/se-ab', 'NO'], type: 'company-research', from: 2010, to: 2020, by: 'region-type',
    cell: 'batteries,company:place/se-ab,research:!', history: 'lapsed', picks: ['kth~org/x1', 'a~b'],
  }
  it('comes back as it was written', () => {
    expect(readPlace(placeHref(full).replace('/gaps', ''))).toEqual(full)
    expect(readPlace(placeHref({ ...NOTHING, view: 'chains' }).replace('/gaps', ''))).toEqual({ ...NOTHING, view: 'chains' })
  })
  it('is short and readable', () => {
    expect(placeHref(NOTHING)).toBe('/gaps')
    expect(placeHref({ ...NOTHING, region: ['place/se-ab'], cell: 'batteries,a:,b:' })).toBe('/gaps?region=place/se-ab&cell=batteries,a:,b:')
  })
  it('keeps the language', () => expect(placeHref(NOTHING, '?lang=sv&type=x-y')).toBe('/gaps?lang=sv'))
  it('forgets the cell on the other findings', () => expect(placeHref({ ...full, view: 'orphans' })).not.toContain('cell='))
  it('asks the server for the filter alone', () => {
    expect(scopeQuery(full)).toBe('technology=batteries&technology=hydrogen&region=place/se-ab&region=NO&type=company-research&from=2010&to=2020')
    expect(matrixQuery({ ...NOTHING, by: 'region' })).toBe('by=region&limit=1000')
    expect([isFiltered(NOTHING), isFiltered({ ...NOTHING, to: 2000 }), isFiltered({ ...NOTHING, cell: 'x', view: 'chains' })]).toEqual([false, true, false])
  })
  it('leaves out what is malformed', () => expect(readPlace('?view=x&by=y&from=20&history=z&technology=&technology=a&technology=a')).toEqual({ ...NOTHING, technology: ['a'] }))
  it('names the cells', () => {
    expect(cellId(cell('batteries', group('company', 'place/se-ab'), group('research', '', 3, true), 'gap'))).toBe('batteries,company:place/se-ab,research:!')
    expect(readPlace('?cell=wind,research:,company:').cell).toBe(cellId(cell('wind', research, company, 'gap')))
    expect(cellId(cell('', group(''), group(''), 'gap'))).toBe(',:,:')
  })
  it('adds the history to the address of the server', () => {
    expect(withHistory('/api/v1/gaps/pairs?type=a-b', 'never')).toBe('/api/v1/gaps/pairs?type=a-b&limit=20')
    expect(withHistory('/api/v1/gaps/pairs', 'lapsed')).toBe('/api/v1/gaps/pairs?history=lapsed&limit=20')
    expect(csvOf('/api/v1/gaps/pairs.csv?type=a-b', 'sv')).toBe('/api/v1/gaps/pairs.csv?type=a-b&lang=sv')
  })
  it('reads two sides or none', () => expect([sides('company-research'), sides('company'), sides('a-b-c'), sides('')]).toEqual([['company', 'research'], null, null, null]))
})

describe('the scale', () => {
  it('has steps at a third and two thirds, and the same the other way', () => {
    expect([-1.2, -0.6, -0.2].map((gap) => step('gap', gap))).toEqual(['gap3', 'gap2', 'gap1'])
    expect([0.2, 0.6, 1.2].map((gap) => step('over-linked', gap))).toEqual(['over1', 'over2', 'over3'])
  })
  it('colours nothing that is not said, however far it is from zero', () => {
    expect([step('as-expected', -3), step('cannot-say', -3), step('too-few-actors', -3)]).toEqual(['even', 'unsaid', 'few'])
    expect(STEPS).not.toContain('unsaid')
    expect(STEPS).not.toContain('few')
  })
  it('tells the share', () => expect([surplus(Math.log(0.3)), surplus(0)].map((n) => Number(n.toFixed(3)))).toEqual([-0.7, 0]))
})

describe('the matrix', () => {
  it('sets technologies against pairs of groups, what lacks most first, all together on top', () => {
    const drawn = grid([
      cell('solar', research, company, 'gap', 1, 6), cell('wind', research, company, 'gap', 1, 20), cell('', research, company, 'as-expected'), cell('wind', research, research, 'over-linked'),
    ], en, SAID)
    expect(drawn.rows.map((row) => row.main)).toEqual(['All', 'Wind', 'Solar'])
    expect(drawn.columns.map((column) => `${column.main}/${column.sub}`)).toEqual(['Research/Company', 'Research/Research'])
    expect([drawn.axes, drawn.left, drawn.boxes.size]).toEqual(['technologies', 0, 4])
  })
  it('puts several cells into one box when there are many groups, the first one of the server on top', () => {
    const cells = Array.from({ length: 20 }, (_, i) => cell(i % 2 ? 'solar' : 'wind', group('research', `r${i}`), company, i ? 'cannot-say' : 'gap'))
    const drawn = grid(cells, en, SAID)
    const box = drawn.boxes.get(at(drawn.rows[0]!, drawn.columns[0]!))
    expect([drawn.columns.length, box?.cells.length, box?.cells[0]?.status]).toEqual([1, 10, 'gap'])
  })
  it('sets groups against each other within one technology; a cell stands in the row of both', () => {
    const drawn = grid([cell('wind', research, company, 'gap'), cell('wind', research, research, 'as-expected')], en, SAID)
    expect(drawn.rows.map((row) => row.id)).toEqual(['company:', 'research:'])
    expect([...drawn.boxes.keys()].sort()).toEqual(['company:|research:', 'research:|company:', 'research:|research:'])
  })
  it('keeps two sets of groups apart', () => {
    const drawn = grid([cell('wind', group('company', 'ab'), group('research', 'o'), 'gap')], en, SAID)
    expect([drawn.rows.length, drawn.columns.length, drawn.rows[0]?.sub]).toEqual([1, 1, 'Ab'])
  })
  it('shows what can be said, with the chosen cell, and everything when nothing can', () => {
    const cells = [cell('wind', research, company, 'gap'), cell('solar', research, company, 'cannot-say'), cell('wind', research, research, 'too-few-actors')]
    const drawn = grid(cells, en, SAID)
    expect([told(drawn).rows.length, told(drawn).columns.length, told(drawn).left]).toEqual([1, 1, 2])
    expect(told(drawn, 'solar,company:,research:').rows.length).toBe(2)
    const silent = grid(cells.slice(1), en, SAID)
    expect(told(silent)).toEqual(silent)
  })
  it('counts what is not drawn', () => {
    const many = Array.from({ length: 40 }, (_, i) => cell('wind', group('company', `r${i}`, i), group('research', 'o'), 'gap'))
    expect(grid(many, en, SAID).left).toBe(10)
    expect(grid([], en, SAID).rows).toEqual([])
  })
  it('names groups', () =>
    expect([group('company', 'ab'), group('', 'ab'), group(''), group('company', '', 1, true)].map((one) => groupName(one, en, SAID))).toEqual(['Company · Ab', 'Ab', 'Everybody', 'Company · elsewhere']))
  it('moves by keys and stays inside', () => {
    expect([moved('ArrowDown', 1, 1, 3, 3), moved('ArrowUp', 0, 1, 3, 3), moved('ArrowRight', 1, 2, 3, 3), moved('ArrowLeft', 1, 2, 3, 3)]).toEqual([[2, 1], [0, 1], [1, 2], [1, 1]])
    expect([moved('Home', 1, 2, 3, 3), moved('End', 1, 0, 3, 3), moved('Home', 1, 2, 3, 3, true), moved('End', 0, 0, 3, 4, true), moved('x', 0, 0, 3, 3)]).toEqual([[1, 0], [1, 2], [0, 0], [2, 3], null])
  })
})

describe('sentences and scores', () => {
  const kth = { name: { en: 'KTH', sv: 'KTH' }, path: '/org/kth' }
  const innovation = { name: { en: 'KTH Innovation', sv: 'KTH Innovation' }, path: '/org/kth-innovation' }
  it('links the names in a sentence, the longest first', () =>
    expect(pieces('Both met KTH Innovation and KTH.', [kth, innovation], en)).toEqual([
      { text: 'Both met ', href: null }, { text: 'KTH Innovation', href: '/org/kth-innovation' }, { text: ' and ', href: null }, { text: 'KTH', href: '/org/kth' }, { text: '.', href: null },
    ]))
  it('leaves a sentence whole that names nothing', () => expect(pieces('Nothing.', [kth], en)).toEqual([{ text: 'Nothing.', href: null }]))
  it('tells a record once, with all that says so', () => {
    const proof = (key: string, ...evidence: number[]) => ({ thing: { key, group: 'effort' as const, kind: 'Project', name: { en: key, sv: key }, path: `/effort/${key}` }, evidence })
    expect(byThing([proof('a', 1, 2), proof('b', 3), proof('a', 2, 4)]).map((one) => [one.thing.key, one.evidence])).toEqual([['a', [1, 2, 4]], ['b', [3]]])
  })
  it('tells what adds up to a score from what a part of it was read from', () => {
    const made = madeOf({ model: 1, reasons: 2, gravity: 3, topic: -1, ra: 0 })
    expect(made.sum).toEqual([{ name: 'reasons', value: 2, share: 1 }, { name: 'model', value: 1, share: 0.5 }])
    expect(made.read.map((part) => [part.name, part.value])).toEqual([['gravity', 3], ['topic', -1]])
    expect(madeOf({ topic: 2, gravity: 4 })).toEqual({ sum: [{ name: 'gravity', value: 4, share: 1 }, { name: 'topic', value: 2, share: 0.5 }], read: [] })
  })
})

describe('waiting for a large map', () => {
  it('asks again while the server works', async () => {
    let asked = 0
    const answer = await patient(() => (asked++ < 2 ? Promise.reject(new ApiError(503, '')) : Promise.resolve('here')), new AbortController().signal, 1)
    expect([answer, asked]).toEqual(['here', 3])
  })
  it('gives up at once for what waiting does not mend', async () =>
    expect(patient(() => Promise.reject(new ApiError(400, 'no')), new AbortController().signal, 1)).rejects.toThrow('no'))
  it('stops when nobody waits any more', async () => {
    const abort = new AbortController()
    const going = patient(() => Promise.reject(new ApiError(503, '')), abort.signal, 60_000)
    setTimeout(() => abort.abort(), 5)
    await expect(going).rejects.toThrow('aborted')
  })
})

describe('the words', () => {
  it('have the same gaps in both languages', () => {
    for (const key of Object.keys(gapsEn) as (keyof typeof gapsEn)[]) {
      const gaps = (text: string): string[] => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1] ?? '').sort()
      expect([key, gaps(gapsSv[key])]).toEqual([key, gaps(gapsEn[key])])
    }
  })
})

describe('a matrix of regions', () => {
  const [ab, o, all] = [group('company', 'ab'), group('research', 'o'), group('', '')]
  it('has all technologies once, and the others by what can be said', () => {
    const cells = [cell('', all, all, 'gap'), cell('cleantech', all, all, 'gap'), cell('wind', ab, o, 'cannot-say'), cell('solar', ab, o, 'gap')]
    expect(slices(cells).map((one) => one.value)).toEqual(['cleantech', 'solar', 'wind'])
    expect(withoutTwins(cells).map((one) => one.technology?.value ?? '')).toEqual(['', 'wind', 'solar'])
    expect(withoutTwins(cells, cellId(cells[1] as Cell))).toHaveLength(4)
    expect(withoutTwins(cells.slice(1))).toHaveLength(3)
  })
  it('sets the groups of the chosen region against every other one, without blanks', () => {
    const cells = [cell('wind', ab, o, 'gap'), cell('wind', group('company', 'o'), group('research', 'ab'), 'cannot-say'), cell('wind', ab, group('research', 'ab'), 'as-expected')]
    const drawn = toward(cells, ['ab'], en, SAID)
    expect(drawn?.rows.map((row) => [row.main, row.sub])).toEqual([['Company', 'Ab × Research'], ['Research', 'Ab × Company']])
    expect(drawn?.columns.map((column) => column.main).sort()).toEqual(['Ab', 'O'])
    for (const row of drawn?.rows ?? []) for (const column of drawn?.columns ?? []) expect(drawn?.boxes.get(at(row, column))?.cells).toHaveLength(1)
    expect(toward(cells, ['x'], en, SAID)).toBeNull()
  })
})

describe('pages of a finding', () => {
  const page = (rows: number[], next: string | null, generation = 1): Finding<number> =>
    ({ rows, next, generation, evidence: { [rows[0] ?? 0]: {} }, sources: {}, total: 9 }) as unknown as Finding<number>
  it('are one with the records of both', () => {
    const both = joined(page([1, 2], '/next'), page([3], null))
    expect([both.rows, both.next, Object.keys(both.evidence)]).toEqual([[1, 2, 3], null, ['1', '3']])
  })
  it('are not joined across maps', () => {
    expect(joined(page([1], '/next'), page([2], '/x', 2))).toMatchObject({ rows: [1], next: null })
  })
})

describe('an address that was refused', () => {
  const known = ['batteries', 'battery-recycling', 'water', 'solar'].map((value) => ({ value, names: [value.replace('-', ' ')] }))
  it('names what comes near, and nothing when nothing does', () => {
    expect(nearest('bateries', known)[0]).toBe('batteries')
    expect(nearest('zzzz', known)).toEqual([])
  })
  it('is mended in the one value', () => {
    const wanted: Wanted = { ...NOTHING, technology: ['zz', 'solar'], type: 'foo', from: 2020, cell: 'x' }
    expect(mended(wanted, 'technology', 'zz')).toMatchObject({ technology: ['solar'], type: 'foo', cell: '' })
    expect(mended(wanted, 'technology', 'zz', 'wind').technology).toEqual(['wind', 'solar'])
    expect(mended(wanted, 'type', 'foo').type).toBe('')
    expect(mended(wanted, 'from', '2020').from).toBeNull()
  })
  it('offers kinds only where they count', () => {
    expect([takesKinds('pairs'), takesKinds('venture-day'), takesKinds('deserts'), takesKinds('chains')]).toEqual([true, true, false, false])
  })
})

describe('a back-test', () => {
  const row = (method: string, recall: number | null, auc: number | null): BackTestRow =>
    ({ method, recall_at_10: recall, precision_at_1000: null, list_coverage: 0.5, auc, matched_auc: null, small_recall_at_10: null })
  const test: BackTest = { network: { en: 'made up', sv: 'påhittat' }, cut: 2018, window: 2, known: 100, first: 20, rows: [row('this program', 0.2, null), row('Adamic-Adar', 0.1, 0.8)] }
  it('shows the figures that were measured, and marks the best', () => {
    expect(shows(test)).toEqual(['recall_at_10', 'list_coverage', 'auc'])
    expect([best(test.rows, 'recall_at_10'), best(test.rows, 'auc'), best(test.rows, 'matched_auc')]).toEqual([0.2, 0.8, -1])
  })
  it('names its methods', () => {
    expect([methodKey('this program'), methodKey('Adamic-Adar')]).toEqual(['gpMethod_ours', null])
  })
})
