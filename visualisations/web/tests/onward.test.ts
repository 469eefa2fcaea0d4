import { describe, expect, it } from 'vitest'
import { NO_FILTER } from '../src/core/filter'
import { onward } from '../src/core/map/onward'

describe('what to ask next of what the map is filtered to', () => {
  it('is nothing without a technology or a county', () => expect(onward({ ...NO_FILTER, kind: ['Company'], from: 2019 })).toEqual([]))
  it('keeps technologies, counties and years', () => {
    const asked = 'technology=batteries&technology=hydrogen&region=place/se-u&from=2019&to=2024'
    const filter = { ...NO_FILTER, tech: ['batteries', 'hydrogen'], county: ['place/se-u'], from: 2019, to: 2024 }
    expect(onward(filter).map((link) => link.href)).toEqual([`/flows?${asked}`, `/time?${asked}`, `/gaps?${asked}`])
  })
})
