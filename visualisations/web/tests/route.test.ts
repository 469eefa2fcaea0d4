import { describe, expect, it } from 'vitest'
import { matchRoute } from '../src/core/route'

describe('addresses', () => {
  it('names the pages', () => {
    expect(matchRoute('/')).toEqual({ page: 'home' })
    expect(matchRoute('/map/')).toEqual({ page: 'map' })
    expect(matchRoute('/gaps/')).toEqual({ page: 'gaps' })
    expect(matchRoute('/about')).toEqual({ page: 'about' })
  })
  it('reads keys, with or without their prefix', () => {
    expect(matchRoute('/org/kth')).toEqual({ page: 'profile', key: 'kth' })
    expect(matchRoute('/place/se-ab')).toEqual({ page: 'profile', key: 'place/se-ab' })
    expect(matchRoute('/place/place/se-ab')).toEqual({ page: 'profile', key: 'place/se-ab' })
  })
  it('decodes, and refuses what cannot be decoded', () => {
    expect(matchRoute('/org/%C3%A5')).toEqual({ page: 'profile', key: 'å' })
    expect(matchRoute('/org/%E0%A4%A')).toEqual({ page: 'missing' })
  })
  it('knows what it does not know', () => {
    expect(matchRoute('/org/')).toEqual({ page: 'missing' })
    expect(matchRoute('/nowhere')).toEqual({ page: 'missing' })
  })
})
