import { FIRST_LOOK } from '../src/core/map/look'
import { describe, expect, it } from 'vitest'
import { filterQuery, FIRST_ORDER, isFiltered, mapHref, NO_FILTER, parseState, stateQuery, toggled, type MapState } from '../src/core/filter'
import { NO_EXTRA } from '../src/core/map/geo/extra'
import { NOTHING } from '../src/core/map/held'

const FULL: MapState = {
  filter: {
    kind: ['Company', 'StartUp'], tech: ['batteries'], county: ['place/se-ab'], country: ['SE', 'DE'], role: ['coordinator'], tie: ['participation'],
    from: 2015, to: 2020, q: 'sol & vind/å', mode: 'actors', ego: 'kth', steps: 2,
  },
  view: 'table', order: { column: 'name', descending: true }, sel: 'kth', cam: { x: 0.25, y: 0.75, ratio: 0.5 },
  extra: { flows: 'town', least: 12, at: 'place/se-ab~SE', cols: ['kind', 'place', 'technologies'] },
  held: { hide: ['vinnova', 'place/x'], only: [], mark: ['abb'], pin: [{ key: 'a:b/c', x: -12.5, y: 3 }], missing: 0 },
  look: { colour: 'community', size: 'money', top: 0 },
}

describe('the state in the address', () => {
  it('comes back as it was written', () => expect(parseState(stateQuery(FULL))).toEqual(FULL))
  it('is empty when nothing is chosen', () => expect(stateQuery(parseState(''))).toBe(''))
  it('keeps place keys readable', () => expect(filterQuery({ ...NO_FILTER, county: ['place/se-ab'] })).toBe('county=place/se-ab'))
  it('names only the filter to the server', () =>
    expect(filterQuery(FULL.filter)).toBe('kind=Company&kind=StartUp&tech=batteries&county=place/se-ab&country=SE&country=DE&role=coordinator&tie=participation&from=2015&to=2020&q=sol+%26+vind/%C3%A5&mode=actors&ego=kth&steps=2'))
  it('writes the order of the table only when it was chosen', () => expect([stateQuery(parseState('sort=-links')), parseState('sort=-since').order]).toEqual(['', { column: 'since', descending: true }]))
  it('leaves out what is malformed', () => {
    const state = parseState('from=year&to=20&sort=x&cam=1,2&mode=x&view=y&kind=&kind=Company&kind=Company')
    expect(state).toEqual({ filter: { ...NO_FILTER, kind: ['Company'] }, view: 'network', order: FIRST_ORDER, sel: null, cam: null, look: FIRST_LOOK, held: NOTHING, extra: NO_EXTRA })
  })
  it('refuses a camera that would show nothing', () => expect(parseState('cam=0.5,0.5,0').cam).toBeNull())
})

describe('links and choices', () => {
  it('builds links to the map', () => {
    expect(mapHref({})).toBe('/map')
    expect(mapHref({ tech: ['hydrogen'] }, { sel: 'kth' })).toBe('/map?tech=hydrogen&sel=kth')
  })
  it('toggles', () => {
    expect(toggled(['a'], 'b')).toEqual(['a', 'b'])
    expect(toggled(['a', 'b'], 'a')).toEqual(['b'])
  })
  it('does not count the mode as a filter', () => {
    expect(isFiltered({ ...NO_FILTER, mode: 'actors' })).toBe(false)
    expect(isFiltered({ ...NO_FILTER, q: 'sol' })).toBe(true)
  })
})
